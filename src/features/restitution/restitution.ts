// A report in a room: the arrows, the space bar, page keys and the buttons of a pointer go from one screen to another.
const keys: Record<string, "next" | "prev"> = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "prev",
  PageUp: "prev",
};

addEventListener("keydown", (event) => {
  const way = keys[event.key];
  const target = event.target as Element;
  if (!way || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.closest("a, button, input, textarea, select, summary, [role=region]") && event.key !== "PageDown" && event.key !== "PageUp") return;
  const link = document.querySelector<HTMLAnchorElement>(`.room-nav a[rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});

// <p-insert data-put="Put into the text" data-of="id of its words"><code>{{tableau diagnostic postes}}</code></p-insert>
// A button that puts the text where the caret last stood in the long text of the form.

let last: HTMLTextAreaElement | null = null;
addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLTextAreaElement) last = target;
});

function put(text: string) {
  const area = last?.isConnected ? last : document.querySelector<HTMLTextAreaElement>("main form textarea");
  if (!area) return;
  const { value, selectionEnd: at } = area;
  const alone = !/^\{\{(chiffre|number|voir|see) /.test(text);
  const before = !alone || !value.slice(0, at).trim() ? "" : value.slice(0, at).endsWith("\n\n") ? "" : value.slice(0, at).endsWith("\n") ? "\n" : "\n\n";
  const after = alone && !value.slice(at).startsWith("\n\n") ? "\n\n" : "";
  area.focus();
  area.setSelectionRange(at, at);
  if (!document.execCommand("insertText", false, before + text + after)) {
    area.setRangeText(before + text + after, at, at, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

for (const place of document.querySelectorAll<HTMLElement>("p-insert")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet";
  button.id = `${place.dataset.of}-put`;
  button.textContent = place.dataset.put ?? "";
  button.setAttribute("aria-labelledby", `${button.id} ${place.dataset.of}`);
  button.addEventListener("click", () => put(place.querySelector("code")?.textContent ?? ""));
  place.append(button);
}

export {};
