// <p-comfort hidden data-larger=… data-usual=… data-read=… data-stop=…></p-comfort>
// Larger text and reading aloud, by the browser's own voice: only where there is one that speaks the page's language, and
// nothing leaves the device. On a shared tablet the next person finds the usual size again.
export {}; // a module, loaded when it is wanted

const store = "survey-large";
const area = () => document.querySelector<HTMLElement>(".survey");

function button(words: string, act: (it: HTMLButtonElement) => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet";
  made.textContent = words;
  made.addEventListener("click", () => act(made));
  return made;
}

// What a person would be read: headings, questions, choices; not what is only for the eye.
function words(): string {
  const said: string[] = [];
  for (const element of area()?.querySelectorAll<HTMLElement>("h1, h2, .lead, .survey-text, .survey-progress strong, legend, label, .help, .field-error, dt, dd") ?? []) {
    if (element.closest("[hidden], .visually-hidden, .tools, p-comfort")) continue;
    const text = element.innerText?.trim();
    if (text) said.push(/[.?!…]$/.test(text) ? text : `${text}.`);
  }
  return said.join(" ");
}

customElements.define(
  "p-comfort",
  class extends HTMLElement {
    connectedCallback() {
      const kiosk = document.body.classList.contains("survey-kiosk");
      const { larger = "", usual = "", read = "", stop = "" } = this.dataset;
      const large = (on: boolean) => {
        area()?.classList.toggle("survey-large", on);
        size.textContent = on ? usual : larger;
        size.setAttribute("aria-pressed", String(on));
        if (!kiosk) sessionStorage.setItem(store, on ? "1" : "");
      };
      const size = button(larger, () => large(!area()?.classList.contains("survey-large")));
      this.append(size);
      large(!kiosk && sessionStorage.getItem(store) === "1");
      if ("speechSynthesis" in window) {
        const speak = button(read, (it) => {
          if (speechSynthesis.speaking) {
            speechSynthesis.cancel();
            it.textContent = read;
            return;
          }
          const speech = new SpeechSynthesisUtterance(words());
          speech.lang = document.documentElement.lang;
          speech.addEventListener("end", () => (it.textContent = read));
          speechSynthesis.speak(speech);
          it.textContent = stop;
        });
        this.append(speak);
        addEventListener("pagehide", () => speechSynthesis.cancel());
      }
      this.hidden = false;
    }
  },
);
