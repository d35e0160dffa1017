// A space taken away in one file, and closed for good: what is in it, for whom, and who may take it.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName } from "../support/program.js";
import { add, edit, token, trash } from "../support/records.js";
import { unzip } from "../support/zip.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
// A word that must be found in an archive, or nowhere in it.
const word = (name: string) => `canari${name}zq`;

onSite("archives of spaces", (site) => {
	const by = {} as Record<PersonName | "visitor", Client>;
	before(async () => {
		by.visitor = new Client(site);
		for (const [i, who] of (Object.keys(people) as PersonName[]).entries())
			by[who] = await new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `192.0.2.${i + 1}` }).signIn(who);
	});
	const send = async (client: Client, path: string, body: Record<string, string> = {}) => client.post(path, { _form: await token(client), ...body });
	const links = async (client: Client, space: string) => [...(await client.get(`/-/space/${space}/archive`)).body.matchAll(new RegExp(`href="(/-/space/${space}/archive/[0-9a-z]{26})"`, "g"))].map((m) => m[1]!);

	// Asks for one, waits, takes it.
	const take = async (client: Client, space: string, scope: "public" | "own") => {
		const had = (await links(client, space)).length;
		assert.equal((await send(client, `/-/space/${space}/archive`, { scope })).status, 303);
		for (let i = 0; i < 200; i++, await pause(50)) {
			const made = await links(client, space);
			if (made.length > had) {
				const answer = await client.get(made[0]!);
				assert.equal(answer.status, 200);
				assert.equal(answer.headers["content-type"], "application/zip");
				assert.match(answer.headers["cache-control"]!, /no-store/);
				assert.match(answer.headers["content-disposition"]!, /^attachment/);
				return { url: made[0]!, parts: unzip(answer.bytes) };
			}
		}
		throw new Error("the archive was not made");
	};
	const all = (parts: Map<string, string>) => [...parts].map(([name, content]) => `${name}\n${content}`).join("\n");
	const make = async (name: string, visibility: string) => {
		const answer = await by.administrator.send(await by.administrator.form("/-/spaces/new", "/-/spaces/new"), { name, visibility });
		return answer.location.split("?")[0]!.slice("/e/".length);
	};

	it("holds its pages, lists and data, with links that work from a disk", async () => {
		const space = await make("Jardin à garder", "public");
		const first = await add(by.administrator, "structure", { nom: "La serre <b>", genre: "association", presentation: `Le mot ${word("texte")}, et [[Deuxième page]].\n\nVers [[La Rabière]].` }, space);
		const second = await add(by.administrator, "page", { titre: "Deuxième page", texte: "Retour à [[La serre]]." }, space);
		await by.administrator.send(await by.administrator.form(`/-/comment/${first.id}`, "/-/comment/"), { text: `Une remarque ${word("dite")}.` });
		const old = await add(by.administrator, "page", { titre: "Page rangée", texte: "Ancienne." }, space);
		await send(by.administrator, `/-/archive/${old.id}`);
		const { parts } = await take(by.administrator, space, "public");
		assert.ok(!parts.has("agenda.ics"), "nothing has a date");
		await add(by.administrator, "evenement", { titre: `Taille ${word("date")}`, "quand.from": "2027-03-06T14:00", "quand.to": "2027-03-06T16:00", "quand.repeat": "words", "quand.words": "tous les samedis, 3 fois" }, space);
		const dated = (await take(by.administrator, space, "public")).parts;
		assert.match(dated.get("index.html")!, /href="agenda\.ics"/);
		assert.match(dated.get("agenda.ics")!, /^BEGIN:VCALENDAR\r\n[\s\S]*RRULE:FREQ=WEEKLY[^\r]*COUNT=3[\s\S]*END:VCALENDAR\r\n$/);
		assert.equal(dated.get("agenda.ics")!.match(/BEGIN:VEVENT/g)!.length, 1);
		for (const name of ["index.html", "LISEZMOI.txt", "style.css", "listes/structure.html", "listes/page.html", "donnees/structure.csv", "donnees/structure.json", "donnees/structure.questions.json", "donnees/structure.historique.csv"])
			assert.ok(parts.has(name), name);
		const page = parts.get(`pages/${first.url.split("/").pop()}.html`)!;
		assert.match(text(page), /La serre <b>/);
		assert.ok(page.includes(word("texte")) && page.includes(word("dite")));
		assert.ok(page.includes(`href="../pages/${second.url.split("/").pop()}.html"`));
		assert.match(page, new RegExp(`href="${site.origin}/[^"]*">La Rabière`)); // of another space
		assert.match(parts.get("listes/page.html")!, /Page rangée/);
		// Every link of every page leads to a part, or to elsewhere by a whole address; nothing runs.
		for (const [name, html] of parts) {
			if (!name.endsWith(".html")) continue;
			assert.ok(!/<script|<form|srcset/i.test(html), name);
			for (const [, url] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
				if (/^(https?:|mailto:|tel:|#)/.test(url!)) continue;
				const target = new URL(url!.split("#")[0]!, `file:///${name}`).pathname.slice(1);
				assert.ok(parts.has(decodeURIComponent(target)), `${name}: ${url}`);
			}
		}
		const rows = JSON.parse(parts.get("donnees/structure.json")!);
		assert.equal(rows.length, 1);
		assert.equal(rows[0].title, "La serre <b>");
		assert.match(text(parts.get("LISEZMOI.txt")!), /CC BY-SA/);
		assert.ok(!/Denise|@demo/.test(all(parts)));
	});

	it("what who asks may not read is not in it, and for everybody is as a visitor reads", async () => {
		const space = await make("Espace mêlé", "public");
		await add(by.administrator, "structure", { nom: "Ouverte", genre: "association", presentation: word("ouvert"), contact: word("reserve") }, space);
		const gone = await add(by.administrator, "page", { titre: word("jete"), texte: "x" }, space);
		await trash(by.administrator, gone.id);
		await add(by.administrator, "page", { titre: word("brouillon"), texte: "x", _state: "draft" }, space);
		const changed = await add(by.administrator, "page", { titre: "Corrigée", texte: word("avant") }, space);
		await edit(by.administrator, changed.id, { texte: "Autre." });
		await add(by.facilitator, "page", { titre: word("ailleurs"), texte: "x" }, "coordination");
		const open = all((await take(by.administrator, space, "public")).parts);
		assert.ok(open.includes(word("ouvert")));
		for (const hidden of ["reserve", "jete", "brouillon", "avant", "ailleurs"]) assert.ok(!open.includes(word(hidden)), hidden);
		const own = all((await take(by.administrator, space, "own")).parts);
		assert.ok(own.includes(word("ouvert")) && own.includes(word("reserve")));
		for (const hidden of ["jete", "brouillon", "avant", "ailleurs"]) assert.ok(!own.includes(word(hidden)), hidden);
	});

	it("of a members' space there is none for everybody; only who asked takes it, while she looks after the space", async () => {
		const refused = await send(by.facilitator, "/-/space/coordination/archive", { scope: "public" });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /Les visiteurs ne lisent rien/);
		assert.equal((await send(by.facilitator, "/-/space/coordination/archive", {})).status, 422);
		const { url } = await take(by.facilitator, "coordination", "own");
		assert.equal((await by.administrator.get(url)).status, 404);
		assert.equal((await by.member.get(url)).status, 403);
		assert.equal((await by.contributor.get(url)).status, 403);
		assert.equal((await by.visitor.get(url)).status, 303);
		assert.equal((await by.facilitator.get(url.replace("coordination", "tours"))).status, 404);
		assert.equal((await send(by.facilitator, `${url}/delete`)).status, 303);
		assert.equal((await by.facilitator.get(url)).status, 404);
		assert.deepEqual((await readdir(join(site.dir, "archives"))).filter((name) => url.endsWith(name.replace(".zip", ""))), []);
		const audit = text((await by.administrator.get("/-/admin/audit")).body);
		assert.match(audit, /Archive d’un espace demandée/);
		assert.match(audit, /Archive d’un espace emportée/);
	});

	it("an archived space is read with its story, written by nobody, and opened again", async () => {
		const space = await make("Groupe qui a fini", "public");
		const page = await add(by.administrator, "page", { titre: "Bilan du groupe", texte: "Fini." }, space);
		assert.equal((await send(by.administrator, `/-/space/${space}/close`, { story: "" })).status, 422);
		assert.equal((await send(by.administrator, `/-/space/${space}/close`, { story: `Ce fut ${word("beau")}.` })).location, `/e/${space}?fait=espace-archive`);
		const front = text((await by.visitor.get(`/e/${space}`)).body);
		assert.match(front, /Cet espace est archivé/);
		assert.ok(front.includes(word("beau")));
		assert.match(text((await by.visitor.get("/-/spaces")).body), /Archivés\s+Groupe qui a fini/);
		assert.equal((await by.visitor.get(page.url)).status, 200);
		assert.equal((await by.administrator.get(`/-/edit/${page.id}`)).status, 403);
		// Nobody is looked for, unlike one that sleeps.
		assert.ok(!/Reprendre/.test(text((await by.contributor.get(`/e/${space}`)).body)));
		assert.ok(all((await take(by.administrator, space, "public")).parts).includes(word("beau")));
		assert.equal((await send(by.administrator, "/-/space/tours/close", { story: "x" })).status, 400);
		assert.equal((await send(by.administrator, `/-/care/space/${space}`, { do: "wake" })).status, 303);
		assert.equal((await by.administrator.get(`/-/edit/${page.id}`)).status, 200);
	});
});
