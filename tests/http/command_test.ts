// The command line: every wrong use ends with status 2 and says how the command is used.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { copySite, onSite, run, runOk, scratchFolder, serve } from "../support/program.js";
import { add } from "../support/records.js";

const wrong: [args: string[], said: RegExp][] = [
	[[], /parvis init/],
	[["pontoon"], /pontoon/],
	[["init"], /dossier/],
	[["init", "x"], /--preset/],
	[["init", "x", "--preset"], /--preset/],
	[["init", "x", "--preset", "agora-de-quartier", "--locale", "de"], /« ?de ?»/],
	[["init", "x", "y", "--preset", "agora-de-quartier"], /« ?y ?»/],
	[["init", "x", "--colour", "red"], /--colour/],
	[["serve"], /dossier/],
	[["serve", "x", "y"], /« ?y ?»/],
	[["serve", "x", "--listen"], /--listen/],
	[["import"], /csv/],
	[["import", "xlsx", "x", "y"], /csv/],
	[["import", "csv", "x"], /fichier/],
	[["import", "csv", "x", "y.csv"], /--mapping/],
	[["user"], /dossier/],
	[["user", "x"], /dossier/],
	[["user", "x", "rename"], /rename/],
	[["user", "x", "add", "a@b.example"], /EMAIL NAME/],
	[["check"], /dossier/],
	[["check", "x", "y"], /« ?y ?»/],
	[["backup", "x"], /dossier/],
	[["restore", "x.zip"], /fichier/],
	[["reindex"], /dossier/],
	[["config", "x", "y"], /« ?y ?»/],
	[["rights", "x"], /« ?x ?»/],
];

describe("wrong uses of the command line", () => {
	for (const [args, said] of wrong)
		it(`parvis ${args.join(" ")}`, async () => {
			const ran = await run(args);
			assert.equal(ran.status, 2, ran.out + ran.err);
			assert.equal(ran.out, "");
			assert.match(ran.err.replace(/[\u00A0\u202F]/g, " "), said);
			assert.match(ran.err, /parvis /, "shows how it is used");
		});
});

// Right in form, impossible in fact: status 1 and a sentence, nothing half made.
describe("impossible requests", () => {
	let site = "";
	before(async () => void (site = await copySite()));
	after(() => rm(site, { recursive: true, force: true }));
	const refused = async (args: string[], said: RegExp, input = "") => {
		const ran = await run(args, { input });
		assert.equal(ran.status, 1, ran.out + ran.err);
		assert.match(ran.err, said);
		assert.equal(ran.err.trim().split("\n").length, 1, ran.err);
	};

	it("a preset that does not exist", async () => refused(["init", join(site, "new"), "--preset", "atlantide"], /atlantide/));
	it("a preset's name that climbs out of its folder (YesWiki CVE-2025-31131)", async () => {
		await refused(["init", join(site, "new"), "--preset", "../../etc"], /\.\.\/\.\.\/etc/);
		await refused(["init", join(site, "new"), "--preset", "..", "--demo"], /\.\./);
	});
	it("a folder that holds a site already", async () => refused(["init", site, "--preset", "agora-de-quartier"], /parvis: ./));
	it("a folder that holds something else is left as it is", async () => {
		const folder = await scratchFolder();
		await mkdir(join(folder, "photos"));
		await refused(["init", folder, "--preset", "agora-de-quartier"], /parvis: ./);
		await rm(folder, { recursive: true });
	});
	it("a folder that holds no site", async () => {
		for (const args of [["serve", "/nonexistent"], ["check", "/nonexistent"], ["reindex", "/nonexistent"], ["backup", "/nonexistent", "/nonexistent.zip"], ["user", "/nonexistent", "list"]])
			await refused(args, /nonexistent/);
	});
	it("a setting that does not exist", async () => {
		await writeFile(join(site, "parvis.conf"), "listen = 127.0.0.1:0\nlangage = fr\n");
		await refused(["user", site, "list"], /parvis\.conf.*2.*langage/s);
		await rm(join(site, "parvis.conf"));
	});
	it("a person twice, or with a short password", async () => {
		await refused(["user", site, "add", "admin@demo.example", "Autre"], /admin@demo\.example|adresse/, "un mot de passe long\n");
		await refused(["user", site, "add", "neuf@demo.example", "Neuf"], /mot de passe/, "court\n");
	});
	it("a space or a person that does not exist", async () => {
		await refused(["user", site, "member", "admin@demo.example", "atlantide"], /atlantide/);
		await refused(["user", site, "administrator", "personne@demo.example"], /parvis: ./);
	});
});

// While the site runs and people write: what was acknowledged before the copy began is in it.
onSite("copies", (site) => {
	it("come back as a site that answers the same", async () => {
		const folder = await scratchFolder();
		const file = join(folder, "copy.zip"), again = join(folder, "again");
		const member = await new Client(site).signIn("member");
		const before = await add(member, "page", { titre: "Avant la copie", texte: "Un texte." });
		let going = true, written = 0;
		const writing = (async () => {
			for (; going && written < 40; written++) await add(member, "page", { titre: `Pendant la copie ${written}`, texte: "Un texte." });
		})();
		const made = await runOk(["backup", site.dir, file]);
		going = false;
		await writing;
		assert.ok(written > 0);
		assert.match(made.out, /^SHA-256 [0-9a-f]{64}$/m);
		const bytes = await readFile(file);
		assert.equal(/SHA-256 ([0-9a-f]+)/.exec(made.out)![1], createHash("sha256").update(bytes).digest("hex"));
		await runOk(["restore", file, again, "--ledger", join(site.dir, "effacements.journal")]);
		await runOk(["check", again]);
		const second = await serve(again);
		try {
			const there = await new Client(site).get(before.url), here = await new Client(second).get(before.url);
			assert.equal(here.status, 200);
			assert.equal(text(here.body).replaceAll(second.origin, site.origin), text(there.body));
		} finally {
			await second.stop();
			await rm(folder, { recursive: true, force: true });
		}
	});
});

describe("help", () => {
	it("is printed on request, in both languages", async () => {
		const fr = await runOk(["help"]);
		const en = await runOk(["--help"], { env: { LC_ALL: "en_GB.UTF-8" } });
		for (const command of ["init", "serve", "import", "user", "check", "backup", "restore", "erase", "reindex", "config", "rights"])
			for (const { out } of [fr, en]) assert.match(out, new RegExp(`^ {2}parvis ${command}`, "m"));
		assert.match(en.out, /Runs the site\./);
		assert.doesNotMatch(fr.out, /Runs the site\./);
	});
	it("the settings are a file that the program reads", async () => {
		const { out } = await runOk(["config"]);
		const names = [...out.matchAll(/^#? ?([a-z_]+) = /gm)].map((m) => m[1]);
		assert.ok(names.includes("listen") && names.includes("trusted_proxies"), out);
		assert.match(out, /PARVIS_LISTEN/);
	});
	it("says its version", async () => assert.match((await runOk(["--version"])).out, /^parvis \d+\.\d+\.\d+$/m));
});
