// <body data-keys='[["g a", 0, "/"], …]'>: the shortcuts of page/shortcut.h, in this order of acts. Only where nobody
// types, never with a modifier, and not at all for whoever chose so on their page (WCAG 2.1.4).
const [GO, PRESS, FOCUS, NEXT] = [0, 1, 2, 3];
const PAUSE = 1500; // ms between two keys of one shortcut
const OFF = "shortcuts off";

const table = JSON.parse(document.body.dataset.keys ?? "[]") as [keys: string, act: number, to: string][];
let first = "";
let since = 0;

function off(): boolean {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

function step(selector: string, by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by]?.focus();
}

function run(act: number, to: string): void {
  if (act === GO) location.assign(to);
  else if (act === PRESS) document.querySelector<HTMLElement>(to)?.click();
  else if (act === FOCUS) document.querySelector<HTMLElement>(to)?.focus();
  else step(to, act === NEXT ? 1 : -1);
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (event.defaultPrevented || key.length !== 1) return;
  if ((target as Element).closest("input, textarea, select, [contenteditable], [role=application]")) return;
  const typed = Date.now() - since < PAUSE ? `${first} ${key}` : key;
  const found = table.find(([keys]) => keys === typed) ?? table.find(([keys]) => keys === key);
  first = key;
  since = found ? 0 : Date.now();
  if (!found || off()) return;
  event.preventDefault();
  run(found[1], found[2]);
});

// <p-shortcuts><template>…<input type="checkbox">…</template></p-shortcuts>
customElements.define(
  "p-shortcuts",
  class extends HTMLElement {
    connectedCallback() {
      const template = this.querySelector("template");
      template?.replaceWith(template.content);
      const box = this.querySelector("input");
      if (!box) return;
      box.checked = !off();
      box.addEventListener("change", () => {
        try {
          if (box.checked) localStorage.removeItem(OFF);
          else localStorage.setItem(OFF, "1");
        } catch {
          box.checked = true; // nothing can be kept here
        }
      });
    }
  },
);
