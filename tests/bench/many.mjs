// A site of 5,000 places: what a list, the map's data, a search, an export and a save cost, each against nginx
// sending the same bytes from a file, and the save against Fossil's. One request after the other.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { folder, fossil, median, nginx, parvis, processorTime, run, show, site } from "./servers.mjs";

const rounds = Number(process.env.ROUNDS || 3);
const PLACES = 5000, LIST = 100, AT_A_TIME = 20;

// The same places each time (the numbers are those of Numerical Recipes' generator).
function places() {
	let seed = 2013;
	const below = (n) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % n;
	const words = ["Maison", "Atelier", "Espace", "Centre", "Pôle", "Relais", "Jardin", "Foyer"];
	const kinds = ["EPN", "espace d'initiation", "espace informatique", "libre accès"];
	const towns = ["Tours", "Joué-lès-Tours", "La Riche", "Saint-Pierre-des-Corps"];
	const rows = ["name,kind,status,run_by,host,quartier,relation,commune,label,posts,activities,lat,lon,precision,structure,host_structure"];
	for (let i = 1; i <= PLACES; i++)
		rows.push(
			`${words[below(8)]} du numérique ${i},${kinds[below(4)]},${["open", "planned", "closed"][below(3)]},municipal,,,,${towns[below(4)]},,${below(12)},initiation,` +
				`${(47.3 + below(2000) / 10000).toFixed(4)},${(0.6 + below(2000) / 10000).toFixed(4)},approximate,,`,
		);
	return `${rows.join("\n")}\n`;
}

// What a browser that signed in sends, and the form of a new page.
async function member(origin, who) {
	const cookies = new Map();
	const ask = async (path, body) => {
		const answer = await fetch(origin + path, {
			method: body ? "POST" : "GET", body, redirect: "manual",
			headers: { Cookie: [...cookies].map((pair) => pair.join("=")).join("; "), Origin: origin, "Accept-Language": "fr" },
		});
		for (const line of answer.headers.getSetCookie?.() ?? [answer.headers.get("set-cookie") ?? ""]) {
			const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
			if (name) cookies.set(name, value);
		}
		return { status: answer.status, text: await answer.text() };
	};
	const hidden = (text, action) => {
		const form = new RegExp(`<form[^>]*action="${action}[^"]*"[^>]*>.*?</form>`, "s").exec(text)[0];
		return [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]);
	};
	const entry = hidden((await ask("/-/sign-in")).text, "/-/sign-in");
	const { status } = await ask("/-/sign-in", new URLSearchParams([...entry, ["email", `${who}@demo.example`], ["password", `parvis-demo-${who}`]]));
	if (status !== 303) throw new Error(`sign-in: ${status}`);
	return { ask, fields: hidden((await ask("/-/new/page")).text, "/-/new/page") };
}

async function get(url, headers) {
	const answer = await fetch(url, { headers: { "Accept-Encoding": "identity", "Accept-Language": "fr", ...headers } });
	const body = Buffer.from(await answer.arrayBuffer());
	if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
	return body;
}

async function cost(pid, times, once) {
	const before = processorTime(pid);
	for (let i = 0; i < times; i++) await once(i);
	return (processorTime(pid) - before) / times;
}

export async function many(program) {
	const data = site(program, "many", LIST), csv = join(folder, "places.csv");
	writeFileSync(csv, places());
	run(program, ["import", "csv", data, "--mapping", resolve("presets/agora-de-quartier/demo/spaces.json"), csv]);
	const { pid, origin } = await parvis(program, data);
	// Each request comes from a client of its own, with a session that ended: no limit, no visitors' cache.
	let client = 0;
	const stranger = () => ({ Cookie: "session=ended", "X-Forwarded-For": `10.${++client >> 16}.${(client >> 8) & 255}.${client & 255}` });
	const reads = [
		{ name: `list of ${LIST} among ${PLACES}`, path: "/espaces-numeriques?vue=list" },
		{ name: `map data of ${PLACES}`, path: "/-/view/espaces/points.json" },
		{ name: "search of two words", path: "/-/search?q=jardin+numerique" },
		{ name: `export of ${PLACES} as CSV`, path: "/-/export/espaces/csv" },
	];
	const bodies = await Promise.all(reads.map(({ path }) => get(origin + path, stranger())));
	const file = await nginx(Object.fromEntries(bodies.map((body, i) => [`${i}.html`, body])));
	console.log(`\nA site of ${PLACES} places, one request after the other, made afresh, not compressed.`);
	console.log("Times the processor time of nginx sending the same bytes: less is better.\n");
	for (const [i, { name, path }] of reads.entries()) {
		const ours = [], theirs = [];
		for (let round = 0; round <= rounds; round++) {
			ours.push(await cost(pid, AT_A_TIME, () => get(origin + path, stranger())));
			theirs.push(await cost(file.pid, AT_A_TIME, () => get(`${file.origin}/${i}.html`, {})));
		}
		console.log(`${name.padEnd(28)} ${String(bodies[i].length).padStart(8)} bytes ${show(median(ours.slice(1)) / median(theirs.slice(1)))}`);
	}
	await save(pid, origin, file, bodies[0].toString());
}

// A text of the same words: here a new page through the form of a member, there a page changed as Fossil's
// editor does it.
async function save(pid, origin, file, body) {
	const wiki = await fossil(body.slice(0, 30000));
	const text = wiki.text.slice(0, 5000);
	const { ask, fields } = await member(origin, "membre");
	const ours = [], theirs = [];
	for (let round = 0; round < rounds; round++) {
		ours.push(await cost(pid, AT_A_TIME, async (i) => {
			const { status } = await ask("/-/new/page", new URLSearchParams([...fields, ["titre", `Page ${round}-${i}`], ["texte", text]]));
			if (status !== 303) throw new Error(`save: ${status}`);
		}));
		theirs.push(await cost(wiki.pid, AT_A_TIME, async (i) => {
			const form = new FormData();
			for (const [name, value] of Object.entries({ page: "Page", mimetype: "text/x-markdown", isnew: "0", content: `${text}\n\n${round}-${i}` })) form.append(name, value);
			const answer = await fetch(`${wiki.origin}/wikiajax/save`, { method: "POST", body: form, headers: { Referer: `${wiki.origin}/wikiedit` } });
			const said = await answer.text();
			if (!answer.ok || /"error"/.test(said)) throw new Error(`Fossil's save: ${answer.status} ${said}`);
		}));
	}
	console.log(`\nFossil's save ÷ ours, a page of ${text.length} characters: ${show(median(theirs) / median(ours)).trim()} (more is better).`);
}
