// The styles say nothing of what no page has: each class and each custom property has a user.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { source } from "../support/program.js";

const files = spawnSync("git", ["ls-files", "src"], { cwd: source, encoding: "utf8" }).stdout.split("\n");
const read = (file: string) => readFileSync(join(source, file), "utf8").replace(/\/\*.*?\*\//gs, "");
const sheets = files.filter((file) => file.endsWith(".css")).map(read);
const pages = files.filter((file) => /^src\/(page|views|fields|rich|features|web)\/.*\.(html|c|ts)$/.test(file));

// Leaflet gives these to its own elements.
const given = /^leaflet-/;

// The names in strings that hold nothing else (of C, of scripts, of expressions in templates), in what says
// class="…", and those of two words anywhere; of those made while running, how they begin: "tone-%s", "stack-%d", tone-{{ … }}.
function namesOf(text: string): { whole: Set<string>; beginnings: string[] } {
	const strings = [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"|`([^`\n]*)`/g)].map((m) => m[1] ?? m[2]!);
	const attributes = [...text.matchAll(/class=(\\?)"(.*?)\1"/g)].map((m) => m[2]!.replace(/\{\{.*?\}\}|\{%.*?%\}/g, (code) => (code[1] === "{" ? "\0" : " ")));
	const pairs = text.match(/(?<![\w-])[a-z]+(-[a-z]+)+(?![\w-])/g) ?? [];
	const said = [...pairs, ...strings.filter((s) => /^[\w -]+(%[sd]|\$\{.*\})?$/.test(s)), ...attributes];
	return {
		whole: new Set(said.flatMap((s) => s.match(/[\w-]+(?![\w-]|%[sd]|\$\{|\0)/g) ?? [])),
		beginnings: said.flatMap((s) => s.match(/[\w-]+-(?=%[sd]|\$\{|\0|$)/g) ?? []),
	};
}

it("every class of the styles is given by a template, by C or by a script", () => {
	const { whole, beginnings } = namesOf(pages.map(read).join("\n"));
	const classes = new Set<string>();
	for (const sheet of sheets)
		for (const [, head] of sheet.replace(/"[^"]*"/g, "").matchAll(/([^{};]*)\{/g))
			for (const [, name] of head!.replace(/^\s*@[^(]*/, "").matchAll(/\.([a-z][\w-]*)/gi)) classes.add(name!);
	assert.ok(classes.size > 150, `${classes.size} classes`);
	const alone = [...classes].filter((name) => !whole.has(name) && !given.test(name) && !beginnings.some((start) => name.startsWith(start)));
	assert.deepEqual(alone, []);
});

it("every custom property of the styles is used", () => {
	const all = [...sheets, ...pages.map(read)].join("\n");
	const declared = new Set(sheets.join("\n").match(/--[a-z][\w-]*(?=\s*:)/g));
	assert.ok(declared.size > 40, `${declared.size} properties`);
	assert.deepEqual([...declared].filter((name) => !new RegExp(`var\\(${name}[,)]`).test(all)), []);
});
