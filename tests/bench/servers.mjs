// The servers that are compared, each with its log in a file of one folder, and the processor time of each.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const folder = mkdtempSync(join(tmpdir(), "parvis-bench-"));
const started = [];

export function run(command, args, { input = "", env = {} } = {}) {
	const ran = spawnSync(command, args, { encoding: "utf8", input, env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
	if (ran.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${ran.error ?? ran.stderr}${ran.stdout}`);
	return ran.stdout;
}

function freePort() {
	return new Promise((done) => {
		const server = createServer().listen(0, "127.0.0.1", () => {
			const { port } = server.address();
			server.close(() => done(port));
		});
	});
}

function start(name, command, args, env = {}) {
	const log = openSync(join(folder, `${name}.log`), "a");
	const child = spawn(command, args, { stdio: ["ignore", log, log], env: { ...process.env, ...env } });
	started.push(child);
	return child.pid;
}

export async function answers(url) {
	for (let i = 0; i < 200; i++) {
		const answer = await fetch(url).catch(() => null);
		if (answer?.ok) return answer;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`${url} does not answer; see ${folder}`);
}

export function stop() {
	for (const child of started) child.kill("SIGTERM");
	if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true });
}

// ---- Parvis ----

// The demonstration, with views of `size` records a page, and what `also` adds to the presets.
export function site(program, name, size, also) {
	const data = join(folder, name), presets = join(folder, "presets");
	cpSync(resolve("presets"), presets, { recursive: true });
	if (size) {
		const file = join(presets, "agora-de-quartier/views/espaces.json");
		writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), size }));
	}
	also?.(presets);
	run(program, ["init", data, "--preset", "agora-de-quartier", "--demo"], { env: { PARVIS_PRESETS: presets } });
	return data;
}

// Its own addresses are believed to be a proxy's, so that one machine can be many clients.
export async function parvis(program, data) {
	const port = await freePort();
	const pid = start("parvis", program, ["serve", data, "--listen", `127.0.0.1:${port}`], { PARVIS_TRUSTED_PROXIES: "127.0.0.1", PARVIS_BACKUPS: "never" });
	const origin = `http://127.0.0.1:${port}`;
	await answers(`${origin}/-/health`);
	return { pid, origin };
}

// ---- nginx: `files` by name ----

export async function nginx(files) {
	const port = await freePort(), root = join(folder, `nginx-${port}`);
	mkdirSync(join(root, "html"), { recursive: true });
	for (const [name, body] of Object.entries(files)) writeFileSync(join(root, "html", name), body);
	writeFileSync(
		join(root, "nginx.conf"),
		`daemon off; user ${process.getuid() === 0 ? "root" : process.env.USER ?? "nobody"}; worker_processes auto;
		pid ${root}/pid; error_log ${root}/error.log; events { worker_connections 1024; }
		http { types { text/html html; } access_log ${root}/access.log; sendfile on; tcp_nopush on;
			keepalive_requests 1000000000; client_body_temp_path ${root}/a; proxy_temp_path ${root}/b;
			fastcgi_temp_path ${root}/c; uwsgi_temp_path ${root}/d; scgi_temp_path ${root}/e;
			server { listen 127.0.0.1:${port}; root ${root}/html; } }\n`,
	);
	const pid = start("nginx", "nginx", ["-p", root, "-c", join(root, "nginx.conf")]);
	const origin = `http://127.0.0.1:${port}`;
	await answers(`${origin}/${Object.keys(files)[0]}`);
	return { pid, origin };
}

// ---- Fossil: a wiki page of the words of `body`, which everybody may write ----

export async function fossil(body) {
	const port = await freePort(), repository = join(folder, `${port}.fossil`);
	const text = body.replace(/<(script|style)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ").replace(/[ \t]+/g, " ").replace(/(\n ?)+/g, "\n\n");
	const env = { HOME: folder, USER: "bench" };
	run("fossil", ["init", "--admin-user", "bench", repository], { env });
	run("fossil", ["wiki", "create", "Page", "-R", repository, "--mimetype", "text/x-markdown"], { input: text, env });
	run("fossil", ["user", "capabilities", "nobody", "jfk", "-R", repository], { env });
	const pid = start("fossil", "fossil", ["server", "--localhost", "--port", String(port), repository], env);
	const origin = `http://127.0.0.1:${port}`;
	await answers(`${origin}/wiki?name=Page`);
	return { pid, origin, text };
}

// ---- Processor time of a server, in microseconds ----

const tick = Number(run("getconf", ["CLK_TCK"]));

// To the nanosecond for the threads that live; in ticks for processes and threads that ended.
function spentBy(pid, ended) {
	const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ").map(Number);
	let alive = 0;
	for (const task of readdirSync(`/proc/${pid}/task`)) alive += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "latin1").split(" ")[0]) / 1000;
	return { parent: fields[1], spent: alive + (ended ? ((fields[13] + fields[14]) / tick) * 1e6 : 0) };
}

export function processorTime(pid) {
	let sum = 0;
	for (const entry of readdirSync("/proc")) {
		if (!/^\d+$/.test(entry)) continue;
		try {
			const { parent, spent } = spentBy(entry, Number(entry) === pid);
			if (Number(entry) === pid || parent === pid) sum += spent;
		} catch {
			continue; // it has just ended
		}
	}
	return sum;
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const show = (ratio) => (ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)).padStart(7);
