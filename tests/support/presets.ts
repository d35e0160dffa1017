// The presets as they are on disk: their definitions, pages and demonstration, for the checks that walk them all.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { csv } from "./csv.js";
import { people, runOk, scratchFolder, source } from "./program.js";

export interface Definition {
	key: string;
	slug?: string;
	form?: string;
	layout?: string;
	layouts?: string[];
	audience?: string;
}

export interface Preset {
	name: string;
	folder: string;
	spaces: string[];
	forms: Definition[];
	views: Definition[];
	pages: string[]; // their addresses
}

interface File {
	path: string; // inside the preset
	text: string;
}

export const presetsFolder = join(source, "presets");

function names(folder: string, ext: string): string[] {
	try {
		return readdirSync(folder).filter((name) => name.endsWith(ext)).sort();
	} catch {
		return [];
	}
}

const json = <T>(path: string) => JSON.parse(readFileSync(path, "utf8")) as T;

function load(name: string): Preset {
	const folder = join(presetsFolder, name);
	const definitions = (kind: string) => names(join(folder, kind), ".json").map((file) => json<Definition>(join(folder, kind, file)));
	return {
		name, folder, forms: definitions("forms"), views: definitions("views"),
		spaces: json<{ spaces: Definition[] }>(join(folder, "preset.json")).spaces.map((space) => space.key),
		pages: names(join(folder, "pages"), ".md").map((file) => file.slice(0, -".md".length)),
	};
}

export const presets: Preset[] = readdirSync(presetsFolder).sort().map(load);

// All the files of a kind, wherever they are in the preset.
export function filesOf(preset: Preset, ext: string): File[] {
	return ["", "lists", "forms", "views", "pages", "templates", "demo"].flatMap((folder) =>
		names(join(preset.folder, folder), ext).map((name) => ({ path: join(folder, name), text: readFileSync(join(preset.folder, folder, name), "utf8") })),
	);
}

export interface Words {
	where: string;
	text: string;
}

function* frenchOf(where: string, value: unknown): Generator<Words> {
	if (Array.isArray(value)) for (const [i, each] of value.entries()) yield* frenchOf(`${where}[${i}]`, each);
	else if (value && typeof value === "object")
		for (const [key, each] of Object.entries(value)) {
			if (key === "fr" && typeof each === "string") yield { where, text: each };
			else yield* frenchOf(`${where}.${key}`, each);
		}
}

// A text without what is no French: code, addresses, the lines above a page or a template that name its answers.
function prose(text: string): string {
	return text.replace(/```.*?```/gs, "").replace(/`[^`\n]*`/g, "x").replace(/^(form|description|mots|[a-z_]+):/gm, "").replace(/\]\([^)]*\)/g, "]").replace(/\[\^[^\]]*\]:/g, "").replace(/\{\{.*?\}\}/g, "").replace(/!\[/g, "[").replace(/^\|[-|: ]+\|$/gm, "");
}

// Columns written for the portal: one answer in each, under the field's own name. Field reports name theirs
// otherwise, and are kept as they were written.
function written(preset: Preset, path: string): string[] {
	if (!existsSync(join(preset.folder, path.replace(/csv$/, "json")))) return []; // who signed up: names, invented
	const { fields } = json<{ fields: Record<string, { column?: string; split?: string; values?: object }> }>(join(preset.folder, path.replace(/csv$/, "json")));
	return Object.entries(fields).filter(([key, { column, split, values }]) => column === key && !split && !values).map(([key]) => key);
}

// Every French sentence that the preset brings.
export function frenchIn(preset: Preset): Words[] {
	const words: Words[] = [];
	for (const { path, text } of filesOf(preset, ".json")) words.push(...frenchOf(path, JSON.parse(text)));
	for (const { path, text } of filesOf(preset, ".md")) words.push({ where: path, text: prose(text) });
	for (const { path, text } of filesOf(preset, ".csv"))
		for (const row of csv(text)) for (const column of written(preset, path)) words.push({ where: `${path} ${column}`, text: prose(row[column] ?? "") });
	return words;
}

// A site made from it; without the demonstration, it is given its member.
export async function initPreset(preset: Preset, demo: boolean): Promise<string> {
	const folder = await scratchFolder();
	await runOk(["init", folder, "--preset", preset.name, "--locale", "fr", ...(demo ? ["--demo"] : [])]);
	if (demo) return folder;
	await runOk(["user", folder, "add", people.member.email, people.member.name], { input: `${people.member.password}\n` });
	for (const space of preset.spaces) await runOk(["user", folder, "member", people.member.email, space]);
	return folder;
}
