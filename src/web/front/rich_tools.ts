// <p-rich><template><div class="tools" role="toolbar">…<button data-do="bold">…</div></template><textarea></p-rich>
// Buttons that type the signs of formatting, so that nobody has to know them. They change the text as
// typing does: the browser's own undo takes it back.

type Place = [from: number, to: number];

export {}; // a module, loaded when it is wanted

// Replaces a part of the text and selects `keep` of the whole.
function replace(area: HTMLTextAreaElement, [from, to]: Place, text: string, keep: Place) {
  area.focus();
  area.setSelectionRange(from, to);
  // Old, but the only way that undo knows of; setRangeText where it is gone.
  if (!(text ? document.execCommand("insertText", false, text) : document.execCommand("delete"))) {
    area.setRangeText(text, from, to);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  area.setSelectionRange(...keep);
}

// The selection without the blanks at its ends, or else the word around the caret.
function words(area: HTMLTextAreaElement): Place {
  const { value } = area;
  let [from, to]: Place = [area.selectionStart, area.selectionEnd];
  if (from === to) {
    while (from > 0 && /[\p{L}\p{N}]/u.test(value[from - 1] ?? "")) from--;
    while (/[\p{L}\p{N}]/u.test(value[to] ?? "")) to++;
  }
  while (from < to && /\s/.test(value[from] ?? "")) from++;
  while (from < to && /\s/.test(value[to - 1] ?? "")) to--;
  return [from, to];
}

// ** around, or no longer. Emphasis does not go from one paragraph to another: each line has its own.
function emphasise(area: HTMLTextAreaElement, mark: "*" | "**") {
  const { value } = area;
  const [from, to] = words(area);
  const stars = Math.min(
    /\**$/.exec(value.slice(0, from))?.[0].length ?? 0,
    /^\**/.exec(value.slice(to))?.[0].length ?? 0,
  );
  const n = mark.length;
  if (n === 2 ? stars >= 2 : stars % 2 === 1) {
    replace(area, [from - n, to + n], value.slice(from, to), [from - n, to - n]);
    return;
  }
  const text = value.slice(from, to).replace(from === to ? /^/ : /\S.*\S|\S/g, `${mark}$&${mark}`);
  replace(area, [from, to], text, [from + n, from + text.length - n]);
}

const starts = {
  heading: { sign: () => "## ", there: /^#{1,6} / },
  list: { sign: () => "- ", there: /^[-*+] / },
  numbers: { sign: (i: number) => `${i}. `, there: /^\d+[.)] / },
  quote: { sign: () => "> ", there: /^> ?/ },
};
const anyStart = /^(#{1,6} |[-*+] |\d+[.)] )/;

// What begins each line of the selection, or no longer does.
function begin(area: HTMLTextAreaElement, kind: keyof typeof starts) {
  const { value, selectionStart, selectionEnd } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const last = Math.max(selectionStart, selectionEnd - (value[selectionEnd - 1] === "\n" ? 1 : 0));
  const end = value.indexOf("\n", last);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const { sign, there } = starts[kind];
  const written = lines.filter((line) => line.trim());
  const off = written.length > 0 && written.every((line) => there.test(line));
  let i = 0;
  const text = lines
    .map((line) => {
      if (off) return line.replace(there, "");
      if (!line.trim() && lines.length > 1) return line;
      return sign(++i) + (kind === "quote" ? line : line.replace(anyStart, ""));
    })
    .join("\n");
  const stop = from + text.length;
  replace(area, [from, to], text, [selectionStart === selectionEnd ? stop : from, stop]);
}

function link(area: HTMLTextAreaElement) {
  const [from, to] = words(area);
  const text = area.value.slice(from, to);
  if (/^(https?:\/\/|www\.)\S+$/.test(text)) {
    replace(area, [from, to], `[](${text})`, [from + 1, from + 1]);
    return;
  }
  const address = from + text.length + 3;
  replace(area, [from, to], `[${text}](https://)`, text ? [address, address + 8] : [from + 1, from + 1]);
}

function wiki(area: HTMLTextAreaElement) {
  const [from, to] = words(area);
  const text = area.value.slice(from, to);
  const after = text ? to + 4 : from + 2;
  replace(area, [from, to], `[[${text}]]`, [after, after]);
}

// A record shown inside stands on a line of its own, between two paragraphs.
function record(area: HTMLTextAreaElement) {
  const { value } = area;
  const [from, to] = words(area);
  const before = /(\n?)[ \t]*$/.exec(value.slice(0, from))?.[1] || !value.slice(0, from).trim() ? "" : "\n\n";
  const after = /^[ \t]*(\n|$)/.test(value.slice(to)) ? "" : "\n\n";
  const text = `${before}{{fiche ${value.slice(from, to)}}}${after}`;
  const end = from + text.length - after.length;
  replace(area, [from, to], text, from === to ? [end - 2, end - 2] : [end, end]);
}

// A tag is one word.
function tag(area: HTMLTextAreaElement) {
  const [from, to] = words(area);
  const text = `#${area.value.slice(from, to).replace(/[^\p{L}\p{N}]+/gu, "-")}`;
  if (area.value[from - 1] !== "#") replace(area, [from, to], text, [from + text.length, from + text.length]);
}

const acts: Record<string, (area: HTMLTextAreaElement) => void> = {
  bold: (area) => emphasise(area, "**"),
  italic: (area) => emphasise(area, "*"),
  heading: (area) => begin(area, "heading"),
  list: (area) => begin(area, "list"),
  numbers: (area) => begin(area, "numbers"),
  quote: (area) => begin(area, "quote"),
  link,
  wiki,
  record,
  tag,
};
const keys: Record<string, string> = { b: "bold", i: "italic" };

// One stop of the Tab key for all buttons; arrows go from one to another (ARIA, toolbar pattern).
function rove(bar: Element, buttons: HTMLButtonElement[]) {
  const stop = (at: number) => {
    const button = buttons[(at + buttons.length) % buttons.length];
    for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
    return button;
  };
  stop(0);
  bar.addEventListener("focusin", (event) => stop(buttons.indexOf(event.target as HTMLButtonElement)));
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const { key } = event as KeyboardEvent;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
    if (to === undefined) return;
    event.preventDefault();
    stop(to)?.focus();
  });
}

customElements.define(
  "p-rich",
  class extends HTMLElement {
    connectedCallback() {
      const area = this.querySelector("textarea");
      const template = this.querySelector("template");
      if (!area || !template) return;
      template.replaceWith(template.content);
      const bar = this.querySelector("[role=toolbar]");
      if (!bar) return;
      rove(bar, [...bar.querySelectorAll("button")]);
      // A press takes neither the focus nor the selection away from the text.
      bar.addEventListener("mousedown", (event) => event.preventDefault());
      bar.addEventListener("click", (event) => {
        const button = (event.target as Element).closest("button");
        acts[button?.dataset.do ?? ""]?.(area);
      });
      area.addEventListener("keydown", (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
        const act = acts[keys[event.key.toLowerCase()] ?? ""];
        if (!act) return;
        event.preventDefault();
        act(area);
      });
    }
  },
);
