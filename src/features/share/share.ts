// What one copies by hand gets a button that does it, where the browser lets a page write the clipboard.
class Copy extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
    if (!field || !navigator.clipboard || this.querySelector("button")) return;
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = this.dataset.copy!;
    said.setAttribute("role", "status");
    button.addEventListener("click", () => {
      field.select();
      void navigator.clipboard.writeText(field.value).then(() => (said.textContent = this.dataset.done!), () => {});
    });
    this.append(button, said);
  }
}

customElements.define("p-copy", Copy);
