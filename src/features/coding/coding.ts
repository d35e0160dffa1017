// <p-coding><form>…<label data-keys="2c"><input type="checkbox" name="codes[]">…</form></p-coding>
// Reading fast: a theme's sign puts it on the text, or on the passage selected; Enter saves and goes on. Everything is the same
// form, sent as without this script. Not for whoever turned shortcuts off on their page (WCAG 2.1.4).
export {}; // a module, loaded when it is wanted

const OFF = "shortcuts off";

function off(): boolean {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

customElements.define(
  "p-coding",
  class extends HTMLElement {
    begun = ""; // the heading's sign, waiting for that of one of its themes

    connectedCallback() {
      const form = this.querySelector("form");
      const text = this.querySelector<HTMLElement>(".coding-text");
      if (!form || !text) return;
      document.addEventListener("selectionchange", () => this.take(form, text));
      if (off()) return;
      this.classList.add("coding-live");
      this.querySelector<HTMLElement>(".coding-keys")?.removeAttribute("hidden");
      // Before the shortcuts of the site (front/shortcuts.ts): "2" then "g" is a theme, not the way home.
      document.addEventListener("keydown", (event) => this.press(event, form), true);
    }

    field(form: HTMLFormElement, name: string): HTMLInputElement {
      return form.elements.namedItem(name) as HTMLInputElement;
    }

    // What is selected in the text goes to the field where it would be typed, with where it begins, in characters.
    take(form: HTMLFormElement, text: HTMLElement): void {
      const chosen = getSelection();
      if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
      const range = chosen.getRangeAt(0);
      if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
      const before = document.createRange();
      before.setStart(text, 0);
      before.setEnd(range.startContainer, range.startOffset);
      this.field(form, "quote").value = range.toString().trim();
      this.field(form, "from").value = String([...before.toString()].length);
    }

    press(event: KeyboardEvent, form: HTMLFormElement): void {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
      const at = target as Element;
      if (at.closest("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
      if (key === "Enter") {
        if (at.closest("a, button, summary")) return;
        event.preventDefault();
        form.requestSubmit(form.querySelector<HTMLButtonElement>('button[value="next"]'));
      } else if (key === "Escape") this.begin("");
      else if (key === "+") {
        event.preventDefault();
        this.field(form, "new_name").focus();
      } else if (key.length === 1 && this.sign(key.toLowerCase(), form)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }

    label(keys: string): HTMLElement | null {
      return this.querySelector<HTMLElement>(`[data-keys="${CSS.escape(keys)}"]`);
    }

    // Is it a sign, or the second half of one? The same digit twice is the heading itself.
    sign(key: string, form: HTMLFormElement): boolean {
      const heading = this.begun;
      if (heading && key !== heading) {
        const found = this.label(heading + key);
        if (found) {
          this.begin("");
          this.put(found, form);
          return true;
        }
      }
      const top = this.label(key);
      if (!top) return false;
      if (key === heading || !this.querySelector(`[data-keys^="${CSS.escape(key)}"]:not([data-keys="${CSS.escape(key)}"])`)) {
        this.begin("");
        this.put(top, form);
      } else this.begin(key);
      return true;
    }

    begin(key: string): void {
      this.begun = key;
      for (const one of this.querySelectorAll(".coding-chosen")) one.classList.remove("coding-chosen");
      const top = key && this.label(key);
      if (top) {
        top.classList.add("coding-chosen");
        top.scrollIntoView({ block: "nearest" });
      }
      const told = this.querySelector(".coding-begun");
      if (told) told.textContent = top ? `${key}… ${top.querySelector(".code-name")?.textContent ?? ""}` : "";
    }

    put(label: HTMLElement, form: HTMLFormElement): void {
      const box = label.querySelector("input");
      if (!box) return;
      const name = label.querySelector(".code-name")?.textContent ?? "";
      if (this.field(form, "quote").value && !getSelection()?.isCollapsed) {
        this.field(form, "code").value = box.value;
        form.requestSubmit(form.querySelector<HTMLButtonElement>('button[value="passage"]'));
        return;
      }
      box.click();
      const told = this.querySelector(".coding-begun");
      if (told) told.textContent = `${name}${box.checked ? " ✓" : " –"}`;
      label.scrollIntoView({ block: "nearest" });
    }
  },
);
