// <form data-guard>…<p-typed data-who="7" data-found="… %s …" data-take="…" data-drop="…"></p-typed>…</form>
// What is typed is kept in the browser until the site has it: after a crash, a lost connection or a session that
// ended, the form offers it again. Leaving the page with changes asks first. On signing out all goes (kept.ts).
import { forget, type Kept, keep, kept, sending } from "./kept";

const DAYS = 30;

// Controls that hold what somebody typed, and which versions the form was opened on: neither secrets nor files.
function pairs(form: HTMLFormElement): [string, string][] {
  return Array.from(new FormData(form)).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string" && pair[0] !== "_form",
  );
}

// The form as the site sent it: somebody may have typed before this script came.
function asSent(form: HTMLFormElement): HTMLFormElement {
  const copy = form.cloneNode(true) as HTMLFormElement;
  copy.reset();
  return copy;
}

const typed = (values: [string, string][]) => JSON.stringify(values.filter(([name]) => name !== "_heads"));

function fill(form: HTMLFormElement, values: [string, string][]): void {
  const left = values.slice();
  for (const control of Array.from(form.elements)) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)) continue;
    if (!control.name || control.name === "_form" || control.type === "file") continue;
    if (control.type === "checkbox" || control.type === "radio") {
      (control as HTMLInputElement).checked = values.some(([name, value]) => name === control.name && value === control.value);
      continue;
    }
    const at = left.findIndex(([name]) => name === control.name);
    control.value = at < 0 ? "" : left.splice(at, 1)[0]![1];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

customElements.define(
  "p-typed",
  class extends HTMLElement {
    connectedCallback() {
      const form = this.closest("form");
      if (!form) return;
      const key = `typed ${this.dataset.who} ${new URL(form.action).pathname}`;
      const first = typed(pairs(asSent(form)));
      let timer = 0;
      let left = false; // sent, or given up on purpose
      const changed = () => !left && typed(pairs(form)) !== first;
      const store = () => {
        clearTimeout(timer);
        if (changed()) keep(key, pairs(form));
      };
      const before = kept(key);
      if (before && Date.now() - before.time > DAYS * 86_400_000) forget(key);
      else if (before && typed(before.values) !== first) this.offer(form, key, before);

      store();
      form.addEventListener("input", () => {
        clearTimeout(timer);
        timer = window.setTimeout(store, 400);
      });
      document.addEventListener("visibilitychange", store);
      form.addEventListener("submit", (event) => {
        store();
        if (event.defaultPrevented || (event.submitter as HTMLButtonElement | null)?.name === "_preview") return;
        left = true;
        sending(key);
      });
      form.querySelector("a[data-leave]")?.addEventListener("click", () => {
        left = true;
        forget(key);
      });
      addEventListener("beforeunload", (event) => {
        if (!changed()) return;
        store();
        event.preventDefault();
      });
      addEventListener("pageshow", () => (left = false));
    }

    offer(form: HTMLFormElement, key: string, before: Kept) {
      const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(before.time);
      const words = document.createElement("p");
      words.textContent = (this.dataset.found ?? "").replace("%s", when);
      const box = document.createElement("div");
      box.className = "notice notice-info";
      box.setAttribute("role", "status");
      const button = (text: string | undefined, kind: string, done: () => void) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = `button ${kind}`;
        made.textContent = text ?? "";
        made.addEventListener("click", () => {
          box.remove();
          done();
          form.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select")?.focus();
        });
        return made;
      };
      const buttons = document.createElement("p");
      buttons.className = "buttons";
      buttons.append(
        button(this.dataset.take, "", () => fill(form, before.values)),
        button(this.dataset.drop, "button-secondary", () => forget(key)),
      );
      const inside = document.createElement("div");
      inside.append(words, buttons);
      box.append(inside);
      this.append(box);
    }
  },
);
