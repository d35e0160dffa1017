// The program under test: runs its commands, makes data folders, serves them on a port of their own.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { after, before, describe } from "node:test";

export const source = resolve(process.env.PARVIS_SOURCE ?? ".");
export const program = resolve(process.env.PARVIS ?? join(source, "build/asan/parvis"));
export const preset = join(source, "presets/agora-de-quartier");
const scratch = join(source, "build/tests/data");

export interface Person {
	email: string;
	name: string;
	password: string;
}

// The people of the demonstration, and two more: one with no role anywhere, one member of the team's space only.
export const people = {
	administrator: demo("admin@demo.example", "Camille Administre (démo)", "parvis-demo-admin"),
	facilitator: demo("anime@demo.example", "Anouk Anime (démo)", "parvis-demo-anime"),
	member: demo("membre@demo.example", "Maël Membre (démo)", "parvis-demo-membre"),
	neighbour: demo("voisine@demo.example", "Lou Voisine (démo)", "parvis-demo-voisine"),
	contributor: demo("contribue@test.example", "Inès Contribue", "un mot de passe assez long"),
	outsider: demo("ailleurs@test.example", "Omar Ailleurs", "un autre mot de passe long"),
};
export type PersonName = keyof typeof people;

function demo(email: string, name: string, password: string): Person {
	return { email, name, password };
}

const environment = {
	...process.env,
	LC_ALL: "fr_FR.UTF-8",
	PARVIS_PASSWORD_COST: "test",
	PARVIS_PRESETS: join(source, "presets"),
	ASAN_OPTIONS: process.env.ASAN_OPTIONS ?? "detect_stack_use_after_return=1:strict_string_checks=1",
	UBSAN_OPTIONS: process.env.UBSAN_OPTIONS ?? "print_stacktrace=1",
};

export interface Ran {
	status: number | null;
	out: string;
	err: string;
}

// Runs one command to its end.
export function run(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<Ran> {
	return new Promise((done, fail) => {
		const child = spawn(program, args, { env: { ...environment, ...options.env }, cwd: source });
		const ran: Ran = { status: null, out: "", err: "" };
		child.stdout.setEncoding("utf8").on("data", (text) => (ran.out += text));
		child.stderr.setEncoding("utf8").on("data", (text) => (ran.err += text));
		child.on("error", fail);
		child.on("close", (status) => done({ ...ran, status }));
		child.stdin.on("error", () => {}).end(options.input ?? "");
	});
}

export async function runOk(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<Ran> {
	const ran = await run(args, options);
	if (ran.status !== 0) throw new Error(`parvis ${args.join(" ")}: status ${ran.status}\n${ran.err}${ran.out}`);
	return ran;
}

// A folder of its own for a test; gone with the suite.
export async function scratchFolder(): Promise<string> {
	await mkdir(scratch, { recursive: true });
	return mkdtemp(join(scratch, "site-"));
}

// What the template depends on: the program and the files of the preset.
async function templateKey(): Promise<string> {
	const hash = createHash("sha256");
	const { mtimeMs, size } = await stat(program);
	hash.update(`${mtimeMs} ${size}`);
	for (const folder of ["", "forms", "lists", "views", "pages", "templates", "pictures", "demo"])
		for (const entry of (await readdir(join(preset, folder), { withFileTypes: true })).filter((e) => e.isFile()))
			hash.update(entry.name).update(await readFile(join(preset, folder, entry.name)));
	return hash.digest("hex").slice(0, 16);
}

async function makeTemplate(folder: string): Promise<void> {
	await runOk(["init", folder, "--preset", "agora-de-quartier", "--locale", "fr", "--demo"]);
	for (const who of [people.contributor, people.outsider])
		await runOk(["user", folder, "add", who.email, who.name], { input: `${who.password}\n` });
	await runOk(["user", folder, "member", people.outsider.email, "coordination"]);
}

// The demonstration site, made once for a program and copied: a copy is a matter of milliseconds.
export async function copySite(): Promise<string> {
	const folder = join(scratch, `template-${await templateKey()}`);
	const made = await stat(folder).catch(() => null);
	if (!made) {
		const fresh = await scratchFolder();
		await rm(fresh, { recursive: true });
		await makeTemplate(fresh);
		await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
	}
	const copy = await scratchFolder();
	await cp(folder, copy, { recursive: true });
	return copy;
}

export interface Served {
	dir: string;
	port: number;
	origin: string;
	output(): string; // what it said on starting
	errors(): string;
	signal(name: NodeJS.Signals): void;
	stop(): Promise<void>;
	kill(): Promise<void>;
}

// What a sanitizer says of the server is a failure of the test that made it say so.
const complaint = /(AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:|Assertion .* failed)/;

// Serves a data folder on a free port of the loopback, until stop().
export async function serve(dir: string, options: { args?: string[]; env?: Record<string, string>; program?: string } = {}): Promise<Served> {
	const child: ChildProcess = spawn(options.program ?? program, ["serve", dir, "--listen", "127.0.0.1:0", "--ready-fd", "3", ...(options.args ?? [])], {
		env: { ...environment, ...options.env },
		cwd: source,
		stdio: ["ignore", "pipe", "pipe", "pipe"],
	});
	let output = "";
	let errors = "";
	child.stdout!.setEncoding("utf8").on("data", (text) => (output += text));
	child.stderr!.setEncoding("utf8").on("data", (text) => (errors += text));
	const ended = new Promise<number | null>((done) => child.on("close", (status) => done(status)));
	const ready = new Promise<number>((done, fail) => {
		let said = "";
		(child.stdio[3] as NodeJS.ReadableStream).setEncoding("utf8").on("data", (text) => {
			said += text;
			const port = /:(\d+)\/?\s/.exec(said);
			if (port) done(Number(port[1]));
		});
		ended.then((status) => fail(new Error(`parvis serve ended with status ${status}\n${errors}`)));
	});
	const port = await ready;
	const end = async (signal: NodeJS.Signals) => {
		if (child.exitCode === null && child.signalCode === null) child.kill(signal);
		return ended;
	};
	return {
		dir,
		port,
		origin: `http://127.0.0.1:${port}`,
		output: () => output,
		errors: () => errors,
		signal: (name) => void child.kill(name),
		stop: async () => {
			const status = await end("SIGTERM");
			if (status !== 0 || complaint.test(errors)) throw new Error(`parvis serve: status ${status}\n${errors}`);
		},
		kill: async () => void (await end("SIGKILL")),
	};
}

export type Site = Served;

export interface SiteOptions {
	args?: string[];
	env?: Record<string, string>;
	prepare?: (dir: string) => Promise<void>; // before it is served
}

// A suite on a copy of the demonstration site, served while it runs.
export function onSite(name: string, body: (site: Site) => void, options: SiteOptions = {}): void {
	describe(name, () => {
		const site = {} as Site;
		before(async () => {
			const dir = await copySite();
			await options.prepare?.(dir);
			Object.assign(site, await serve(dir, options));
		});
		after(async () => {
			if (!site.stop) return;
			try {
				await site.stop();
			} finally {
				await rm(site.dir, { recursive: true, force: true });
			}
		});
		body(site);
	});
}
