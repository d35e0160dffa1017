// The package for Debian: small, stripped, confined, and what it unpacks to makes and serves a site.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Client } from "../support/client.js";
import { program, scratchFolder, serve, source } from "../support/program.js";

const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const packages = join(source, "build/packages");

describe("package", () => {
	let root = "", file = "";
	before(async () => {
		rmSync(packages, { recursive: true, force: true });
		run("cpack", "--config", join(program, "../CPackConfig.cmake"), "-G", "DEB");
		const [name] = readdirSync(packages).filter((each) => each.endsWith(".deb"));
		assert.match(name ?? "", /^parvis_\d+\.\d+\.\d+_[a-z0-9]+\.deb$/);
		file = join(packages, name!);
		root = await scratchFolder();
		run("dpkg-deb", "--extract", file, root);
	});
	after(() => rmSync(root, { recursive: true, force: true }));

	it("weighs less than 10 MB, the program too, which is stripped", () => {
		assert.ok(statSync(file).size < 10e6);
		assert.ok(statSync(join(root, "usr/bin/parvis")).size < 10e6);
		assert.doesNotMatch(run("readelf", "--sections", "--wide", join(root, "usr/bin/parvis")), /\.symtab|\.debug_/);
	});
	it("needs libraries of Debian, and no build tool", () => {
		const needs = run("dpkg-deb", "--field", file, "Depends");
		for (const library of ["libc6", "libsqlite3-0", "libpq5", "libsodium23", "tzdata"]) assert.ok(needs.includes(library), needs);
		assert.doesNotMatch(needs, /nodejs|-dev/);
	});
	it("tells its licence, those of what is compiled in, what changed, and how it is used", () => {
		const rights = readFileSync(join(root, "usr/share/doc/parvis/copyright"), "utf8");
		const { dependencies } = JSON.parse(readFileSync(join(source, "package-lock.json"), "utf8")).packages["node_modules/supercluster"];
		for (const part of ["leaflet", "supercluster", "lucide", "llhttp", ...Object.keys(dependencies)])
			assert.match(rights, new RegExp(`^Files: ${part}$`, "m"));
		assert.match(run("zcat", join(root, "usr/share/doc/parvis/changelog.gz")), /^parvis \(\d+\.\d+\.\d+\) /);
		assert.match(run("zcat", join(root, "usr/share/man/man1/parvis.1.gz")), /^\.TH PARVIS 1 /m);
	});
	it("its service is confined: systemd's own measure, at most 2.0", () => {
		run("systemd-analyze", "security", "--offline=true", "--threshold=20", join(root, "usr/lib/systemd/system/parvis.service"));
	});
	it("makes its account and its folder", () => {
		assert.match(readFileSync(join(root, "usr/lib/sysusers.d/parvis.conf"), "utf8"), /^u parvis /m);
		assert.match(readFileSync(join(root, "usr/lib/tmpfiles.d/parvis.conf"), "utf8"), /^d \/var\/lib\/parvis 0700 parvis parvis /m);
	});
	it("unpacked, it makes a site and serves it", async () => {
		const unpacked = join(root, "usr/bin/parvis"), data = join(root, "site");
		run(unpacked, "init", data, "--preset", "agora-de-quartier", "--demo");
		const site = await serve(data, { program: unpacked, env: { PARVIS_PASSWORD_COST: "box" } });
		const answer = await new Client(site).get("/annuaire");
		await site.stop();
		assert.equal(answer.status, 200);
		assert.match(answer.body, /Qui fait quoi/);
		run(unpacked, "check", data);
	});
});
