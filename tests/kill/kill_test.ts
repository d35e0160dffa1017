// kill -9 under write load, again and again (KILLS, 5 by default): whatever the site said it had saved is
// there afterwards, nothing that nobody wrote is, and `parvis check` finds the data sound.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { Client } from "../support/client.js";
import { type PersonName, type Served, copySite, runOk, serve } from "../support/program.js";

const kills = Number(process.env.KILLS || 5);
const names: PersonName[] = ["administrator", "facilitator", "member", "neighbour"];

// One person who corrects the same word of the glossary, and adds others, as fast as answers come.
class Writer {
	address = ""; // of the word that is corrected
	edit = "";
	tried = 0;
	saved = 0; // the last correction that was acknowledged
	added: { address: string; term: string }[] = [];
	over = false;

	constructor(
		readonly name: PersonName,
		public client: Client,
	) {}

	async add(term: string): Promise<string> {
		const form = await this.client.form("/-/new/glossaire", "/-/new/");
		const answer = await this.client.send(form, { terme: term, definition: `Définition de ${term}` });
		if (answer.status === 429) this.over = true;
		if (answer.status !== 303) throw new Error(`adding ${term}: ${answer.status}`);
		const address = answer.location.split("?")[0]!;
		this.added.push({ address, term });
		return address;
	}

	async begin(): Promise<void> {
		await this.client.signIn(this.name);
		this.address = await this.add(`Mot de ${this.name}`);
		const page = await this.client.get(this.address);
		this.edit = /\/-\/edit\/[0-9a-z]{26}/.exec(page.body)![0];
	}

	async correct(): Promise<void> {
		const form = await this.client.form(this.edit, "/-/edit/");
		const next = ++this.tried;
		const answer = await this.client.send(form, { definition: `Correction numéro ${next}.` });
		if (answer.status === 429) this.over = true;
		if (answer.status !== 303) throw new Error(`correcting: ${answer.status}`);
		this.saved = next;
	}

	// Until the site is killed, or has had enough of this person.
	async write(round: number): Promise<void> {
		this.over = false;
		try {
			for (let i = 0; ; i++) {
				await this.correct();
				if (i % 5 === 4) await this.add(`Mot ${round}-${i} de ${this.name}`);
			}
		} catch (error) {
			const code = (error as NodeJS.ErrnoException).code;
			if (!this.over && code !== "ECONNRESET" && code !== "ECONNREFUSED" && code !== "EPIPE") throw error;
		}
	}

	// What was acknowledged is there, and nothing that was never sent.
	async verify(): Promise<void> {
		const page = await this.client.get(this.address);
		const found = Number(/Correction numéro (\d+)\./.exec(page.body)?.[1] ?? 0);
		assert.ok(found >= this.saved && found <= this.tried, `${this.name}: ${found} found, ${this.saved} acknowledged, ${this.tried} tried`);
		this.saved = this.tried = found;
		for (const { address, term } of this.added) {
			const { status, body } = await this.client.get(address);
			assert.equal(status, 200, `${term} was acknowledged, ${address} answers ${status}`);
			assert.ok(body.includes(term), address);
		}
		this.added = [];
		assert.equal((await this.client.get(this.edit)).status, 200, `${this.name} is still signed in`);
	}
}

describe("killed under write load", () => {
	let dir = "";
	let site: Served;
	let writers: Writer[] = [];
	before(async () => {
		dir = await copySite();
		site = await serve(dir);
		writers = names.map((name) => new Writer(name, new Client(site)));
		for (const writer of writers) await writer.begin();
	});
	after(async () => {
		await site?.kill();
		await rm(dir, { recursive: true, force: true });
	});

	for (let round = 1; round <= kills; round++)
		it(`kill ${round}: every acknowledged save is there`, async () => {
			const delay = 50 + Math.random() * 600;
			const under = writers.map((writer) => writer.write(round));
			await new Promise((done) => setTimeout(done, delay));
			await site.kill();
			await Promise.all(under);
			const acknowledged = writers.reduce((sum, writer) => sum + writer.saved + writer.added.length, 0);
			assert.ok(acknowledged > 0, "something was written");
			await runOk(["check", dir]);
			site = await serve(dir);
			for (const writer of writers) {
				const cookies = writer.client.cookies;
				writer.client = new Client(site);
				for (const [name, value] of cookies) writer.client.cookies.set(name, value);
				await writer.verify();
			}
			console.log(`killed after ${Math.round(delay)} ms and ${acknowledged} saves`);
		});
});
