// Who is signed in shows again that it is she before what would hurt: the same way for every act, for a quarter of an
// hour (OWASP ASVS 5, 7.5). Each act is tried late, with a wrong password, with the right one, then once more.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { rm } from "node:fs/promises";
import { after, before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { type Form, forms, text } from "../support/html.js";
import { copySite, onSite, people, serve, type PersonName, type Site } from "../support/program.js";

const begun = Date.UTC(2027, 2, 1, 12);
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${address++}` });
const at = (minutes: number) => ({ args: ["--clock", String(begun + minutes * 60_000)], env: { PARVIS_BACKUPS: "never", PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

// The same site and browsers, so many minutes after the beginning.
async function later(site: Site, minutes: number): Promise<void> {
	await site.stop();
	Object.assign(site, await serve(site.dir, at(minutes)));
}

function codeOf(secret: string, ms: number): string {
	const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)));
	const mac = createHmac("sha1", Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)))).update(counter).digest();
	return String((mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

interface Act {
	what: string;
	who: PersonName;
	page: (client: Client) => Promise<string> | string; // where the form is
	action: (page: string) => string;
	typed?: Record<string, string>;
	field?: string; // where the password is typed; none: the act is a button, asked on a page of its own
	done: (answer: Answer) => boolean;
	always?: boolean; // however lately she came in
}
const told = (answer: Answer) => answer.status === 303 && !answer.location.startsWith("/-/confirm");
const person = (who: PersonName) => async (client: Client) =>
	new RegExp(`href="(/-/people/[0-9a-z]{26})">${people[who].name.replace(/[()]/g, "\\$&")}`).exec((await client.get("/-/people")).body)![1]!;
const self = (page: string) => page;
const acts: Act[] = [
	{ what: "an address", who: "neighbour", page: () => "/-/account", action: () => "/-/account/email", typed: { email: "lou@test.example" }, field: "email_present", done: told, always: true },
	{ what: "a password", who: "outsider", page: () => "/-/account", action: () => "/-/account/password", typed: { password: "tout autre chose encore" }, field: "password_present", done: told, always: true },
	{ what: "one’s data", who: "member", page: () => "/-/account/data", action: self, field: "again", done: (a) => a.status === 200 && a.body.includes('action="/-/my-data"') },
	{ what: "erasing somebody", who: "administrator", page: async (c) => `${await person("contributor")(c)}/erase`, action: self, typed: { mode: "name", sure: "1" }, field: "again", done: told },
	{ what: "a role", who: "administrator", page: person("member"), action: self, typed: { level: "4" }, done: told },
	{ what: "a temporary password", who: "administrator", page: person("facilitator"), action: (page) => `${page}/password`, done: (a) => a.status === 200 && /Mot de passe provisoire/.test(text(a.body)) },
	{ what: "an account for somebody", who: "administrator", page: () => "/-/people/new", action: self, typed: { name: "Nouvelle Venue", email: "nouvelle@test.example" }, done: (a) => a.status === 200 && /Mot de passe provisoire/.test(text(a.body)) },
	{ what: "taking a backup", who: "administrator", page: () => "/-/admin/backups", action: () => "/download", done: (a) => a.status === 200 && a.headers["content-type"] === "application/zip" },
	{ what: "deleting a backup", who: "administrator", page: () => "/-/admin/backups", action: () => "/delete", done: told },
	{ what: "settings of the program", who: "administrator", page: () => "/-/admin/settings", action: self, typed: { backups_kept: "9" }, field: "again", done: told },
	{ what: "settings of the site", who: "administrator", page: () => "/-/admin/settings", action: () => "/-/admin/settings/site", typed: { audit_months: "24" }, field: "again_site", done: told },
	{ what: "the log as a file", who: "administrator", page: () => "/-/admin/audit", action: () => "/-/admin/audit.csv", done: (a) => a.status === 200 && /^text\/csv/.test(String(a.headers["content-type"])) },
	{ what: "erasing one’s account", who: "neighbour", page: () => "/-/account/erase", action: self, typed: { mode: "name", sure: "1" }, field: "again", done: told },
];

onSite("showing again who one is", () => {
	let site: Site;
	const clients = new Map<PersonName, Client>();
	const passwords = new Map<PersonName, string>((Object.keys(people) as PersonName[]).map((who) => [who, people[who].password]));
	before(async () => {
		site = await serve(await copySite(), at(0));
		for (const who of ["administrator", "member", "neighbour", "outsider"] as const) clients.set(who, await fresh(site).signIn(who));
		const admin = clients.get("administrator")!;
		const ask = forms((await admin.get("/-/admin/backups")).body).find((f) => f.action === "/-/admin/backups")!;
		assert.equal((await admin.send(ask)).status, 303);
		for (let i = 0; i < 400 && !(await admin.get("/-/admin/backups")).body.includes("/download"); i++) await new Promise((r) => setTimeout(r, 50));
	});
	after(async () => {
		await site.stop();
		await rm(site.dir, { recursive: true });
	});
	const formOfAct = async (act: Act, client: Client): Promise<Form> => {
		const page = await act.page(client), wanted = act.action(page);
		const found = forms((await client.get(page)).body).find((f) => f.method === "post" && (f.action === wanted || (wanted.startsWith("/") && wanted.split("/").length === 2 && f.action.endsWith(wanted))));
		assert.ok(found, `${act.what}: no form for ${wanted} on ${page}`);
		return found;
	};
	// A browser found open, twenty minutes after its person came in.
	let minutes = 0;
	const isLate = async () => later(site, (minutes += 20));
	const moved = () => { for (const [who, client] of clients) { const c = fresh(site); for (const [k, v] of client.cookies) c.cookies.set(k, v); clients.set(who, c); } };

	for (const act of acts)
		it(`${act.what}: not with a wrong password, then with the right one`, async () => {
			await isLate();
			moved();
			const client = clients.get(act.who)!, form = await formOfAct(act, client), typed = act.typed ?? {};
			const asked = await client.send(form, typed);
			assert.ok(!act.done(asked), "done without being asked");
			let ask = form;
			const field = act.field ?? "again";
			if (!act.field) {
				assert.equal(asked.status, 403);
				assert.match(text(asked.body), /Est-ce bien vous/);
				ask = formOf(asked, form.action);
				for (const [name, value] of Object.entries(typed)) assert.ok(ask.pairs.some(([k, v]) => k === name && v === value), `${name} is kept`);
			} else assert.equal(asked.status, 422);
			const wrong = await client.send(ask, { ...(act.field ? typed : {}), [field]: "pas celui-là" });
			assert.equal(wrong.status, 422);
			assert.match(text(wrong.body), /pas votre mot de passe actuel/);
			const cookie = client.cookies.get("session");
			const right = await client.send(ask, { ...(act.field ? typed : {}), [field]: passwords.get(act.who)! });
			assert.ok(act.done(right), `${act.what}: ${right.status} ${text(right.body).slice(0, 200)}`);
			assert.notEqual(client.cookies.get("session"), cookie, "the former session is worth nothing");
			if (act.what === "a password") passwords.set("outsider", "tout autre chose encore");
			if (cookie) {
				const old = fresh(site);
				old.cookies.set("session", cookie);
				assert.equal((await old.get("/-/account")).status, 303);
			}
		});

	it("it counts for a quarter of an hour, for the other acts too; not for what one signs in with", async () => {
		const admin = clients.get("administrator")!;
		await isLate();
		moved();
		const client = clients.get("administrator")!;
		assert.ok(admin !== client);
		const form = await client.form("/-/confirm?next=/-/people", "/-/confirm");
		assert.equal((await client.send(form, { again: people.administrator.password })).location.split("?")[0], "/-/people");
		await later(site, (minutes += 14));
		moved();
		const soon = clients.get("administrator")!, page = await person("member")(soon);
		assert.ok(!(await soon.get(`${page}/erase`)).body.includes('name="again"'));
		assert.ok(told(await soon.send(await soon.form(page, page), { level: "1" })));
		assert.ok((await soon.get("/-/account")).body.includes('name="password_present"'));
		assert.equal((await soon.send(await soon.form("/-/account", "/-/account/password"), { password: "encore un tout autre" })).status, 422);
		await later(site, (minutes += 2));
		moved();
		assert.ok((await clients.get("administrator")!.get(`${page}/erase`)).body.includes('name="again"'));
	});

	it("with a second step, the code too: a right password alone does nothing, nor a code that has served", async () => {
		const admin = clients.get("administrator")!, now = () => begun + minutes * 60_000;
		const setup = await admin.get("/-/account/second-step"), secret = /<code>([A-Z2-7]{32})<\/code>/.exec(setup.body)![1]!;
		assert.equal((await admin.send(formOf(setup, "/-/account/second-step"), { code: codeOf(secret, Date.now()), again: "non" })).status, 422, "turned on with the password only");
		const on = await admin.send(formOf(setup, "/-/account/second-step"), { code: codeOf(secret, now()), again: people.administrator.password });
		assert.match(text(on.body), /secours/);
		const spare = [...on.body.matchAll(/<code[^>]*>([0-9a-z]{5}-[0-9a-z]{5})<\/code>/g)].map((m) => m[1]!);
		await isLate();
		moved();
		const client = clients.get("administrator")!, page = `${await person("member")(client)}/erase`, form = await client.form(page, page);
		const right = { mode: "name", sure: "1", again: people.administrator.password };
		const without = await client.send(form, right);
		assert.equal(without.status, 422);
		assert.match(text(without.body), /pas le code du moment/);
		// A mistake elsewhere does not use the code up.
		assert.equal((await client.send(form, { ...right, mode: "", again_code: spare[0]! })).status, 422);
		assert.ok(told(await client.send(form, { ...right, again_code: spare[0]! })));
		await isLate();
		moved();
		const again = clients.get("administrator")!, backups = await again.form("/-/confirm?next=/-/admin", "/-/confirm");
		assert.equal((await again.send(backups, { again: people.administrator.password, again_code: spare[0]! })).status, 422);
		assert.equal((await again.send(backups, { again: people.administrator.password, again_code: spare[1]! })).status, 303);
	});

	it("a browser that forgets its session when closed still does", async () => {
		const client = fresh(site), form = await client.form("/-/sign-in", "/-/sign-in");
		const brief = await client.send(form, { email: people.outsider.email, password: passwords.get("outsider")! });
		assert.doesNotMatch(String(brief.headers["set-cookie"]), /Max-Age/);
		const shown = await client.send(await client.form("/-/confirm", "/-/confirm"), { again: passwords.get("outsider")! });
		assert.doesNotMatch(String(shown.headers["set-cookie"]), /Max-Age/);
		const long = fresh(site), staying = await long.send(await long.form("/-/sign-in", "/-/sign-in"), { email: people.outsider.email, password: passwords.get("outsider")!, stay: "1" });
		assert.match(String(staying.headers["set-cookie"]), /Max-Age/);
		assert.match(String((await long.send(await long.form("/-/confirm", "/-/confirm"), { again: passwords.get("outsider")! })).headers["set-cookie"]), /Max-Age/);
	});

	it("who has no password comes in again with her code, and is back where she was", async () => {
		const form = await fresh(site).form("/-/new/page", "/-/new/");
		await later(site, (minutes += 1)); // nobody writes faster than that
		const guest = fresh(site);
		const kept = await guest.send(form, { titre: "De passage", texte: "Bonjour.", "guest-name": "Denise" });
		assert.equal(kept.status, 303);
		const code = new URL(/(https?:\/\/[^"\s<]*\/-\/card\?[^"\s<]+)/.exec((await guest.get("/-/keep")).body.replace(/&amp;/g, "&"))![1]!).searchParams.get("c")!;
		await isLate();
		const late = fresh(site);
		for (const [k, v] of guest.cookies) late.cookies.set(k, v);
		const data = "/-/account/data", asked = await late.send(await late.form(data, data));
		assert.equal(asked.status, 422);
		assert.match(text(asked.body), /Montrez d’abord que c’est bien vous/);
		const way = /href="(\/-\/confirm\?next=[^"]+)"/.exec(asked.body)![1]!;
		const card = /href="(\/-\/card\?next=[^"]+)"/.exec((await late.get(way)).body)![1]!;
		const back = await late.send(await late.form(card, "/-/card"), { c: code });
		assert.equal(back.location.split("?")[0], data);
		assert.equal((await late.send(await late.form(data, data))).status, 200);
	});
});
