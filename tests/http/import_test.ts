// Spreadsheets brought in from the command line: a second run changes nothing, a changed row is one more
// revision, what is refused is told by its line and its reason, and a file gives nobody any right.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { copySite, preset, run, runOk, type Served, serve } from "../support/program.js";
import { made, versions } from "../support/records.js";

describe("importing a spreadsheet", () => {
	let dir = "", file = "", mapping = "", rows = "";
	before(async () => {
		dir = await copySite();
		file = join(dir, "structures.csv");
		mapping = join(preset, "demo/structures.json");
		rows = await readFile(join(preset, "demo/structures.csv"), "utf8");
	});
	after(() => rm(dir, { recursive: true, force: true }));
	const bring = async (content: string | Uint8Array, ...options: string[]) => {
		await writeFile(file, content);
		return run(["import", "csv", dir, "--mapping", mapping, file, ...options]);
	};
	const counts = (out: string) => out.trim().split("\n").at(-1)!.match(/\d+/g)!.map(Number); // created, changed, unchanged, refused
	const served = async (body: (site: Served) => Promise<void>) => {
		const site = await serve(dir);
		try {
			await body(site);
		} finally {
			await site.stop();
		}
	};

	it("again: nothing changes", async () => {
		for (let i = 0; i < 2; i++) {
			const ran = await bring(rows);
			assert.equal(ran.status, 0, ran.out + ran.err);
			assert.deepEqual(counts(ran.out), [0, 0, 30, 0]);
		}
		await served(async (site) => {
			const page = await made(new Client(site), "/resoudre");
			assert.equal(page.versions.length, 1);
		});
	});

	it("a changed row: one revision of that record, and what people corrected meanwhile stays", async () => {
		await served(async (site) => {
			const member = await new Client(site).signIn("member");
			const page = await made(member, "/resoudre");
			await member.send(await member.form(`/-/edit/${page.id}`, "/-/edit/"), { horaires: "Le jeudi" });
		});
		const changed = rows.replace("EPN; antenne emploi; Agora numérique; espace partenaires", "EPN; antenne emploi; Agora numérique");
		assert.notEqual(changed, rows);
		const ran = await bring(changed);
		assert.deepEqual(counts(ran.out), [0, 1, 29, 0]);
		await served(async (site) => {
			const page = text((await new Client(site).get("/resoudre")).body);
			assert.doesNotMatch(page, /espace partenaires/);
			assert.match(page, /Le jeudi/);
			assert.equal((await versions(new Client(site), (await made(new Client(site), "/resoudre")).id)).length, 3);
		});
	});

	it("a new row: one record", async () => {
		const ran = await bring(`${rows.trimEnd()}\nMaison des essais,association,lien social,,Tours,,no\n`);
		assert.equal(ran.status, 0, ran.out);
		assert.equal(counts(ran.out)[0], 1);
	});

	it("refused rows are told by line and reason, and nothing is kept of the file", async () => {
		const lines = rows.trimEnd().split("\n");
		const bad = [...lines, "Bonne association,association,lien social,,Tours,,no", "Drôle de genre,confrérie secrète,lien social,,Tours,,no", ",association,lien social,,Tours,,no"].join("\n");
		const ran = await bring(bad);
		assert.equal(ran.status, 1);
		const said = ran.out + ran.err;
		assert.match(said, new RegExp(`structures\\.csv:${lines.length + 2}: .*confrérie secrète`));
		assert.match(said, new RegExp(`structures\\.csv:${lines.length + 3}: `));
		await served(async (site) => assert.equal((await new Client(site).get("/bonne-association")).status, 404));
		const kept = await bring(bad, "--keep-good");
		assert.equal(kept.status, 1);
		assert.equal(counts(kept.out)[0], 1);
		await served(async (site) => assert.equal((await new Client(site).get("/bonne-association")).status, 200));
	});

	it("a rehearsal keeps nothing", async () => {
		const ran = await bring(`${rows.trimEnd()}\nSeulement répétée,association,lien social,,Tours,,no\n`, "--rehearse");
		assert.equal(ran.status, 0, ran.out);
		assert.equal(counts(ran.out)[0], 1);
		await served(async (site) => assert.equal((await new Client(site).get("/seulement-repetee")).status, 404));
	});

	it("files that are not what they say: a sentence, no crash, nothing kept", async () => {
		for (const [name, content] of [["empty", ""], ["header only", "name,kind,field,quartier,commune,services,target_2013\n"], ["binary", new Uint8Array([0, 255, 254, 1, 2, 0])], ["an open quote", 'name,kind\n"Jamais fermé,association'], ["another table", "a;b;c\n1;2;3\n"], ["a very long line", `name\n${"x".repeat(300_000)}\n`]] as const) {
			const ran = await bring(content);
			assert.ok(ran.status === 0 || ran.status === 1, `${name}: ${ran.status}`);
			assert.doesNotMatch(ran.err, /Sanitizer|runtime error/, name);
			if (!name.startsWith("header")) assert.match(ran.out + ran.err, /\S/, name);
		}
	});

	it("what a file holds is never given back as it is to the terminal (LimeSurvey 20697)", async () => {
		const ran = await bring(`${rows.trimEnd()}\n\u001b]0;piège\u0007X,\u001b[31mrouge,lien social,,Tours,,no\n`);
		assert.doesNotMatch(ran.out + ran.err, /[\u0000-\u0008\u000b-\u001f\u007f]/);
	});

	it("a mapping or a file can neither sign in, nor name an author, nor choose an unknown space (Etherpad CVE-2021-43802)", async () => {
		const rules = JSON.parse(await readFile(mapping, "utf8"));
		for (const twist of [{ space: "atlantide" }, { form: "atlantide" }, { fields: { ...rules.fields, author: { column: "name" } } }, { fields: { ...rules.fields, level: { column: "name" } } }]) {
			const twisted = join(dir, "twisted.json");
			await writeFile(twisted, JSON.stringify({ ...rules, ...twist }));
			await writeFile(file, rows);
			const ran = await run(["import", "csv", dir, "--mapping", twisted, file]);
			assert.equal(ran.status, 1, JSON.stringify(Object.keys(twist)));
		}
		const people = (await runOk(["user", dir, "list"])).out.trim().split("\n");
		assert.equal(people.length, 6);
	});

	it("the whole demonstration can be brought in again", async () => {
		for (const step of JSON.parse(await readFile(join(preset, "demo/import.json"), "utf8")) as { file?: string; mapping?: string }[]) {
			if (!step.file || !step.mapping) continue; // answers to a questionnaire, sign-ups
			const ran = await run(["import", "csv", dir, "--mapping", join(preset, "demo", step.mapping), join(preset, "demo", step.file)]);
			assert.equal(ran.status, 0, step.file + ran.out + ran.err);
			assert.equal(counts(ran.out)[0], 0, step.file);
			assert.equal(counts(ran.out)[3], 0, step.file);
		}
	});
});
