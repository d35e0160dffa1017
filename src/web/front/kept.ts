// What forms keep in the browser (typed.ts), as far as every page has to do with it: the page that follows a form
// says whether the site has it now, and signing out leaves nothing behind.
export interface Kept {
  time: number; // ms UTC
  values: [name: string, value: string][];
}

const SENT = "typed sent";

let signedOut = false;

export function keep(key: string, values: Kept["values"]): void {
  if (signedOut) return;
  try {
    localStorage.setItem(key, JSON.stringify({ time: Date.now(), values }));
  } catch {
    // Full, or forbidden: then nothing is kept, as without script.
  }
}

export function kept(key: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // as above
  }
}

export function sending(key: string): void {
  try {
    sessionStorage.setItem(SENT, key);
  } catch {
    // as above
  }
}

try {
  const sent = sessionStorage.getItem(SENT);
  if (sent) {
    sessionStorage.removeItem(SENT);
    // Every save leads to a page that says so in its address; errors and refusals do not.
    if (new URLSearchParams(location.search).has("fait")) forget(sent);
  }
} catch {
  // as above
}

// When the page goes: until then somebody may still choose to stay.
let signingOut = 0;
document.addEventListener("submit", (event) => {
  if (new URL((event.target as HTMLFormElement).action).pathname === "/-/sign-out") signingOut = Date.now();
});
addEventListener("pagehide", () => {
  if (Date.now() - signingOut > 10_000) return;
  signedOut = true;
  for (const key of Object.keys(localStorage)) if (key.startsWith("typed ")) forget(key);
});
