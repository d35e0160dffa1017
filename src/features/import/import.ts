// <p-run>: a large import under way. Its page is asked for again every two seconds and what it says takes the place of
// what was there, while the job works; then the page itself is shown, with what is to be decided. The focus stays.
const EVERY = 2000;

class Run extends HTMLElement {
  private waiting = 0;
  private said = document.createElement("p");

  connectedCallback(): void {
    // The header that asks for the page again is for who has no scripts.
    if (document.readyState === "complete") window.stop();
    else window.addEventListener("load", () => window.stop(), { once: true });
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    this.after(this.said);
    this.wait();
  }

  disconnectedCallback(): void {
    clearTimeout(this.waiting);
  }

  private wait(): void {
    this.waiting = window.setTimeout(() => void this.ask(), document.hidden ? EVERY * 5 : EVERY);
  }

  private async ask(): Promise<void> {
    const answer = await fetch(location.href).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const made = page?.querySelector("p-run");
    if (page && !made) return location.reload(); // it is done, stopped or gone
    if (page && made) {
      document.title = page.title; // what was looked at comes in
      const here = ".breadcrumb [aria-current]", told = page.querySelector(here)?.textContent;
      document.querySelector(here)?.replaceChildren(told ?? "");
      this.show(made);
    }
    this.wait();
  }

  // Only what tells: forms and links stay, with the focus.
  private show(made: Element): void {
    for (const part of ["h1", "progress", "#run-progress", ".facts-list"]) {
      const old = this.querySelector(part), fresh = made.querySelector(part);
      if (!old || !fresh) continue;
      if (old instanceof HTMLProgressElement) {
        old.max = Number(fresh.getAttribute("max"));
        old.value = Number(fresh.getAttribute("value"));
      } else if (old.textContent !== fresh.textContent) old.replaceWith(document.adoptNode(fresh));
    }
    const told = made.querySelector("#run-progress")?.textContent ?? "";
    const tenth = Math.floor((10 * (this.querySelector("progress")?.position ?? 0)) || 0);
    if (this.dataset["tenth"] !== String(tenth)) this.said.textContent = told; // a screen reader hears ten times, not each
    this.dataset["tenth"] = String(tenth);
  }
}

customElements.define("p-run", Run);
