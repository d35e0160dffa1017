// On paper: posters and lists as PDF, read back with poppler: who may have them, what stands on them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { deflateSync } from "node:zlib";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

const words = (pdf: Buffer) => execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf }).toString().replaceAll("­\n", "").replaceAll(/\s+/g, " ");
// Of a PNG's chunk (ISO 15948, annex D).
function crc32(bytes: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let i = 0; i < 8; i++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return (crc ^ 0xffffffff) >>> 0;
}
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

	it("the space's logo stands on its sheets, written again as pictures are, seen through where it is", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const way = "/-/space/tours/settings";
		// A red disc on nothing, 64 pixels wide.
		const rows = Buffer.alloc(64 * (1 + 64 * 4));
		for (let y = 0; y < 64; y++)
			for (let x = 0; x < 64; x++) if ((x - 32) ** 2 + (y - 32) ** 2 < 900) rows.set([200, 20, 20, 255], y * 257 + 1 + x * 4);
		const chunk = (kind: string, data: Buffer) => {
			const body = Buffer.concat([Buffer.from(kind), data]), out = Buffer.alloc(body.length + 8);
			out.writeUInt32BE(data.length, 0), body.copy(out, 4), out.writeUInt32BE(crc32(body), body.length + 4);
			return out;
		};
		const head = Buffer.from([0, 0, 0, 64, 0, 0, 0, 64, 8, 6, 0, 0, 0]);
		const png = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
		const plain = await sheet(visitor(), "path=/resoudre");
		const images = (pdf: Buffer) => {
			writeFileSync(join(site.dir, "tmp", "sheet.pdf"), pdf);
			return execFileSync("pdfimages", ["-list", join(site.dir, "tmp", "sheet.pdf")]).toString();
		};
		assert.doesNotMatch(images(plain), /64 +64/);
		const answer = await administrator.sendFiles(await administrator.form(way, way), { "logo.new.alt": "Un disque rouge" }, { "logo.new": new File([png], "logo.png", { type: "image/png" }) });
		assert.equal(answer.status, 303, answer.body);
		for (const query of ["path=/resoudre&sorte=depliant", "path=/agenda&format=a3&sens=paysage"]) assert.match(images(await sheet(visitor(), query)), / image +64 +64 [^]* smask +64 +64 /, query);
		// Its settings show it; they keep it, and it is everybody's to see.
		const page = (await administrator.get(way)).body, hash = /name="logo\.file" value="([0-9a-f]{64})"/.exec(page)![1]!;
		assert.equal((await visitor().get(`/-/file/${hash}`)).headers["content-type"], "image/webp");
		assert.equal((await administrator.send(await administrator.form(way, way), { footer: "Venez" })).status, 303);
		assert.match(images(await sheet(visitor(), "path=/resoudre")), /smask +64 +64/);
	});

	it("a space says what stands at the foot of its sheets, and lends its colour", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const way = "/-/space/tours/settings";
		assert.equal((await administrator.send(await administrator.form(way, way), { footer: "Ne pas jeter sur la voie publique", own_colour: "1", colour: "#804a12" })).status, 303);
		const pdf = await sheet(visitor(), "path=/resoudre");
		assert.match(words(pdf), /Ne pas jeter sur la voie publique/);
	});
});
