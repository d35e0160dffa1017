// "Where I am now": the device's position, rounded to three decimals (some hundred metres), in the address of the same page.
class Here extends HTMLElement {
  connectedCallback(): void {
    const form = this.closest("form");
    if (!form || !navigator.geolocation || this.querySelector("button")) return;
    const button = document.createElement("button"), said = document.createElement("span");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = this.dataset.label!;
    said.setAttribute("role", "status");
    button.addEventListener("click", () => {
      said.textContent = this.dataset.waits!;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => this.go(form, `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`),
        () => (said.textContent = this.dataset.refused!),
        { maximumAge: 600000, timeout: 15000 },
      );
    });
    this.append(button, said);
  }

  private go(form: HTMLFormElement, at: string): void {
    const rayon = form.querySelector<HTMLSelectElement>("[name=rayon]");
    location.assign(`${form.getAttribute("action")}?la=${at}&rayon=${rayon ? rayon.value : ""}`);
  }
}

customElements.define("p-here", Here);
