// <p-ranking><ul class="ranking"><li><label>…<select>places…: choices are ranked with buttons, by dragging, or with the arrow keys
// on a button. The places stay in the form, unseen, and are what is sent; without this they are chosen by hand.

export {}; // a module, loaded when it is wanted

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

class Ranking {
  private list: HTMLUListElement;
  private buttons: HTMLTemplateElement;
  private places: number;

  constructor(private box: HTMLElement) {
    this.list = box.querySelector("ul")!;
    this.buttons = box.querySelector("template")!;
    this.places = Number(box.dataset["places"]);
    for (const line of this.lines()) this.dress(line);
    this.list.addEventListener("click", (event) => this.click(event));
    this.list.addEventListener("pointerdown", (event) => this.drag(event));
    this.settle();
  }

  private lines = () => [...this.list.children] as HTMLLIElement[];
  private select = (line: Element) => line.querySelector("select")!;
  private isRanked = (line: Element) => this.select(line).value !== "";
  private ranked = () => this.lines().filter(this.isRanked);
  private name = (line: Element) => line.querySelector("label")!.textContent!.trim();
  private words = (key: string, line: Element, place = 0) => (this.box.dataset[key] ?? "").replace("%s", this.name(line)).replace("%d", String(place));

  private dress(line: HTMLLIElement): void {
    const rank = document.createElement("span");
    rank.className = "rank";
    rank.setAttribute("aria-hidden", "true");
    line.prepend(rank);
    this.select(line).hidden = true;
    line.querySelector("label")!.classList.add("grip");
    line.append(this.buttons.content.cloneNode(true));
  }

  // Places, buttons and what they are called follow the order of the lines.
  private settle(): void {
    const ranked = this.ranked();
    this.list.append(...ranked, ...this.lines().filter((line) => !this.isRanked(line)));
    ranked.forEach((line, i) => (this.select(line).value = String(i + 1)));
    for (const line of this.lines()) {
      const at = ranked.indexOf(line);
      line.classList.toggle("is-ranked", at >= 0);
      line.querySelector(".rank")!.textContent = at >= 0 ? String(at + 1) : "–";
      for (const button of line.querySelectorAll<HTMLButtonElement>("button")) {
        const act = button.dataset["do"];
        const words = this.words(act === "move" ? (at >= 0 ? "remove" : "add") : act!, line);
        button.setAttribute("aria-label", words);
        button.title = words;
        if (act === "move") button.querySelector("svg")?.classList.toggle("is-turned", at >= 0);
        else button.hidden = at < 0;
        button.setAttribute("aria-disabled", String(act === "up" ? at === 0 : act === "down" && at === ranked.length - 1));
      }
    }
  }

  private tell(line: HTMLElement): void {
    const place = this.ranked().indexOf(line as HTMLLIElement) + 1;
    said.textContent = this.words(place ? "said" : "out", line, place);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private add(line: HTMLLIElement): boolean {
    const n = this.ranked().length;
    if (n >= this.places) {
      said.textContent = this.box.dataset["full"] ?? "";
      return false;
    }
    this.select(line).value = String(n + 1);
    return true;
  }

  private click(event: MouseEvent): void {
    const button = (event.target as Element).closest("button");
    const line = button?.closest("li");
    if (!button || !line || button.getAttribute("aria-disabled") === "true") return;
    const act = button.dataset["do"];
    if (act === "up") line.previousElementSibling!.before(line);
    else if (act === "down") line.nextElementSibling!.after(line);
    else if (this.isRanked(line)) this.select(line).value = "";
    else if (!this.add(line)) return;
    this.settle();
    this.tell(line);
    button.focus();
  }

  // A finger or a mouse takes the name of a line; what it is dropped among gets ranked.
  private drag(event: PointerEvent): void {
    const line = (event.target as Element).closest("label")?.closest("li");
    if (!line || event.button !== 0) return;
    event.preventDefault();
    let moved = false;
    const move = (over: PointerEvent) => {
      const others = this.lines().filter((other) => other !== line);
      const below = others.find((other) => over.clientY < other.getBoundingClientRect().top + other.offsetHeight / 2);
      if (!moved && Math.abs(over.clientY - event.clientY) < 6) return;
      moved = true;
      line.classList.add("is-dragged");
      if (below) below.before(line);
      else this.list.append(line);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      line.classList.remove("is-dragged");
      if (!moved) return;
      const next = line.nextElementSibling, before = line.previousElementSibling;
      const among = (next && this.isRanked(next)) || (before && this.isRanked(before)) || this.ranked().length === 0;
      if (!this.isRanked(line) && among) this.add(line);
      this.settle();
      this.tell(line);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }
}

document.body.append(said);
for (const box of document.querySelectorAll<HTMLElement>("p-ranking")) new Ranking(box);
