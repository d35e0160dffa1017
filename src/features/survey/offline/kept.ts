// What a device keeps for questionnaires without a connection, and how it is sent: shared by the page (offline.ts) and the
// worker (worker.ts), which may send when no page is open. Each response has a code of its own, drawn here: the site counts it
// once however often it is sent.

export interface Kept {
  code: string;
  form: string;
  version: number; // of the questionnaire that was answered
  entries: [string, string][]; // as a form would post them
  page: string;
  channel: string;
  name: string; // sent, where the questionnaire asks it
  label: string; // for who looks for it on this device
  who: string; // the account that took it away; ""
  state: "begun" | "done" | "refused";
  reason: string;
  issues: [string, string][]; // field, words
  at: number;
}
export interface Taken {
  form: string;
  version: number;
  files: string[]; // addresses that are kept in the cache for it
}

export const CACHE = "parvis-offline";
export const ROOT = "/-/offline/";

// ---- What is kept ----

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asking = indexedDB.open("parvis-offline", 1);
    asking.onupgradeneeded = () => {
      asking.result.createObjectStore("responses", { keyPath: "code" });
      asking.result.createObjectStore("taken", { keyPath: "form" });
    };
    asking.onsuccess = () => resolve(asking.result);
    asking.onerror = () => reject(asking.error);
  });
}

/** Resolves once it is on the disk, not when the request is: what somebody typed is there when the page says so. */
async function run<T>(store: "responses" | "taken", mode: IDBTransactionMode, act: (it: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

export const keep = (one: Kept): Promise<unknown> => run("responses", "readwrite", (it) => it.put(one));
export const find = (code: string): Promise<Kept | undefined> => run("responses", "readonly", (it) => it.get(code) as IDBRequest<Kept | undefined>);
export const forget = (code: string): Promise<unknown> => run("responses", "readwrite", (it) => it.delete(code));
export async function list(form?: string): Promise<Kept[]> {
  const all = await run("responses", "readonly", (it) => it.getAll() as IDBRequest<Kept[]>);
  return all.filter((one) => form === undefined || one.form === form).sort((x, y) => x.at - y.at);
}
export const taken = (form: string): Promise<Taken | undefined> => run("taken", "readonly", (it) => it.get(form) as IDBRequest<Taken | undefined>);
export const allTaken = (): Promise<Taken[]> => run("taken", "readonly", (it) => it.getAll() as IDBRequest<Taken[]>);
export const noteTaken = (one: Taken): Promise<unknown> => run("taken", "readwrite", (it) => it.put(one));
export const forgetTaken = (form: string): Promise<unknown> => run("taken", "readwrite", (it) => it.delete(form));

// ---- Sent ----

export interface Outcome {
  sent: number;
  receipts: string[];
  refused: number;
  why: "" | "later" | "sign-in"; // what is left, and why
}

interface Said {
  state: "sent" | "refused" | "sign-in";
  reason?: string;
  issues?: [string, string][];
  receipt?: string;
}

/** What the site answers, as JSON; null: it does not, for now. A page in its place wants somebody to look at it. */
async function ask(url: string, body?: URLSearchParams): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(url, { cache: "no-store", credentials: "same-origin", ...(body ? { method: "POST", body } : {}) });
  } catch {
    return null;
  }
  if (answer.status === 408 || answer.status === 429 || answer.status >= 500) return null;
  if (answer.redirected || !answer.headers.get("Content-Type")?.startsWith("application/json"))
    return answer.status === 401 || answer.status === 403 || answer.redirected ? { state: "sign-in" } : { state: "refused", reason: `${answer.status} ${answer.statusText}`.trim() };
  return answer.json();
}

async function sendOne(one: Kept): Promise<Said | null> {
  const state = (await ask(`${ROOT}${one.form}/state`)) as { token?: string; state?: Said["state"]; reason?: string } | null;
  if (state === null) return null;
  if (state.state) return state as Said;
  const body = new URLSearchParams(one.entries);
  for (const [name, value] of Object.entries({
    _form: state.token ?? "", _code: one.code, _version: String(one.version), _channel: one.channel, _name: one.name, _who: one.who,
  }))
    body.set(name, value);
  return (await ask(`${ROOT}${one.form}/send`, body)) as Said | null;
}

async function sendEach(form: string | undefined, again: boolean): Promise<Outcome> {
  const outcome: Outcome = { sent: 0, receipts: [], refused: 0, why: "" };
  // Asked for again, it waits like the others: where the site does not answer now, it leaves by itself later.
  if (again) for (const one of await list(form)) if (one.state === "refused") await keep({ ...one, state: "done", reason: "", issues: [] });
  for (const one of await list(form)) {
    if (one.state !== "done") continue;
    const said = await sendOne(one);
    if (said === null) return { ...outcome, why: "later" };
    if (said.state === "sign-in") {
      outcome.why = "sign-in";
    } else if (said.state === "sent") {
      await forget(one.code);
      outcome.sent++;
      if (said.receipt) outcome.receipts.push(said.receipt);
    } else {
      // Somebody may be correcting it meanwhile: only what was sent is refused.
      const now = await find(one.code);
      if (now && now.state !== "begun") await keep({ ...now, state: "refused", reason: said.reason ?? "", issues: said.issues ?? [] });
      outcome.refused++;
    }
  }
  return outcome;
}

/** All that is finished, of one questionnaire or of all; `again`: what was refused too. One at a time on a device. */
export async function send(form?: string, again = false): Promise<Outcome> {
  const locks = (navigator as Navigator & { locks?: LockManager }).locks;
  return locks ? await locks.request("parvis-offline-send", () => sendEach(form, again)) : sendEach(form, again);
}
