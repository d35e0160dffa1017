// A view taken away in each format: the same records as its page shows, for the one who asks, and never what
// she may not read: neither the value nor the name of the field.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { type Answer, Client } from "../support/client.js";
import { csv } from "../support/csv.js";
import { decode, text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, trash } from "../support/records.js";
import { unzip } from "../support/zip.js";

const roles = ["visitor", "contributor", "outsider", "member", "facilitator", "administrator"] as const;
type Role = (typeof roles)[number];
// What each writes records in, and how many it holds.
const counted: Record<string, (body: string) => number> = {
	xlsx: (body) => body.match(/<row /g)!.length - 1,
	ods: (body) => body.match(/<table:table-row>/g)!.length - 1,
	csv: (body) => csv(body).length,
	json: (body) => JSON.parse(body).length,
	geojson: (body) => JSON.parse(body).features.length,
	jsonfeed: (body) => JSON.parse(body).items.length,
	atom: (body) => body.match(/<entry>/g)?.length ?? 0,
};
const names = Object.keys(counted);
const feeds = ["atom", "jsonfeed"];
const sheets: Record<string, string> = { xlsx: "xl/worksheets/sheet1.xml", ods: "content.xml" };
const rows = (answer: Answer) => csv(answer.body.replace(/^\uFEFF/, ""));

onSite("exports", (site) => {
	const clients = {} as Record<Role, Client>;
	const made: Record<string, string> = {};
	before(async () => {
		for (const role of roles) {
			clients[role] = new Client(site);
			if (role !== "visitor") await clients[role].signIn(role);
		}
		// Canaries: for members, for facilitators, in a closed space, in the trash.
		const open = await add(clients.facilitator, "structure", {
			nom: "=1+1 Canari", genre: "association", contact: "Zéphirine Membre", suivi: "Zéphirine Animation",
			telephone: "+33 2 47 00 00 00", presentation: "Deux lignes,\r\net des \"guillemets\"",
		});
		made.open = open.id;
		await add(clients.facilitator, "structure", { nom: "Canari d’équipe", genre: "association" }, "coordination");
		await trash(clients.facilitator, (await add(clients.facilitator, "structure", { nom: "Canari jeté", genre: "association" })).id);
	});
	let asked = 0; // each time from elsewhere: the limit has a test of its own
	const get = async (role: Role, path: string) => {
		const answer = await clients[role].get(path, { "X-Forwarded-For": `198.18.${asked >> 8}.${asked++ & 255}` });
		assert.equal(answer.status, 200, `${path} to ${role}: ${answer.status}`);
		const sheet = sheets[/^\/-\/export\/\w+\/(\w+)/.exec(path)?.[1] ?? ""];
		return sheet ? { ...answer, body: decode(unzip(answer.bytes).get(sheet)!) } : answer;
	};

	it("as many records as the page says, for each reader, with her choices", async () => {
		for (const role of roles)
			for (const choices of ["", "?commune=tours", "?q=canari", "?commune=tours&genre=association", "?tri=-nom&vue=table&suite="]) {
				const page = text((await get(role, `/annuaire${choices}`)).body);
				const total = Number(/(\d+) structures?/.exec(page)?.[1] ?? 0);
				for (const name of names) {
					// A feed is handed on: it says what everybody may read.
					const expected = feeds.includes(name) ? Math.min(50, role === "visitor" ? total : counted[name]!((await get("visitor", `/-/export/annuaire/${name}${choices}`)).body)) : total;
					const answer = await get(role, `/-/export/annuaire/${name}${choices}`);
					assert.equal(counted[name]!(answer.body), expected, `${name}${choices} to ${role}`);
				}
			}
	});

	it("in the order that was chosen", async () => {
		const titles = (await get("visitor", "/-/export/annuaire/csv?cles=1&tri=-nom")).body;
		const shown = [...(await get("visitor", "/annuaire?tri=-nom&taille=200&vue=table")).body.matchAll(/<th scope="row"[^>]*>(.*?)<\/th>/gs)].map((m) => text(m[1]!));
		assert.ok(shown.length > 30, "the table has a heading for each row");
		assert.deepEqual(csv(titles).map((row) => row.nom!.replace(/^'/, "")), shown);
	});

	it("what a reader may not read is not there, nor the name of its field", async () => {
		const may: Record<Role, { members: boolean; facilitators: boolean; team: boolean; heading: boolean }> = {
			visitor: { members: false, facilitators: false, team: false, heading: false },
			contributor: { members: false, facilitators: false, team: false, heading: false },
			outsider: { members: false, facilitators: false, team: true, heading: true },
			member: { members: true, facilitators: false, team: true, heading: true },
			facilitator: { members: true, facilitators: true, team: true, heading: true },
			administrator: { members: true, facilitators: true, team: true, heading: true },
		};
		for (const role of roles)
			for (const name of names.filter((n) => !feeds.includes(n)).concat("csv?cles=1", "mapping")) {
				const { body } = await get(role, `/-/export/annuaire/${name}`);
				const note = `${name} to ${role}`;
				assert.ok(!/Canari jeté/.test(body), note);
				const data = name !== "mapping";
				assert.equal(/Zéphirine Membre/.test(body), data && may[role].members, note);
				assert.equal(/Zéphirine Animation/.test(body), data && may[role].facilitators, note);
				assert.equal(/Canari d’équipe/.test(body), data && may[role].team, note);
				if (name.startsWith("csv") || name in sheets) {
					const header = name in sheets ? body.split(name === "ods" ? "</table:table-row>" : "</row>")[0]! : body.split("\r\n")[0]!;
					assert.equal(/Personne à contacter|\bcontact\b/.test(header), may[role].heading, note);
					assert.equal(/Notes de suivi|\bsuivi\b/.test(header), may[role].facilitators, note);
				}
			}
		for (const role of roles) {
			for (const feed of feeds) {
				const { body } = await get(role, `/-/export/annuaire/${feed}`);
				assert.doesNotMatch(body, /Zéphirine|Canari d’équipe|Canari jeté/, `${feed} to ${role}`);
				assert.match(body, /=1\+1 Canari/);
			}
		}
	});

	it("CSV: words for people with the mark of UTF-8, keys for programs; no cell is a formula", async () => {
		const answer = await get("visitor", "/-/export/annuaire/csv");
		assert.match(String(answer.headers["content-type"]), /^text\/csv; charset=utf-8/);
		assert.match(String(answer.headers["content-disposition"]), /^attachment; filename="annuaire-\d{4}-\d\d-\d\d\.csv"$/);
		assert.ok(answer.body.startsWith("\uFEFFNom,"));
		const row = rows(answer).find((r) => r["Nom"]!.includes("Canari"))!;
		assert.equal(row["Nom"], "'=1+1 Canari");
		assert.equal(row["Téléphone"], "'+33 2 47 00 00 00");
		assert.equal(row["Genre"], "Association");
		assert.equal(row["Présentation"], 'Deux lignes,\net des "guillemets"');
		assert.match(row["Adresse de la page"]!, new RegExp(`^${site.origin}/`));
		const keyed = await get("visitor", "/-/export/annuaire/csv?cles=1");
		assert.ok(keyed.body.startsWith("nom,"));
		const same = csv(keyed.body).find((r) => r["_id"] === made.open)!;
		assert.equal(same["genre"], "association");
		assert.match(same["_changed"]!, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		for (const cell of csv(keyed.body).flatMap((r) => Object.values(r))) assert.doesNotMatch(cell, /^[=+@\t\r]/);
	});

	it("spreadsheets: formulas are texts", async () => {
		for (const name of ["xlsx", "ods"]) {
			const { body, headers } = await get("visitor", `/-/export/annuaire/${name}?q=canari`);
			assert.match(String(headers["content-disposition"]), new RegExp(`filename="annuaire-[-0-9]+\\.${name}"`));
			assert.match(body, name === "xlsx" ? /t="inlineStr"><is><t>=1\+1 Canari</ : /value-type="string"><text:p>=1\+1 Canari</);
			assert.doesNotMatch(body, /<f>|table:formula/);
		}
	});

	it("JSON: values as they are kept, and as words", async () => {
		const all = JSON.parse((await get("member", "/-/export/annuaire/json")).body);
		const one = all.find((o: { id: string }) => o.id === made.open);
		assert.equal(one.form, "structure");
		assert.equal(one.space, "tours");
		assert.equal(one.values.genre, "association");
		assert.equal(one.labels.genre, "Association");
		assert.equal(one.values.contact, "Zéphirine Membre");
		assert.equal(one.values.suivi, undefined);
		assert.equal((await clients.visitor.get(new URL(one.url).pathname)).status, 200);
	});

	it("GeoJSON: points, longitude first (RFC 7946 §3.1.1), unlocated features kept, no crs", async () => {
		const map = JSON.parse((await get("visitor", "/-/export/quartiers/geojson")).body);
		assert.equal(map.type, "FeatureCollection");
		assert.equal(map.crs, undefined);
		const sanitas = map.features.find((f: { properties: { nom: string } }) => f.properties.nom === "Sanitas");
		assert.equal(sanitas.type, "Feature");
		assert.deepEqual(sanitas.geometry, { type: "Point", coordinates: [0.6975, 47.3855] }); // demo/quartiers.csv
		for (const f of map.features) if (f.geometry === null) assert.ok(f.properties._title);
		// A form without a place has no map.
		assert.equal((await clients.visitor.get("/-/export/glossaire/geojson")).status, 404);
	});

	it("Atom: the latest first, found from the page", async () => {
		await edit(clients.facilitator, made.open!, { horaires: "Le jeudi" });
		const page = await get("visitor", "/annuaire?commune=tours");
		const link = /<link rel="alternate" type="application\/atom\+xml" title="Qui fait quoi" href="([^"]+)">/.exec(page.body)!;
		assert.equal(decode(link[1]!), "/-/export/annuaire/atom?commune=tours");
		const feed = await get("visitor", "/-/export/annuaire/atom");
		assert.match(String(feed.headers["content-type"]), /^application\/atom\+xml/);
		const times = [...feed.body.matchAll(/<entry>.*?<updated>(.*?)<\/updated>/gs)].map((m) => m[1]!);
		assert.deepEqual(times, [...times].sort().reverse());
		assert.equal(/<entry>.*?<title>(.*?)<\/title>/s.exec(feed.body)![1], "=1+1 Canari");
		assert.match(feed.body, /<summary>Genre\s*:\s*Association</);
		assert.notEqual(/<id>(.*?)<\/id>/.exec(feed.body)![1], /<id>(.*?)<\/id>/.exec((await get("visitor", decode(link[1]!))).body)![1]);
	});

	it("the page offers what fits, with the choices made", async () => {
		const { body } = await get("visitor", "/annuaire?commune=tours&suite=");
		const offered = [...body.matchAll(/href="\/-\/export\/annuaire\/([^"]+)"/g)].map((m) => decode(m[1]!));
		for (const name of names) assert.ok(offered.includes(`${name}?commune=tours`), `${name}: ${offered}`);
		assert.ok(!(await get("visitor", "/glossaire")).body.includes("/-/export/glossaire/geojson"));
	});

	it("what is not there", async () => {
		for (const path of ["/-/export/annuaire/pdf", "/-/export/nulle/csv", "/-/export/annuaire"])
			assert.equal((await clients.visitor.get(path)).status, 404, path);
	});

	it("too many at once are asked to wait", async () => {
		const statuses = new Set<number>();
		for (let i = 0; i < 400 && !statuses.has(429); i++) statuses.add((await clients.visitor.get("/-/export/annuaire/mapping")).status);
		assert.ok(statuses.has(429));
	});
}, { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });
