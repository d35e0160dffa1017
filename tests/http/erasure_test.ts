// What was erased is nowhere any more, and does not come back with an older backup.
import assert from "node:assert/strict";
import { appendFile, copyFile, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Client } from "../support/client.js";
import { copySite, people, run, runOk, scratchFolder, serve } from "../support/program.js";
import { add, edit, trash, versions } from "../support/records.js";

const canary = "zorglubinier", stem = "zorglub";
const journal = "effacements.journal";

// Does any file of the folder, at any depth, hold it?
async function holding(dir: string, word: string): Promise<string[]> {
	const found: string[] = [];
	for (const entry of await readdir(dir, { withFileTypes: true })) {
		const path = join(dir, entry.name);
		if (entry.isDirectory()) found.push(...(await holding(path, word)));
		else if ((await readFile(path)).includes(word)) found.push(path);
	}
	return found;
}

describe("the command that erases", () => {
	it("a person and all she wrote; an older backup, restored, is erased again", async () => {
		const dir = await copySite(), folder = await scratchFolder();
		const backup = join(folder, "copy.zip");
		const site = await serve(dir);
		const neighbour = await new Client(site).signIn("neighbour"), member = await new Client(site).signIn("member");
		const hers = await add(neighbour, "structure", { nom: `Club ${canary}`, genre: "association", presentation: `Tout sur le ${canary}.` });
		const others = await add(member, "page", { titre: "De Maël", texte: "Avant." });
		await edit(neighbour, others.id, { texte: `Un ${canary}.` });
		await runOk(["backup", dir, backup]);
		await site.stop();
		assert.ok((await holding(dir, stem)).length > 0);

		assert.equal((await run(["erase", dir, people.neighbour.email, "tout"])).status, 2);
		assert.equal((await run(["erase", dir, "personne@demo.example", "all"])).status, 1);
		await runOk(["erase", dir, people.neighbour.email, "all"]);
		assert.deepEqual(await holding(dir, stem), []);
		assert.deepEqual(await holding(dir, people.neighbour.email), []);
		await runOk(["check", dir]);

		const refused = await run(["restore", backup, join(folder, "refused")]);
		assert.equal(refused.status, 1);
		assert.match(refused.err, /effacements\.journal/);
		const again = join(folder, "again");
		assert.match((await runOk(["restore", backup, again, "--ledger", join(dir, journal)])).out, /1 effacement/);
		assert.deepEqual(await holding(again, stem), []);
		await runOk(["check", again]);
		assert.equal(await readFile(join(again, journal), "utf8"), await readFile(join(dir, journal), "utf8"));
		const second = await serve(again);
		const visitor = new Client(second);
		assert.equal((await visitor.get(hers.url)).status, 404);
		assert.match((await visitor.get(others.url)).body, /Avant\./);
		await second.stop();

		// Forced: it comes back, and check says so once the ledger is there again.
		const forced = join(folder, "forced");
		await runOk(["restore", backup, forced, "--without-ledger"]);
		await runOk(["check", forced]);
		await copyFile(join(dir, journal), join(forced, journal));
		const wrong = await run(["check", forced]);
		assert.equal(wrong.status, 1);
		assert.match(wrong.out, /effacé/);
		await runOk(["erase", forced, "--again"]);
		await runOk(["check", forced]);
		assert.deepEqual(await holding(forced, stem), []);

		// A damaged ledger is not passed over.
		await appendFile(join(dir, journal), "rien\n");
		assert.equal((await run(["restore", backup, join(folder, "damaged"), "--ledger", join(dir, journal)])).status, 1);
		await rm(folder, { recursive: true, force: true });
		await rm(dir, { recursive: true, force: true });
	});
});

// The physical pass is a job: soon, not at once.
async function gone(dir: string, word: string): Promise<void> {
	for (let i = 0; i < 100; i++) {
		if ((await holding(dir, word)).length === 0) return;
		await new Promise((done) => setTimeout(done, 200));
	}
	assert.deepEqual(await holding(dir, word), []);
}

describe("the pages that erase", () => {
	it("a version, and those after it that hold its words; then a page with its comments and files; a backup does not bring them back", async () => {
		const dir = await copySite(), folder = await scratchFolder();
		const site = await serve(dir);
		const member = await new Client(site).signIn("member"), facilitator = await new Client(site).signIn("facilitator");
		const administrator = await new Client(site).signIn("administrator");
		const visitor = new Client(site);
		const page = await add(member, "page", { titre: "Le banc du square", texte: "Un banc à réparer." });
		await facilitator.send(await facilitator.form(page.url, "/-/follow"));
		await edit(member, page.id, { texte: `Un banc à réparer. Madame ${canary}, 02 99 88 77 66.`, _note: `numéro de ${canary}` });
		await edit(member, page.id, { texte: `Un banc à réparer bientôt. Madame ${canary}, 02 99 88 77 66.` });
		await edit(member, page.id, { texte: "Un banc à réparer bientôt." });
		const saves = await versions(member, page.id);
		assert.equal(saves.length, 4);
		const path = `/-/erase/${page.id}/${saves[2]}`;
		const asked = await facilitator.form(path, path);
		// The one after holds its words, the present one does not.
		assert.deepEqual(asked.pairs.filter(([name]) => name.startsWith("also-")), [[`also-${saves[1]}`, "1"]]);
		const refused = await facilitator.send(asked, { sure: "1" });
		assert.equal(refused.status, 422);
		assert.match(refused.body, /Dites pourquoi/);
		assert.match(refused.body, new RegExp(`name="also-${saves[1]}" value="1" checked`));
		const copy = join(folder, "copy.zip");
		await runOk(["backup", dir, copy]);
		assert.match((await facilitator.send(asked, { reason: "mistake", sure: "1" })).location, /fait=efface/);
		const history = (await facilitator.get(`/-/history/${page.id}`)).body;
		assert.equal(history.match(/effacée pour toujours/g)!.length, 2);
		assert.doesNotMatch(history, new RegExp(canary));
		assert.equal((await facilitator.get(path)).status, 404);
		assert.match((await visitor.get(page.url)).body, /Un banc à réparer bientôt\./);
		assert.doesNotMatch((await facilitator.get(`/-/history/${page.id}/${saves[1]}`)).body, new RegExp(canary));
		assert.doesNotMatch((await facilitator.get(`/-/search?q=${canary}`)).body, /Le banc du square/);
		await gone(dir, stem);
		await gone(dir, "02 99 88 77 66");
		assert.match((await administrator.get("/-/admin/audit")).body, /Version d’une page effacée pour toujours[^]*raison/);

		// Now the whole of it, from the trash.
		const said = await member.send(await member.form(page.url, `/-/comment/${page.id}`), { text: `Demandez à ${canary}.` });
		assert.equal(said.status, 303);
		await trash(member, page.id);
		const list = (await facilitator.get("/-/trash")).body;
		assert.ok(list.includes(`/-/erase/${page.id}`));
		const whole = await facilitator.get(`/-/erase/${page.id}`);
		assert.match(whole.body, /1 commentaire au-dessous/);
		assert.equal((await facilitator.send(await facilitator.form(`/-/erase/${page.id}`, `/-/erase/${page.id}`), { reason: "asked", sure: "1" })).location, "/-/trash?fait=efface");
		assert.equal((await facilitator.get(page.url)).status, 404);
		assert.equal((await facilitator.get(`/f/${page.id}`)).status, 404);
		assert.doesNotMatch((await visitor.get("/-/recent")).body, /Le banc du square/);
		await gone(dir, stem);
		await gone(dir, "Le banc du square");
		await site.stop();
		await runOk(["check", dir]);

		const again = join(folder, "again");
		await runOk(["restore", copy, again, "--ledger", join(dir, journal)]);
		assert.deepEqual(await holding(again, stem), []);
		await runOk(["check", again]);
		await rm(folder, { recursive: true, force: true });
		await rm(dir, { recursive: true, force: true });
	});

	it("asks again who is there once a quarter of an hour has passed", async () => {
		const dir = await copySite();
		let site = await serve(dir);
		const facilitator = await new Client(site).signIn("facilitator");
		const page = await add(facilitator, "page", { titre: "À garder", texte: "Rien." });
		await site.stop();
		site = await serve(dir, { args: ["--clock", String(Date.now() + 16 * 60_000)] });
		const later = new Client(site);
		for (const [name, value] of facilitator.cookies) later.cookies.set(name, value);
		const path = `/-/erase/${page.id}`, why = { reason: "asked", sure: "1" };
		const form = await later.form(path, path);
		const refused = await later.send(form, { ...why, again: "faux" });
		assert.equal(refused.status, 422);
		assert.match(refused.body, /mot de passe/);
		assert.match(refused.body, /value="asked" checked/, "what was chosen is kept");
		assert.equal((await later.get(page.url)).status, 200);
		assert.equal((await later.send(form, { ...why, again: people.facilitator.password })).status, 303);
		assert.equal((await later.get(page.url)).status, 404);
		await site.stop();
		await rm(dir, { recursive: true, force: true });
	});
});
