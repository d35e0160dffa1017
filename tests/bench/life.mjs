// Public life: a month of 10,000 events of which 1,000 come back, the same as a calendar's file, out and in; a thread of
// 1,000 comments; the home page under load. Beside nginx sending the same bytes from a file; reading a calendar, beside
// ical.js reading the same file. Processor time for each request, by turns.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { folder, median, nginx, parvis, processorTime, run, show, site } from "./servers.mjs";

const rounds = Number(process.env.ROUNDS || 3);
const EVENTS = Number(process.env.EVENTS || 10000), REPEATED = EVENTS / 10, COMMENTS = 1000, AT_A_TIME = Number(process.env.TIMES || 5);
const SAMPLE = resolve("../shared/samples/icalendar/libical-large-1MB.ics");
const MONTH = "2027-03";

// The same events each time (the numbers are those of Numerical Recipes' generator): over a year, a tenth of them weekly.
function events() {
	let seed = 2013;
	const below = (n) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % n;
	const two = (n) => String(n).padStart(2, "0");
	const words = ["Atelier", "Repas", "Bal", "Chorale", "Permanence", "Sortie", "Conférence", "Troc"];
	const days = ["lundis", "mardis", "mercredis", "jeudis", "vendredis", "samedis"];
	const rows = ["titre,quand,lieu,texte,domaine,mots,image,image_texte,signup,quartier"];
	for (let i = 1; i <= EVENTS; i++) {
		const day = new Date(Date.UTC(2026, 11, 1) + below(365) * 864e5).toISOString().slice(0, 10), hour = 8 + below(12);
		const again = i <= REPEATED ? ` | tous les ${days[below(6)]}${below(2) ? " sauf août" : ""}` : "";
		rows.push(`${words[below(8)]} ${i},${day}T${two(hour)}:00/${day}T${two(hour + 2)}:30${again},Salle ${below(200)},"Venez nombreux, avec vos idées. ${words[below(8)]} à plusieurs.",,,,,,`);
	}
	return `${rows.join("\n")}\n`;
}

async function get(url, headers) {
	let answer, body;
	for (let i = 0; i < 5 && answer?.status !== 200; i++) { // a machine that does much else says 503: it is asked again
		answer = await fetch(url, { headers: { "Accept-Encoding": "identity", "Accept-Language": "fr", ...headers } });
		body = Buffer.from(await answer.arrayBuffer());
	}
	if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
	return body;
}

async function cost(pid, times, once) {
	const before = processorTime(pid);
	for (let i = 0; i < times; i++) await once(i);
	return (processorTime(pid) - before) / times;
}

// A person who signed in, and the forms of her pages.
async function person(origin, who) {
	const cookies = new Map();
	const ask = async (path, body) => {
		const answer = await fetch(origin + path, {
			method: body ? "POST" : "GET", body, redirect: "manual",
			// No connection is kept: ical.js reads for minutes meanwhile, and the site closes what is idle.
			headers: { Cookie: [...cookies].map((pair) => pair.join("=")).join("; "), Origin: origin, "Accept-Language": "fr", Connection: "close" },
		});
		for (const line of answer.headers.getSetCookie?.() ?? [answer.headers.get("set-cookie") ?? ""]) {
			const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
			if (name) cookies.set(name, value);
		}
		return { status: answer.status, location: answer.headers.get("location") ?? "", text: await answer.text() };
	};
	const hidden = (text, action) => [...new RegExp(`<form[^>]*action="${action}[^"]*"[^>]*>.*?</form>`, "s").exec(text)[0].matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
	const entry = hidden((await ask("/-/sign-in")).text, "/-/sign-in");
	const { status } = await ask("/-/sign-in", new URLSearchParams([...entry, ["email", `${who}@demo.example`], ["password", `parvis-demo-${who}`]]));
	if (status !== 303) throw new Error(`sign-in: ${status}`);
	return { ask, hidden };
}

// 1,000 comments below one page, as WordPress would have exported them: nobody writes that fast.
function thread() {
	const comment = (i) => `<wp:comment><wp:comment_id>${i}</wp:comment_id><wp:comment_author>Voisin ${i % 40}</wp:comment_author><wp:comment_date>2024-03-${String(10 + (i % 18)).padStart(2, "0")} 08:${String(i % 60).padStart(2, "0")}:00</wp:comment_date><wp:comment_content>Réponse ${i} : je viendrai, avec deux voisins et un gâteau.</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>${i % 5 === 0 && i > 5 ? i - 4 : 0}</wp:comment_parent></wp:comment>`;
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Fil</title><link>https://fil.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://fil.example</wp:base_site_url><wp:base_blog_url>https://fil.example</wp:base_blog_url><item><title>Un long fil</title><link>https://fil.example/fil/</link><dc:creator>nadia</dc:creator><content:encoded>De quoi parler.</content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2024-03-09 10:30:00</wp:post_date><wp:post_name>un-long-fil</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>${Array.from({ length: COMMENTS }, (_, i) => comment(i + 1)).join("")}</item></channel></rss>`;
}

function load({ pid, url, headers }) {
	const before = processorTime(pid);
	const out = run("wrk", ["--threads", "1", "--connections", "32", "--duration", `${process.env.SECONDS || 3}s`, ...headers.flatMap((header) => ["--header", header]), url]);
	if (/Non-2xx or 3xx responses/.test(out)) throw new Error(`${url}: ${out}`);
	return (processorTime(pid) - before) / Number(/(\d+) requests in/.exec(out)[1]);
}

// In: looked at and brought in by the site – a page of each event, with its history and its index –, as a person does it in
// a browser; ical.js reads each event of the same file, which is the least that any program does with it.
async function readCalendar(pid, origin, name, ics) {
	const { ask, hidden } = await person(origin, "admin");
	const fields = hidden((await ask("/-/calendar/import?form=evenement")).text, "/-/calendar/import");
	const ICAL = createRequire(resolve("x.js"))("ical.js").default ?? createRequire(resolve("x.js"))("ical.js");
	const send = async () => {
		const form = new FormData();
		for (const [key, value] of fields) form.append(key, value);
		form.append("form", "evenement");
		form.append("space", "tours");
		form.append("file", new Blob([ics], { type: "text/calendar" }), "agenda.ics");
		return ask("/-/calendar/import", form);
	};
	const settled = async (path) => {
		for (;;) {
			const page = await ask(path);
			if (!/<p-run>/.test(page.text)) return page.text;
			await new Promise((done) => setTimeout(done, 500));
		}
	};
	const act = async (path, page, what) => {
		const fields = hidden(page, path);
		const choices = [...page.matchAll(/<select[^>]*name="([^"]+)"[^>]*>[^]*?<option value="([^"]*)" selected/g)].map(([, key, value]) => [key, value]);
		await ask(path, new URLSearchParams([...fields.filter(([key]) => key !== "what[]"), ...choices, ["what[]", what]]));
		return settled(path);
	};
	let looked = "", path = "";
	const look = await cost(pid, 1, async () => {
		const answer = await send();
		if (answer.status !== 303 && answer.status !== 200) throw new Error(`${name}: ${answer.status}`);
		path = answer.location;
		looked = path ? await settled(path) : answer.text;
	});
	const bring = path ? await cost(pid, 1, async () => { await act(path, looked, "bring"); }) : 0;
	const theirs = [];
	const ENOUGH = 20e6; // µs: what takes so long is not repeated
	for (let round = 0; round <= rounds && (round < 1 || theirs[round - 1] < ENOUGH); round++) {
		const before = process.cpuUsage();
		const calendar = new ICAL.Component(ICAL.parse(ics.toString()));
		for (const component of calendar.getAllSubcomponents("vevent")) { const event = new ICAL.Event(component); void event.summary; void event.startDate; }
		const { user, system } = process.cpuUsage(before);
		theirs.push(user + system);
	}
	const read = median(theirs.length > 1 ? theirs.slice(1) : theirs), said = (what, time) => console.log(`${`in: ${name}, ${what}`.padEnd(44)} ${String(ics.length).padStart(9)} bytes ${show(time / read)} times ical.js that reads it   (${(time / 1000).toFixed(1)} ms)`);
	said("looked at", look);
	if (bring) said("brought in", bring);
}

export async function life(program) {
	const data = site(program, "life"), csv = join(folder, "evenements.csv");
	writeFileSync(csv, events());
	run(program, ["import", "csv", data, "--mapping", resolve("presets/agora-de-quartier/demo/evenements.json"), csv]);
	const talk = join(folder, "fil.xml");
	writeFileSync(talk, thread());
	run(program, ["import", "wxr", data, talk]);
	const { pid, origin } = await parvis(program, data);
	let client = 0;
	const stranger = () => ({ Cookie: "session=ended", "X-Forwarded-For": `10.${++client >> 16}.${(client >> 8) & 255}.${client & 255}` });
	const reads = [
		{ name: `agenda, a month of ${EVENTS}`, path: `/agenda?par=mois&le=${MONTH}-15` },
		{ name: `agenda, a week of ${EVENTS}`, path: `/agenda?par=semaine&le=${MONTH}-15` },
		{ name: `out: ${EVENTS} as iCalendar`, path: "/-/calendar/view/agenda.ics" },
		{ name: `a thread of ${COMMENTS} comments`, path: "/un-long-fil" },
		{ name: "the home page", path: "/" },
	];
	const bodies = [];
	// What is refused on a machine too busy for it is said, not measured.
	for (const { path } of reads) bodies.push(await get(origin + path, stranger()).catch((error) => Buffer.from(String(error.message))));
	const file = await nginx(Object.fromEntries(bodies.map((body, i) => [`${i}.html`, body])));
	console.log(`\nPublic life: ${EVENTS} events, ${REPEATED} of which come back; made afresh, not compressed.`);
	console.log("Times the processor time of nginx sending the same bytes: less is better.\n");
	for (const [i, { name, path }] of reads.entries()) {
		if (/^http:/.test(bodies[i].toString("utf8", 0, 5))) {
			console.log(`${name.padEnd(34)} ${bodies[i]}`);
			continue;
		}
		const ours = [], theirs = [];
		for (let round = 0; round <= rounds; round++) {
			ours.push(await cost(pid, AT_A_TIME, () => get(origin + path, stranger())));
			theirs.push(await cost(file.pid, AT_A_TIME * 10, () => get(`${file.origin}/${i}.html`, {})));
		}
		const [mine, its] = [median(ours.slice(1)), median(theirs.slice(1))];
		console.log(`${name.padEnd(34)} ${String(bodies[i].length).padStart(9)} bytes ${show(mine / its)}   (${(mine / 1000).toFixed(1)} ms)`);
	}
	const cached = { pid, url: `${origin}/`, headers: ["Accept-Language: fr"] }, plain = { pid: file.pid, url: `${file.origin}/4.html`, headers: [] };
	const pairs = [];
	for (let round = 0; round <= rounds; round++) pairs.push(load(cached) / load(plain));
	console.log(`${"the home page under load".padEnd(34)} ${String(bodies[4].length).padStart(9)} bytes ${show(median(pairs.slice(1)))}   (from the visitors’ cache, 32 connections)`);
	// With names of their own: others than those that are here.
	const ics = Buffer.from(bodies[2].toString().replace(/^UID:/gm, "UID:encore-"));
	if (/BEGIN:VEVENT/.test(ics.toString("utf8", 0, 5000))) await readCalendar(pid, origin, `${EVENTS} events of ours`, ics);
	if (existsSync(SAMPLE)) await readCalendar(pid, origin, "libical’s file of 1 MB", readFileSync(SAMPLE));
	else console.log("(libical’s file of 1 MB is not beside the project: not read)");
}
