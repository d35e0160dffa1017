// What whoever runs a site sees of it: figures for Prometheus, and settings read again without a stop.
import assert from "node:assert/strict";
import { rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "../support/client.js";
import { copySite, onSite, run, scratchFolder } from "../support/program.js";
import { add } from "../support/records.js";

function get(url: string): Promise<{ status: number; type: string; body: string }> {
	return new Promise((done, fail) =>
		request(url, (rs) => {
			let body = "";
			rs.setEncoding("utf8").on("data", (part) => (body += part));
			rs.on("end", () => done({ status: rs.statusCode!, type: rs.headers["content-type"] ?? "", body }));
		}).on("error", fail).end(),
	);
}

// Lines of the text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
const line = /^(# HELP [a-z_]+ \S.*|# TYPE [a-z_]+ (counter|gauge|histogram)|([a-z_]+)(\{[a-z]+="[^"\\\n]*"\})? (\S+))$/;

function read(text: string): Map<string, number> {
	const figures = new Map<string, number>();
	assert.ok(text.endsWith("\n"));
	for (const each of text.trimEnd().split("\n")) {
		const parts = line.exec(each);
		assert.ok(parts, each);
		if (!parts[3]) continue;
		const name = parts[3] + (parts[4] ?? "");
		assert.ok(!figures.has(name), `${name} twice`);
		assert.ok(Number.isFinite(Number(parts[5])), each);
		figures.set(name, Number(parts[5]));
	}
	return figures;
}

onSite("figures", (site) => {
	const address = () => /figures on (\S+)/.exec(site.errors())![1]!;
	const figures = async () => read((await get(address())).body);

	it("count what is answered, written and kept in the cache", async () => {
		const visitor = new Client(site), member = await new Client(site).signIn("member");
		const before = await figures();
		for (let i = 0; i < 20; i++) await visitor.get("/annuaire"); // a job of the start may write between two
		await visitor.get("/nulle-part");
		await add(member, "page", { titre: "Comptée", texte: "Un texte." });
		await new Promise((done) => setTimeout(done, 500)); // the job that the page asked for
		const after = await figures();
		const more = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
		assert.equal(more('parvis_responses_total{code="404"}'), 1);
		assert.ok(more('parvis_responses_total{code="200"}') >= 5);
		assert.ok(more("parvis_cache_hits_total") >= 4);
		assert.ok(more("parvis_writes_total") >= 1 && more("parvis_commits_total") >= 1);
		assert.equal(more("parvis_records"), 1);
		assert.ok(after.get("process_resident_memory_bytes")! > 1e6 && after.get("parvis_database_bytes")! > 1e5);
		assert.ok(after.get("parvis_connections")! >= 2);
		assert.equal(after.get("parvis_disk_full"), 0);
		assert.equal(after.get("parvis_writes_waiting"), 0);
	});
	it("the histogram adds up", async () => {
		const now = await figures();
		const bounds = [...now].filter(([name]) => name.startsWith("parvis_response_seconds_bucket")).map(([, n]) => n);
		assert.deepEqual(bounds, [...bounds].sort((a, b) => a - b));
		assert.equal(bounds.at(-1), now.get("parvis_response_seconds_count"));
		let answers = 0;
		for (const [name, n] of now) if (name.startsWith("parvis_responses_total")) answers += n;
		assert.equal(answers, now.get("parvis_response_seconds_count"));
	});
	it("stand at an address of their own, and nowhere else", async () => {
		assert.match((await get(address())).type, /^text\/plain; version=0\.0\.4/);
		assert.equal((await get(address().replace("/metrics", "/"))).status, 404);
		assert.equal((await new Client(site).get("/metrics")).status, 404);
		assert.equal((await new Client(site).get("/-/metrics")).status, 404);
	});
}, { env: { PARVIS_METRICS: "127.0.0.1:0" } });

onSite("requests", (site) => {
	it("have a number, in the answer and in the log: pages made, kept, refused", async () => {
		const seen = new Set<string>();
		for (const [path, status] of [["/annuaire", 200], ["/annuaire", 200], ["/nulle-part", 404]] as const) {
			const id = (await new Client(site).get(path)).headers["x-request-id"] as string;
			assert.match(id, /^[0-9a-f]{16}$/);
			for (let i = 0; i < 100 && !site.errors().includes(id); i++) await wait(50);
			assert.match(site.errors(), new RegExp(`${id} GET ${path} ${status} `));
			seen.add(id);
		}
		assert.equal(seen.size, 3);
	});
	it("figures are for this machine", async () => {
		const { status, err } = await run(["serve", await copySite()], { env: { PARVIS_METRICS: "0.0.0.0:0", PARVIS_LISTEN: "127.0.0.1:0" } });
		assert.equal(status, 1);
		assert.match(err, /metrics/);
	});
});

// Landlock: where the kernel has none, the log says so, and there is nothing to see.
onSite("the fence", (site) => {
	it("keeps the site in its data folder", async () => {
		const said = async (pattern: RegExp) => {
			for (let i = 0; i < 100 && !pattern.test(site.errors()); i++) await wait(50);
			assert.match(site.errors(), pattern);
		};
		await said(/confined to the data folder/);
		const elsewhere = join(await scratchFolder(), "elsewhere.conf"), settings = join(site.dir, "parvis.conf");
		await writeFile(elsewhere, "base_url = https://parvis.example\n");
		await rm(settings, { force: true });
		await symlink(elsewhere, settings);
		site.signal("SIGHUP");
		await said(site.errors().includes("not confined") ? /settings read again/ : /settings left as they were/);
		await rm(settings);
		site.signal("SIGHUP");
		await said(/settings read again/);
		assert.equal((await new Client(site).get("/annuaire")).status, 200);
	});
});

onSite("settings", (site) => {
	const said = async (pattern: RegExp) => {
		for (let i = 0; i < 100 && !pattern.test(site.errors()); i++) await wait(50);
		assert.match(site.errors(), pattern);
	};
	const set = (text: string) => writeFile(join(site.dir, "parvis.conf"), text);
	// The lasting address of a record, as printed.
	const origin = async () => /(https?:\/\/[^<"\/]+)\/f\//.exec((await new Client(site).get("/resoudre")).body)?.[1];

	it("are read again on SIGHUP: what can change does, the rest waits, in words", async () => {
		assert.equal(await origin(), site.origin);
		await set("base_url = https://parvis.example\ntrusted_proxies = 127.0.0.1\nworkers = 3\n");
		site.signal("SIGHUP");
		await said(/settings read again/);
		await said(/workers: will change at the next start/);
		assert.equal(await origin(), "https://parvis.example");
	});
	it("a mistake leaves them as they were", async () => {
		await set("base_url = https://ailleurs.example\ntrusted_proxies = 300.1.1.1\n");
		site.signal("SIGHUP");
		await said(/settings left as they were: .*300\.1\.1\.1/);
		assert.equal(await origin(), "https://parvis.example");
		await set("bas_url = https://ailleurs.example\n");
		site.signal("SIGHUP");
		await said(/settings left as they were: .*bas_url/);
		assert.equal(await origin(), "https://parvis.example");
	});
	it("go back to what they are when nothing is set", async () => {
		await set("");
		site.signal("SIGHUP");
		await said(/base_url: changed[\s\S]*base_url: changed/);
		assert.equal(await origin(), site.origin);
	});
});
