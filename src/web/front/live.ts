// <form data-live="preview">: what the form makes is drawn by the site, as its button "Preview" does; here it follows
// what is typed, a moment after. What cannot be drawn leaves what was there.

export {}; // a module, loaded when it is wanted

const QUIET = 700; // ms

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

let waiting = 0;
let asking: AbortController | null = null;

async function draw(form: HTMLFormElement, id: string): Promise<void> {
  asking?.abort();
  const mine = (asking = new AbortController());
  const data = new URLSearchParams(new FormData(form) as never);
  data.append("_preview", "1");
  const answer = await fetch(form.action, { method: "POST", body: data, signal: mine.signal });
  if ((answer.status !== 200 && answer.status !== 422) || mine.signal.aborted) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  if (!made || mine.signal.aborted) return;
  const old = document.getElementById(id);
  if (old) old.replaceWith(document.adoptNode(made));
  else form.after(document.adoptNode(made));
  said.textContent = document.getElementById(id)!.querySelector("h2")?.textContent ?? "";
}

for (const form of Array.from(document.querySelectorAll<HTMLFormElement>("form[data-live]")))
  for (const kind of ["input", "change"])
    form.addEventListener(kind, () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void draw(form, form.dataset["live"]!).catch(() => undefined), QUIET);
    });
