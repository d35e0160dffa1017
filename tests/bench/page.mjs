// The page of a record, made afresh and from the visitors' cache, against nginx sending the same bytes from a
// file and Fossil sending a wiki page of the same text, under the load of wrk, without compression.
import { answers, fossil, median, nginx, parvis, processorTime, run, show, site } from "./servers.mjs";

const rounds = Number(process.env.ROUNDS || 3);
const seconds = Number(process.env.SECONDS || 3);

function load({ pid, url, headers }, connections) {
	const before = processorTime(pid);
	const out = run("wrk", [
		"--threads", "1", "--connections", String(connections), "--duration", `${seconds}s`,
		...headers.flatMap((header) => ["--header", header]), url,
	]);
	const spent = processorTime(pid) - before;
	const bad = /Non-2xx or 3xx responses: (\d+)/.exec(out);
	if (bad) throw new Error(`${url}: ${bad[1]} answers were errors`);
	const requests = Number(/(\d+) requests in/.exec(out)[1]);
	return { rate: Number(/Requests\/sec: +([\d.]+)/.exec(out)[1]), cost: spent / requests };
}

// By turns, so that what else the machine does falls on all of them.
function measure(rows, connections) {
	const runs = rows.map(() => []);
	for (const row of rows) load(row, connections); // warm
	for (let round = 0; round < rounds; round++) rows.forEach((row, i) => runs[i].push(load(row, connections)));
	return runs.map((all) => ({ rate: median(all.map((one) => one.rate)), cost: median(all.map((one) => one.cost)) }));
}

export async function page(program) {
	const path = "/centre-social-equinoxe";
	const { pid, origin } = await parvis(program, site(program, "demo"));
	const body = await (await answers(origin + path)).text();
	const file = await nginx({ "page.html": body });
	const wiki = await fossil(body);
	const ours = { pid, url: origin + path };
	const rows = [
		{ name: "nginx", pid: file.pid, url: `${file.origin}/page.html`, headers: [] },
		// A session, even one that ended, keeps a request away from the visitors' cache.
		{ name: "made afresh", ...ours, headers: ["Cookie: session=ended", "Accept-Language: fr"], bar: 0.15 },
		{ name: "from the visitors' cache", ...ours, headers: ["Accept-Language: fr"], bar: 0.8 },
		{ name: "Fossil", pid: wiki.pid, url: `${wiki.origin}/wiki?name=Page`, headers: [] },
	];
	console.log(`The page of a record (${path}, ${Buffer.byteLength(body)} bytes, not compressed).`);
	console.log("Times nginx's file: more is better.\n");
	console.log("connections  page                      requests/s   per processor second   bar");
	for (const connections of [2, 64]) {
		const [base, ...others] = measure(rows, connections);
		others.forEach(({ rate, cost }, i) => {
			const { name, bar } = rows[i + 1];
			console.log(`${String(connections).padStart(11)}  ${name.padEnd(25)}${show(rate / base.rate)}          ${show(base.cost / cost)}${bar ? `            ${bar}` : ""}`);
		});
		const [fresh, , wikiPage] = others;
		console.log(`             made afresh ÷ Fossil     ${show(fresh.rate / wikiPage.rate)}          ${show(wikiPage.cost / fresh.cost)}`);
	}
}
