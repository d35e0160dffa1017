// Forms that carry files. <p-upload> stands around a file input:
//  - data-alt, data-name: once pictures are chosen, a text for each ("What “%s” shows…") takes the place of
//    the one that stands there for a single picture;
//  - the form is sent in the background, so that a bar says how far it is; then the browser goes where the
//    answer leads, or the page of mistakes takes the place of this one.
// Without script the form is sent as any other.

export {}; // a module, loaded when it is wanted

function words(input: HTMLInputElement, holder: HTMLElement, pattern: string, name: string): void {
  const files = Array.from(input.files ?? []);
  if (!files.length) return;
  const typed = Array.from(holder.querySelectorAll("input"), (each) => each.value);
  holder.replaceChildren(
    ...files.flatMap((file, i) => {
      const label = document.createElement("label");
      const text = document.createElement("input");
      text.className = "input";
      text.id = `${input.id}-alt-${i}`;
      text.name = name;
      text.maxLength = 500;
      text.value = typed[i] ?? "";
      label.htmlFor = text.id;
      label.textContent = pattern.replace("%s", file.name);
      return [label, text];
    }),
  );
}

function hasFiles(form: HTMLFormElement): boolean {
  return Array.from(form.querySelectorAll<HTMLInputElement>("input[type=file]")).some((input) => input.files?.length);
}

function showAnswer(html: string, url: string): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  if (!main) return location.assign(url);
  document.querySelector("main")!.replaceWith(document.adoptNode(main));
  document.title = page.title;
  main.querySelector<HTMLElement>("[role=alert]")?.focus();
  scrollTo(0, 0);
}

function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const data = new FormData(form);
  const button = submitter as HTMLButtonElement | null;
  if (button?.name) data.append(button.name, button.value);
  const bar = document.createElement("progress");
  bar.className = "upload-bar";
  bar.max = 1;
  bar.setAttribute("aria-label", form.querySelector<HTMLElement>("p-upload")?.dataset.sending ?? "");
  (button?.closest(".form-actions") ?? form).append(bar);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
    if (event.loaded === event.total) bar.removeAttribute("value"); // being looked at
  });
  request.addEventListener("load", () => {
    if (request.status < 400) location.assign(request.responseURL);
    else showAnswer(request.responseText, request.responseURL);
  });
  // The network failed: as without script, the browser will say so.
  request.addEventListener("error", () => {
    bar.remove();
    form.submit();
  });
  request.send(data);
}

customElements.define(
  "p-upload",
  class extends HTMLElement {
    connectedCallback() {
      const input = this.querySelector<HTMLInputElement>("input[type=file]");
      const holder = this.querySelector<HTMLElement>(".item-alt");
      const { alt, name } = this.dataset;
      if (input && holder && alt && name) input.addEventListener("change", () => words(input, holder, alt, name));
    }
  },
);

const sending = new WeakSet<HTMLFormElement>();
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.enctype !== "multipart/form-data" || event.defaultPrevented || !hasFiles(form)) return;
  event.preventDefault();
  if (sending.has(form)) return;
  sending.add(form);
  send(form, event.submitter);
});
