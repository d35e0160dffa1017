// node tests/bench/scale.mjs PROGRAM FOLDER…: the queries of queries.json on sites of `make data`, the smallest
// first. A query is an address; it is asked as a visitor or as a member, ROUNDS times, one request after the other,
// on a connection that stays open, made afresh; its time is the median. docs/measuring.md says the bars.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { basename, resolve } from "node:path";
import { median, parvis, processorTime, stop } from "./servers.mjs";

const rounds = Number(process.env.ROUNDS || 5);
const [program = "build/release/parvis", ...folders] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));
const BAR_MS = 20, BAR_RATIO = 2;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let client = 0;

// Each request comes from a client of its own: no limit is met.
function get(origin, path, cookie) {
	client++;
	const headers = { Cookie: cookie, "Accept-Language": "fr", "X-Forwarded-For": `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}` };
	return new Promise((done, fail) => {
		const begun = performance.now();
		request(origin + path, { agent, headers }, (answer) => {
			const parts = [];
			answer.on("data", (part) => parts.push(part));
			answer.on("end", () => {
				const took = performance.now() - begun;
				const text = Buffer.concat(parts).toString();
				if (answer.statusCode !== 200) fail(new Error(`${path}: ${answer.statusCode}`));
				else done({ took, text });
			});
		}).on("error", fail).end();
	});
}

// A session that ended keeps a visitor's request away from the visitors' cache.
const visitor = "session=ended";

async function member(origin) {
	const cookies = new Map();
	const ask = async (body) => {
		const answer = await fetch(`${origin}/-/sign-in`, {
			method: body ? "POST" : "GET", body, redirect: "manual",
			headers: { Cookie: [...cookies].map((pair) => pair.join("=")).join("; "), Origin: origin },
		});
		for (const line of answer.headers.getSetCookie?.() ?? [answer.headers.get("set-cookie") ?? ""]) {
			const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
			if (name) cookies.set(name, value);
		}
		return answer;
	};
	const text = await (await ask()).text();
	const form = /<form[^>]*action="\/-\/sign-in[^"]*"[^>]*>.*?<\/form>/s.exec(text)[0];
	const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
	const answer = await ask(new URLSearchParams([...hidden, ["email", "membre@demo.example"], ["password", "parvis-demo-membre"]]));
	if (answer.status !== 303) throw new Error(`sign-in: ${answer.status}`);
	return [...cookies].map((pair) => pair.join("=")).join("; ");
}

// {quartier 3}: the id of a neighbourhood. Pages after the first are reached by their links.
async function address(origin, query, cookie, quartiers) {
	let path = query.path.replace(/\{quartier (\d+)\}/, (_, i) => quartiers[i % quartiers.length]);
	for (let page = 1; page < (query.page ?? 1); page++) {
		const { text } = await get(origin, path, cookie);
		const next = /href="([^"]*[?&;]suite=[^"]*)"/.exec(text);
		if (!next) break;
		path = next[1].replaceAll("&amp;", "&");
	}
	return path;
}

const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

async function measure(folder) {
	const { pid, origin } = await parvis(resolve(program), folder);
	const cookies = { visitor, member: await member(origin) };
	const list = JSON.parse((await get(origin, "/-/export/quartiers/json?cles=1", visitor)).text);
	const quartiers = (list.records ?? list).map((record) => record.id).slice(0, 40);
	const times = [], costs = [];
	for (const query of queries) {
		const cookie = cookies[query.as], path = await address(origin, query, cookie, quartiers);
		await get(origin, path, cookie);
		const before = processorTime(pid), took = [];
		for (let i = 0; i < rounds; i++) took.push((await get(origin, path, cookie)).took);
		costs.push((processorTime(pid) - before) / rounds / 1000);
		times.push(median(took));
	}
	process.kill(pid);
	agent.destroy();
	return { name: basename(folder), times, costs };
}

function slowest(result) {
	const order = queries.map((_, i) => i).sort((a, b) => result.costs[b] - result.costs[a]);
	for (const i of order.slice(0, Number(process.env.SLOWEST || 12)))
		console.log(`  ${result.times[i].toFixed(1).padStart(8)} ${result.costs[i].toFixed(1).padStart(8)}  ${queries[i].as.padEnd(8)} ${queries[i].kind.padEnd(16)} ${queries[i].path}${queries[i].page ? `, page ${queries[i].page}` : ""}`);
}

try {
	const results = [];
	for (const folder of folders) results.push(await measure(resolve(folder)));
	console.log(`\n${queries.length} queries, ${rounds} times each; milliseconds: of the clock, of the processor.\n`);
	console.log("records        p50      p95      max   processor p50      p95");
	for (const { name, times, costs } of results)
		console.log(`${name.padEnd(8)}${[0.5, 0.95, 1].map((part) => percentile(times, part).toFixed(1).padStart(9)).join("")}       ${[0.5, 0.95].map((part) => percentile(costs, part).toFixed(1).padStart(9)).join("")}`);
	const [small] = results, big = results.at(-1);
	console.log(`\nThe slowest of ${big.name}:`);
	slowest(big);
	if (big !== small) {
		const ratio = (key) => percentile(big[key], 0.95) / percentile(small[key], 0.95);
		console.log(`\np95 of ${big.name} ÷ p95 of ${small.name}: ${ratio("times").toFixed(2)} (of processor time ${ratio("costs").toFixed(2)}); bar ${BAR_RATIO}, and ${BAR_MS} ms`);
	}
} finally {
	stop();
}
