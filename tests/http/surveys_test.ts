// Questionnaires: answered page by page with conditions asked of the server, kept by a code, sent once; on a shared tablet;
// entered for somebody; built, corrected in the field, closed; taken away as files.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { csv } from "../support/csv.js";
import { text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";

onSite("questionnaires", (site) => {
	let facilitator: Client, member: Client;
	const come = (who: PersonName) => new Client(site).signIn(who);
	before(async () => {
		[facilitator, member] = (await Promise.all((["facilitator", "member"] as PersonName[]).map(come))) as [Client, Client];
	});
	const begin = async (who: Client, form: string) => (await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location.split("?")[0]!;
	const page = async (who: Client, at: string, key: string) => who.form(`${at}?page=${key}`, at);
	const go = async (who: Client, at: string, key: string, answers: Record<string, string | string[] | null>, how = "next") => who.send(await page(who, at, key), { ...answers, "_go[]": how });
	const sendAll = async (who: Client, at: string) => who.send(await who.form(`${at}/review`, `${at}/send`));
	// Made by the facilitator, open, with what is changed of its definition by its own pages.
	let made = 0;
	async function make(settings: Record<string, string> = {}, copy = "trois_questions"): Promise<string> {
		const answer = await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: `Essai ${++made}`, copy, ...settings });
		const key = /\/-\/survey\/([a-z0-9_]+)\//.exec(answer.location)![1]!;
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${key}/manage`), `/-/survey/${key}/state`), { to: "open" });
		return key;
	}
	const count = async (form: string) => Number(/<strong>(\d+)<\/strong> réponses? envoyées?/.exec((await facilitator.get(`/-/survey/${form}/manage`)).body)![1]);

	it("page by page, with what is needed, conditions asked of the server, and a review before it is sent", async () => {
		const who = new Client(site), form = await make(), at = await begin(who, form);
		const first = await who.get(at);
		assert.match(text(first.body), /Question 1 sur 3/);
		assert.match(text(first.body), /À remplir si/); // what depends on this very page says so
		const missing = await go(who, at, "lieu", {});
		assert.equal(missing.status, 422);
		assert.match(text(missing.body), /Cette réponse est nécessaire/);
		assert.match((await go(who, at, "lieu", { bien: "non", manque: "Des bancs <b>&" })).location, /page=envie/);
		assert.match(text((await who.get(`${at}?page=envie`)).body), /Question 3 sur 4/); // one more is asked now
		assert.match((await go(who, at, "envie", { envies: ["jardin", "fete"] })).location, /page=mot/);
		assert.match((await go(who, at, "mot", { idee: "Un four à pain" }, "back")).location, /page=envie/); // back, without loss
		assert.match((await who.get(`${at}?page=mot`)).body, /Un four à pain/);
		// Who thinks better of it is asked less, and what does not apply any more is not sent.
		await go(who, at, "lieu", { bien: "oui", manque: "Des bancs" });
		const review = await who.get(`${at}/review`);
		assert.doesNotMatch(review.body, /Des bancs/);
		assert.match(text(review.body), /Oui, tout à fait.*Un four à pain/);
		assert.equal(await count(form), 0);
		const sent = await sendAll(who, at);
		assert.match(sent.location, /thanks$/);
		assert.match(text((await who.get(sent.location)).body), /pas de numéro de reçu/);
		assert.equal(await count(form), 1);
	});

	it("sent twice it counts once, and its address shows nothing any more", async () => {
		const who = new Client(site), form = await make(), at = await begin(who, form);
		await go(who, at, "lieu", { bien: "plutot" });
		const send = await who.form(`${at}/review`, `${at}/send`);
		await Promise.all([who.send(send), new Client(site).send(send), new Client(site).send(send)]);
		assert.equal(await count(form), 1);
		for (const path of [at, `${at}/review`, `${at}/pause`]) {
			const gone = await who.get(path);
			assert.match(text(gone.body), /Ces réponses sont envoyées/);
			assert.doesNotMatch(gone.body, /Plutôt oui/);
		}
		assert.equal((await who.send({ action: at, method: "post", pairs: [] } as never, { _page: "lieu", bien: "non", "_go[]": "next" })).status, 200);
		assert.equal(await count(form), 1);
	});

	it("stopped, and taken up elsewhere by the code, whatever its case; a wrong one says so", async () => {
		const who = new Client(site), form = await make(), at = await begin(who, form);
		const paused = await go(who, at, "lieu", { bien: "non", manque: "Un arrêt de bus" }, "pause");
		const shown = await who.get(paused.location);
		const code = /<code[^>]*>([^<]+)<\/code>/.exec(shown.body)![1]!;
		assert.match(code, /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/);
		assert.doesNotMatch(shown.body, /name="email"/); // anonymous: no address is asked
		const elsewhere = new Client(site);
		const back = await elsewhere.send(await elsewhere.form("/-/resume", "/-/resume"), { code: ` ${code.toUpperCase().replaceAll("-", " ")}` });
		assert.equal(back.status, 303);
		assert.match((await elsewhere.get(`${back.location.split("?")[0]}?page=lieu`)).body, /Un arrêt de bus/);
		const wrong = await elsewhere.send(await elsewhere.form("/-/resume", "/-/resume"), { code: "7kq2-xm0d-9rtw-h3pf" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Il n’y a rien à reprendre avec ce code/);
		assert.match(wrong.body, /value="7kq2-xm0d-9rtw-h3pf"/);
	});

	it("asked again afterwards: what moved in the same persons, told where their answers may be, never of anonymous ones", async () => {
		const answer = async (form: string, who: Client, bien: string) => {
			const at = await begin(who, form);
			await go(who, at, "lieu", { bien });
			assert.match((await sendAll(who, at)).location, /thanks/);
		};
		const first = await make({ anonymity: "named", who: "accounts" });
		const again = await facilitator.get(`/-/survey/${first}/manage`);
		const way = /href="(\/-\/surveys\/new\?copie=[^"]*apres=[^"]*)"/.exec(again.body)![1]!.replaceAll("&amp;", "&");
		const asked = await facilitator.send(await facilitator.form(way, "/-/surveys/new"), { label: "Essai d’après" });
		const second = /\/-\/survey\/([a-z0-9_]+)\//.exec(asked.location)![1]!;
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${second}/manage`), `/-/survey/${second}/state`), { to: "open" });
		const [contributor, administrator] = (await Promise.all((["contributor", "administrator"] as PersonName[]).map(come))) as [Client, Client];
		for (const [who, before, after] of [[member, "non", "oui"], [facilitator, "oui", "oui"], [contributor, "non", null], [administrator, null, "non"]] as [Client, string | null, string | null][]) {
			if (before) await answer(first, who, before);
			if (after) await answer(second, who, after);
		}
		const shown = await facilitator.get(`/-/results/${second}/pair`);
		assert.equal(shown.status, 200);
		assert.match(text(shown.body), /2 ont répondu aux deux.*avant seulement : 1.*après seulement : 1/);
		const file = csv((await facilitator.get(`/-/results/${second}/pair/file/csv`)).body.replace(/^\uFEFF/, ""));
		assert.deepEqual(
			file.filter((row) => row["Valeur"] !== "0").map((row) => [row["Avant"], row["Après"], row["Valeur"]]),
			[
				["Oui, tout à fait", "Oui, tout à fait", "1"],
				["Non", "Oui, tout à fait", "1"],
			],
		);
		// The setting is kept by the page of settings, and may be taken away there.
		const settings = async () => facilitator.form(`/-/survey/${second}/settings`, `/-/survey/${second}/settings`);
		await facilitator.send(await settings());
		assert.equal((await facilitator.get(`/-/results/${second}/pair`)).status, 200);
		// Not for who may not see both, nor of a questionnaire that asks nothing again.
		assert.equal((await member.get(`/-/results/${second}/pair`)).status, 404);
		assert.equal((await facilitator.get(`/-/results/${first}/pair`)).status, 404);
		await facilitator.send(await settings(), { after: "" });
		assert.equal((await facilitator.get(`/-/results/${second}/pair`)).status, 404);
		const anonymous = await make({ anonymity: "anonymous", after: first }, first);
		assert.match(text((await facilitator.get(`/-/results/${anonymous}/pair`)).body), /anonyme.*rien ne relie/);
		// In confidence, a few are not told.
		const confidential = await make({ anonymity: "confidential", after: first }, first);
		await answer(confidential, member, "oui");
		const few = text((await facilitator.get(`/-/results/${confidential}/pair`)).body);
		assert.match(few, /Trop peu ont répondu aux deux/);
		assert.doesNotMatch(few, /Oui, tout à fait/);
	});

	it("asked again in confidence: told from five pairs on, and not when the few who answered once could be found by subtracting", async () => {
		const names: PersonName[] = ["administrator", "facilitator", "member", "neighbour", "contributor", "outsider"];
		const people = await Promise.all(names.map(come));
		const first = await make({ anonymity: "confidential", who: "accounts" }), second = await make({ anonymity: "confidential", who: "accounts", after: first });
		const answer = async (form: string, who: Client, bien: string) => {
			const at = await begin(who, form);
			await go(who, at, "lieu", { bien });
			assert.match((await sendAll(who, at)).location, /thanks/);
		};
		for (const who of people.slice(0, 5)) {
			await answer(first, who, "non");
			await answer(second, who, "oui");
		}
		const all = text((await facilitator.get(`/-/results/${second}/pair`)).body);
		assert.match(all, /5 ont répondu aux deux.*McNemar, p : 0,0625/); // twice 1 in 2^5
		await answer(first, people[5]!, "plutot");
		const one = text((await facilitator.get(`/-/results/${second}/pair`)).body);
		assert.match(one, /avant seulement : 1.*Non montré ici/);
		assert.doesNotMatch(one, /Plutôt|McNemar/);
		assert.doesNotMatch((await facilitator.get(`/-/results/${second}/pair/file/csv`)).body, /tout à fait/);
	});

	it("a tablet keeps nothing of who was there before", async () => {
		const form = await make(), tablet = new Client(site), kiosk = `/-/kiosk/${form}`;
		const start = async () => tablet.send(await tablet.form(kiosk, kiosk));
		await start();
		const first = await tablet.get(`${kiosk}/page`);
		assert.match(String(first.headers.refresh), new RegExp(`^\\d+; url=${kiosk}$`));
		assert.equal(first.headers["cache-control"], "no-store");
		assert.doesNotMatch(first.body, /-\/s\//); // no code in any address
		await tablet.send(formOf(first, `${kiosk}/page`), { bien: "non", manque: "Secret de la première", "_go[]": "next" });
		assert.match((await tablet.get(`${kiosk}/review`)).body, /Secret de la première/);
		await tablet.get(kiosk); // two minutes later
		assert.match((await tablet.get(`${kiosk}/review`)).location, new RegExp(`${kiosk}$`));
		await start();
		assert.doesNotMatch((await tablet.get(`${kiosk}/review`)).body, /Secret/);
		await tablet.send(await tablet.form(`${kiosk}/page`, `${kiosk}/page`), { bien: "oui", "_go[]": "next" });
		const sent = await tablet.send(await tablet.form(`${kiosk}/review`, `${kiosk}/send`));
		assert.match(sent.location, /thanks/);
		assert.match(String((await tablet.get(sent.location)).headers.refresh), /url=/);
		assert.match((await tablet.get(`${kiosk}/page`)).location, new RegExp(`${kiosk}$`));
		assert.equal(await count(form), 1);
	});

	it("anonymous answers are told by lots of five only, in files too", async () => {
		const form = await make();
		const lines = async () => csv((await facilitator.get(`/-/survey/${form}/export/csv`)).body).length;
		for (let i = 1; i <= 11; i++) {
			const who = new Client(site), at = await begin(who, form);
			await go(who, at, "lieu", { bien: "oui" });
			await sendAll(who, at);
			if (i === 4 || i === 9 || i === 11) assert.equal(await lines(), i < 10 ? 0 : 5, `${i} answers`);
		}
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "closed" });
		assert.equal(await lines(), 11);
		const closed = await new Client(site).get(`/-/survey/${form}`);
		assert.match(text(closed.body), /ne prend plus de réponses/);
		assert.doesNotMatch(closed.body, /name="_since"/);
		assert.equal((await facilitator.get(`/-/survey/${form}/responses`)).body.includes("/-/response/"), false);
	});

	it("entered for somebody, with how and by whom; seen, corrected with a journal, deleted", async () => {
		const form = await make({ anonymity: "named" });
		const at = (await facilitator.send(await facilitator.form(`/-/survey/${form}/enter`, `/-/survey/${form}/enter`), { channel: "3", name: "Régie des Fontaines" })).location.split("?")[0]!;
		await go(facilitator, at, "lieu", { bien: "non", manque: "Du temps" });
		assert.match((await sendAll(facilitator, at)).location, /recu=[0-9a-z]{4}-[0-9a-z]{4}$/);
		const list = await facilitator.get(`/-/survey/${form}/responses`);
		assert.match(text(list.body), /Régie des Fontaines.*par téléphone.*saisie par Anouk Anime/);
		const url = /\/-\/response\/[0-9a-z]{26}/.exec(list.body)![0];
		assert.equal((await member.get(url)).status, 404);
		const wrong = await facilitator.send(await facilitator.form(`${url}/edit`, `${url}/edit`), { bien: "" });
		assert.equal(wrong.status, 422);
		await facilitator.send(await facilitator.form(`${url}/edit`, `${url}/edit`), { manque: "De l’argent" });
		const seen = await facilitator.get(url);
		assert.match(text(seen.body), /De l’argent.*Journal des corrections.*Anouk Anime.*Que manque-t-il d’abord/);
		assert.doesNotMatch(text(seen.body), /Du temps/);
		await facilitator.send(formOf(seen, `${url}/delete`));
		assert.equal((await facilitator.get(url)).status, 404);
		assert.equal(await count(form), 0);
	});

	it("an account goes on by signing in, answers once, and takes its own back", async () => {
		const form = await make({ anonymity: "confidential", who: "accounts" });
		assert.match(text((await new Client(site).get(`/-/survey/${form}`)).body), /connectez-vous pour y répondre/);
		const at = await begin(member, form);
		await go(member, at, "lieu", { bien: "plutot" });
		const again = await come("member");
		assert.match((await again.get(`/-/survey/${form}`)).body, new RegExp(`href="${at}"`));
		await sendAll(member, at);
		assert.match(text((await again.get(`/-/survey/${form}`)).body), /Vous avez répondu/);
		const list = await facilitator.get(`/-/survey/${form}/responses`);
		assert.doesNotMatch(list.body.split("<main")[1]!, /Maël/); // who answered stands beside no answer
		const url = /\/-\/response\/[0-9a-z]{26}/.exec(list.body)![0];
		assert.equal((await member.get(url)).status, 200);
		await member.send(formOf(await member.get(url), `${url}/delete`));
		assert.equal(await count(form), 0);
	});

	it("one is built with a page and a condition, tried without keeping anything, translated, corrected in the field", async () => {
		const form = await make({}, "");
		const add = await facilitator.form(`/-/form/${form}/add/choice`, `/-/form/${form}/add/choice`).catch(() => null);
		const kinds = (await facilitator.get(`/-/form/${form}/add`)).body;
		const path = /href="(\/-\/form\/[a-z0-9_]+\/[a-z]+\/choice)"/.exec(kinds)?.[1] ?? add?.action!;
		await facilitator.send(await facilitator.form(path, path), { label: "Avez-vous un ordinateur ?", choices: "Oui\nNon" });
		const pages = await facilitator.form(`/-/survey/${form}/pages`, `/-/survey/${form}/pages`);
		const question = pages.pairs.map(([name]) => name).find((name) => name.startsWith("page-avez"))!;
		const saved = await facilitator.send(pages, { "label-1": "La suite", "page-question_1": "+", "if_field-1": question.slice(5), "if_op-1": "=", "if_value-1": "oui" });
		assert.equal(saved.status, 303);
		const manage = await facilitator.get(`/-/survey/${form}/manage`);
		const trial = (await facilitator.send(formOf(manage, `/-/survey/${form}/trial`))).location.split("?")[0]!;
		const field = question.slice(5);
		assert.match((await go(facilitator, trial, "page_1", { [field]: "non" })).location, /review$/); // the second page is not for her
		assert.match((await go(facilitator, trial, "page_1", { [field]: "oui" })).location, /page=la_suite/);
		await go(facilitator, trial, "la_suite", { question_1: "Bien" });
		await sendAll(facilitator, trial);
		assert.equal(await count(form), 0);
		const texts = await facilitator.form(`/-/survey/${form}/languages`, `/-/survey/${form}/languages`);
		const row = texts.pairs.find(([, value]) => value === "Avez-vous un ordinateur ?")![0].slice(3);
		await facilitator.send(texts, { [`en-${row}`]: "Have you a computer?" });
		const english = new Client(site, { "Accept-Language": "en" });
		assert.match((await english.get(await begin(english, form))).body, /Have you a computer\?/);
		const french = new Client(site), at = await begin(french, form);
		await go(french, at, "page_1", { [field]: "non" });
		const settings = await facilitator.form(`/-/survey/${form}/settings`, `/-/survey/${form}/settings`);
		const refused = await facilitator.send(settings, { opens: "hier", closes: "1/1/2001" });
		assert.equal(refused.status, 422);
		assert.match(refused.body, /value="hier"/);
		assert.equal((await facilitator.send(settings, { welcome: "Bonjour à tous" })).status, 303);
		assert.match((await french.get(`/-/survey/${form}`)).body, /Bonjour à tous/);
		assert.match((await sendAll(french, at)).location, /thanks/); // begun before, sent after
	});

	it("a quota stops politely, and keeps nothing", async () => {
		const form = await make();
		const settings = await facilitator.form(`/-/survey/${form}/settings`, `/-/survey/${form}/settings`);
		await facilitator.send(settings, { "quota-0": "bien.oui", "most-0": "1" });
		const first = new Client(site), a = await begin(first, form), second = new Client(site), b = await begin(second, form);
		await go(first, a, "lieu", { bien: "oui" });
		await sendAll(first, a);
		const stopped = await go(second, b, "lieu", { bien: "oui" });
		assert.match(text((await second.get(stopped.location)).body), /déjà assez de réponses/);
		assert.equal((await second.get(b)).status, 404);
		assert.equal(await count(form), 1);
	});

	it("files hold words or codes, and what spreadsheets would take for a formula is none", async () => {
		const form = await make({ anonymity: "named" });
		const at = (await facilitator.send(await facilitator.form(`/-/survey/${form}/enter`, `/-/survey/${form}/enter`), { channel: "2", name: "" })).location.split("?")[0]!;
		await go(facilitator, at, "lieu", { bien: "non", manque: "=1+1" });
		await go(facilitator, at, "envie", { envies: ["jardin", "fete"] });
		await sendAll(facilitator, at);
		const words = csv((await facilitator.get(`/-/survey/${form}/export/csv`)).body)[0]!, codes = csv((await facilitator.get(`/-/survey/${form}/export/csv?cles=1`)).body)[0]!;
		assert.ok(Object.values(words).includes("Non"), JSON.stringify(words));
		assert.ok(!Object.values(words).includes("=1+1"));
		assert.equal(codes["bien"], "non");
		assert.equal(codes["envies"], "jardin;fete");
		const json = JSON.parse((await facilitator.get(`/-/survey/${form}/export/json`)).body) as { values: Record<string, unknown>; channel: string }[];
		assert.deepEqual(json[0]!.values, { bien: "non", envies: ["jardin", "fete"], manque: "=1+1" });
		assert.equal(json[0]!.channel, "paper");
		for (const [name, magic] of [["xlsx", "PK"], ["ods", "PK"]] as const) assert.equal((await facilitator.get(`/-/survey/${form}/export/${name}`)).bytes.subarray(0, 2).toString(), magic);
		assert.equal((await member.get(`/-/survey/${form}/export/csv`)).status, 404);
	});

	it("sent to a list: one code each, letters to who has not answered, calls noted, and anonymous all the same", async () => {
		const form = await make({ who: "invited" }), campaign = `/-/survey/${form}/campaign`;
		assert.match(text((await new Client(site).get(`/-/survey/${form}`)).body), /le lien ou le code d’une invitation/);
		const wrong = await facilitator.send(await facilitator.form(campaign, campaign), { lines: "La régie; pas une adresse" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Ligne 1 : « pas une adresse » n’est pas une adresse électronique/);
		const lines = "La régie; regie@exemple.org; 02 47 11 11 11; Les Fontaines\nLe centre\tcentre@exemple.org\nLe café; ; 02 47 22 22 22";
		assert.equal((await facilitator.send(await facilitator.form(campaign, campaign), { lines })).status, 303);
		await facilitator.send(await facilitator.form(campaign, campaign), { lines }); // who is there already is there once
		const list = await facilitator.get(campaign);
		assert.match(text(list.body), /0 sur 3 ont répondu/);
		const [urls, letters] = [[...new Set(list.body.match(/\/-\/target\/[0-9a-z]{26}/g))], (await facilitator.get(`/-/survey/${form}/letters`)).body];
		assert.equal(urls.length, 3);
		assert.equal(letters.match(/class="survey-letter"/g)!.length, 3);
		await facilitator.send(formOf(list, `/-/survey/${form}/remind`));
		await facilitator.send(formOf(await facilitator.get(campaign), `/-/survey/${form}/remind`));
		assert.match(text((await facilitator.get(campaign)).body), /relancé 2.*La régie.*relancé 1 fois/);

		// One answers with her link, having stopped in between; the mark says that, and nothing more.
		const regie = urls[[...list.body.matchAll(/\/-\/target\/[0-9a-z]{26}">([^<]*)/g)].findIndex((m) => m[1] === "La régie")]!;
		const code = /\/-\/s\/([0-9a-z-]{19})/.exec((await facilitator.get(regie)).body)![1]!;
		const who = new Client(site), at = `/-/s/${code}`;
		assert.equal((await who.send(await who.form(at, at))).status, 303);
		await go(who, at, "lieu", { bien: "oui" }, "pause");
		assert.match(text((await facilitator.get(campaign)).body), /a commencé 1/);
		const other = new Client(site);
		assert.match((await other.send(await other.form("/-/resume", "/-/resume"), { code })).location, /\/-\/s\//);
		await go(other, at, "envie", {});
		await sendAll(other, at);
		assert.match(text((await facilitator.get(campaign)).body), /1 sur 3 ont répondu/);
		assert.match(text((await new Client(site).get(at)).body), /Ces réponses sont envoyées/);
		assert.equal((await facilitator.get(`/-/survey/${form}/letters`)).body.match(/class="survey-letter"/g)!.length, 2);

		// Another is called: what was said, when to call again, then her answers during the call.
		const cafe = urls[[...list.body.matchAll(/\/-\/target\/[0-9a-z]{26}">([^<]*)/g)].findIndex((m) => m[1] === "Le café")]!;
		assert.equal((await member.get(cafe)).status, 403);
		await facilitator.send(await facilitator.form(cafe, cafe), { note: "En réunion, <b>rappeler", outcome: "4", call_at: "mardi matin" });
		const called = await facilitator.get(campaign);
		assert.match(text(called.body), /Le café.*rappeler : mardi matin.*En réunion, <b>rappeler/);
		const phone = (await facilitator.send(await facilitator.form(cafe, `${cafe}/enter`))).location.split("?")[0]!;
		await go(facilitator, phone, "lieu", { bien: "plutot" });
		await sendAll(facilitator, phone);
		assert.match(text((await facilitator.get(campaign)).body), /2 sur 3 ont répondu/);
		await facilitator.send(formOf(await facilitator.get(cafe), `${cafe}/remove`));
		assert.match(text((await facilitator.get(campaign)).body), /1 sur 2 ont répondu/);
		assert.equal(await count(form), 2);
	});

	it("many at once, and none is lost", async () => {
		const form = await make(), n = 60;
		const one = async () => {
			const who = new Client(site), at = await begin(who, form);
			await go(who, at, "lieu", { bien: "oui" });
			return (await sendAll(who, at)).status;
		};
		assert.deepEqual(new Set(await Promise.all(Array.from({ length: n }, one))), new Set([303]));
		assert.equal(await count(form), n);
	});
});
