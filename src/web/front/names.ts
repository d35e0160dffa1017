// <section data-names="/-/names/…" data-words="Noms"><textarea>: after "@" and a letter, the names of who may be named, to choose from. A name
// typed by hand does the same. Arrows, Enter or Tab, Escape; a tap.
const asked = new Map<string, Promise<string[]>>();

function names(address: string, begun: string): Promise<string[]> {
  const url = `${address}?q=${encodeURIComponent(begun)}`;
  let answer = asked.get(url);
  if (!answer) {
    answer = fetch(url)
      .then((got) => (got.ok ? (got.json() as Promise<string[]>) : []))
      .catch(() => []);
    asked.set(url, answer);
  }
  return answer;
}

class Names {
  private list = document.createElement("ul");
  private from = 0;
  private at = -1;

  constructor(
    private area: HTMLTextAreaElement,
    private address: string,
    words: string,
  ) {
    this.list.className = "names";
    this.list.id = `${area.id}-names`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words);
    this.list.hidden = true;
    area.after(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.list.id);
    area.addEventListener("input", () => void this.look());
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("blur", () => setTimeout(() => this.close(), 200));
  }

  private async look(): Promise<void> {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const begun = /(?:^|[\s(])@(\p{L}[\p{L}\p{N} .'’-]{0,40})$/u.exec(before)?.[1];
    if (!begun) return this.close();
    const found = await names(this.address, begun);
    if (this.area.value.slice(0, this.area.selectionStart) !== before) return;
    if (!found.length) return this.close();
    this.from = before.length - begun.length;
    this.list.replaceChildren(
      ...found.map((name, i) => {
        const item = document.createElement("li");
        item.id = `${this.list.id}-${i}`;
        item.setAttribute("role", "option");
        item.textContent = name;
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.take(i);
        });
        return item;
      }),
    );
    this.list.hidden = false;
    this.choose(0);
  }

  private choose(i: number): void {
    const items = [...this.list.children];
    this.at = (i + items.length) % items.length;
    items.forEach((item, j) => item.setAttribute("aria-selected", String(j === this.at)));
    this.area.setAttribute("aria-activedescendant", items[this.at]!.id);
  }

  private take(i: number): void {
    const name = this.list.children[i]?.textContent ?? "";
    const end = this.area.selectionStart;
    this.area.setRangeText(`${name} `, this.from, end, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const { key } = event;
    if (key === "ArrowDown") this.choose(this.at + 1);
    else if (key === "ArrowUp") this.choose(this.at - 1);
    else if (key === "Enter" || key === "Tab") this.take(this.at);
    else if (key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.area.removeAttribute("aria-activedescendant");
  }
}

for (const place of document.querySelectorAll<HTMLElement>("[data-names]"))
  for (const area of place.querySelectorAll("textarea")) new Names(area, place.dataset.names!, place.dataset.words!);

export {};
