// A disk that is full: reading goes on, what is typed is kept, and saving comes back by itself with the room.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { copySite, scratchFolder, serve } from "../support/program.js";

// Room for a site, its reserve, and as much again.
const SIZE = "256m";

// One pixel.
const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

// A small disk of its own, where one may be mounted.
function mount(folder: string): boolean {
	try {
		execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "tmpfs", folder], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

// Takes all the room there is.
async function fill(path: string): Promise<void> {
	const file = await open(path, "w");
	try {
		for (let piece = 1 << 20; piece >= 4096; )
			await file.appendFile(Buffer.alloc(piece)).catch((error) => {
				assert.equal(error.code, "ENOSPC");
				piece >>= 1;
			});
	} finally {
		await file.close();
	}
}

it("a full disk", async (t) => {
	const disk = await scratchFolder();
	if (!mount(disk)) return t.skip("no disk can be mounted here: SQLITE_FULL is simulated in power_test.c only");
	const dir = join(disk, "site"), filler = join(disk, "filler"), template = await copySite();
	const morning = Date.UTC(2013, 10, 28, 8);
	try {
		await cp(template, dir, { recursive: true });
		const before = await serve(dir, { args: ["--clock", String(morning)] });
		const signedIn = await new Client(before).signIn("member");
		await before.stop();

		// Two hours later the session is noted as seen again, as soon as something is read.
		const site = await serve(dir, { args: ["--clock", String(morning + 2 * 3600_000)] });
		try {
			const member = new Client(site);
			for (const [name, value] of signedIn.cookies) member.cookies.set(name, value);
			await fill(filler);
			const read = await member.get("/annuaire");
			assert.equal(read.status, 200);
			assert.match(read.body, /Se déconnecter/);

			const page = await member.form("/-/new/page", "/-/new/");
			const words = `Un texte auquel on tient. ${"x".repeat(40_000)}`;
			let answer = await member.send(page, { titre: "Page 0", texte: words });
			for (let i = 1; i < 20 && answer.status === 303; i++) answer = await member.send(page, { titre: `Page ${i}`, texte: words });
			assert.equal(answer.status, 507); // RFC 4918, section 11.5
			assert.match(answer.body, /Le site n’a plus de place/);
			assert.match(answer.body, /le disque est plein\s: rien n’a été enregistré/);
			assert.ok(answer.body.includes(words), "what was typed is in the form");
			assert.equal((await member.get("/annuaire")).status, 200);
			assert.equal((await new Client(site).get("/resoudre")).status, 200);
			assert.equal((await member.send(page, { titre: "Encore", texte: words })).status, 507);

			// What comes with files: a body that is kept in memory, one that goes to the disk.
			const place = await member.form("/-/new/structure", "/-/new/"), typed = { nom: "La Maison des lilas" };
			const small = await member.sendFiles(place, typed, { "photos.new": new File([picture], "rue.png") });
			assert.equal(small.status, 507);
			assert.match(text(small.body), /rue\.(png|webp) – le disque est plein : (rien|le fichier) n’a (pas )?été enregistré/);
			assert.ok(small.body.includes(typed.nom), "what was typed is in the form");
			const large = await member.sendFiles(place, typed, { "photos.new": new File([picture, Buffer.alloc(8 << 20)], "rue.png") });
			assert.equal(large.status, 507);
			assert.match(large.body, /Le site n’a plus de place/);
			assert.match(large.body, /le disque est plein\s: rien n’a été enregistré/);
			assert.match(large.body, /Se déconnecter/);
			assert.equal((await member.get("/annuaire")).status, 200);

			await rm(filler);
			assert.equal((await member.send(page, { titre: "De nouveau", texte: words })).status, 303);
		} finally {
			await site.stop();
		}
	} finally {
		execFileSync("umount", [disk]);
		await rm(disk, { recursive: true, force: true });
		await rm(template, { recursive: true, force: true });
	}
});
