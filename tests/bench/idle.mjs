// node tests/bench/idle.mjs PROGRAM [FOLDER…]: how long a site takes from its start to its first page, and what it
// weighs in memory with CONNECTIONS (2,000) that are open and ask for nothing. Without a folder: the demonstration.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { basename, resolve } from "node:path";
import { median, site, stop } from "./servers.mjs";

const connections = Number(process.env.CONNECTIONS || 2000), rounds = Number(process.env.ROUNDS || 5);
const [program = "build/release/parvis", ...folders] = process.argv.slice(2);

// Resolves to the process, its address and the milliseconds until its home page was there.
function start(folder) {
	const begun = performance.now();
	const child = spawn(resolve(program), ["serve", folder, "--listen", "127.0.0.1:0", "--ready-fd", "3"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
	return new Promise((done, fail) => {
		child.on("error", fail);
		child.stdio[3].once("data", async (line) => {
			const origin = /http:\/\/\S+|\d+\.\d+\.\d+\.\d+:\d+/.exec(String(line))[0].replace(/^(?!http)/, "http://");
			const answer = await fetch(`${origin}/`);
			await answer.text();
			done({ child, origin, took: performance.now() - begun });
		});
	});
}

const ended = (child) => new Promise((done) => {
	child.once("exit", done);
	child.kill();
});

const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;

// Open, greeted once, then silent.
function idle(origin) {
	const { hostname, port } = new URL(origin);
	return new Promise((done, fail) => {
		const socket = connect(Number(port), hostname, () => socket.write(`GET /-/health HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`));
		socket.once("data", () => done(socket)).on("error", fail);
	});
}

async function measure(name, folder) {
	const starts = [];
	for (let i = 0; i < rounds; i++) {
		const { child, took } = await start(folder);
		starts.push(took);
		await ended(child);
	}
	const { child, origin } = await start(folder), before = memory(child.pid), sockets = [];
	while (sockets.length < connections) sockets.push(...await Promise.all(Array.from({ length: Math.min(100, connections - sockets.length) }, () => idle(origin))));
	const after = memory(child.pid);
	console.log(`${name.padEnd(14)} first page after ${median(starts).toFixed(0)} ms (best ${Math.min(...starts).toFixed(0)}); ${before.toFixed(1)} MB after it, ${after.toFixed(1)} MB with ${connections} idle connections: ${(((after - before) * 1024) / connections).toFixed(2)} KB each`);
	for (const socket of sockets) socket.destroy();
	await ended(child);
}

try {
	if (!folders.length) await measure("demonstration", site(resolve(program), "idle"));
	for (const folder of folders) await measure(basename(folder), resolve(folder));
} finally {
	stop();
}
