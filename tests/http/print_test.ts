// On paper: posters and lists as PDF, read back with poppler: who may have them, what stands on them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

const words = (pdf: Buffer) => execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf }).toString().replaceAll("­\n", "").replaceAll(/\s+/g, " ");
const facts = (pdf: Buffer) => execFileSync("pdfinfo", ["-"], { input: pdf }).toString();

onSite("paper", (site) => {
	const visitor = () => new Client(site);
	const sheet = async (client: Client, query: string) => {
		const answer = await client.get(`/-/print?${query}`);
		assert.equal(answer.status, 200, query);
		assert.equal(answer.headers["content-type"], "application/pdf");
		return answer.bytes;
	};

	it("an event has a poster: what, when, where, why, and a code; the page of sharing leads to it", async () => {
		const member = await new Client(site).signIn("member");
		const made = await add(member, "evenement", {
			titre: "Fabriquer un nichoir", "quand.from.day": "13", "quand.from.month": "3", "quand.from.year": "2027", "quand.from.time": "14 h 30", "quand.to.time": "17 h",
			lieu_texte: "Atelier du Lavoir", texte: "Planches et clous **sont fournis**.",
		});
		const page = (await visitor().get(made.url)).body;
		const way = /href="(\/-\/share\?path=[^"]+)#paper"/.exec(page)![1]!;
		assert.match((await visitor().get(way)).body, /action="\/-\/print"[^]*?name="path" value="[^"]+"/);
		const pdf = await sheet(visitor(), `path=${encodeURIComponent(made.url)}&format=a3`);
		const text = words(pdf);
		for (const part of ["Fabriquer un nichoir", "samedi 13 mars 2027, de 14 h 30 à 17 h", "Atelier du Lavoir", "Planches et clous sont fournis.", `${site.origin.slice(7)}/f/${made.id}`])
			assert.ok(text.replaceAll(/[  ]/g, " ").includes(part), `${part} in ${text}`);
		assert.match(facts(pdf), /Pages: +1\n[^]*Tagged|Tagged: +yes[^]*Pages: +1\n/);
		assert.match(facts(pdf), /841.89 x 1190.55 pts \(A3\)/);
	});

	it("what is not said, or not known, is the usual: an upright A4; a list is no poster", async () => {
		for (const query of ["path=/annuaire", "path=/annuaire&format=a0&sens=debout&sorte=affiche", "path=/resoudre&sorte=depliant"])
			assert.match(facts(await sheet(visitor(), query)), /595.28 x 841.89 pts \(A4\)/, query);
		assert.match(facts(await sheet(visitor(), "path=/annuaire&sens=paysage&format=a5")), /595.28 x 419.53 pts/);
	});

	it("a list on paper is the list as it is read: the choices made in it, each record once, by category", async () => {
		const list = words(await sheet(visitor(), `path=${encodeURIComponent("/annuaire?commune=joue_les_tours")}&sorte=depliant`));
		assert.match(list, /Centre social de la Rabière/);
		assert.doesNotMatch(list, /Centre Giraudeau/);
		const whole = words(await sheet(visitor(), "path=/annuaire&sorte=feuille"));
		assert.equal(whole.split("Centre Giraudeau").length, 2);
	});

	it("a programme stands day by day, each time that something comes back", async () => {
		const programme = words(await sheet(visitor(), `path=${encodeURIComponent("/agenda?par=mois&le=2026-12-01")}`));
		assert.match(programme, /^Agenda – décembre 2026/);
		assert.ok(programme.split("Clic du mardi").length > 3, programme);
	});

	it("nobody prints what she may not read, nor what is nowhere", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		const made = await add(facilitator, "page", { titre: "Titre réservé", texte: "Rien." }, "coordination");
		for (const path of [made.url, `/f/${made.id}`, "/nulle-part", "/-/recent", "/", "", "https://ailleurs.example/"])
			assert.equal((await visitor().get(`/-/print?path=${encodeURIComponent(path)}`)).status, 404, path);
		assert.match(words(await sheet(facilitator, `path=${made.url}`)), /Titre réservé/);
		assert.doesNotMatch(words(await sheet(visitor(), "path=/pages")), /Titre réservé/);
		assert.match(words(await sheet(facilitator, "path=/pages")), /Titre réservé/);
	});

	it("a list that somebody takes away signed in is in the journal of the site", async () => {
		const administrator = await new Client(site).signIn("administrator");
		await sheet(administrator, "path=/glossaire");
		assert.match((await administrator.get("/-/admin/audit")).body, /glossaire[^]*pdf|pdf[^]*glossaire/);
	});

	it("a space says what stands at the foot of its sheets, and lends its colour", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const way = "/-/space/tours/settings";
		assert.equal((await administrator.send(await administrator.form(way, way), { footer: "Ne pas jeter sur la voie publique", own_colour: "1", colour: "#804a12" })).status, 303);
		const pdf = await sheet(visitor(), "path=/resoudre");
		assert.match(words(pdf), /Ne pas jeter sur la voie publique/);
	});
});
