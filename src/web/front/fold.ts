// A folded list of choices, <details class="fold">: what is chosen is said on the fold while it changes, a long list is
// narrowed by typing, and the way to a mistake opens what it stands in.

export {}; // a module, loaded when it is wanted

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = (box: HTMLInputElement) => box.labels?.[0]?.querySelector(":scope > span")?.lastChild?.textContent ?? "";

for (const fold of document.querySelectorAll<HTMLDetailsElement>("details.fold")) {
  const said = fold.querySelector("summary > output");
  fold.addEventListener("change", () => {
    const chosen = [...fold.querySelectorAll<HTMLInputElement>("input:checked")].filter((box) => box.value);
    if (said) said.textContent = chosen.map(words).join(", ");
  });
  const filter = fold.querySelector<HTMLInputElement>("[data-filter]");
  if (!filter) continue;
  const choices = [...fold.querySelectorAll<HTMLElement>(".fold-list > .choice")];
  if (choices.length > 12) filter.closest("label")?.removeAttribute("hidden");
  filter.addEventListener("input", () => {
    const sought = plain(filter.value).split(/\s+/);
    for (const choice of choices) choice.hidden = !sought.every((word) => plain(choice.textContent ?? "").includes(word));
  });
  // Enter in the filter does not send the form.
  filter.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
