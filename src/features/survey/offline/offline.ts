// Questionnaires without a connection: takes one away, lists what is kept on this device, sends it. The pages say why, when a
// browser cannot: JavaScript is off, the site has no https, the browser is old.
import { allTaken, CACHE, forget, forgetTaken, keep, type Kept, list, noteTaken, type Outcome, ROOT, send, taken } from "./kept";
import { ask } from "./questions";

const SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";

/** As people/code.h writes them: 80 bits that nobody else draws. */
function code(): string {
  const random = crypto.getRandomValues(new Uint8Array(16));
  return [...random].map((byte, i) => (i && i % 4 === 0 ? "-" : "") + SIGNS[byte & 31]).join("");
}

/** Addresses of the program's files that a page, a style or a script names. */
function named(text: string, at: string): string[] {
  const found = new Set<string>();
  for (const [, path] of text.matchAll(/["'(]((?:\/-\/(?:asset|theme)\/|\.\/)[\w.-]+\.(?:js|css|svg|woff2|png|webp))[#"')]/g)) {
    const url = new URL(path!, at);
    if (/^\/-\/(asset|theme)\//.test(url.pathname)) found.add(url.pathname);
  }
  return [...found];
}

/** The pages and all that they are made of. */
async function takeAway(form: string, version: number): Promise<void> {
  const cache = await caches.open(CACHE);
  const pages = [`${ROOT}${form}`, `${ROOT}${form}/${version}`];
  const files = new Set<string>(pages);
  const waiting = [...pages];
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    const page = path.startsWith(ROOT);
    const answer = await fetch(path, page ? { cache: "no-store" } : {});
    if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
    await cache.put(path, answer.clone());
    if (!page && !/\.(js|css)$/.test(path)) continue;
    for (const other of named(await answer.text(), new URL(path, location.href).href)) {
      if (files.has(other)) continue;
      files.add(other);
      waiting.push(other);
    }
  }
  const before = (await taken(form))?.files ?? [];
  const versions = new Set((await list(form)).map((one) => `${ROOT}${form}/${one.version}`));
  // Pages of answers that are begun stay, with what they are made of.
  if (versions.size) for (const path of before) files.add(path);
  await noteTaken({ form, version, files: [...files] });
  const needed = new Set((await allTaken()).flatMap((one) => one.files));
  for (const request of await cache.keys()) if (!needed.has(new URL(request.url).pathname)) await cache.delete(request);
}

class Device {
  private readonly form: string;
  private readonly words: DOMStringMap;
  private turn: Promise<unknown> = Promise.resolve();
  constructor(private readonly root: HTMLElement) {
    this.words = root.dataset;
    this.form = this.words["form"]!;
    const act = (what: string, does: () => Promise<void>) =>
      root.querySelector(`[data-do=${what}]`)!.addEventListener("click", () => void does().catch(() => this.say(this.words["failed"]!)));
    act("take", () => this.take());
    act("send", () => this.send(true));
    act("erase", () => this.inTurn(() => this.erase()));
    root.querySelector<HTMLFormElement>("form[data-begin]")!.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.begin(new FormData(event.target as HTMLFormElement));
    });
    addEventListener("online", () => void this.send(false));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) void this.draw();
    });
    if ("BroadcastChannel" in window)
      new BroadcastChannel(CACHE).addEventListener("message", (event: MessageEvent<Outcome>) => void this.tell(event.data));
    root.hidden = false;
    void this.start();
  }
  /** Taking away and erasing wait for each other: neither puts back half of what the other did. */
  private inTurn<T>(does: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(does, does);
    this.turn = mine;
    return mine;
  }
  private say(words: string): void {
    this.root.querySelector("[data-status]")!.textContent = words;
  }
  private async start(): Promise<void> {
    const here = await taken(this.form);
    const version = +this.words["version"]!;
    this.say(here ? this.words["taken"]! : this.words["untaken"]!);
    await this.draw();
    if (here && this.words["open"]) {
      const newer = version > here.version;
      // The page may itself be the one that is kept: it then knows no newer version.
      try {
        await this.inTurn(() => takeAway(this.form, Math.max(version, here.version)));
        if (newer) this.say(this.words["newer"]!);
      } catch {
        /* no connection: what is kept is there */
      }
    }
    await this.send(false);
  }
  private async take(): Promise<void> {
    await navigator.serviceWorker.register(`${ROOT}worker.js`, { scope: ROOT });
    await navigator.serviceWorker.ready;
    await this.inTurn(() => takeAway(this.form, +this.words["version"]!));
    await navigator.storage?.persist?.();
    this.say(this.words["taken"]!);
    await this.draw();
  }
  private async begin(typed: FormData): Promise<void> {
    const here = await taken(this.form);
    if (!here) return;
    const text = (name: string) => String(typed.get(name) ?? "").trim();
    const one: Kept = {
      code: code(),
      form: this.form,
      version: here.version,
      entries: [],
      page: "",
      channel: text("channel") || "web",
      name: text("name"),
      label: text("label"),
      who: text("channel") === "tablet" ? "" : this.words["who"]!,
      state: "begun",
      reason: "",
      issues: [],
      at: Date.now(),
    };
    await keep(one);
    location.assign(`${ROOT}${this.form}/${one.version}#${one.code}`);
  }
  private async draw(): Promise<void> {
    const all = await list(this.form);
    const here = await taken(this.form);
    const template = this.root.querySelector("template")!;
    this.root.querySelector<HTMLElement>("[data-taken-only]")!.hidden = !here || !this.words["open"];
    this.root.querySelector<HTMLElement>("[data-do=take]")!.hidden = !!here || !this.words["open"];
    this.root.querySelector<HTMLElement>("[data-empty]")!.hidden = all.length > 0;
    this.root.querySelector<HTMLElement>("[data-do=send]")!.hidden = !all.some((one) => one.state !== "begun");
    this.root.querySelector("[data-list]")!.replaceChildren(
      ...all.map((one, i) => {
        const row = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
        const name = one.name || one.label || this.words["nameless"]!.replace("%d", String(i + 1));
        const link = row.querySelector("a")!;
        const status = row.querySelector<HTMLElement>(".status")!;
        const reason = row.querySelector<HTMLElement>(".field-error")!;
        link.textContent = name;
        link.href = `${ROOT}${this.form}/${one.version}#${one.code}`;
        status.textContent = this.words[one.state]!;
        row.dataset["state"] = one.state;
        reason.hidden = one.state !== "refused";
        reason.textContent = [one.reason, ...one.issues.map(([, words]) => words)].filter(Boolean).join(" ");
        row.querySelector(".visually-hidden")!.textContent = ` – ${name}`;
        row.querySelector("button")!.addEventListener("click", () => void forget(one.code).then(() => this.draw()));
        return row;
      }),
    );
  }
  private async send(again: boolean): Promise<void> {
    const waiting = (await list(this.form)).filter((one) => one.state === "done" || (again && one.state === "refused"));
    if (waiting.length === 0) return;
    this.say(this.words["sending"]!);
    const outcome = await send(this.form, again);
    await this.tell(outcome);
    if (outcome.why === "later") await this.later();
  }
  private async tell(outcome: Outcome): Promise<void> {
    await this.draw();
    if (!outcome.sent && !outcome.refused && !outcome.why) return; // the worker was first, and says so itself
    const told: string[] = [];
    if (outcome.sent) told.push(this.words["sent"]!.replace("%d", String(outcome.sent)));
    for (const receipt of outcome.receipts.slice(0, 3)) told.push(this.words["receipt"]!.replace("%s", receipt));
    if (outcome.why) told.push(this.words[outcome.why === "later" ? "later" : "signIn"]!);
    this.say(told.join(" ") || this.words["taken"]!);
  }
  /** The browser sends by itself when it can, even with the page closed. */
  private async later(): Promise<void> {
    const registration = (await navigator.serviceWorker.getRegistration(ROOT)) as
      | (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } })
      | undefined;
    await registration?.sync?.register("send").catch(() => undefined);
  }
  private async erase(): Promise<void> {
    for (const one of await list(this.form)) await forget(one.code);
    await forgetTaken(this.form);
    const others = await allTaken();
    const cache = await caches.open(CACHE);
    const needed = new Set(others.flatMap((one) => one.files));
    for (const request of await cache.keys()) if (!needed.has(new URL(request.url).pathname)) await cache.delete(request);
    if (others.length === 0) {
      await caches.delete(CACHE);
      await (await navigator.serviceWorker.getRegistration(ROOT))?.unregister();
    }
    await this.draw();
    this.say(this.words["erased"]!);
  }
}

const unable = document.querySelector<HTMLElement>("[data-unable]");
const why = !isSecureContext ? "insecure" : "serviceWorker" in navigator && "indexedDB" in window && "caches" in window ? "" : "old";
if (unable && why) for (const part of unable.querySelectorAll<HTMLElement>("[data-why]")) part.hidden = part.dataset["why"] !== why;
if (unable && !why) {
  unable.hidden = true;
  const device = document.querySelector<HTMLElement>("p-offline");
  const questions = document.querySelector<HTMLElement>("p-questions");
  if (device) new Device(device);
  if (questions) void ask(questions);
}
