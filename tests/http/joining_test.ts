// Coming in without a password: links by letter, signing up, invitations, cards; and what none of them opens.
import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, preset, runOk, scratchFolder, type Site } from "../support/program.js";
import { type Letter, readLetter } from "../support/smtp.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
// Each person asks from an address of her own: tries are counted by address.
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };

// The one letter to an address that was not read yet.
const read = new Set<string>();
async function letterTo(site: Site, to: string): Promise<Letter> {
	for (let i = 0; i < 100; i++, await pause(30))
		for (const file of await readdir(join(site.dir, "letters")).catch(() => [])) {
			const path = join(site.dir, "letters", file);
			const letter = readLetter(await readFile(path, "latin1"));
			if (read.has(path) || letter.headers.get("to") !== `<${to}>`) continue;
			read.add(path);
			return letter;
		}
	throw new Error(`no letter to ${to}`);
}
const noLetter = async (site: Site, to: string) => {
	await pause(200);
	for (const file of await readdir(join(site.dir, "letters")).catch(() => []))
		assert.notEqual(readLetter(await readFile(join(site.dir, "letters", file), "latin1")).headers.get("to"), `<${to}>`);
};

const path = (link: string) => link.replace(/^https?:\/\/[^/]+/, "");
const linkOf = (letter: Letter) => path(letter.links.find((link) => link.includes("?c="))!);
const name = async (client: Client) => /<summary>(?:<svg.*?<\/svg>)?([^<]*)<\/summary>/.exec((await client.get("/")).body.replace(/\n/g, ""))?.[1];

async function askLink(client: Client, email: string, next = ""): Promise<Answer> {
	return client.send(await client.form(`/-/sign-in/letter${next && `?next=${encodeURIComponent(next)}`}`, "/-/sign-in/letter"), { email });
}
async function open(client: Client, at: string, changes: Record<string, string> = {}): Promise<Answer> {
	return client.send(formOf(await client.get(at), at.split("?")[0]), changes);
}

onSite("a link by letter", (site) => {
	it("signs in, once, and leads where one was going", async () => {
		const client = fresh(site);
		assert.equal((await askLink(client, ` ${people.member.email.toUpperCase()} `, "/annuaire")).status, 200);
		const link = linkOf(await letterTo(site, people.member.email));
		// What looks at letters beforehand opens links, and must not use them up.
		for (let i = 0; i < 2; i++) assert.equal((await fresh(site).get(link)).status, 200);
		const answer = await open(client, link);
		assert.deepEqual([answer.status, answer.location.split("?")[0]], [303, "/annuaire"]);
		assert.equal(await name(client), people.member.name);
		const again = await fresh(site).get(link);
		assert.equal(again.status, 410);
		assert.match(text(again.body), /ne sert plus/);
	});

	it("of two who use it at the same time, one comes in", async () => {
		await askLink(fresh(site), people.neighbour.email);
		const link = linkOf(await letterTo(site, people.neighbour.email));
		const both = [fresh(site), fresh(site)];
		const forms = await Promise.all(both.map(async (client) => formOf(await client.get(link), "/-/in")));
		const statuses = (await Promise.all(both.map((client, i) => client.send(forms[i]!)))).map((answer) => answer.status);
		assert.deepEqual(statuses.sort(), [303, 410]);
	});

	it("a later letter ends the earlier link; a wrong text opens nothing", async () => {
		await askLink(fresh(site), people.facilitator.email);
		const first = linkOf(await letterTo(site, people.facilitator.email));
		await askLink(fresh(site), people.facilitator.email);
		const second = linkOf(await letterTo(site, people.facilitator.email));
		assert.equal((await fresh(site).get(first)).status, 410);
		assert.equal((await fresh(site).get(second)).status, 200);
		for (const wrong of ["", "x", second.slice(-43, -1), "A".repeat(43), "A".repeat(5000)])
			assert.equal((await fresh(site).get(`/-/in?c=${wrong}`)).status, 410);
	});

	it("leads nowhere else, is kept by nobody, and tells no other site", async () => {
		await askLink(fresh(site), people.contributor.email, "//mechant.example/x");
		const link = linkOf(await letterTo(site, people.contributor.email));
		const page = await fresh(site).get(link);
		assert.equal(page.headers["cache-control"], "no-store");
		assert.equal(page.headers["referrer-policy"], "same-origin");
		assert.equal((await open(fresh(site), link)).location.split("?")[0], "/");
	});

	it("a blocked person gets none", async () => {
		const admin = await fresh(site).signIn("administrator");
		const id = new RegExp(`/-/people/([0-9a-z]{26})">${people.outsider.name}`).exec((await admin.get("/-/people")).body)![1]!;
		await admin.send(await admin.form(`/-/people/${id}`, `/-/people/${id}`), { access: "blocked" });
		await askLink(fresh(site), people.outsider.email);
		await noLetter(site, people.outsider.email);
	});
}, proxied);

async function signUp(client: Client, changes: Record<string, string>, wait = 2100): Promise<Answer> {
	const form = await client.form("/-/sign-up", "/-/sign-up");
	await pause(wait);
	return client.send(form, { age: "older", ...changes });
}

onSite("signing up", (site) => {
	it("an account once the address is confirmed, not before", async () => {
		const client = fresh(site);
		const answer = await signUp(client, { name: "Yaël Nouvelle", email: "yael@nouvelle.example" });
		assert.equal(answer.status, 200);
		const admin = await fresh(site).signIn("administrator");
		assert.doesNotMatch((await admin.get("/-/people")).body, /yael@nouvelle/);
		const link = linkOf(await letterTo(site, "yael@nouvelle.example"));
		const came = await open(client, link);
		assert.deepEqual([came.status, came.location], [303, "/-/welcome"]);
		assert.match(text((await client.get("/-/welcome")).body), /Bienvenue, Yaël Nouvelle/);
		assert.match((await admin.get("/-/people")).body, /yael@nouvelle\.example/);
		// A contributor: she may add a page, and looks after nothing.
		assert.equal((await client.get("/-/new/page")).status, 200);
		assert.equal((await client.get("/-/people")).status, 403);
		// Her first password is not asked for a present one.
		const password = await client.send(await client.form("/-/account", "/-/account/password"), { password: "une phrase assez longue" });
		assert.equal(password.status, 303);
		assert.equal((await fresh(site).signInWith("yael@nouvelle.example", "une phrase assez longue")).status, 303);
	});

	it("an address that has an account: the same answer, and a link to sign in", async () => {
		const free = await signUp(fresh(site), { name: "Nul", email: "libre@nouvelle.example" });
		const taken = await signUp(fresh(site), { name: "Moi aussi", email: people.member.email });
		assert.equal(taken.body.replaceAll(people.member.email, "…"), free.body.replaceAll("libre@nouvelle.example", "…"));
		const letter = await letterTo(site, people.member.email);
		assert.match(letter.headers.get("subject")!, /lien pour vous connecter/);
		const client = fresh(site);
		await open(client, linkOf(letter));
		assert.equal(await name(client), people.member.name);
	});

	it("robots: too fast is asked again and keeps what was typed, the unseen field sends nothing, a forged stamp is none", async () => {
		const client = fresh(site);
		const early = await signUp(client, { name: "Rapide", email: "rapide@robot.example" }, 0);
		assert.equal(early.status, 422);
		const again = formOf(early, "/-/sign-up");
		assert.deepEqual(again.pairs.filter(([key]) => key === "name" || key === "email"), [["name", "Rapide"], ["email", "rapide@robot.example"]]);
		await pause(2100);
		assert.equal((await client.send(again)).status, 200);
		await letterTo(site, "rapide@robot.example");
		assert.equal((await signUp(fresh(site), { name: "Piégé", email: "piege@robot.example", website: "http://spam.example" })).status, 200);
		await noLetter(site, "piege@robot.example");
		const stamp = `${Date.now() - 60_000}.${"0".repeat(64)}`;
		assert.equal((await signUp(fresh(site), { name: "Forgé", email: "forge@robot.example", _since: stamp }, 0)).status, 422);
	});

	it("mistakes are said, what was typed stays", async () => {
		const answer = await signUp(fresh(site), { name: "Zoé « <b>", email: "pas une adresse" });
		assert.equal(answer.status, 422);
		assert.ok(formOf(answer, "/-/sign-up").pairs.some(([key, value]) => key === "name" && value === "Zoé « <b>"));
		assert.match(text(answer.body), /n’est pas une adresse/);
	});
}, proxied);

onSite("accounts that wait", (site) => {
	it("confirmed, then accepted: a letter says so; refused: nothing of the request is left", async () => {
		for (const [who, verb] of [["Ana Attend", "accept"], ["Rémi Refusé", "refuse"]] as const) {
			const email = `${verb}@attente.example`, client = fresh(site);
			await signUp(client, { name: who, email });
			const came = await open(client, linkOf(await letterTo(site, email)));
			assert.equal(came.location, "/-/waiting");
			assert.equal(await name(client), undefined);
			await askLink(fresh(site), email); // she cannot come in that way either: the next letter is the answer
			const admin = await fresh(site).signIn("administrator");
			const page = await admin.get("/-/people");
			assert.match(text(page.body), new RegExp(`Demandes de compte.*${who}`));
			const form = formOf(page, new RegExp(`action="(/-/people/[0-9a-z]{26}/${verb})"`).exec(page.body)![1]!);
			assert.equal((await admin.send(form)).status, 303);
			const letter = await letterTo(site, email);
			assert.match(letter.text, verb === "accept" ? /est ouvert/ : /n’ont pas ouvert/);
			assert.equal(/attente\.example/.test((await admin.get("/-/people")).body.match(new RegExp(email))?.[0] ?? ""), verb === "accept");
		}
	});
}, { ...proxied, prepare: approved });

// The demonstration again, from a preset where accounts wait for a yes.
async function approved(dir: string): Promise<void> {
	const presets = await scratchFolder(), own = join(presets, "agora-de-quartier", "preset.json");
	await cp(preset, join(presets, "agora-de-quartier"), { recursive: true });
	await writeFile(own, (await readFile(own, "utf8")).replace('"sign_up": "open"', '"sign_up": "approved"'));
	await rm(dir, { recursive: true });
	await runOk(["init", dir, "--preset", "agora-de-quartier", "--locale", "fr", "--demo"], { env: { PARVIS_PRESETS: presets } });
	await rm(presets, { recursive: true });
}

onSite("invitations", (site) => {
	let facilitator: Client;
	before(async () => void (facilitator = await fresh(site).signIn("facilitator")));
	const invite = async (changes: Record<string, string>) => facilitator.send(await facilitator.form("/-/space/coordination/members", "/-/space/coordination/invite"), changes);
	const made = (page: Answer) => path(/value="(http[^"]*\/-\/join\?c=[\w-]{43})"/.exec(page.body)![1]!);

	it("somebody without an account and without an address: a name is enough, once", async () => {
		const page = await invite({ uses: "1" });
		assert.equal(page.status, 200);
		assert.match(page.body, /<svg[^>]*class="qr"/);
		const client = fresh(site), link = made(page);
		assert.equal((await client.get("/e/coordination/reunion")).status, 404);
		assert.match(text((await client.get(link)).body), /Anouk Anime \(démo\) vous invite à prendre part à « ?Équipe d’animation/);
		assert.equal((await open(client, link, { name: "Sam Sanscourriel", age: "older" })).location, "/-/welcome");
		assert.equal(await name(client), "Sam Sanscourriel");
		assert.match(text((await client.get("/-/account")).body), /Équipe d’animation membre/);
		assert.equal((await fresh(site).get(link)).status, 410);
	});

	it("with an address: confirmed first, the role comes then, and the invitation is spent then only", async () => {
		const link = made(await invite({ uses: "1", level: "3" }));
		const client = fresh(site);
		assert.equal((await open(client, link, { name: "Ida Invitée", email: "ida@invitee.example", age: "older" })).status, 200);
		assert.equal((await fresh(site).get(link)).status, 200);
		assert.equal((await open(client, linkOf(await letterTo(site, "ida@invitee.example")))).location, "/-/welcome");
		assert.match(text((await client.get("/-/account")).body), /Équipe d’animation animation/);
		assert.equal((await fresh(site).get(link)).status, 410);
	});

	it("somebody with an account joins with it; nobody loses a role by it", async () => {
		const link = made(await invite({ uses: "3", level: "2" }));
		const neighbour = await fresh(site).signIn("neighbour");
		assert.equal((await open(neighbour, link)).status, 303);
		assert.match(text((await neighbour.get("/-/account")).body), /Équipe d’animation membre/);
		assert.equal((await open(facilitator, link)).status, 303);
		assert.equal((await facilitator.get("/-/space/coordination/members")).status, 200);
	});

	it("by a letter; ended, it serves no more", async () => {
		await invite({ invited: "bea@invitee.example" });
		const link = linkOf(await letterTo(site, "bea@invitee.example"));
		assert.equal((await fresh(site).get(link)).status, 200);
		const members = await facilitator.get("/-/space/coordination/members");
		const forms = members.body.match(/\/-\/space\/coordination\/invite\/\d+\/end/g)!;
		for (const action of forms) assert.equal((await facilitator.send(formOf(members, action))).status, 303);
		assert.equal((await fresh(site).get(link)).status, 410);
	});

	it("mistakes are said on the page of members, what was typed stays", async () => {
		const wrong = await invite({ invited: "pas une adresse" });
		assert.equal(wrong.status, 422);
		assert.ok(formOf(wrong, "/-/space/coordination/invite").pairs.some(([key, value]) => key === "invited" && value === "pas une adresse"));
		assert.match(wrong.body, /id="f-invited-error"/);
	});

	it("made and ended by who looks after the space only", async () => {
		for (const who of ["member", "neighbour", "contributor"] as const) {
			const client = await fresh(site).signIn(who);
			const form = /name="_form" value="([^"]*)"/.exec((await client.get("/-/account")).body)![1]!;
			for (const action of ["/-/space/coordination/invite", "/-/space/coordination/card", "/-/space/coordination/invite/1/end"])
				assert.ok([403, 404].includes((await client.post(action, { _form: form, name: "X" })).status), `${who} ${action}`);
		}
	});
}, proxied);

onSite("cards", (site) => {
	let facilitator: Client;
	before(async () => void (facilitator = await fresh(site).signIn("facilitator")));
	const members = () => facilitator.get("/-/space/tours/members");
	const codeOf = (page: Answer) => /<code>([0-9a-z]{4}(?:-[0-9a-z]{4}){3})<\/code>/.exec(page.body)![1]!;
	const use = async (client: Client, code: string) => client.send(await client.form("/-/card", "/-/card"), { c: code });
	let code = "";

	it("made at a desk for somebody without e-mail, kept nowhere else", async () => {
		const page = await facilitator.send(formOf(await members(), "/-/space/tours/card"), { name: "Gisèle Guichet" });
		assert.equal(page.status, 200);
		assert.equal(page.headers["cache-control"], "no-store");
		code = codeOf(page);
		assert.match(text(page.body), /Gisèle Guichet/);
		const list = (await members()).body;
		assert.match(text(list), /Gisèle Guichet/);
		assert.ok(!list.includes(code));
	});

	it("lets in however it is typed, for two hours and until the browser is closed", async () => {
		const client = fresh(site);
		const answer = await use(client, ` ${code.toUpperCase().replaceAll("-", " ")} `);
		assert.equal(answer.status, 303);
		const cookie = (answer.headers["set-cookie"] ?? []).find((line) => line.startsWith("session="))!;
		assert.doesNotMatch(cookie, /max-age|expires/i);
		assert.equal(await name(client), "Gisèle Guichet");
		assert.equal((await use(fresh(site), code)).status, 303); // again another day
		assert.equal((await use(fresh(site), "0000-0000-0000-0000")).status, 422);
		assert.equal((await use(fresh(site), "trop court")).status, 422);
	});

	it("lost: the new one closes what the old one opened; cancelled, there is none", async () => {
		const tablet = fresh(site);
		await use(tablet, code);
		const before = await members();
		const action = /action="(\/-\/space\/tours\/members\/[0-9a-z]{26}\/card)"(?:(?!action=).)*– Gisèle Guichet/s.exec(before.body)![1]!;
		const renewed = codeOf(await facilitator.send(formOf(before, action)));
		assert.notEqual(renewed, code);
		assert.equal(await name(tablet), undefined);
		assert.equal((await use(fresh(site), code)).status, 422);
		assert.equal((await use(fresh(site), renewed)).status, 303);
		assert.equal((await facilitator.send(formOf(await members(), `${action}/end`))).status, 303);
		assert.equal((await use(fresh(site), renewed)).status, 422);
	});

	it("never for somebody with more rights than one's own", async () => {
		assert.equal((await facilitator.send(formOf(await members(), "/-/space/tours/members"), { email: people.administrator.email, level: "2" })).status, 303);
		const admin = await fresh(site).signIn("administrator");
		const id = new RegExp(`/-/people/([0-9a-z]{26})">${people.administrator.name.replace(/[()]/g, "\\$&")}`).exec((await admin.get("/-/people")).body)![1]!;
		const form = /name="_form" value="([^"]*)"/.exec((await members()).body)![1]!;
		assert.equal((await facilitator.post(`/-/space/tours/members/${id}/card`, { _form: form })).status, 403);
	});
}, proxied);

after(() => read.clear());
