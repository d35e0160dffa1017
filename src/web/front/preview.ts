// The preview of a text is drawn by the site, as it is without script; here it comes without leaving the page, so
// that neither the cursor nor the place on the page is lost.

export {}; // a module, loaded when it is wanted

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  if (event.defaultPrevented || button?.name !== "_preview") return;
  event.preventDefault();
  const data = new FormData(form);
  for (const [name, value] of Array.from(data)) if (typeof value !== "string") data.delete(name); // files wait for the save
  data.append(button.name, button.value);
  void show(form, data, button);
});

async function show(form: HTMLFormElement, data: FormData, button: HTMLButtonElement): Promise<void> {
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: form.enctype === "multipart/form-data" ? data : new URLSearchParams(data as never) });
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preview");
    if (!made) throw new Error();
    document.getElementById("preview")?.remove();
    form.before(document.adoptNode(made));
    made.scrollIntoView({ block: "start" });
    made.focus({ preventScroll: true });
  } catch {
    // As without script: the site's own page, or the browser's, says what is wrong.
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = button.name;
    hidden.value = button.value;
    form.append(hidden);
    form.submit();
  } finally {
    button.removeAttribute("aria-busy");
  }
}
