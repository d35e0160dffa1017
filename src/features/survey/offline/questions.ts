// <p-questions>: all pages of a questionnaire in one form, gone through one by one; asked.ts decides what is asked. What is
// typed is kept as it is typed.
import { find, keep, type Kept } from "./kept";

const PAUSE = 300; // ms after the last key

interface Said {
  key: string;
  needed?: boolean;
  stay?: string[];
}

/** The same order whenever these answers are opened (FNV-1a). */
function draw(text: string): number {
  let hash = 0x811c9dc5;
  for (const c of text) hash = Math.imul(hash ^ c.codePointAt(0)!, 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}

function mix<T extends Element>(things: T[], name: (thing: T) => string, seed: string): void {
  const places = things.map((thing) => {
    const mark = document.createComment("");
    thing.replaceWith(mark);
    return mark;
  });
  const order = [...things].sort((x, y) => draw(seed + name(x)) - draw(seed + name(y)));
  places.forEach((mark, i) => mark.replaceWith(order[i]!));
}

const saidOf = (row: HTMLElement): Said => JSON.parse(row.dataset["question"]!) as Said;
const clean = (text: string | null | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();

/** What was answered, in the words on the page: for the last look, and for texts that repeat an answer. */
export function answered(row: HTMLElement): string {
  const parts: string[] = [];
  for (const control of row.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("input, select, textarea")) {
    if (control.type === "hidden") continue;
    let words = "";
    if (control instanceof HTMLSelectElement) words = control.value ? clean(control.selectedOptions[0]?.text) : "";
    else if (control.type === "radio" || control.type === "checkbox") words = (control as HTMLInputElement).checked ? clean(control.labels?.[0]?.textContent) || control.value : "";
    else words = clean(control.value);
    if (!words) continue;
    const line = clean(control.closest("tr")?.querySelector("th[scope=row]")?.textContent);
    parts.push(line ? `${line} : ${words}` : words);
  }
  const computed = row.querySelector("output");
  if (computed) parts.push(clean(computed.textContent));
  return parts.join(row.querySelector("table") ? " ; " : ", ");
}

/** Texts with {key}, as they were written. */
function pipes(form: HTMLElement, rows: Map<string, HTMLElement>): () => void {
  const texts: { node: Text; said: string }[] = [];
  const walker = document.createTreeWalker(form, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (/\{[a-z0-9_]{1,32}\}/.test(node.data) && !node.parentElement?.closest("textarea")) texts.push({ node, said: node.data });
  }
  return () => {
    for (const { node, said } of texts) {
      const text = said.replace(/\{([a-z0-9_]{1,32})\}/g, (all, key: string) => (rows.has(key) ? answered(rows.get(key)!) || "…" : all));
      if (node.data !== text) node.data = text;
    }
  };
}

class Questions {
  private readonly form: HTMLFormElement;
  private readonly pages: HTMLElement[];
  private readonly rows: Map<string, HTMLElement>;
  private readonly review: HTMLElement;
  private readonly pipe: () => void;
  private at = 0; // pages.length: the last look
  private timer = 0;
  private left = false;
  private written: Promise<unknown> = Promise.resolve();
  constructor(
    private readonly root: HTMLElement,
    private kept: Kept,
  ) {
    this.form = root.querySelector("form")!;
    const parts = [...this.form.querySelectorAll<HTMLElement>("[data-page]")];
    if (root.dataset["mixed"] && parts.length > 3) mix(parts.slice(1, -1), (part) => part.dataset["page"]!, kept.code);
    for (const part of parts)
      if (part.dataset["mixed"])
        mix([...part.querySelectorAll<HTMLElement>(":scope > .survey-question")], (q) => q.querySelector<HTMLElement>("[data-question]")?.dataset["question"] ?? "", kept.code);
    this.pages = [...this.form.querySelectorAll<HTMLElement>("[data-page]")];
    this.rows = new Map([...this.form.querySelectorAll<HTMLElement>("[data-question]")].map((row) => [saidOf(row).key, row]));
    for (const [key, row] of this.rows) {
      const stay = saidOf(row).stay;
      const choices = [...row.querySelectorAll<HTMLElement>("label.choice")].filter((label) => !stay?.includes(label.querySelector("input")?.value ?? ""));
      if (stay) mix(choices, (label) => label.querySelector("input")?.value ?? "", `${kept.code}/${key}`);
    }
    this.review = this.form.querySelector("[data-review]")!;
    this.pipe = pipes(this.form, this.rows);
    this.fill();
    this.form.addEventListener("input", () => this.soon());
    this.form.addEventListener("change", () => void this.save());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(1);
    });
    addEventListener("pagehide", () => void this.save());
    for (const button of this.form.querySelectorAll<HTMLElement>("[data-do]"))
      button.addEventListener("click", () => void this.act(button.dataset["do"]!));
    root.hidden = false;
    this.at = kept.state === "refused" && kept.issues.length ? this.pageOf(kept.issues[0]![0]) : this.placeOf(kept.page);
    const asks = this.at >= this.pages.length || this.asked(this.pages[this.at]!).length > 0;
    this.show(asks ? this.at : this.step(1), false);
    if (kept.state === "refused") this.say(kept.issues.length ? kept.issues : [["", kept.reason]]);
  }
  private fill(): void {
    const values = new Map<string, string[]>();
    for (const [name, value] of this.kept.entries) values.set(name, [...(values.get(name) ?? []), value]);
    const next = new Map<string, number>();
    for (const control of this.form.elements as unknown as Iterable<HTMLInputElement>) {
      const given = values.get(control.name);
      if (!control.name || !given) continue;
      if (control.type === "radio" || control.type === "checkbox") control.checked = given.includes(control.value);
      else {
        const i = next.get(control.name) ?? 0;
        control.value = given[i] ?? "";
        next.set(control.name, i + 1);
      }
    }
    if (this.kept.entries.length) this.form.dispatchEvent(new Event("input", { bubbles: true }));
  }
  private soon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), PAUSE);
  }
  private async save(state?: Kept["state"]): Promise<void> {
    clearTimeout(this.timer);
    if (this.left) return;
    if (state === "done") this.left = true;
    const entries = [...new FormData(this.form)].filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "");
    const page = this.pages[this.at]?.dataset["page"] ?? "review";
    const changed = JSON.stringify(entries) !== JSON.stringify(this.kept.entries);
    // What was finished and is written in again is not finished any more.
    const next = state ?? (changed ? "begun" : this.kept.state);
    if (!changed && !state && page === this.kept.page) return;
    const now = (this.kept = { ...this.kept, entries, page, state: next });
    this.written = this.written.then(() => keep(now)); // in the order in which they were typed
    await this.written;
  }
  private placeOf(key: string): number {
    if (key === "review") return this.pages.length;
    return Math.max(0, this.pages.findIndex((page) => page.dataset["page"] === key));
  }
  private pageOf(field: string): number {
    return Math.max(0, this.pages.findIndex((page) => this.rows.get(field) && page.contains(this.rows.get(field)!)));
  }
  private asked(page: HTMLElement): HTMLElement[] {
    return page.hidden ? [] : [...page.querySelectorAll<HTMLElement>("[data-question]")].filter((row) => !row.hidden);
  }
  private counted(page: HTMLElement): number {
    return this.asked(page).filter((row) => row.querySelector("input, select, textarea")).length;
  }
  private show(at: number, moved = true): void {
    this.at = at;
    const last = at >= this.pages.length;
    this.pages.forEach((page, i) => page.classList.toggle("offline-away", i !== at));
    this.review.hidden = !last;
    if (last) this.tell();
    this.pipe();
    const before = this.pages.slice(0, at).reduce((n, page) => n + this.counted(page), 0);
    const all = this.pages.reduce((n, page) => n + this.counted(page), 0);
    const here = last ? 0 : this.counted(this.pages[at]!);
    const words = here > 1 ? this.root.dataset["several"]! : this.root.dataset["one"]!;
    const numbers = here > 1 ? [before + 1, before + here, all] : [before + 1, all];
    this.root.querySelector("[data-where]")!.textContent = last || here === 0 ? "" : words.replace(/%d/g, () => String(numbers.shift()));
    const bar = this.root.querySelector("progress")!;
    bar.max = Math.max(all, 1);
    bar.value = before;
    const button = (what: string) => this.form.querySelector<HTMLElement>(`[data-do=${what}]`)!;
    button("next").hidden = last;
    button("finish").hidden = !last;
    button("back").hidden = this.step(-1) < 0;
    this.say([]);
    if (!moved) return;
    scrollTo({ top: 0 });
    (last ? this.review : this.pages[at]!).querySelector<HTMLElement>("h1")!.focus();
  }
  /** The next page that asks something. */
  private step(by: number): number {
    for (let i = this.at + by; i >= 0 && i < this.pages.length; i += by) if (this.asked(this.pages[i]!).length) return i;
    return by > 0 ? this.pages.length : -1;
  }
  /** What is missing, or does not fit, among these questions. */
  private mistakes(pages: HTMLElement[]): [string, string][] {
    const found: [string, string][] = [];
    for (const row of pages.flatMap((page) => this.asked(page))) {
      const { key, needed } = saidOf(row);
      const refused = row.querySelector(`[id="f-${key}-refused"]`);
      if (refused) found.push([key, clean(refused.textContent)]);
      else if (needed && row.querySelector("input, select, textarea") && answered(row) === "") found.push([key, this.root.dataset["needed"]!]);
    }
    return found;
  }
  private say(mistakes: [string, string][]): void {
    const box = this.root.querySelector<HTMLElement>(".error-summary")!;
    const items = mistakes.map(([key, words]) => {
      const item = document.createElement("li");
      const row = this.rows.get(key);
      if (!row) {
        item.textContent = words;
        return item;
      }
      const link = document.createElement("a");
      const label = clean((row.querySelector("legend") ?? row.querySelector("label"))?.textContent);
      link.href = `#f-${key}`;
      link.textContent = label ? `${label} – ${words}` : words;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        if (this.pageOf(key) !== this.at) {
          this.show(this.pageOf(key), false);
          this.say(mistakes);
        }
        (row.querySelector<HTMLElement>("input, select, textarea") ?? row).focus();
      });
      item.append(link);
      return item;
    });
    box.querySelector("ul")!.replaceChildren(...items);
    box.hidden = mistakes.length === 0;
    if (mistakes.length) box.focus();
  }
  private tell(): void {
    const list = this.review.querySelector("dl")!;
    const rows = this.pages.flatMap((page) => this.asked(page)).filter((row) => row.querySelector("input, select, textarea, output"));
    list.replaceChildren(
      ...rows.map((row) => {
        const line = document.createElement("div");
        const term = document.createElement("dt");
        const words = document.createElement("dd");
        line.className = "survey-answer";
        term.textContent = clean((row.querySelector("legend") ?? row.querySelector("label"))?.textContent);
        words.textContent = answered(row) || this.root.dataset["none"]!;
        line.append(term, words);
        return line;
      }),
    );
  }
  private go(by: number): void {
    const wrong = by > 0 && this.at < this.pages.length ? this.mistakes([this.pages[this.at]!]) : [];
    if (wrong.length) return this.say(wrong);
    const to = this.step(by);
    if (to >= 0) this.show(to);
    void this.save();
  }
  private async act(what: string): Promise<void> {
    this.form.dispatchEvent(new Event("change", { bubbles: true })); // what was just typed is looked at
    if (what === "next") this.go(1);
    if (what === "back") this.go(-1);
    if (what === "finish") {
      const wrong = this.mistakes(this.pages);
      if (wrong.length) return this.say(wrong);
      await this.save("done");
      location.assign(`${this.root.dataset["back"]!}#${what}`);
    }
    if (what === "pause") {
      await this.save();
      location.assign(this.root.dataset["back"]!);
    }
  }
}

export async function ask(root: HTMLElement): Promise<void> {
  const kept = await find(location.hash.slice(1));
  if (!kept || kept.form !== root.dataset["form"]) return location.replace(root.dataset["back"]!);
  await import("../../../web/front/asked");
  new Questions(root, kept);
}
