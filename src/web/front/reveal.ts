// <p-reveal data-show="Show the password" data-hide="Hide the password"><input type="password"></p-reveal>
// A button shows what is being typed; the password is hidden again before it is sent, so that no
// browser remembers it as an ordinary text.
customElements.define(
  "p-reveal",
  class extends HTMLElement {
    connectedCallback() {
      const input = this.querySelector("input");
      if (!input) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.setAttribute("aria-controls", input.id);
      const show = (shown: boolean) => {
        input.type = shown ? "text" : "password";
        button.textContent = (shown ? this.dataset.hide : this.dataset.show) ?? "";
      };
      button.addEventListener("click", () => show(input.type === "password"));
      input.form?.addEventListener("submit", () => show(false));
      show(false);
      this.append(button);
    }
  },
);
