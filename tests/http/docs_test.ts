// The documents say what the program is: commands, settings, layers, files.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { runOk, source } from "../support/program.js";

const read = (path: string) => readFileSync(join(source, path), "utf8");
const files = spawnSync("git", ["ls-files"], { cwd: source, encoding: "utf8" }).stdout.split("\n").filter(Boolean);
const documents = files.filter((file) => /^([A-Z_]+|docs\/.*)\.md$/.test(file));
const english = { env: { LC_ALL: "en_GB.UTF-8" } };

describe("the man page", () => {
	// Without its markup, as one line.
	const man = read("docs/parvis.1")
		.replace(/^\.TH.*$/m, "")
		.replace(/^\.[A-Z]+ ?/gm, "")
		.replace(/\\-/g, "-")
		.replace(/"/g, "")
		.replace(/\s+/g, " ");
	it("has every command, with its options", async () => {
		const usages = [...(await runOk(["help"], english)).out.matchAll(/^ {2}parvis (\S+) ?(.*)$/gm)];
		assert.ok(usages.length > 5);
		for (const [, command, rest] of usages) {
			assert.ok(man.includes(`parvis ${command} `), command);
			for (const option of rest!.match(/--[a-z-]+/g) ?? []) assert.ok(man.includes(option), `${command} ${option}`);
		}
	});
	it("has everything that user does", async () => {
		const { out } = await runOk(["help", "user"], english);
		const verbs = /user DIR (.*)/.exec(out)![1]!.split("|").map((verb) => verb.split(" ")[0]!);
		assert.ok(verbs.includes("add"));
		for (const verb of verbs) assert.ok(man.includes(`parvis user DIR ${verb}`), verb);
	});
	it("has every setting, and no other", async () => {
		const settings = [...(await runOk(["config"], english)).out.matchAll(/PARVIS_([A-Z_]+)/g)].map((m) => m[1]!.toLowerCase());
		const said = [...man.matchAll(/(\w+) \(PARVIS_([A-Z_]+)\)/g)].map((m) => m[1]);
		assert.deepEqual(said, settings);
	});
	it("is well formed", () => {
		const ran = spawnSync("groff", ["-man", "-ww", "-Tutf8", "docs/parvis.1"], { cwd: source, encoding: "utf8" });
		assert.equal(ran.status, 0, ran.stderr);
		assert.equal(ran.stderr, "");
	});
	it("is of this version", async () => {
		const version = (await runOk(["--version"])).out.trim();
		assert.ok(read("docs/parvis.1").includes(`"${version}"`), version);
	});
});

describe("ARCHITECTURE.md", () => {
	it("has the layers of CMakeLists.txt", () => {
		const built = [...read("CMakeLists.txt").matchAll(/^parvis_layer\((\w+) +(?:USES ([a-z ]+?))? *(?:LIBS .*)?\)$/gm)];
		const table = /## Layers(.*?)\n## /s.exec(read("ARCHITECTURE.md"))![1]!;
		const written = [...table.matchAll(/^\| (\w+) \| ([a-z ]*)\|$/gm)].filter((m) => m[1] !== "layer");
		assert.ok(built.length > 8);
		assert.deepEqual(
			written.map((m) => [m[1], m[2]!.trim()]),
			built.map((m) => [m[1], m[2] ?? ""]),
		);
	});
	it("has every folder of src/", () => {
		const folders = new Set(files.map((file) => /^src\/\w+\//.exec(file)?.[0]).filter(Boolean));
		for (const folder of folders) assert.ok(read("ARCHITECTURE.md").includes(`\`${folder}\``), folder);
	});
});

describe("docs/formulaires.md", () => {
	it("has every function of expressions, by its names in both languages", () => {
		const rows = [...read("src/expression/expression_function.c").matchAll(/\{ "([a-z]+)",\s*(?:"([^"]*)"|NULL),\s*SHAPE_CALL/g)];
		const built = rows.map(([, name, french]) => `${(french ?? name)!.replace("\\u00E9", "é")} ${name}`);
		const written = [...read("docs/formulaires.md").matchAll(/^\| `([a-zé]+)` \| `([a-z]+)` \|/gm)].map(([, french, name]) => `${french} ${name}`);
		assert.ok(built.length > 15);
		assert.deepEqual(written, built);
	});
});

describe("the documents", () => {
	it("link to what is there", () => {
		for (const document of documents)
			for (const [, target] of read(document).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
				if (!/^[a-z]+:/.test(target!))
					assert.ok(existsSync(join(source, dirname(document), target!)), `${document}: ${target}`);
	});
	it("name files that are there", () => {
		for (const document of documents)
			for (const [, path] of read(document).matchAll(/`((?:src|tests|tools|presets|docs|cmake|locale)\/[\w./-]*)`/g))
				assert.ok(/NAME/.test(path!) || existsSync(join(source, path!)), `${document}: ${path}`);
	});
	it("name targets of the Makefile, and commands of the program", async () => {
		const make = read("Makefile");
		const { out } = await runOk(["help"], english);
		for (const document of documents) {
			for (const [, target] of read(document).matchAll(/\bmake ([a-z-]+)(?=[ `\n]* *(?:#|`|\n|PREFIX|PHASES))/g))
				assert.match(make, new RegExp(`^${target}:`, "m"), `${document}: make ${target}`);
			for (const [, command] of read(document).matchAll(/(?:`|^)parvis ([a-z]+)/gm))
				assert.match(out, new RegExp(`^ {2}parvis ${command}\\b`, "m"), `${document}: parvis ${command}`);
		}
	});
});

describe("tools/install", () => {
	it("refuses an unknown purpose", () => {
		const ran = spawnSync(join(source, "tools/install"), ["picnic"], { encoding: "utf8" });
		assert.equal(ran.status, 2);
		assert.match(ran.stderr, /picnic/);
	});
	it("does nothing when all is there", () => {
		const ran = spawnSync(join(source, "tools/install"), ["run", "test"], { encoding: "utf8" });
		assert.equal(ran.status, 0, ran.stderr);
		assert.equal(ran.stdout + ran.stderr, "");
	});
});
