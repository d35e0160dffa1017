// <div class="field" data-question="{…}">: questions of a form that has conditions, computed values or constraints
// (page/form.c, field_live). As it is filled in, those that are not asked are put away, values are computed, and what does
// not fit is said. The site decides again when it is sent: without this, all questions show, with when to answer them.
// <form data-given="{…}">: what was answered on other pages; <div data-part="{…}">: questions that are asked together or not.
import { type Answers, civil, dayOf, numberText, readDay, readNumber, type Tree, type Value, valueOf, work } from "./expression";

interface Said {
  key: string;
  type: string;
  if?: Tree;
  value?: Tree;
  constraint?: Tree;
  refusal?: string;
  unit?: string;
  today: number;
  counted?: string;
  most?: [number, string];
  least?: [number, string];
  alone?: string;
}

/** A sentence of the site with its numbers, which another language may turn around ("%2$d"). */
export function told(sentence: string, ...numbers: number[]): string {
  let next = 0;
  return sentence.replace(/%(?:(\d)\$)?d/g, (_all, at?: string) => String(numbers[at ? +at - 1 : next++]));
}

class Question {
  readonly said: Said;
  readonly part: HTMLElement | null;
  private readonly refused = document.createElement("p");
  private readonly count = document.createElement("p");
  constructor(readonly row: HTMLElement) {
    this.said = JSON.parse(row.dataset["question"]!) as Said;
    this.part = row.closest<HTMLElement>("[data-part]");
    this.refused.className = "field-error";
    this.refused.id = `f-${this.said.key}-refused`;
    if (this.said.counted) {
      this.count.className = "help choices-count";
      this.count.setAttribute("aria-live", "polite");
      row.append(this.count);
    }
    if (this.said.alone) row.addEventListener("change", (event) => this.leaveAlone(event.target as HTMLInputElement));
  }
  private boxes(): HTMLInputElement[] {
    return this.controls().filter((control) => control.type === "checkbox");
  }
  /** The choice that goes with no other, and the others, untick each other. */
  private leaveAlone(now: HTMLInputElement): void {
    if (now.name !== this.said.key || !now.checked) return;
    for (const box of this.boxes()) if ((box.value === this.said.alone) !== (now.value === this.said.alone)) box.checked = false;
  }
  /** Says how many are ticked; what is wrong with their number, once somebody has left them. */
  counts(): string | null {
    const ticked = this.boxes().filter((box) => box.checked);
    const n = ticked.length;
    if (this.said.counted) {
      const text = n ? told(this.said.counted, n) : "";
      if (this.count.textContent !== text) this.count.textContent = text;
    }
    const { most, least } = this.said;
    if (most && n > most[0]) return told(most[1], most[0], n);
    if (least && n && n < least[0] && ticked[0]?.value !== this.said.alone) return told(least[1], least[0], n);
    return null;
  }
  private controls(suffix = ""): HTMLInputElement[] {
    return [...this.row.querySelectorAll<HTMLInputElement>("input, select, textarea")].filter(
      (control) => control.name === this.said.key + suffix,
    );
  }
  /** What is ticked, chosen or typed. */
  private texts(): string[] {
    return this.controls()
      .filter((c) => (c.type !== "radio" && c.type !== "checkbox") || c.checked)
      .map((c) => c.value.normalize("NFC").replace(/\s+/g, " ").trim())
      .filter((text) => text !== "");
  }
  private day(): Value {
    const part = (suffix: string) => this.controls(suffix)[0]?.value.trim() ?? "";
    const typed = [part(".year"), part(".month"), part(".day")];
    if (typed.some((text) => !/^\d{1,4}$/.test(text))) return readDay(this.texts()[0] ?? "");
    return dayOf(+typed[0]!, +typed[1]!, +typed[2]!);
  }
  /** As field_type.read makes it of what is posted. */
  typed(): Value {
    const texts = this.texts();
    const first = texts[0] ?? null;
    switch (this.said.type) {
      case "number":
        return first === null ? null : typedNumber(first);
      case "yes_no":
        return first === "1" ? true : first === "0" ? false : null;
      case "date":
        return this.day();
      case "several": {
        const written = this.controls().some((c) => c.type === "text");
        const keys = written ? texts.flatMap((t) => t.split(/[,;]/)).map((t) => t.replace(/^[#\s]+/, "").trim()) : texts;
        return keys.filter((key) => key !== "");
      }
      default:
        return first;
    }
  }
  show(asked: boolean): void {
    const note = this.row.previousElementSibling;
    if (note?.matches(".survey-if")) (note as HTMLElement).hidden = true;
    if (this.row.hidden !== !asked) this.row.hidden = !asked;
  }
  write(value: Value): void {
    const output = this.row.querySelector("output");
    const text = words(value) + (value !== null && this.said.unit ? `\u00A0${this.said.unit}` : "");
    if (output && output.textContent !== text) output.textContent = text;
  }
  refuse(wrong: string | null): void {
    const control = this.row.querySelector("input, select, textarea");
    if (wrong !== null) this.refused.textContent = wrong;
    if ((wrong !== null) === this.refused.isConnected || this.row.classList.contains("has-error")) return;
    if (wrong !== null) {
      (this.row.querySelector("legend") ?? this.row.querySelector("label"))?.after(this.refused);
      control?.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${this.refused.id}`.trim());
    } else {
      this.refused.remove();
      control?.setAttribute("aria-describedby", (control.getAttribute("aria-describedby") ?? "").replace(this.refused.id, "").trim());
    }
  }
}

const french = document.documentElement.lang.startsWith("fr");

function typedNumber(text: string): Value {
  let plain = text.replace(/[\s\u00A0\u202F]/g, "").replace(/\u2212/g, "-").replace(/^\+/, "");
  if (!french && /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  const m = /^(-?)(\d*)(?:[.,](\d*))?$/.exec(plain);
  if (!m || (!m[2] && !m[3])) return null;
  const after = (m[3] ?? "").replace(/0+$/, "");
  return readNumber(`${m[1]}${m[2]!.replace(/^0+(?=\d)/, "") || "0"}${after && `.${after}`}`);
}

/** As the site shows it (base/number.h, number_format). */
function words(value: Value): string {
  if (value === null || value === "") return "–";
  if (typeof value === "bigint") {
    const [whole, after] = numberText(value).split(".");
    const grouped = whole!.replace("-", "\u2212").replace(/\B(?=(\d{3})+$)/g, french ? "\u202F" : ",");
    return after ? grouped + (french ? "," : ".") + after : grouped;
  }
  if (typeof value === "number") {
    const [y, m, d] = civil(value);
    const day = new Date(Date.UTC(2000, m - 1, d));
    day.setUTCFullYear(y, m - 1, d);
    return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeZone: "UTC" }).format(day);
  }
  if (typeof value === "boolean") return french ? (value ? "oui" : "non") : value ? "yes" : "no";
  return String(value);
}

/** Names that a tree looks at. */
function uses(tree: Tree | unknown, found: string[] = []): string[] {
  if (Array.isArray(tree)) for (const inner of tree) uses(inner, found);
  else if (tree !== null && typeof tree === "object" && "q" in tree) found.push((tree as { q: string }).q);
  return found;
}

function follow(form: HTMLElement, questions: Question[]): void {
  const byKey = new Map(questions.map((q) => [q.said.key, q]));
  const before = new Map(
    Object.entries(JSON.parse(form.dataset["given"] ?? "{}") as Record<string, [string, string]>).map(([name, [type, text]]) => [
      name,
      valueOf(type, text),
    ]),
  );
  const parts = [...form.querySelectorAll<HTMLElement>("[data-part]")].map((part) => ({
    part,
    if: (JSON.parse(part.dataset["part"]!) as { if: Tree }).if,
  }));
  const known = (tree: Tree | undefined): tree is Tree =>
    tree !== undefined && uses(tree).every((name) => byKey.has(name) || before.has(name));

  /** `done`: somebody has left the control; nobody is told that she is wrong while she types. */
  function settle(done: boolean): void {
    const asked = new Map<Question, boolean>();
    const computed = new Map<Question, Value>();
    const answers: Answers = {
      value: (name) => (byKey.has(name) ? answerOf(byKey.get(name)!) : before.get(name)!),
      today: questions[0]!.said.today,
    };
    const together = new Map<HTMLElement, boolean>();
    function isPartAsked(part: HTMLElement): boolean {
      const condition = parts.find((one) => one.part === part)!.if;
      if (!known(condition)) return true;
      if (!together.has(part)) together.set(part, work(condition, answers) === true);
      return together.get(part)!;
    }
    function isAsked(q: Question): boolean {
      if (q.part && !isPartAsked(q.part)) return false;
      if (!known(q.said.if)) return true;
      if (!asked.has(q)) asked.set(q, work(q.said.if, answers) === true);
      return asked.get(q)!;
    }
    function answerOf(q: Question): Value {
      if (!isAsked(q)) return null;
      if (q.said.value === undefined) return q.typed();
      if (!known(q.said.value)) return null;
      if (!computed.has(q)) computed.set(q, work(q.said.value, answers));
      return computed.get(q)!;
    }
    for (const { part, if: condition } of parts) {
      const note = part.querySelector<HTMLElement>(":scope > .survey-if");
      if (note && known(condition)) note.hidden = true;
      part.hidden = !isPartAsked(part);
    }
    for (const q of questions) {
      let wrong = q.counts();
      let looks = q.said.counted !== undefined;
      if (known(q.said.if)) q.show(isAsked(q));
      if (known(q.said.value)) q.write(answerOf(q));
      if (known(q.said.constraint) && uses(q.said.constraint).length) {
        const own = q.typed();
        const blank = own === null || (Array.isArray(own) && own.length === 0);
        looks = true;
        if (!blank && work(q.said.constraint, answers) !== true) wrong ??= q.said.refusal ?? "";
      }
      if (!isAsked(q)) wrong = null;
      if (looks && (done || wrong === null)) q.refuse(wrong);
    }
    hideEmptyParts(form);
  }
  form.addEventListener("input", () => settle(false));
  form.addEventListener("change", () => settle(true));
  settle(false);
}

/** A heading whose questions are all put away goes with them. */
function hideEmptyParts(form: ParentNode): void {
  for (const heading of Array.from(form.querySelectorAll<HTMLElement>("h2.group-title"))) {
    if (heading.closest(".survey-part")) continue;
    let any = false;
    for (let next = heading.nextElementSibling; next && !next.matches("h2.group-title"); next = next.nextElementSibling)
      any ||= next.matches("[data-question]") && !(next as HTMLElement).hidden;
    heading.hidden = !any;
  }
}

for (const form of new Set([...document.querySelectorAll("[data-question]")].map((row) => row.closest<HTMLElement>("form, .preview"))))
  if (form)
    follow(
      form,
      [...form.querySelectorAll<HTMLElement>("[data-question]")].map((row) => new Question(row)),
    );
