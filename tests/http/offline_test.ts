// Questionnaires answered without a connection: what a device takes away, and what it sends when it is back – once each, checked
// by the questions that were asked, refused with the reason; and what a page in the browser is told of other pages.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName } from "../support/program.js";

interface Said {
	state: string;
	again?: boolean;
	receipt?: string;
	reason?: string;
	issues?: [string, string][];
}
interface State {
	version: number;
	token: string;
	who: string;
	manages: boolean;
}

const SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";
const code = () => [...randomBytes(16)].map((byte, i) => (i && i % 4 === 0 ? "-" : "") + SIGNS[byte & 31]).join("");

onSite("questionnaires without a connection", (site) => {
	let facilitator: Client, member: Client;
	const come = (who: PersonName) => new Client(site).signIn(who);
	before(async () => {
		[facilitator, member] = (await Promise.all((["facilitator", "member"] as PersonName[]).map(come))) as [Client, Client];
	});
	let made = 0;
	async function make(settings: Record<string, string> = {}): Promise<string> {
		const answer = await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: `Loin ${++made}`, copy: "trois_questions", ...settings });
		const key = /\/-\/survey\/([a-z0-9_]+)\//.exec(answer.location)![1]!;
		await stand(key, "open");
		return key;
	}
	const stand = async (form: string, to: string) => facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to });
	const count = async (form: string) => Number(/<strong>(\d+)<\/strong> réponses? envoyées?/.exec((await facilitator.get(`/-/survey/${form}/manage`)).body)![1]);
	const state = async (who: Client, form: string) => JSON.parse((await who.get(`/-/offline/${form}/state`)).body) as State;
	async function bring(who: Client, form: string, answers: Record<string, string>, more: Record<string, string> = {}): Promise<Said> {
		const { token, version, who: account } = await state(who, form);
		const sent = await who.post(`/-/offline/${form}/send`, { _form: token, _version: String(version), _channel: "web", _who: account, _code: code(), ...answers, ...more }, { Origin: site.origin });
		assert.equal(sent.status, 200, sent.body);
		assert.match(sent.headers["content-type"]!, /^application\/json/);
		return JSON.parse(sent.body) as Said;
	}

	it("the pages of a device hold the whole questionnaire, no name, no token, and nothing inline", async () => {
		const form = await make(), { version } = await state(facilitator, form);
		for (const path of [`/-/offline/${form}`, `/-/offline/${form}/${version}`]) {
			const page = await facilitator.get(path);
			assert.equal(page.status, 200);
			assert.match(String(page.headers["content-security-policy"]), /default-src 'none'.*script-src 'self'/);
			assert.doesNotMatch(page.body, /name="_form"/);
			assert.ok(!page.body.includes(people.facilitator.name));
		}
		const questions = await facilitator.get(`/-/offline/${form}/${version}`);
		for (const key of ["lieu", "envie", "mot"]) assert.match(questions.body, new RegExp(`data-page="${key}"`));
		assert.equal((await facilitator.get(`/-/offline/${form}/999`)).status, 404);
		const worker = await new Client(site).get("/-/offline/worker.js");
		assert.match(worker.headers["content-type"]!, /javascript/);
		assert.doesNotMatch(worker.body, /^\s*import\b/m); // one file: older browsers know no modules there
	});

	it("sent twice, or by two requests at once, it counts once; an anonymous one keeps neither code nor time", async () => {
		const form = await make(), who = new Client(site), one = { _code: code() };
		const answers = { bien: "non", manque: "Un banc", envies: "jardin", idee: "Un four" };
		const [first, second] = await Promise.all([bring(who, form, answers, one), bring(new Client(site), form, answers, one)]);
		assert.deepEqual([first.state, second.state], ["sent", "sent"]);
		assert.equal(first.receipt, "");
		const third = await bring(who, form, answers, one);
		assert.equal(third.state, "sent");
		assert.ok(third.again);
		assert.equal(await count(form), 1);
	});

	it("with names: whose it is, how it was answered, who entered it, and a receipt; only of who may say so", async () => {
		const form = await make({ anonymity: "named" });
		const visit = await bring(facilitator, form, { bien: "oui" }, { _channel: "visit", _name: "Association du canal" });
		assert.equal(visit.state, "sent");
		assert.match(visit.receipt!, /^[0-9a-z]{4}-[0-9a-z]{4}$/);
		const list = text((await facilitator.get(`/-/survey/${form}/responses`)).body);
		assert.match(list, /Association du canal.*lors d’une visite.*Anouk/s);
		assert.equal((await bring(member, form, { bien: "oui" }, { _channel: "visit" })).state, "sign-in");
		// Somebody else's session, or none, since it was taken away: it waits for who took it.
		const { who: hers } = await state(facilitator, form);
		assert.equal((await bring(new Client(site), form, { bien: "oui" }, { _who: hers })).state, "sign-in");
		assert.equal((await bring(member, form, { bien: "oui" })).state, "sent");
		const again = await bring(member, form, { bien: "non" });
		assert.equal(again.state, "refused");
		assert.match(again.reason!, /déjà/);
		assert.equal((await bring(member, form, { bien: "non" }, { _channel: "tablet" })).state, "sent"); // of somebody else
		assert.equal(await count(form), 3);
	});

	it("what is missing or wrong is refused, question by question, in the reader's language, and comes again corrected", async () => {
		const form = await make(), one = { _code: code() }, who = new Client(site);
		const refused = await bring(who, form, { envies: "jardin" }, one);
		assert.equal(refused.state, "refused");
		assert.deepEqual(refused.issues!.map(([field]) => field), ["bien"]);
		assert.match(refused.issues![0]![1], /nécessaire/);
		const english = await bring(new Client(site, { "Accept-Language": "en" }), form, { envies: "jardin" }, one);
		assert.match(english.issues![0]![1], /needed/);
		assert.equal(await count(form), 0);
		// What is not asked of who answered so is not kept.
		assert.equal((await bring(who, form, { bien: "oui", manque: "Un banc" }, one)).state, "sent");
		assert.equal(await count(form), 1);
	});

	it("closed meanwhile: kept on the device with the reason, but for who looks after it; opened again, it is taken", async () => {
		const form = await make(), one = { _code: code() }, who = new Client(site);
		await stand(form, "closed");
		const closed = await bring(who, form, { bien: "oui" }, one);
		assert.equal(closed.state, "refused");
		assert.match(closed.reason!, /Fermé/);
		assert.equal((await bring(facilitator, form, { bien: "oui" }, { _channel: "visit" })).state, "sent");
		await stand(form, "open");
		assert.equal((await bring(who, form, { bien: "oui" }, one)).state, "sent");
		assert.equal(await count(form), 2);
	});

	it("corrected meanwhile: checked with the questions of its version, which it keeps", async () => {
		const form = await make({ anonymity: "confidential" }), before = (await state(facilitator, form)).version;
		const path = /href="(\/-\/form\/[a-z0-9_]+\/[a-z]+\/text)"/.exec((await facilitator.get(`/-/form/${form}/add`)).body)![1]!;
		await facilitator.send(await facilitator.form(path, path), { label: "Depuis quand ?", required: "1" });
		const after = (await state(facilitator, form)).version;
		assert.ok(after > before);
		const fresh = await bring(new Client(site), form, { bien: "oui" });
		assert.equal(fresh.state, "refused"); // the new question is needed now
		const old = await bring(new Client(site), form, { bien: "oui" }, { _version: String(before) });
		assert.equal(old.state, "sent");
		const response = /\/-\/response\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/survey/${form}/responses`)).body)![0];
		assert.match(text((await facilitator.get(response)).body), new RegExp(`version ${before} du questionnaire`));
		assert.equal((await facilitator.get(`/-/offline/${form}/${before}`)).status, 200); // what is begun can be opened
	});

	it("from another site, without the token of the session, or of no questionnaire: nothing", async () => {
		const form = await make(), body = { bien: "oui", _code: code(), _version: "1", _channel: "web" };
		assert.equal((await new Client(site).post(`/-/offline/${form}/send`, body, { Origin: "https://ailleurs.example" })).status, 403);
		assert.equal((await facilitator.post(`/-/offline/${form}/send`, body, { Origin: site.origin })).status, 403);
		assert.equal((await new Client(site).post("/-/offline/aucun/send", body, { Origin: site.origin })).status, 404);
		assert.equal(await count(form), 0);
	});

	it("a page says to the browser what earlier pages answered, and nothing of others", async () => {
		const form = await make(), who = new Client(site);
		const at = (await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location.split("?")[0]!;
		const first = (await who.get(at)).body;
		assert.match(first, /data-question="[^"]*manque[^"]*&quot;if&quot;|data-question="[^"]*&#34;if&#34;/); // evaluated where it stands
		assert.doesNotMatch(first, /data-given/);
	});

	it("an English page names lines and choices in English; a constraint refuses in English", async () => {
		const who = new Client(site, { "Accept-Language": "en" });
		const at = (await who.send(await who.form("/-/survey/diagnostic", "/-/survey/"))).location.split("?")[0]!;
		assert.ok(at.startsWith("/-/s/"));
		assert.match(text((await who.get("/-/offline/trois_questions")).body), /Without a connection/);
	});
});
