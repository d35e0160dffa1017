// What was erased is nowhere any more, and does not come back with an older backup.
import assert from "node:assert/strict";
import { appendFile, copyFile, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Client } from "../support/client.js";
import { copySite, people, run, runOk, scratchFolder, serve } from "../support/program.js";
import { add, edit } from "../support/records.js";

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
