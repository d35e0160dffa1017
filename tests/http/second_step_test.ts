// The second step of signing in: a code of the telephone (RFC 6238) after the password, the letter or the card.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, runOk, copySite, type Site } from "../support/program.js";

let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${100 + address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };

// RFC 4226 and 6238, written again here.
function codeOf(secret: string, at = Date.now()): string {
	const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
	const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
	const mac = createHmac("sha1", key).update(counter).digest();
	return String((mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
const soon = () => Date.now() + 30_000; // the next step counts too, and has not served

async function turnOn(client: Client, password: string): Promise<{ secret: string; spare: string[]; page: Answer }> {
	const setup = await client.get("/-/account/second-step");
	const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(setup.body)![1]!;
	const page = await client.send(formOf(setup, "/-/account/second-step"), { code: codeOf(secret), again: password });
	return { secret, page, spare: [...page.body.matchAll(/<code[^>]*>([0-9a-z]{5}-[0-9a-z]{5})<\/code>/g)].map((m) => m[1]!) };
}
const name = async (client: Client) => /<summary>(?:<svg.*?<\/svg>)?([^<]*)<\/summary>/.exec((await client.get("/")).body.replace(/\n/g, ""))?.[1];

onSite("second step", (site) => {
	let admin: Client, secret = "", spare: string[] = [];
	before(async () => void (admin = await fresh(site).signIn("administrator")));

	it("is on once a first code came back right, not before; spare codes are shown once", async () => {
		const setup = await admin.get("/-/account/second-step");
		assert.equal(setup.headers["cache-control"], "no-store");
		const wrong = await admin.send(formOf(setup, "/-/account/second-step"), { code: "000000", again: people.administrator.password });
		assert.equal(wrong.status, 422);
		assert.equal((await fresh(site).signInWith(people.administrator.email, people.administrator.password)).status, 303);
		const on = await turnOn(admin, people.administrator.password);
		({ secret, spare } = on);
		assert.equal(spare.length, 8);
		assert.equal(on.page.headers["cache-control"], "no-store");
		assert.ok(!(await admin.get("/-/account/second-step")).body.includes(spare[0]!));
	});

	it("the right password is not enough; the code opens the session, once", async () => {
		const client = fresh(site);
		const asked = await client.signInWith(people.administrator.email, people.administrator.password);
		assert.equal(asked.status, 200);
		assert.equal(asked.headers["set-cookie"], undefined);
		assert.equal(await name(client), undefined);
		const form = formOf(asked, "/-/sign-in/code");
		assert.equal((await client.send(form, { code: "123" })).status, 422);
		const code = codeOf(secret, soon());
		assert.equal((await client.send(form, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).status, 303);
		assert.equal(await name(client), people.administrator.name);
		assert.equal((await fresh(site).send(form, { code })).status, 422);
	});

	it("a wrong password never comes so far; what was sealed cannot be made up", async () => {
		assert.equal((await fresh(site).signInWith(people.administrator.email, "faux")).status, 422);
		for (const pending of ["", "1 0 9999999999999", `1 0 ${Date.now()}.${"0".repeat(64)}`]) {
			const answer = await fresh(site).post("/-/sign-in/code", { _pending: pending, code: spare[7]! }, { Origin: site.origin });
			assert.deepEqual([answer.status, answer.location.split("?")[0]], [303, "/-/sign-in"]);
		}
	});

	it("a spare code serves once, as it is typed", async () => {
		const sign = async (code: string) => {
			const client = fresh(site);
			return client.send(formOf(await client.signInWith(people.administrator.email, people.administrator.password), "/-/sign-in/code"), { code });
		};
		assert.equal((await sign(spare[0]!.toUpperCase().replace("-", " "))).status, 303);
		assert.equal((await sign(spare[0]!)).status, 422);
	});

	it("a link by letter asks for it too", async () => {
		const client = fresh(site);
		await client.send(await client.form("/-/sign-in/letter", "/-/sign-in/letter"), { email: people.administrator.email });
		let link = "";
		for (let i = 0; i < 100 && !link; i++) {
			const list = await admin.get("/-/letters"), letter = /href="(\/-\/letters\/\d+)"/.exec(list.body);
			if (letter) link = /href="http[^"]*(\/-\/in\?c=[\w-]+)"/.exec((await admin.get(letter[1]!)).body)?.[1] ?? "";
			await new Promise((done) => setTimeout(done, 30));
		}
		const answer = await client.send(formOf(await client.get(link), "/-/in"));
		assert.equal(answer.status, 200);
		assert.equal(await name(client), undefined);
		assert.equal((await client.send(formOf(answer, "/-/sign-in/code"), { code: spare[1]! })).status, 303);
		assert.equal(await name(client), people.administrator.name);
	});

	it("guesses are counted", async () => {
		const client = fresh(site);
		const form = formOf(await client.signInWith(people.administrator.email, people.administrator.password), "/-/sign-in/code");
		const statuses: number[] = [];
		for (let i = 0; i < 10; i++) statuses.push((await fresh(site).send(form, { code: String(100000 + i) })).status);
		assert.equal(statuses[0], 422);
		assert.equal(statuses.at(-1), 429);
	});

	it("off with a code; another administrator takes it away from who lost everything, others cannot", async () => {
		const member = await fresh(site).signIn("member");
		const on = await turnOn(member, people.member.password);
		const off = async () => formOf(await member.get("/-/account/second-step"), "/-/account/second-step/end");
		assert.equal((await member.send(await off(), { code: "nonnon", again: people.member.password })).status, 422);
		assert.equal((await member.send(await off(), { code: on.spare[3]!, again: "pas le mien" })).status, 422);
		assert.match((await member.send(await off(), { code: on.spare[3]!, again: people.member.password })).location, /deux-etapes-finies/);
		assert.equal((await fresh(site).signInWith(people.member.email, people.member.password)).status, 303);
		await turnOn(member, people.member.password);
		const id = new RegExp(`/-/people/([0-9a-z]{26})">${people.member.name.replace(/[()]/g, "\\$&")}`).exec((await admin.get("/-/people")).body)![1]!;
		const page = await admin.get(`/-/people/${id}`);
		assert.match(text(page.body), /Retirer la deuxième étape/);
		assert.equal((await admin.send(formOf(page, `/-/people/${id}/second-step`))).status, 303);
		assert.equal((await fresh(site).signInWith(people.member.email, people.member.password)).status, 303);
	});
}, proxied);

it("on the server, a new password takes it away: nobody stays shut out", async () => {
	const dir = await copySite();
	const ran = await runOk(["user", dir, "password", people.administrator.email], { input: "un tout nouveau mot de passe\n" });
	assert.equal(ran.status, 0);
});
