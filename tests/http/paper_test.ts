// Questionnaires on paper: printed with the place of every box, entered sheet by sheet, twice by two people and compared.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}
interface Mark extends Box {
	kind: string;
	question: string;
	number: number;
	choice?: string;
}
interface Definition {
	format: string;
	unit: string;
	survey: string;
	edition: number;
	language: string;
	questions: { key: string; number: number; page: number }[];
	pages: { page: number; corners: Box[]; code: Box; sheet: Box[]; marks: Mark[] }[];
}

onSite("questionnaires on paper", (site) => {
	let facilitator: Client, administrator: Client, member: Client;
	before(async () => {
		const come = (who: PersonName) => new Client(site).signIn(who);
		[facilitator, administrator, member] = (await Promise.all((["facilitator", "administrator", "member"] as PersonName[]).map(come))) as [Client, Client, Client];
	});
	let made = 0;
	async function make(copy: string, twice: number, settings: Record<string, string> = {}): Promise<string> {
		const answer = await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: `Papier ${++made}`, copy, ...settings });
		const key = /\/-\/survey\/([a-z0-9_]+)\//.exec(answer.location)![1]!;
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${key}/manage`), `/-/survey/${key}/state`), { to: "open" });
		await facilitator.send(await facilitator.form(`/-/survey/${key}/paper`, `/-/survey/${key}/paper`), { "back-fr": "À la maison de quartier", twice: String(twice) });
		await facilitator.get(`/-/survey/${key}/paper/pdf`);
		return key;
	}
	const definition = async (form: string, edition = 1) => JSON.parse((await facilitator.get(`/-/survey/${form}/paper/${edition}`)).body) as Definition;
	const take = async (who: Client, form: string, sheet: string) => who.send(await who.form(`/-/survey/${form}/sheets`, `/-/survey/${form}/sheets`), { sheet });
	// Page after page of the paper; what is not on a page is not sent.
	async function enter(who: Client, form: string, sheet: string, answers: Record<string, string | string[]>) {
		const pages = (await definition(form)).questions;
		let answer = await take(who, form, sheet);
		assert.equal(answer.status, 303, text(answer.body));
		const at = answer.location.split("?")[0]!;
		for (const page of [...new Set(pages.filter((it) => it.number > 0).map((it) => it.page))]) {
			const keys = pages.filter((it) => it.page === page).map((it) => it.key);
			const here = Object.entries(answers).filter(([name]) => keys.some((key) => name === key || name.startsWith(`${key}.`) || name.endsWith(`-${key}`)));
			answer = await who.send(await who.form(`${at}?page=${page}`, at), { ...Object.fromEntries(here), "_go[]": "next" });
			assert.equal(answer.status, 303, text(answer.body));
		}
		return { at, answer };
	}
	const count = async (form: string) => Number(/<strong>(\d+)<\/strong> réponses? envoyées?/.exec((await facilitator.get(`/-/survey/${form}/manage`)).body)![1]);

	it("printed as PDF, with what was printed and where kept under a number of its own", async () => {
		const form = await make("diagnostic", 0, { anonymity: "confidential" });
		const pdf = await facilitator.get(`/-/survey/${form}/paper/pdf`);
		assert.equal(pdf.status, 200);
		assert.match(String(pdf.headers["content-type"]), /application\/pdf/);
		assert.ok(pdf.body.startsWith("%PDF-"));
		const one = await definition(form);
		assert.equal(one.format, "parvis-paper-1");
		assert.equal(one.survey, form);
		assert.deepEqual(one.questions.map((it) => it.number).filter((it) => it > 0), Array.from({ length: one.questions.length }, (_, i) => i + 1));
		const type = one.pages.flatMap((it) => it.marks).filter((it) => it.question === "public");
		assert.deepEqual(type.map((it) => it.choice), ["true", "false"]);
		for (const page of one.pages) {
			assert.equal(page.corners.length, 4);
			assert.equal(page.sheet.length, 4);
			for (const box of [...page.corners, page.code, ...page.sheet, ...page.marks]) assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 2100 && box.y + box.height <= 2970);
		}
		// The same again has the same number; another language has its own.
		await facilitator.get(`/-/survey/${form}/paper/pdf`);
		assert.equal((await facilitator.get(`/-/survey/${form}/paper/2`)).status, 404);
		await facilitator.get(`/-/survey/${form}/paper/pdf?langue=en`);
		assert.equal((await definition(form, 2)).language, "en");
	});

	it("the code of a page leads who answers to the questionnaire, and who looks after it to the sheet", async () => {
		const form = await make("trois_questions", 0);
		assert.equal((await new Client(site).get(`/-/paper/${form}/2.1/1`)).location, `/-/survey/${form}`);
		await facilitator.send(await facilitator.form(`/-/survey/${form}/campaign`, `/-/survey/${form}/campaign`), { lines: "Régie de quartier\nCentre social" });
		const copies = await facilitator.get(`/-/survey/${form}/paper/pdf?lot=1`);
		assert.ok(copies.body.startsWith("%PDF-"));
		assert.equal((await facilitator.get(`/-/survey/${form}/paper/pdf?lot=2`)).status, 404);
		const target = /\/-\/target\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/survey/${form}/campaign`)).body)![0];
		const code = /[0-9a-z]{4}(-[0-9a-z]{4}){3}/.exec(text((await facilitator.get(target)).body))![0];
		assert.equal((await new Client(site).get(`/-/paper/${form}/2.1/1/${code}`)).location, `/-/s/${code}`);
		const scanned = await facilitator.get(`/-/paper/${form}/2.1/1/${code}`);
		assert.match((await facilitator.get(scanned.location)).body, new RegExp(`value="${code}"`));
		// Entered, whoever it was for has answered, once.
		await enter(facilitator, form, code, { bien: "non" });
		assert.equal(await count(form), 1);
		assert.match(text((await take(facilitator, form, code)).body), /déjà été saisie/);
		assert.match(text((await facilitator.get(target)).body), /a répondu/);
	});

	it("entered as printed; what does not go with other answers is told, and left out unless it is kept", async () => {
		const form = await make("diagnostic", 0, { anonymity: "named" });
		const said = { type: "nomade", postes: "de_6_a_10", public: "0", heures: "12", "mark-heures": "doubtful", "note-heures": "peut-être 72" };
		const { answer } = await enter(facilitator, form, "0012", said);
		assert.match(answer.location, /\/check$/);
		const check = await facilitator.get(answer.location);
		assert.match(text(check.body), /Combien d’heures par semaine.*Garder quand même/);
		assert.equal(await count(form), 0);
		const kept = await facilitator.send(formOf(check, answer.location), { "keep-heures": "1" });
		assert.match(text((await facilitator.get(kept.location)).body), /La feuille est saisie, et compte/);
		assert.equal(await count(form), 1);
		const response = /\/-\/response\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/survey/${form}/responses`)).body)![0];
		const shown = text((await facilitator.get(response)).body);
		assert.match(shown, /sur papier/);
		assert.match(shown, /saisie? par/);
		assert.match(shown, /12 heures par semaine/);
		assert.match(shown, /douteux.*peut-être 72/);
		// Left out, where nothing is said.
		const other = await enter(facilitator, form, "13", said);
		await facilitator.send(await facilitator.form(other.answer.location, other.answer.location));
		const second = /\/-\/response\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/survey/${form}/responses`)).body)![0];
		assert.notEqual(second, response);
		assert.doesNotMatch(text((await facilitator.get(second)).body), /12 heures par semaine/);
		// The same number is the same sheet.
		assert.match(text((await take(facilitator, form, "12")).body), /déjà été saisie/);
	});

	it("what a question refuses is told with its words; left out, or kept as on the paper with a mark", async () => {
		const form = await make("", 0, { anonymity: "named" });
		await facilitator.send(await facilitator.form(`/-/form/${form}/add/number`, "/-/form/"), { label: "Combien de postes ?" });
		const edit = `/-/form/${form}/question/combien_de_postes`;
		assert.equal((await facilitator.send(await facilitator.form(edit, edit), { constraint: "combien_de_postes < 100", refusal: "Moins de cent, s’il vous plaît." })).status, 303);
		await facilitator.get(`/-/survey/${form}/paper/pdf`);
		const question = (await definition(form, 2)).questions.find((it) => /postes/.test(it.key))!;
		const type = async (sheet: string, keep: boolean) => {
			const at = (await take(facilitator, form, sheet)).location.split("?")[0]!;
			const done = await facilitator.send(await facilitator.form(`${at}?page=${question.page}`, at), { [question.key]: "250", "_go[]": "next" });
			assert.match(done.location, /\/check$/);
			const check = await facilitator.get(done.location);
			assert.match(text(check.body), /Moins de cent, s’il vous plaît.*La garder comme sur le papier/);
			await facilitator.send(formOf(check, done.location), keep ? { [`keep-${question.key}`]: "1" } : {});
			const response = /\/-\/response\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/survey/${form}/responses`)).body)![0];
			return text((await facilitator.get(response)).body);
		};
		assert.match(await type("1", true), /Combien de postes \? 250.*Noté sur le papier.*comme sur le papier/);
		assert.doesNotMatch(await type("2", false), /250/);
	});

	it("a number that cannot be is refused, and all that was typed stays", async () => {
		const form = await make("diagnostic", 0, { anonymity: "named" });
		const at = (await take(facilitator, form, "5")).location;
		const page = (await definition(form)).questions.find((it) => it.key === "salaries")!.page;
		const refused = await facilitator.send(await facilitator.form(`${at}?page=${page}`, at), { type: "nomade", salaries: "beaucoup", "_go[]": "next" });
		assert.equal(refused.status, 422);
		assert.match(refused.body, /beaucoup/);
		assert.match(text((await take(facilitator, form, "x")).body), /Écrivez le numéro de la feuille, ou son code/);
		assert.match(text((await take(facilitator, form, "7kq2-xm0d-9rtw-h3pf")).body), /n’est pas de ce questionnaire/);
	});

	it("twice by two people who do not see each other’s, and what differs is decided before it counts", async () => {
		const form = await make("diagnostic", 100, { anonymity: "named" });
		await enter(facilitator, form, "1", { type: "nomade", postes: "de_6_a_10", public: "1", salaries: "4", mot: "Merci  à vous" });
		assert.equal(await count(form), 0);
		const hers = await take(facilitator, form, "1");
		assert.match(text((await facilitator.get(hers.location)).body), /quelqu’un d’autre la saisit/);
		const blind = (await take(administrator, form, "1")).location;
		assert.doesNotMatch((await administrator.get(`${blind}?page=1`)).body, /value="nomade"[^>]*checked/);
		const { answer } = await enter(administrator, form, "1", { type: "nomade", postes: "de_6_a_10", public: "0", salaries: "14", mot: "merci à vous" });
		assert.match(answer.location, /\/compare$/);
		const page = await administrator.get(answer.location);
		assert.match(text(page.body), /2 réponses sur 5/); // texts are the same without case and blanks
		const undecided = await administrator.send(formOf(page, answer.location), { "pick-public": "1" });
		assert.equal(undecided.status, 422);
		const done = await administrator.send(formOf(undecided, answer.location), { "pick-public": "1", "pick-salaries": "3", salaries: "44" });
		assert.equal(done.status, 303);
		assert.equal(await count(form), 1);
		const response = /\/-\/response\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/survey/${form}/responses`)).body)![0];
		const shown = text((await facilitator.get(response)).body);
		assert.match(shown, /ouverts au public \?\s*oui/i);
		assert.match(shown, /44/);
		assert.match(text((await facilitator.get(`/-/survey/${form}/paper`)).body), /60,0\s%/);
		// Two who agree need no decision.
		const same = { type: "nomade", postes: "de_6_a_10" };
		await enter(facilitator, form, "2", same);
		assert.match((await enter(administrator, form, "2", same)).answer.location, /\/sheets/);
		assert.equal(await count(form), 2);
	});

	it("of an anonymous questionnaire nothing is readable until it counts, and nothing of the sheet is left then", async () => {
		const form = await make("trois_questions", 100);
		const word = "palimpsestueux";
		const readable = async () => {
			for (const name of await readdir(site.dir))
				if (/\.db/.test(name) && (await readFile(join(site.dir, name))).includes(word)) return true;
			return false;
		};
		await enter(facilitator, form, "1", { bien: "non", manque: word });
		assert.match(text((await facilitator.get((await take(facilitator, form, "1")).location)).body), /quelqu’un d’autre la saisit/);
		assert.equal(await readable(), false);
		await enter(administrator, form, "1", { bien: "non", manque: word });
		assert.equal(await count(form), 1);
		assert.match(text((await facilitator.get(`/-/survey/${form}/sheets`)).body), /Aucune feuille en cours/);
		assert.match(text((await take(facilitator, form, "1")).body), /déjà été saisie/);
		// Shut, all of it is shown: one more would be told from the others.
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "closed" });
		assert.match(text((await take(facilitator, form, "2")).body), /se distinguerait des autres/);
	});

	it("begun again, put aside, and for who looks after the questionnaire alone", async () => {
		const form = await make("diagnostic", 0, { anonymity: "confidential" });
		const at = (await take(facilitator, form, "3")).location;
		await facilitator.send(await facilitator.form(`${at}?page=1`, at), { type: "nomade", "_go[]": "stop" });
		assert.match((await facilitator.get(`${at}?page=1`)).body, /value="nomade"[^>]*checked/);
		assert.match(text((await facilitator.get(`/-/survey/${form}/sheets`)).body), /Feuille 3.*commencée/);
		assert.equal((await member.get(at)).status, 403);
		assert.equal((await member.get(`/-/survey/${form}/sheets`)).status, 403);
		const dropped = await facilitator.send(await facilitator.form(`${at}?page=1`, `${at}/drop`));
		assert.equal(dropped.status, 303);
		assert.equal((await facilitator.get(at)).status, 404);
		assert.equal(await count(form), 0);
	});
});
