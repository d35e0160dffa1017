// Results: what reading, counting and crossing 10,000 answers of 107 columns costs (parvis_results, which asks them too), then
// what their pages and files cost the program that serves them: processor time, the most memory it took meanwhile, and whether
// all rows are there. Beside what LimeSurvey 6.4 was measured to take of the processor for the same, on another machine: its
// ratios tell an order of greatness. Its labelled CSV of 10,000 answers was given up after 9.5 minutes.
// node tests/bench/results.mjs PROGRAM; ANSWERS changes how many.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { nginx, parvis, processorTime, run, show, site, stop } from "./servers.mjs";

const answers = Number(process.env.ANSWERS || 10000);
const LIMESURVEY = { statistics: 3.8, all: 4.4, codes: 4.4, labels: 9.5 * 60 }; // processor seconds, the least that was measured
const FILES = [
	{ name: "CSV with labels", path: "csv", them: LIMESURVEY.labels, rows: (body) => lines(body) },
	{ name: "CSV with codes", path: "csv?cles=1", them: LIMESURVEY.codes, rows: (body) => lines(body) },
	{ name: "spreadsheet (XLSX)", path: "xlsx" },
	{ name: "spreadsheet (ODS)", path: "ods" },
	{ name: "data and script for R", path: "r" },
	{ name: "JSON", path: "json", rows: (body) => JSON.parse(body).length },
];
const lines = (body) => body.toString().split("\r\n").length - 2; // without headings, and what follows the last

const memory = (pid, what) => Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "latin1"))[1]) / 1024;

async function signIn(origin) {
	const answer = await fetch(`${origin}/-/sign-in`, {
		method: "POST", redirect: "manual", headers: { Origin: origin },
		body: new URLSearchParams({ email: "admin@demo.example", password: "parvis-demo-admin" }),
	});
	if (answer.status !== 303) throw new Error(`sign-in: ${answer.status}`);
	return answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
}

// One address, and what it took of the processor (µs), of the clock (ms) and of memory at most (MB more than before).
async function ask(server, path, headers) {
	writeFileSync(`/proc/${server.pid}/clear_refs`, "5"); // the peak begins again
	const weighed = memory(server.pid, "VmRSS"), spent = processorTime(server.pid), began = performance.now();
	const answer = await fetch(server.origin + path, { headers: { "Accept-Encoding": "identity", "Accept-Language": "fr", ...headers } });
	const body = Buffer.from(await answer.arrayBuffer());
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body.subarray(0, 300)}`);
	return { body, took: processorTime(server.pid) - spent, waited: performance.now() - began, peak: memory(server.pid, "VmHWM") - weighed };
}

async function files(server, headers, n) {
	console.log("As files                     ms   by the clock, s   memory, MB     size, MB   LimeSurvey ÷ this   ÷ nginx’s file");
	for (const { name, path, them, rows } of FILES) {
		const { body, took, waited, peak } = await ask(server, `/-/survey/mesure/export/${path}`, headers);
		if (rows && rows(body) !== n) throw new Error(`${name}: ${rows(body)} rows of ${n}`);
		const still = rows ? await nginx({ "file.txt": body }) : null;
		let plain = 0;
		for (let i = 0; still && i < 5; i++) plain += (await ask(still, "/file.txt")).took / 5;
		console.log(`${name.padEnd(23)}${show(took / 1000)}           ${show(waited / 1000)}      ${show(peak)}      ${show(body.length / 1e6)}             ${them ? show((them * 1e6) / took) : "       "}          ${still ? show(took / plain) : ""}`);
	}
	console.log();
}

async function pages(server, headers) {
	console.log("Pages of results             ms   LimeSurvey ÷ this");
	for (const [name, path, them] of [
		["statistics, first time", "", LIMESURVEY.all],
		["… once more", "", LIMESURVEY.all],
		["a cross-table", "/cross?lignes=c0&colonnes=c1"],
		["all compared by one", "/compare?par=c0"],
	]) {
		const { took } = await ask(server, `/-/results/mesure${path}`, headers);
		console.log(`${name.padEnd(23)}${show(took / 1000)}             ${them ? show((them * 1e6) / took) : ""}`);
	}
	console.log();
}

export async function results(program) {
	const data = site(program, "results");
	const counted = run(join(dirname(program), "tests/bench/parvis_results"), [data, String(answers)]);
	console.log(`\n${counted}`);
	const server = await parvis(program, data);
	const headers = { Cookie: await signIn(server.origin) };
	await pages(server, headers);
	await files(server, headers, Number(/^(\d+) answers/.exec(counted)[1]));
}

if (process.argv[1]?.endsWith("results.mjs")) {
	try {
		await results(resolve(process.argv[2] ?? "build/release/parvis"));
	} finally {
		stop();
	}
}
