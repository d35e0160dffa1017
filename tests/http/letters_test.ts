// Letters: given to a mail server or kept in a folder; what fails is tried again, what is refused is shown.
import assert from "node:assert/strict";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { copySite, onSite, people, run, serve } from "../support/program.js";
import { readLetter, smtp } from "../support/smtp.js";

const server = await smtp();
after(() => server.stop());
const mail = {
	PARVIS_MAIL: server.url, PARVIS_MAIL_FROM: "portail@parvis.example", PARVIS_BASE_URL: "https://parvis.example",
};

async function askLink(client: Client, email: string, headers: Record<string, string> = {}) {
	return client.send(await client.form("/-/sign-in/letter", "/-/sign-in/letter"), { email }, headers);
}

// The page of letters once it says so; jobs are done a moment later.
async function until(admin: Client, words: RegExp) {
	for (let i = 0; i < 200; i++) {
		const page = await admin.get("/-/letters");
		if (words.test(text(page.body))) return page;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`the page of letters never says ${words}`);
}

onSite("letters by a mail server", (site) => {
	it("one letter, to the person, from the site, readable", async () => {
		const answer = await askLink(new Client(site), people.member.email);
		assert.equal(answer.status, 200);
		await server.wait(1);
		const [taken] = server.taken;
		assert.deepEqual([taken!.from, taken!.to], ["portail@parvis.example", [people.member.email]]);
		const letter = readLetter(taken!.raw);
		assert.equal(letter.headers.get("to"), `<${people.member.email}>`);
		assert.equal(letter.headers.get("from"), '"Parvis des quartiers de Tours" <portail@parvis.example>');
		assert.match(letter.headers.get("subject")!, /^Votre lien pour vous connecter/);
		assert.match(letter.headers.get("message-id")!, /^<[^@\s]+@parvis\.example>$/);
		assert.ok(Math.abs(Date.parse(letter.headers.get("date")!) - Date.now()) < 60_000);
		assert.match(letter.text, /^Bonjour Maël Membre \(démo\),\n/);
		assert.equal(letter.links.filter((link) => link.startsWith("https://parvis.example/-/in?c=")).length, 1);
	});

	it("the link's address is the setting's, whatever the browser calls the site", async () => {
		server.taken.length = 0;
		const client = new Client(site, { "Accept-Language": "fr", "X-Forwarded-Host": "mechant.example" });
		await client.ask("POST", "/-/sign-in/letter", {
			body: `email=${encodeURIComponent(people.neighbour.email)}`,
			headers: { Host: "mechant.example", "Content-Type": "application/x-www-form-urlencoded" },
		});
		await server.wait(1);
		assert.doesNotMatch(readLetter(server.taken[0]!.raw).text, /mechant/);
	});

	it("an address without an account gets no letter, and the answer is the same", async () => {
		server.taken.length = 0;
		const client = new Client(site);
		const known = await askLink(client, people.facilitator.email);
		const unknown = await askLink(client, "nul.part@demo.example");
		const same = (page: typeof known, email: string) => page.body.replaceAll(email, "…");
		assert.equal(same(unknown, "nul.part@demo.example"), same(known, people.facilitator.email));
		await server.wait(1);
		await new Promise((done) => setTimeout(done, 300));
		assert.deepEqual(server.taken.flatMap((one) => one.to), [people.facilitator.email]);
	});

	it("refused for good: shown to administrators with the server's words, sent again when they ask", async () => {
		server.taken.length = 0;
		server.answerTo = () => "550 5.1.1 No such mailbox here";
		const admin = await new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": "192.0.2.9" }).signIn("administrator");
		await askLink(new Client(site), people.contributor.email);
		const page = await until(admin, /No such mailbox/);
		assert.match(text(page.body), /550 5\.1\.1 No such mailbox here/);
		assert.match(text(page.body), /n’a pas pu partir/);
		assert.equal(server.taken.length, 0);
		server.answerTo = () => "250 OK";
		assert.equal((await admin.send(formOf(page, "/-/letters/"))).status, 303);
		await server.wait(1);
		assert.deepEqual(server.taken[0]!.to, [people.contributor.email]);
	});

	it("what a letter said is forgotten once it has left", async () => {
		const admin = await new Client(site).signIn("administrator");
		const list = await until(admin, /partie.*partie.*partie.*partie/);
		const address = /href="(\/-\/letters\/\d+)"/.exec(list.body)![1]!;
		const one = await admin.get(address);
		assert.equal(one.status, 200);
		assert.doesNotMatch(one.body, /\/-\/in\?c=/);
		assert.equal(one.headers["cache-control"], "no-store");
		for (const who of ["facilitator", "member"] as const) assert.equal((await (await new Client(site).signIn(who)).get(address)).status, 403);
	});

	it("put off for a time: it waits, and nothing is lost", async () => {
		server.taken.length = 0;
		server.answerTo = () => "451 4.3.0 Come back later";
		await askLink(new Client(site, { "X-Forwarded-For": "192.0.2.33" }), people.outsider.email);
		const admin = await new Client(site).signIn("administrator");
		const page = text((await until(admin, /Come back later/)).body);
		assert.match(page, /451 4\.3\.0 Come back later/);
		assert.match(page, /attend de partir/);
		server.answerTo = () => "250 OK";
	});

	it("so many letters and no more, to one address and from one place", async () => {
		const client = new Client(site, { "X-Forwarded-For": "192.0.2.77" });
		const statuses: number[] = [];
		for (let i = 0; i < 9; i++) statuses.push((await askLink(client, "cible@demo.example")).status);
		assert.ok(statuses.slice(0, 5).every((status) => status === 200), String(statuses));
		assert.equal(statuses.at(-1), 429);
	});
}, { env: { ...mail, PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

onSite("letters without a mail server", (site) => {
	it("they are in a folder, for nobody else to read, and on a page", async () => {
		await askLink(new Client(site), people.member.email);
		const admin = await new Client(site).signIn("administrator");
		let files: string[] = [];
		for (let i = 0; i < 100 && !files.length; i++) {
			await new Promise((done) => setTimeout(done, 50));
			files = await readdir(join(site.dir, "letters")).catch(() => []);
		}
		assert.equal(files.length, 1);
		const path = join(site.dir, "letters", files[0]!);
		assert.equal((await stat(path)).mode & 0o777, 0o600);
		const letter = readLetter(await readFile(path, "latin1"));
		assert.ok(letter.links.some((link) => link.startsWith(`${site.origin}/-/in?c=`)));
		const list = await admin.get("/-/letters");
		assert.match(text(list.body), /gardée ici/);
		const one = await admin.get(/href="(\/-\/letters\/\d+)"/.exec(list.body)![1]!);
		assert.match(one.body, /<a href="http:\/\/127\.0\.0\.1:\d+\/-\/in\?c=[\w-]{43}">/);
	});
});

it("a mail server needs the address of the site and of who sends", async () => {
	const dir = await copySite();
	for (const [env, word] of [
		[{ ...mail, PARVIS_BASE_URL: "" }, /base_url/], [{ ...mail, PARVIS_MAIL_FROM: "" }, /mail_from/],
		[{ ...mail, PARVIS_MAIL: "http://x.example" }, /smtp:\/\//], [{ ...mail, PARVIS_MAIL_FROM: "a b" }, /mail_from/],
	] as const) {
		const ran = await run(["config", dir], { env });
		assert.equal(ran.status, 1);
		assert.match(ran.err, word);
	}
	const shown = await run(["config", dir], { env: { ...mail, PARVIS_MAIL_PASSWORD: "tres-secret" } });
	assert.equal(shown.status, 0);
	assert.doesNotMatch(shown.out, /tres-secret/);
	const site = await serve(dir, { env: { ...mail, PARVIS_MAIL_PASSWORD: "tres-secret" } });
	await site.stop();
	assert.doesNotMatch(site.errors() + site.output(), /tres-secret/);
});
