// <form data-auto>: the facets and the order of a list. A choice shows at once what it leaves, without a reload: the
// list, the counts and the address follow, Back comes back, and the number of records is said aloud. When anything
// is not as expected, the browser goes to the address, as without script.

export {}; // a module, loaded when it is wanted

const parts = ["#results", "form.side", ".page-head"];

const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

function addressOf(form: HTMLFormElement): string {
  const url = new URL(form.action);
  const chosen = new FormData(form);
  url.search = "";
  for (const [name, value] of Array.from(chosen)) if (typeof value === "string" && value) url.searchParams.append(name, value);
  return url.href;
}

// The same control in the new page, for the focus.
function twin(old: Element | null): HTMLElement | null {
  if (old instanceof HTMLInputElement) return document.querySelector(`form[data-auto] input[name="${CSS.escape(old.name)}"][value="${CSS.escape(old.value)}"]`);
  if (old instanceof HTMLSelectElement) return document.querySelector(`form[data-auto] select[name="${CSS.escape(old.name)}"]`);
  return null;
}

let asking: AbortController | null = null;

async function load(url: string): Promise<boolean> {
  asking?.abort();
  const mine = (asking = new AbortController());
  const results = document.querySelector("#results");
  results?.setAttribute("aria-busy", "true");
  const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine.signal.aborted) return true;
  if (!answer.ok || answer.redirected || parts.some((part) => !page.querySelector(part) !== !document.querySelector(part))) return false;
  const focused = document.activeElement;
  const open = document.querySelector<HTMLDetailsElement>(".facets")?.open;
  for (const part of parts) {
    const made = page.querySelector(part);
    if (made) document.querySelector(part)!.replaceWith(document.adoptNode(made));
  }
  const facets = document.querySelector<HTMLDetailsElement>(".facets");
  if (facets && open !== undefined) facets.open = open;
  document.title = page.title;
  twin(focused)?.focus({ preventScroll: true });
  said.textContent = document.querySelector("#count")?.textContent ?? "";
  return true;
}

function show(url: string, remember: boolean): void {
  load(url).then(
    (done) => {
      if (!done) location.assign(url);
      else if (remember && url !== location.href) history.pushState({ narrowed: true }, "", url);
    },
    (error: Error) => {
      if (error.name !== "AbortError") location.assign(url);
    },
  );
}

const auto = (event: Event) => (event.target as Element).closest<HTMLFormElement>("form[data-auto]");

document.addEventListener("change", (event) => {
  const form = auto(event);
  if (form) show(addressOf(form), true);
});
document.addEventListener("submit", (event) => {
  const form = auto(event);
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  show(addressOf(form), true);
});

// The entry that the visit began with comes back without a state: it is a list too.
history.replaceState({ narrowed: true }, "");
addEventListener("popstate", (event) => {
  if ((event.state as { narrowed?: boolean } | null)?.narrowed) show(location.href, false);
});
