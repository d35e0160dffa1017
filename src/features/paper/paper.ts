// Entering a sheet without a mouse: the number of a box crosses it (two digits one after the other where there are more than
// nine), Enter goes to the next question, Ctrl+Enter to the next page. Everything works without.
export {}; // a module, loaded when it is wanted

const page = document.querySelector<HTMLFormElement>("form.paper-page");
const pause = 700; // ms between the digits of one number

type Box = HTMLInputElement;

// The boxes of one group, in their order; an answer that is taken back ("not said") has no number.
function boxes(of: Box): Box[] {
  const all = page?.querySelectorAll<Box>(`input[name="${CSS.escape(of.name)}"]`) ?? [];
  return [...all].filter((it) => it.type === of.type && it.value !== "");
}

function cross(box: Box): void {
  box.checked = box.type === "checkbox" ? !box.checked : true;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.focus();
}

// What one comes to with the keyboard, one stop a group of boxes.
function stops(): HTMLElement[] {
  const found: HTMLElement[] = [];
  const names = new Set<string>();
  for (const it of page?.querySelectorAll<HTMLElement>(".paper-controls input, .paper-controls select, .paper-controls textarea, .form-actions .button-big") ?? []) {
    const input = it as Box;
    const box = input.type === "radio" || input.type === "checkbox";
    if (input.disabled || input.type === "hidden" || it.closest("[hidden]") || (box && names.has(input.name))) continue;
    if (box) names.add(input.name);
    found.push(it);
  }
  return found;
}

function next(from: HTMLElement): void {
  const all = stops();
  const name = (from as Box).name;
  const at = all.findIndex((it) => it === from || ((it as Box).name === name && name !== ""));
  const to = all[at + 1];
  const checked = to && (to as Box).type === "radio" ? boxes(to as Box).find((it) => it.checked) : undefined;
  (checked ?? to)?.focus();
}

let typed = "";
let last = 0;

function digit(box: Box, key: string, time: number): boolean {
  const all = boxes(box);
  typed = time - last < pause && all.length > 9 ? typed + key : key;
  last = time;
  let chosen = all[Number(typed) - 1];
  if (!chosen) {
    typed = key;
    chosen = all[Number(typed) - 1];
  } else if (typed.length > 1 && box.type === "checkbox") {
    const before = all[Number(typed.slice(0, -1)) - 1]; // the first digit had crossed another one
    if (before) cross(before);
  }
  if (chosen) cross(chosen);
  return chosen !== undefined;
}

page?.addEventListener("keydown", (event) => {
  const at = event.target as HTMLElement;
  const box = at instanceof HTMLInputElement && (at.type === "radio" || at.type === "checkbox");
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    page.querySelector<HTMLButtonElement>(".form-actions .button-big")?.click();
  } else if (event.key === "Enter" && !(at instanceof HTMLTextAreaElement) && !(at instanceof HTMLButtonElement) && at.closest(".paper-controls")) {
    event.preventDefault();
    next(at);
  } else if (box && /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    if (digit(at, event.key, event.timeStamp)) event.preventDefault();
  }
});

if (page) {
  const help = document.querySelector<HTMLElement>(".paper-keys");
  if (help) help.hidden = false;
  if (!document.querySelector(".error-summary")) stops()[0]?.focus();
}
