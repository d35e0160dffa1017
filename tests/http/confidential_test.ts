// Confidential forms: read by persons named one by one, journaled, and nowhere for anybody else.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { makePages } from "../support/pages.js";
import { onSite, people, type PersonName, serve, type Site } from "../support/program.js";
import { add, edit, type Made, token } from "../support/records.js";
import { unzip } from "../support/zip.js";

const CANARY = "zibelinequetsche", INSIDE = "sarbacanemandragore";

// A form with a title, a text, a choice, a relation, made confidential; its readers, by name.
async function makeConfidential(facilitator: Client): Promise<void> {
	const made = await facilitator.send(await facilitator.form("/-/forms/new", "/-/forms/new"), { label: "Dossier", plural: "Dossiers", add: "Ouvrir un dossier", copy: "outil", menu: "1", offered: "1", text: "Suivre ensemble" });
	assert.equal(made.location.split("?")[0], "/-/form/dossier");
	const privacy = "/-/form/dossier/privacy";
	// Without an end, it is not taken.
	const open = await facilitator.send(await facilitator.form(privacy, privacy), { confidential: "1", months: "" });
	assert.equal(open.status, 422);
	assert.match(text(open.body), /ont une fin/);
	assert.equal((await facilitator.send(await facilitator.form(privacy, privacy), { confidential: "1", journal: "6", months: "12", from: "changed", then: "erase" })).status, 303);
}

// The same site, so many minutes later.
async function again(site: Site, minutes: number): Promise<Site> {
	await site.stop();
	return Object.assign(site, await serve(site.dir, { args: ["--clock", String(Date.now() + minutes * 60_000)] }));
}

async function nameReader(client: Client, person: string, until = ""): Promise<number> {
	return (await client.send(await client.form("/-/readers/dossier", "/-/readers/dossier"), { person, until })).status;
}

onSite("confidential forms", (site) => {
	let reader: Client, facilitator: Client, first: Made;

	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		await makeConfidential(facilitator);
		assert.equal(await nameReader(facilitator, people.member.name), 303);
		reader = await new Client(site).signIn("member");
		first = await add(reader, "dossier", { nom: CANARY, presentation: `Un texte ${INSIDE}` });
	});

	it("who may name them does not read them, and a name is a person of the site, until a day to come", async () => {
		assert.equal((await facilitator.get(first.url)).status, 404);
		const page = await facilitator.get("/-/readers/dossier");
		assert.ok(text(page.body).includes(people.member.name));
		const form = await facilitator.form("/-/readers/dossier", "/-/readers/dossier");
		const wrong = await facilitator.send(form, { person: "Personne d’ici", until: "" });
		assert.equal(wrong.status, 422);
		assert.match(wrong.body, /value="Personne d’ici"/);
		const past = await facilitator.send(form, { person: people.neighbour.name, until: "2001-01-01" });
		assert.equal(past.status, 422);
		assert.match(text(past.body), /un jour à venir/);
		assert.equal((await facilitator.send(form, { person: "", until: "" })).status, 422);
		assert.equal((await reader.get("/-/readers/dossier")).status, 200);
		assert.equal((await reader.send(form, { person: people.neighbour.name })).status, 403);
		for (const who of ["neighbour"] as PersonName[]) assert.equal((await (await new Client(site).signIn(who)).get("/-/readers/dossier")).status, 404);
	});

	it("every reading is in the journal, each in its way, for its readers and for who names them", async () => {
		const lines = async (client: Client) => (await client.get("/-/readings/dossier/csv")).body.split("\r\n").filter((line) => line.includes(people.member.name));
		const exported = /href="(\/-\/export\/[^"]*\/csv[^"]*)"/.exec((await reader.get("/dossiers")).body)![1]!.replaceAll("&amp;", "&");
		const start = (await lines(reader)).length;
		const ways: [string, RegExp][] = [
			[first.url, /sa page/], [`/-/history/${first.id}`, /son historique/], ["/dossiers", /une liste/],
			[`/-/search?q=${CANARY}`, /un résultat de recherche/], [exported, /un export/],
		];
		for (const [path, way] of ways) {
			const answer = await reader.get(path);
			assert.equal(answer.status, 200, path);
			assert.match(answer.body, new RegExp(CANARY), path);
			assert.equal(answer.headers["cache-control"], "no-store", path);
			const newest = (await lines(reader))[0]!;
			assert.match(newest, way, path);
			assert.match(newest, new RegExp(first.id), path); // by its number: the journal goes out as a file
			assert.doesNotMatch(newest, new RegExp(CANARY), path);
		}
		assert.ok((await lines(reader)).length >= start + ways.length);
		// Also when the browser says it has the page.
		const seen = await reader.get(first.url), count = (await lines(reader)).length;
		await reader.get(first.url, { "If-None-Match": String(seen.headers["etag"]) });
		assert.equal((await lines(reader)).length, count + 1);
		const journal = await facilitator.get("/-/readings/dossier");
		assert.equal(journal.status, 200);
		assert.ok(text(journal.body).includes(people.member.name));
		assert.doesNotMatch(journal.body, new RegExp(CANARY)); // known to her by its number
		assert.equal((await (await new Client(site).signIn("neighbour")).get("/-/readings/dossier")).status, 404);
		assert.equal((await new Client(site).get("/-/readings/dossier")).status, 303);
	});

	it("who names herself is in the log, and those who read are told", async () => {
		const administrator = await new Client(site).signIn("administrator");
		assert.equal((await administrator.get(first.url)).status, 404);
		assert.equal(await nameReader(administrator, people.administrator.name), 303);
		assert.equal((await administrator.get(first.url)).status, 200);
		assert.match(text((await administrator.get("/-/admin/audit")).body), /Personne nommée pour lire ce qui est confidentiel/);
		const letters = await administrator.get("/-/letters");
		assert.match(text(letters.body), new RegExp(people.member.email));
		const form = (await administrator.get("/-/readers/dossier")).body;
		const mine = new RegExp(`action="(/-/readers/dossier/[0-9a-z]{26})"(?:(?!</form>)[^])*${people.administrator.name.replace(/[()]/g, "\\$&")}`).exec(form)![1]!;
		assert.equal((await administrator.send(await administrator.form("/-/readers/dossier", mine))).status, 303);
		assert.equal((await administrator.get(first.url)).status, 404);
	});

	it("one page for fewer of them", async () => {
		assert.equal(await nameReader(facilitator, people.neighbour.name), 303);
		const neighbour = await new Client(site).signIn("neighbour");
		assert.equal((await neighbour.get(first.url)).status, 200);
		const circle = `/-/circle/${first.id}`;
		assert.equal((await reader.send(await reader.form(circle, circle))).status, 303);
		const page = (await reader.get(circle)).body;
		const out = [...page.matchAll(/action="(\/-\/circle\/[0-9a-z]{26}\/[0-9a-z]{26})"(?:(?!<\/form>)[^])*?visually-hidden"> – ([^<]*)</g)].find((m) => m[2] === people.neighbour.name)![1]!;
		assert.equal((await reader.send(await reader.form(circle, out))).status, 303);
		assert.equal((await neighbour.get(first.url)).status, 404);
		assert.equal((await neighbour.get(circle)).status, 404);
		assert.equal((await facilitator.get(circle)).status, 200); // by its number
		assert.doesNotMatch((await facilitator.get(circle)).body, new RegExp(CANARY));
		assert.equal((await reader.send(await reader.form(circle, circle), { own: "0", person: null })).status, 303);
		assert.equal((await neighbour.get(first.url)).status, 200);
		const form = (await facilitator.get("/-/readers/dossier")).body;
		const gone = [...form.matchAll(/action="(\/-\/readers\/dossier\/[0-9a-z]{26})"(?:(?!<\/form>)[^])*?visually-hidden"> – ([^<]*)</g)].find((m) => m[2] === people.neighbour.name)![1]!;
		assert.equal((await facilitator.send(await facilitator.form("/-/readers/dossier", gone))).status, 303);
	});

	// A word of its title and one of its text, looked for in every page there is, by everybody who is not named.
	it("is nowhere for anybody who is not named", async () => {
		const kinds = await makePages(site), slug = first.url;
		await edit(reader, first.id, { presentation: `Un texte ${INSIDE} corrigé`, _note: `note ${INSIDE}` });
		// A page that relates to it and names it, a comment below it, one who follows it.
		await add(reader, "page", { titre: "Une page publique", texte: `Voir [[${slug.slice(1)}]], {{fiche ${slug.slice(1)}}} et {{vue dossiers}}.` });
		const paths = new Set([
			...kinds.map((kind) => kind.path), slug, `/f/${first.id}`, `/-/history/${first.id}`, `/-/edit/${first.id}`, `/-/report/${first.id}`, `/-/share?path=${slug}`, `/-/share/card?path=${slug}`,
			`/-/moderation/record/${first.id}`, `/-/trash/${first.id}`, `/-/move/${first.id}`, `/-/templates/new/dossier?depuis=${first.id}`, `/-/new/dossier?copie=${first.id}`, `/-/comment/${first.id}`, `/-/readers/dossier`, `/-/readings/dossier`, `/-/readings/dossier/csv`,
			`/-/circle/${first.id}`, "/dossiers", "/dossiers?q=a", "/-/print?path=/dossiers", `/-/print?path=/f/${first.id}`, "/-/export/dossiers/csv", "/-/export/dossiers/json", "/-/export/dossiers/xlsx", "/-/export/dossiers/atom", "/-/export/dossiers/ods", "/-/export/dossiers/geojson", "/-/frame/dossiers", "/-/view/dossiers/points.json",
			"/sitemap.xml", "/-/recent", "/-/recent.atom", "/-/recent.json", "/", `/-/search?q=${CANARY}`, `/-/search?q=${INSIDE}`, `/-/search?q=${CANARY.slice(0, -1)}`, "/une-page-publique", "/-/drafts", "/-/news", "/-/follows", "/-/metrics", "/metrics", "/-/forms", "/-/form/dossier", "/-/form/dossier/privacy",
			"/-/form/dossier/history", "/-/admin", "/-/admin/audit", "/-/admin/disk", "/-/letters", "/-/admin/jobs", "/-/admin/register", "/-/account/data", "/-/account/calendar", "/-/calendar/view/agenda.ics", "/-/calendar/space/tours.ics", `/-/calendar/page/${first.id}.ics`, "/-/dormant", "/-/proposals", "/-/thanks", "/-/contribute",
		]);
		const numbered = new Set(["/une-page-publique", "/-/recent.atom", "/-/recent.json", "/-/readings/dossier", "/-/readings/dossier/csv", "/-/admin/audit"]);
		const found: string[] = [];
		const others: (PersonName | "visitor")[] = ["visitor", "neighbour", "facilitator", "administrator"];
		for (const [i, who] of others.entries()) {
			const client = new Client(site, undefined, `127.0.0.${2 + i}`); // exports are limited for each address
			if (who !== "visitor") await client.signIn(who);
			for (const path of paths) {
				const { body, location, bytes, status } = await client.get(path);
				assert.ok(status < 429, `${path}: ${status}`);
				const printed = bytes.subarray(0, 4).toString() === "%PDF" ? execFileSync("pdftotext", ["-", "-"], { input: bytes }).toString() : "";
				const all = `${body} ${location} ${bytes.toString("latin1")} ${printed}`;
				// Words of the question itself come back with the answer; its number was written into one page, whole in what feeds carry, and stands in the journal and the log.
				for (const word of [CANARY, INSIDE, first.id])
					if (all.includes(word) && !path.includes(word) && !(word === first.id && numbered.has(path))) found.push(`${who} ${path}: ${word}`);
							}
		}
		assert.deepEqual(found, []);
	});

	// What somebody takes away of the space that it is in, in a file (features/archive): no part of it, nor its name.
	it("is in no archive of its space, whoever takes it without being named", async () => {
		const path = "/-/space/tours/archive";
		const from = (address: string, who: PersonName) => new Client(site, undefined, address).signIn(who);
		for (const [who, client] of [["facilitator", await from("127.0.0.8", "facilitator")], ["administrator", await from("127.0.0.9", "administrator")]] as const) for (const scope of ["public", "own"]) {
			const links = async () => [...(await client.get(path)).body.matchAll(new RegExp(`href="(${path}/[0-9a-z]{26})"`, "g"))].map((m) => m[1]!);
			const had = new Set(await links());
			assert.equal((await client.send(await client.form(path, path), { scope })).status, 303);
			let made: string | undefined;
			for (let i = 0; i < 600 && !made; i++) {
				made = (await links()).find((link) => !had.has(link));
				if (!made) await new Promise((done) => setTimeout(done, 50));
			}
			assert.ok(made, "the archive was made");
			const answer = await client.get(made), parts = [...unzip(answer.bytes)];
			assert.ok(parts.some(([name]) => name.startsWith("pages/")), "it has the pages of the space");
			for (const [name, content] of parts) for (const hidden of [CANARY, INSIDE])
				assert.ok(!name.includes(hidden) && !content.includes(hidden), `${who}, ${scope}: ${name} holds ${hidden}`);
			assert.ok(!answer.bytes.includes(CANARY) && !answer.bytes.includes(INSIDE));
		}
	});

	it("no letter says it", async () => {
		const administrator = await new Client(site).signIn("administrator");
		await reader.post("/-/follow", { _form: await token(reader), kind: "0", target: first.id, on: "1", next: "/" });
		const list = (await administrator.get("/-/letters")).body;
		for (const [, path] of list.matchAll(/href="(\/-\/letters\/\d+)"/g)) assert.doesNotMatch((await administrator.get(path!)).body, new RegExp(`${CANARY}|${INSIDE}`), path);
	});

	it("stays confidential while it has pages", async () => {
		const privacy = "/-/form/dossier/privacy";
		const back = await facilitator.send(await facilitator.form(privacy, privacy), { confidential: null });
		assert.equal(back.status, 422);
		assert.match(text(back.body), /reste confidentiel/);
		assert.equal((await facilitator.get(first.url)).status, 404);
	});

	it("asked again who one is, where the site wants it", async () => {
		const administrator = await new Client(site).signIn("administrator"), settings = "/-/admin/settings";
		assert.equal((await administrator.send(await administrator.form(settings, `${settings}/site`), { confidential_again: "15" })).status, 303);
		assert.equal((await (await new Client(site).signIn("member")).get(first.url)).status, 200); // came in a moment ago
		const earlier = await new Client(site).signIn("member"), lines = async () => (await facilitator.get("/-/readings/dossier/csv")).body.split("\r\n").length;
		await again(site, 60);
		const before = await lines(), asked = await earlier.get(first.url);
		assert.equal(asked.status, 303);
		assert.match(asked.location, /^\/-\/confirm\?next=/);
		assert.equal(asked.body, "");
		assert.equal(await lines(), before); // nothing was given, nothing was read
		assert.equal((await earlier.get("/annuaire")).status, 200);
		const shown = await earlier.send(await earlier.form(asked.location, "/-/confirm"), { again: people.member.password });
		assert.equal(shown.location.split("?")[0], first.url);
		assert.equal((await earlier.get(first.url)).status, 200);
		assert.equal((await administrator.send(await administrator.form(settings, `${settings}/site`), { confidential_again: "never", again_site: people.administrator.password })).status, 303);
		assert.equal((await reader.get(first.url)).status, 200);
	});
});
