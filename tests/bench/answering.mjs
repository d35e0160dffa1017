// Answering: 500 people who begin a questionnaire at the same instant, answer its three pages and send; then what the first page
// and a complete submission of a questionnaire of 40 questions cost, beside nginx sending that page from a file, and beside what
// LimeSurvey 6.4 was measured to take of the processor for the same, with its cache on (0.09 s and 0.85 s) and as it comes
// (0.68 s and 2.8 s): middles of what was measured, on another machine, so its ratios tell an order of greatness.
// node tests/bench/answering.mjs PROGRAM; PEOPLE changes how many.
import { Agent, request } from "node:http";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { answers, median, nginx, parvis, processorTime, show, site, stop } from "./servers.mjs";

const crowd = Number(process.env.PEOPLE || 500);
const rounds = Number(process.env.ROUNDS || 3);
const LIMESURVEY = { page: { cached: 0.09, usual: 0.68 }, complete: { cached: 0.85, usual: 2.8 } }; // processor seconds

// Forty questions on five pages, as many of each kind as questionnaires have.
function fortyQuestions(data) {
	const choices = ["oui", "plutot", "non", "nsp"].map((key) => ({ key, label: key }));
	const fields = Array.from({ length: 40 }, (_, i) => {
		const kind = ["choice", "choice", "choices", "number", "text"][i % 5];
		return { key: `q${i + 1}`, type: kind, label: `Question ${i + 1}`, page: `p${Math.floor(i / 8) + 1}`, ...(kind.startsWith("choice") ? { choices } : {}) };
	});
	const pages = [1, 2, 3, 4, 5].map((n) => ({ key: `p${n}`, label: `Page ${n}` }));
	const form = { key: "quarante", version: 1, label: "Quarante questions", plural: "Quarante questions", add: "Répondre", survey: { space: "tours", state: "open", anonymity: "confidential", who: "everybody" }, pages, fields };
	writeFileSync(join(data, "agora-de-quartier/forms/quarante.json"), JSON.stringify(form));
}

class Person {
	constructor(origin, n) {
		this.origin = origin;
		this.agent = new Agent({ keepAlive: true, maxSockets: 1 });
		this.from = `10.${n >> 16 & 255}.${n >> 8 & 255}.${n & 255}`;
		this.times = [];
		this.refused = [];
		this.cookie = "";
	}
	ask(method, path, form) {
		const began = performance.now();
		const body = form ? new URLSearchParams(form).toString() : "";
		const headers = { "X-Forwarded-For": this.from, "Accept-Language": "fr", ...(this.cookie ? { Cookie: this.cookie } : {}) };
		if (form) Object.assign(headers, { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body), Origin: this.origin });
		return new Promise((done) => {
			const sent = request(this.origin + path, { method, headers, agent: this.agent }, (answer) => {
				const chunks = [];
				answer.on("data", (chunk) => chunks.push(chunk));
				answer.on("end", () => {
					this.times.push(performance.now() - began);
					if (answer.statusCode !== 200 && answer.statusCode !== 303) this.refused.push(`${method} ${path}: ${answer.statusCode}`);
					done({ status: answer.statusCode, location: answer.headers.location ?? "", body: Buffer.concat(chunks).toString(), cookie: answer.headers["set-cookie"] });
				});
			});
			sent.on("error", (error) => {
				this.refused.push(`${method} ${path}: ${error.code}`);
				done({ status: 0, location: "", body: "" });
			});
			sent.end(body);
		});
	}
	// As a browser does: each redirection is followed.
	async go(path, form) {
		const answer = await this.ask("POST", path, form);
		if (answer.status === 303) await this.ask("GET", answer.location);
		return answer;
	}
	async answer(form, pages) {
		const begun = await this.go(`/-/survey/${form}`, { website: "" });
		const at = begun.location.split("?")[0];
		for (const [key, values] of pages) await this.go(at, { _page: key, "_go[]": "next", ...values });
		const sent = await this.go(`${at}/send`, {});
		this.agent.destroy();
		return sent.location.includes("/thanks");
	}
	async signIn() {
		const answer = await this.ask("POST", "/-/sign-in", { email: "anime@demo.example", password: "parvis-demo-anime" });
		this.cookie = (answer.cookie ?? []).map((one) => one.split(";")[0]).join("; ");
	}
}

const three = [["lieu", { bien: "oui" }], ["envie", { envies: "jardin" }], ["mot", { idee: "Un banc" }]];
const forty = [1, 2, 3, 4, 5].map((page) => {
	const values = {};
	for (let i = (page - 1) * 8; i < page * 8; i++) values[`q${i + 1}`] = ["oui", "non", "plutot", "12", "Quelques mots"][i % 5];
	return [`p${page}`, values];
});
const at95 = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)];

async function sentSoFar(origin, form) {
	const who = new Person(origin, 1 << 20);
	await who.signIn();
	const page = await who.ask("GET", `/-/survey/${form}/manage`);
	const said = /<strong>([\d\u202f ]+)<\/strong>/.exec(page.body);
	if (!said) throw new Error(`the page of the questionnaire does not say how many answered: ${page.status}`);
	return Number(said[1].replace(/\D/g, ""));
}

async function atOnce(origin) {
	const before = await sentSoFar(origin, "trois_questions");
	const people = Array.from({ length: crowd }, (_, i) => new Person(origin, i + 1));
	const began = performance.now();
	const sent = (await Promise.all(people.map((who) => who.answer("trois_questions", three)))).filter(Boolean).length;
	const all = (performance.now() - began) / 1000;
	const kept = (await sentSoFar(origin, "trois_questions")) - before, refused = people.flatMap((who) => who.refused);
	console.log(`${crowd} people begin at the same instant, answer three pages and send: ${sent} sent, ${kept} kept, ${refused.length} requests refused (bar: ${crowd}, ${crowd}, 0).`);
	for (const one of refused.slice(0, 5)) console.log(`  ${one}`);
	console.log(`All of them are done after ${all.toFixed(1)} s; 95 of a hundred requests within ${(at95(people.flatMap((who) => who.times)) / 1000).toFixed(1)} s.\n`);
	if (sent !== crowd || kept !== crowd || refused.length) process.exitCode = 1;
}

// Microseconds of the processor for one, by turns with the others.
async function cost(pid, times, act) {
	await act(0);
	const before = processorTime(pid);
	for (let i = 1; i <= times; i++) await act(i);
	return (processorTime(pid) - before) / times;
}

async function fortyCosts({ pid, origin }) {
	const body = await (await answers(`${origin}/-/survey/quarante`)).text();
	const file = await nginx({ "page.html": body });
	const reader = new Person(origin, 1 << 21), other = new Person(file.origin, 1);
	const pages = [], files = [], whole = [];
	for (let round = 0; round < rounds; round++) {
		pages.push(await cost(pid, 200, () => reader.ask("GET", "/-/survey/quarante")));
		files.push(await cost(file.pid, 200, () => other.ask("GET", "/page.html")));
		whole.push(await cost(pid, 30, (i) => new Person(origin, (1 << 22) + round * 100 + i).answer("quarante", forty)));
	}
	const [page, still, complete] = [pages, files, whole].map(median);
	console.log("A questionnaire of 40 questions on five pages, processor time of one.\n");
	console.log("                                     ms   ÷ nginx’s file   LimeSurvey ÷ this, cache on   as it comes");
	const line = (name, took, them) => console.log(`${name.padEnd(34)}${show(took / 1000)}        ${show(took / still)}                        ${show((them.cached * 1e6) / took)}       ${show((them.usual * 1e6) / took)}`);
	line("first page", page, LIMESURVEY.page);
	line("begun, five pages, sent (14 requests)", complete, LIMESURVEY.complete);
}

export async function answering(program) {
	const data = site(program, "answering", undefined, fortyQuestions);
	const served = await parvis(program, data);
	await atOnce(served.origin);
	await fortyCosts(served);
}

if (process.argv[1]?.endsWith("answering.mjs")) {
	try {
		await answering(resolve(process.argv[2] ?? "build/release/parvis"));
	} finally {
		stop();
	}
}
