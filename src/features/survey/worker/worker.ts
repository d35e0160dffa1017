// The worker of questionnaires without a connection: for addresses under /-/offline/ only. What was taken away is shown from
// what is kept when the site does not answer; finished answers are sent when the connection is back, if the browser can.
import { CACHE, ROOT, send } from "../offline/kept";

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = self as unknown as {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: string, act: (event: never) => void): void;
};

const PATIENCE = 4000; // ms: a connection that is there in name only

/** Opens nothing: what was erased from the device is not made again, empty. */
const kept = (request: Request): Promise<Response | undefined> => caches.match(request, { cacheName: CACHE, ignoreSearch: true, ignoreVary: true });

/** The site, if it answers in time and has the page; else what is kept. */
async function fromSite(request: Request): Promise<Response> {
  const here = await kept(request);
  if (!here) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(here), PATIENCE));
  const fresh = fetch(request).then((answer) => (answer.ok ? answer : here), () => here);
  return Promise.race([fresh, late]);
}

const fromHere = async (request: Request): Promise<Response> => (await kept(request)) ?? fetch(request);

worker.addEventListener("install", ((event: Waiting) => event.waitUntil(worker.skipWaiting())) as never);
worker.addEventListener("activate", ((event: Waiting) => event.waitUntil(worker.clients.claim())) as never);
worker.addEventListener("fetch", ((event: Fetching) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const rest = url.pathname.startsWith(ROOT) ? url.pathname.slice(ROOT.length) : null;
  if (request.mode === "navigate" && rest !== null) event.respondWith(/\/\d+$/.test(rest) ? fromHere(request) : fromSite(request));
  else if (/^\/-\/(asset|theme)\//.test(url.pathname)) event.respondWith(fromHere(request));
}) as never);
worker.addEventListener("sync", ((event: Waiting & { tag: string }) => {
  if (event.tag !== "send") return;
  event.waitUntil(
    send().then((outcome) => {
      new BroadcastChannel(CACHE).postMessage(outcome);
      if (outcome.why === "later") throw new Error("no connection"); // the browser tries again later
    }),
  );
}) as never);
