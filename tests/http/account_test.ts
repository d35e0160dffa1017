// Accounts: first run, sign-in, sessions, limits, people and roles (security.md: sessions, rate limits,
// passwords, recovery).
import assert from "node:assert/strict";
import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Answer, Client } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { type Served, onSite, people, runOk, scratchFolder, serve } from "../support/program.js";

const said = (page: Answer) => text(page.body);
// A page without what is of this request only.
const bare = (page: Answer, typed: string) => page.body.replaceAll(typed, "…");
const signedIn = async (client: Client) => (await client.get("/-/account")).status === 200;

// Another browser that holds the same cookie: what a thief of it would see.
function holder(site: Served, token: string): Client {
	const client = new Client(site);
	client.cookies.set("session", token);
	return client;
}

describe("first run", () => {
	const password = "quatre mots sans rapport";
	let site: Served;
	let code = "";
	before(async () => {
		const dir = await scratchFolder();
		await rm(dir, { recursive: true });
		await runOk(["init", dir, "--preset", "agora-de-quartier", "--locale", "fr"]);
		// Passwords that take their time, so that two requests really meet.
		site = await serve(dir, { env: { PARVIS_PASSWORD_COST: "box" } });
		code = /\b[0-9a-z]{4}(?:-[0-9a-z]{4}){3}\b/.exec(site.output())?.[0] ?? "";
	});
	after(async () => {
		await site.stop();
		await rm(site.dir, { recursive: true, force: true });
	});
	const start = async (client: Client, changes: Record<string, string>) =>
		client.send(await client.form("/-/first-run", "/-/first-run"), { name: "Ana", email: "ana@test.example", password, ...changes });

	it("is announced where the program was started, with its code", () => assert.match(code, /^[0-9a-z-]{19}$/));

	it("takes nobody without the code, and says so beside the field", async () => {
		const client = new Client(site);
		for (const wrong of ["", "aaaa-bbbb-cccc-dddd", `${code}0`]) {
			const page = await start(client, { code: wrong });
			assert.equal(page.status, 422);
			assert.match(page.body, /id="f-code-error"/);
			assert.match(page.body, /value="Ana"/);
			assert.ok(!page.body.includes(password));
		}
		assert.equal((await client.get("/-/people")).status, 303);
	});

	it("makes one administrator, even of two at once; then there is no such page", async () => {
		const [ana, bea] = [new Client(site), new Client(site)];
		const typed = code.toUpperCase().replaceAll("-", " ");
		const answers = await Promise.all([start(ana, { code: typed }), start(bea, { code, email: "bea@test.example" })]);
		assert.deepEqual(answers.map((a) => a.status).sort(), [303, 404]);
		const winner = answers[0]!.status === 303 ? ana : bea;
		assert.equal((await winner.get("/-/people")).status, 200);
		assert.equal((await new Client(site).get("/-/first-run")).status, 404);
		assert.equal((await new Client(site).post("/-/first-run", { code, name: "X", email: "x@test.example", password })).status, 404);
	});
});

onSite("signing in", (site) => {
	const asked = (client: Client, changes: Record<string, string | null>) =>
		client.form("/-/sign-in", "/-/sign-in").then((form) => client.send(form, changes));

	it("answers alike for an unknown address and a wrong password, and keeps the address alone", async () => {
		const wrong = await asked(new Client(site), { email: people.member.email, password: "pas celui-là" });
		const unknown = await asked(new Client(site), { email: "personne@test.example", password: "pas celui-là" });
		assert.equal(wrong.status, 422);
		assert.equal(unknown.status, 422);
		assert.equal(bare(unknown, "personne@test.example"), bare(wrong, people.member.email));
		assert.ok(wrong.body.includes(people.member.email));
		assert.ok(!wrong.body.includes("pas celui-là"));
		assert.equal(wrong.headers["set-cookie"], undefined);
	});

	it("gives the typed address back as text", async () => {
		const page = await asked(new Client(site), { email: `"><script>alert(1)</script>`, password: "x" });
		assert.ok(!page.body.includes("<script>alert"));
		assert.equal(forms(page.body).find((f) => f.action === "/-/sign-in")?.pairs.find(([n]) => n === "email")?.[1], `"><script>alert(1)</script>`);
	});

	it("goes back to a page of this site only", async () => {
		const cases: [string, string][] = [
			["/annuaire?q=epn", "/annuaire?q=epn&fait=bienvenue"],
			["//ailleurs.example/", "/?fait=bienvenue"],
			["https://ailleurs.example/", "/?fait=bienvenue"],
			["/\\ailleurs.example", "/?fait=bienvenue"],
			["javascript:alert(1)", "/?fait=bienvenue"],
		];
		for (const [next, location] of cases) {
			const client = new Client(site);
			const form = await client.form("/-/sign-in", "/-/sign-in");
			const answer = await client.send(form, { email: people.member.email, password: people.member.password, next });
			assert.equal(answer.status, 303, next);
			assert.equal(answer.location, location);
		}
	});

	it("leaves a cookie that scripts cannot read, gone with the browser unless asked otherwise", async () => {
		const cookie = async (stay: string | null) => {
			const client = new Client(site);
			const answer = await asked(client, { email: people.neighbour.email, password: people.neighbour.password, stay });
			return answer.headers["set-cookie"]!.find((line) => line.startsWith("session="))!;
		};
		const short = await cookie(null), long = await cookie("1");
		for (const line of [short, long]) assert.match(line, /HttpOnly/i), assert.match(line, /SameSite=Lax/i), assert.match(line, /Path=\//i);
		assert.doesNotMatch(short, /Max-Age|Expires/i);
		assert.match(long, /Max-Age=7776000/i);
	});

	it("gives a new token each time; the old one opens nothing", async () => {
		const client = await new Client(site).signIn("member");
		const old = client.cookies.get("session")!;
		const form = forms((await client.get("/-/account")).body).find((f) => f.action === "/-/account")!;
		const token = form.pairs.find(([name]) => name === "_form")![1];
		await client.post("/-/sign-in", { _form: token, email: people.member.email, password: people.member.password }, { Origin: site.origin });
		assert.notEqual(client.cookies.get("session"), old);
		assert.ok(await signedIn(client));
		assert.ok(!(await signedIn(holder(site, old))));
	});

	it("ends at sign-out, for whoever holds the cookie", async () => {
		const client = await new Client(site).signIn("neighbour");
		const token = client.cookies.get("session")!;
		const answer = await client.send(await client.form("/-/account", "/-/sign-out"));
		assert.equal(answer.status, 303);
		assert.equal(client.cookies.has("session"), false);
		assert.ok(!(await signedIn(holder(site, token))));
	});

	it("takes no form from another site, nor one without the session's token", async () => {
		const foreign = { Origin: "https://ailleurs.example" };
		const visitor = new Client(site);
		assert.equal((await visitor.post("/-/sign-in", { email: people.member.email, password: people.member.password }, foreign)).status, 403);
		const client = await new Client(site).signIn("member");
		for (const path of ["/-/sign-out", "/-/account", "/-/account/password", "/-/account/sessions"]) {
			assert.equal((await client.post(path, { name: "X" }, { Origin: site.origin })).status, 403, path);
			assert.equal((await client.post(path, { name: "X" }, { "Sec-Fetch-Site": "cross-site" })).status, 403, path);
		}
		assert.ok(await signedIn(client));
	});
});

onSite("limits on tries", (site) => {
	const from = (address: string) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": address });
	const attempt = (client: Client, email: string, password: string) => client.signInWith(email, password);

	it("stop whoever guesses one account's password, however the address is written; nobody else", async () => {
		const thief = from("192.0.2.66");
		const spellings = [people.member.email, people.member.email.toUpperCase(), ` ${people.member.email} `];
		let last: Answer | undefined;
		for (let i = 0; i < 9; i++) last = await attempt(thief, spellings[i % 3]!, "raté");
		assert.equal(last!.status, 429);
		assert.ok(last!.body.includes(people.member.email), "what was typed is kept");
		assert.equal((await attempt(thief, people.member.email, people.member.password)).status, 429, "not even with the right one, from there");
		assert.equal((await attempt(from("198.51.100.7"), people.member.email, people.member.password)).status, 303, "the person herself is not shut out");
		assert.equal((await attempt(thief, people.neighbour.email, people.neighbour.password)).status, 303, "her neighbour at the same address neither");
	});

	it("stop whoever tries many accounts from one network", async () => {
		let refused = 0;
		for (let i = 0; i < 24; i++) {
			const status = (await attempt(from(`2001:db8:0:1::${(i + 1).toString(16)}`), `p${i}@test.example`, "raté")).status;
			if (status === 429) refused++;
		}
		assert.ok(refused >= 3 && refused <= 4, `${refused} of 24 refused after 20`);
		assert.equal((await attempt(from("2001:db8:0:2::1"), people.facilitator.email, people.facilitator.password)).status, 303);
	});
}, { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

onSite("one's account", (site) => {
	const account = (client: Client, action: string) => client.form("/-/account", action);

	it("changes name and language; the page speaks it from then on", async () => {
		const client = await new Client(site).signIn("contributor");
		const saved = await client.send(await account(client, "/-/account"), { name: "  Inès   Contribue-Autrement ", locale: "en" });
		assert.equal(saved.status, 303);
		const page = await client.follow(saved);
		assert.match(page.body, /<html lang="en">/);
		assert.ok(said(page).includes("Inès Contribue-Autrement"));
		const again = await new Client(site).signIn("contributor");
		assert.match((await again.get("/-/account")).body, /<html lang="en">/, "on another browser too");
		const empty = await client.send(await account(client, "/-/account"), { name: " \u200b " });
		assert.equal(empty.status, 422);
		assert.match(empty.body, /id="f-name-error"/);
	});

	it("asks the present password before a new address, and gives nobody another's", async () => {
		const client = await new Client(site).signIn("neighbour");
		const change = async (email: string, present: string) =>
			client.send(await account(client, "/-/account/email"), { email, email_present: present });
		const wrong = await change("lou@test.example", "pas le mien");
		assert.equal(wrong.status, 422);
		assert.match(wrong.body, /id="f-email_present-error"/);
		assert.match(wrong.body, /value="lou@test.example"/);
		assert.equal((await change(people.member.email, people.neighbour.password)).status, 422);
		assert.equal((await change("lou@test.example", people.neighbour.password)).status, 303);
		assert.equal((await new Client(site).signInWith("LOU@test.example", people.neighbour.password)).status, 303);
		assert.equal((await new Client(site).signInWith(people.neighbour.email, people.neighbour.password)).status, 422);
	});

	it("a new password ends the other sessions and keeps this one", async () => {
		const [here, there] = [await new Client(site).signIn("member"), await new Client(site).signIn("member")];
		const before = here.cookies.get("session")!;
		const fresh = "tout autre chose encore";
		const change = async (present: string, password: string) =>
			here.send(await account(here, "/-/account/password"), { password_present: present, password });
		assert.match((await change("pas le mien", fresh)).body, /id="f-password_present-error"/);
		assert.match((await change(people.member.password, "court")).body, /id="f-password-error"/);
		assert.ok(await signedIn(there));
		assert.equal((await change(people.member.password, fresh)).status, 303);
		assert.ok(await signedIn(here));
		assert.ok(!(await signedIn(there)));
		assert.ok(!(await signedIn(holder(site, before))));
		assert.equal((await new Client(site).signInWith(people.member.email, people.member.password)).status, 422);
		assert.equal((await new Client(site).signInWith(people.member.email, fresh)).status, 303);
	});

	it("closes one's sessions, one or all others; nobody else's", async () => {
		const [here, phone, library, other] = [
			await new Client(site).signIn("facilitator"),
			await new Client(site, { "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/124.0.0.0 Mobile Safari/537.36" }).signIn("facilitator"),
			await new Client(site).signIn("facilitator"),
			await new Client(site).signIn("administrator"),
		];
		const page = await here.get("/-/account");
		assert.ok(said(page).includes("Chrome") && said(page).includes("Android"));
		const closing = forms(page.body).filter((f) => f.action === "/-/account/sessions" && f.pairs.some(([name]) => name === "session"));
		assert.equal(closing.length, 2);
		for (const form of closing) await other.send(await account(other, "/-/account/password").then((f) => ({ ...form, pairs: f.pairs })), { session: form.pairs.find(([n]) => n === "session")![1] });
		assert.ok((await signedIn(phone)) && (await signedIn(library)));
		await here.send(closing[0]!);
		assert.equal([await signedIn(phone), await signedIn(library)].filter(Boolean).length, 1);
		await here.send(forms((await here.get("/-/account")).body).find((f) => f.action === "/-/account/sessions" && !f.pairs.some(([n]) => n === "session")) ?? closing[1]!);
		assert.ok(await signedIn(here));
		assert.ok(!(await signedIn(phone)) && !(await signedIn(library)));
		assert.ok(await signedIn(other));
	});
});

onSite("people and roles", (site) => {
	let boss: Client;
	before(async () => void (boss = await new Client(site).signIn("administrator")));
	// The address of somebody's page in the list.
	const pageOf = async (name: string) => new RegExp(`href="(/-/people/[^"]+)">${name}<`).exec((await boss.get("/-/people")).body)![1]!;
	const change = async (path: string, changes: Record<string, string>) => boss.send(await boss.form(path, path), changes);
	const passwordOn = (page: Answer) => /\b[0-9a-z]{4}(?:-[0-9a-z]{4}){3}\b/.exec(said(page))![0]!;

	it("a new account has a temporary password, shown once and kept by nothing", async () => {
		const form = await boss.form("/-/people/new", "/-/people/new");
		const bad = await boss.send(form, { name: "", email: "pas une adresse" });
		assert.equal(bad.status, 422);
		assert.match(bad.body, /id="f-name-error"[\s\S]*id="f-email-error"/);
		assert.equal((await boss.send(form, { name: "Double", email: people.member.email.toUpperCase() })).status, 422);
		const shown = await boss.send(form, { name: "Noé <b>Neuf</b>", email: "noe@test.example" });
		assert.equal(shown.status, 200);
		assert.equal(shown.headers["cache-control"], "no-store");
		assert.ok(!shown.body.includes("<b>Neuf"));
		const password = passwordOn(shown);
		assert.ok(!(await boss.get(await pageOf("Noé &lt;b&gt;Neuf&lt;/b&gt;"))).body.includes(password));
		const noe = new Client(site);
		assert.equal((await noe.signInWith("noe@test.example", password)).status, 303);
		assert.equal((await noe.get("/-/people")).status, 403);
	});

	it("roles given are had at once, on the site and in a space, and noted with who gave them", async () => {
		const lou = await new Client(site).signIn("contributor");
		assert.equal((await lou.get("/-/space/tours/members")).status, 403);
		const path = await pageOf(people.contributor.name);
		assert.equal((await change(path, { "space-tours": "3" })).status, 303);
		assert.equal((await lou.get("/-/space/tours/members")).status, 200);
		assert.equal((await lou.get("/-/people")).status, 403);
		assert.equal((await change(path, { level: "4" })).status, 303);
		assert.equal((await lou.get("/-/people")).status, 200);
		const noted = said(await boss.get(path));
		assert.match(noted, /Rôle sur le site, administration .* par Camille/);
		assert.match(noted, /Rôle dans un espace : .*, animation .* par Camille/);
		assert.equal((await change(path, { level: "1", "space-tours": "0" })).status, 303);
		assert.equal((await lou.get("/-/people")).status, 403);
		assert.equal((await lou.get("/-/space/tours/members")).status, 403);
	});

	it("there is always an administrator", async () => {
		const path = await pageOf(people.administrator.name.replace(/[()]/g, "\\$&"));
		for (const changes of [{ level: "1" }, { access: "blocked" }] as Record<string, string>[]) {
			const refused = await change(path, changes);
			assert.equal(refused.status, 422);
			assert.match(refused.body, /id="f-level-error"/);
		}
		assert.equal((await boss.get("/-/people")).status, 200);
	});

	it("who is blocked is out at once and refused like a stranger; unblocked, comes back", async () => {
		const lou = await new Client(site).signIn("neighbour");
		const token = lou.cookies.get("session")!;
		const path = await pageOf(people.neighbour.name.replace(/[()]/g, "\\$&"));
		await change(path, { access: "blocked" });
		assert.ok(!(await signedIn(lou)));
		const blocked = await new Client(site).signInWith(people.neighbour.email, people.neighbour.password);
		const unknown = await new Client(site).signInWith("personne@test.example", people.neighbour.password);
		assert.equal(blocked.status, 422);
		assert.equal(bare(blocked, people.neighbour.email), bare(unknown, "personne@test.example"));
		await change(path, { access: "open" });
		assert.ok(!(await signedIn(holder(site, token))), "sessions of before stay closed");
		await new Client(site).signIn("neighbour");
	});

	it("a forgotten password is replaced, and the sessions opened with it end", async () => {
		const omar = await new Client(site).signIn("outsider");
		const path = await pageOf(people.outsider.name);
		const shown = await boss.send(await boss.form(path, `${path}/password`));
		assert.equal(shown.headers["cache-control"], "no-store");
		assert.ok(!(await signedIn(omar)));
		assert.equal((await new Client(site).signInWith(people.outsider.email, passwordOn(shown))).status, 303);
		assert.equal((await new Client(site).signInWith(people.outsider.email, people.outsider.password)).status, 422);
	});

	it("a facilitator adds by address, changes a role and ends it, in her space only", async () => {
		const anouk = await new Client(site).signIn("facilitator");
		const members = "/-/space/tours/members";
		const add = async (email: string) => anouk.send(await anouk.form(members, members).then(async () => forms((await anouk.get(members)).body).find((f) => f.action === members)!), { email, level: "2" });
		const unknown = await add("inconnue@test.example");
		assert.equal(unknown.status, 422);
		assert.match(unknown.body, /value="inconnue@test.example"/);
		assert.equal((await add(` ${people.contributor.email.toUpperCase()} `)).status, 303);
		const page = await anouk.get(members);
		assert.ok(said(page).includes(people.contributor.name));
		assert.ok(!page.body.includes(people.contributor.email), "addresses are the administrators' business");
		const id = (await pageOf(people.contributor.name)).split("/").pop()!;
		const form = forms(page.body).find((f) => f.action === `${members}/${id}`)!;
		assert.equal((await anouk.send(form, { level: "3" })).status, 303);
		assert.equal((await anouk.send(form, { level: "4" })).status, 400, "no such role in a space");
		assert.equal((await anouk.send(form, { level: "0" })).status, 303);
		assert.ok(!said(await anouk.get(members)).includes(people.contributor.name));
		assert.equal((await anouk.get("/-/space/nulle-part/members")).status, 404);
	});

	it("no password and no token is written down in clear", async () => {
		const client = await new Client(site).signIn("member");
		const secrets = [...Object.values(people).map((p) => p.password), client.cookies.get("session")!];
		for (const name of await readdir(site.dir)) {
			if (!name.startsWith("site.db")) continue;
			const bytes = await readFile(join(site.dir, name), "latin1");
			for (const secret of secrets) assert.ok(!bytes.includes(secret), `${name} holds a secret`);
		}
		for (const secret of secrets) assert.ok(!site.errors().includes(secret), "the log holds a secret");
	});
});
