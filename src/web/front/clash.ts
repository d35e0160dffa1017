// <div data-clash="/-/same-time/evenement">: what else takes place then and there is told by the site, as on the preview;
// here it follows the answers that say when and where, a moment after. What cannot be asked leaves what was there.

export {}; // a module, loaded when it is wanted

const QUIET = 900; // ms

const box = document.querySelector<HTMLElement>("[data-clash]")!;
const form = box.closest("form")!;
let waiting = 0;
let asking: AbortController | null = null;
let last = "";

// Files and texts do not say when or where: they stay here.
function answers(): URLSearchParams {
  const data = new URLSearchParams();
  for (const [name, value] of Array.from(new FormData(form))) if (typeof value === "string" && value.length < 2000) data.append(name, value);
  const self = /^\/-\/edit\/(\w+)$/.exec(new URL(form.action).pathname);
  if (self) data.set("_self", self[1]!);
  return data;
}

async function ask(): Promise<void> {
  const data = answers();
  if (data.toString() === last) return;
  asking?.abort();
  const mine = (asking = new AbortController());
  const answer = await fetch(box.dataset["clash"]!, { method: "POST", body: data, signal: mine.signal });
  if (answer.status !== 200 || mine.signal.aborted) return;
  last = data.toString();
  const made = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  if (made.textContent === box.textContent) return; // nothing new to say aloud
  box.replaceChildren(...Array.from(made.childNodes).map((node) => document.adoptNode(node)));
}

for (const kind of ["input", "change"])
  form.addEventListener(kind, () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask().catch(() => undefined), QUIET);
  });
