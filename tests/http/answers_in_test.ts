// Answers that come in by a file: what our own files hold comes back the same; what is refused is told with its line; a file is
// taken back whole; the promise of an anonymous questionnaire holds.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { makeZip } from "../support/make_zip.js";
import { onSite, source } from "../support/program.js";

const own = join(source, "tests/unit/formats/limesurvey");
type Sent = { values: Record<string, unknown>; channel?: string; sent?: string; name?: string; language: string };

onSite("answers from a file", (site) => {
	let facilitator: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
	});
	let made = 0;
	async function make(settings: Record<string, string> = {}, copy = "diagnostic"): Promise<string> {
		const answer = await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: `Reprise ${++made}`, copy, ...settings });
		return /\/-\/survey\/([a-z0-9_]+)\//.exec(answer.location)![1]!;
	}
	const send = async (form: string, name: string, bytes: Uint8Array | string) =>
		facilitator.sendFiles(await facilitator.form(`/-/survey/${form}/import`, `/-/survey/${form}/import`), {}, { file: new File([typeof bytes === "string" ? bytes : Uint8Array.from(bytes)], name) });
	const look = async (form: string, name: string, bytes: Uint8Array | string) => {
		const sent = await send(form, name, bytes);
		assert.equal(sent.status, 303, text(sent.body));
		return { path: sent.location, page: await facilitator.get(sent.location) };
	};
	const take = async (path: string, values: Record<string, string | null> = {}) => facilitator.send(await facilitator.form(path, path.split("?")[0]!), { "act[]": "take", ...values });
	const answers = async (form: string) => JSON.parse((await facilitator.get(`/-/survey/${form}/export/json`)).body) as Sent[];
	const file = async (form: string, format: string) => facilitator.get(`/-/survey/${form}/export/${format}`);
	const sorted = (all: Sent[]) => all.map((one) => JSON.stringify(one.values, Object.keys(one.values).sort())).sort();

	it("keeps what it says, by short names and by words in both languages", async () => {
		const form = await make({ anonymity: "named" });
		const definition = JSON.parse(readFileSync(join(source, "presets/agora-de-quartier/forms/diagnostic.json"), "utf8")) as { fields: { key: string; label: { fr: string; en: string } }[] };
		const label = (key: string, lang: "fr" | "en") => definition.fields.find((f) => f.key === key)!.label[lang];
		const text1 = `${label("type", "fr")};${label("salaries", "en")};Envoyée;canal;Nom\nAssociation;12;03/11/2026 14:30;papier;La régie\n;3;2026-11-04;phone;"L’atelier"\n`;
		const { page, path } = await look(form, "réponses.csv", text1);
		assert.match(text(page.body), /5 colonnes du fichier sont reconnues/);
		const taken = await take(path, { good: "1" });
		if (taken.status !== 303) console.log(text(page.body), text(taken.body));
		assert.equal(taken.status, 303);
		const all = await answers(form);
		assert.ok(all.some((one) => one.values["salaries"] === "3" && one.channel === "phone" && one.name === "L’atelier" && one.sent === "2026-11-03T23:00:00Z"), JSON.stringify(all));
	});
	it("gives a script and its data to R, and refuses what no questionnaire has", async () => {
		const form = await make({ anonymity: "named" });
		const { path } = await look(form, "a.csv", "type;salaries;Nom\n;12;La régie\n;beaucoup;\n");
		assert.equal((await take(path)).status, 422); // a line is refused: nothing is kept
		assert.equal((await answers(form)).length, 0);
		assert.equal((await take(path, { good: "1" })).status, 303);
		assert.deepEqual((await answers(form)).map((one) => [one.values["salaries"], one.name]), [["12", "La régie"]]);
		const zip = await file(form, "r");
		assert.equal(zip.status, 200);
		assert.equal(zip.bytes.subarray(0, 2).toString(), "PK");
		const names = zip.bytes.toString("latin1");
		assert.ok(names.includes("answers.R") && names.includes("answers.csv"));
		for (const [bytes, why] of [["", /Choisissez un fichier/], ["a;b\n", /qu’une première ligne/]] as const) {
			const refused = await send(form, "x.csv", bytes);
			assert.equal(refused.status, 422);
			assert.match(text(refused.body), why);
		}
	});
	it("takes its own files back: words or codes, CSV, Excel, OpenDocument", async () => {
		const one = readFileSync(join(own, "kinds.lsr"), "utf8").replace("<![CDATA[A9]]>", "<![CDATA[A1]]>");
		const row = /<row>[\s\S]*?<submitdate>[\s\S]*?<\/row>/.exec(one)![0];
		const five = Buffer.from(one.replace("</rows>", `${row.replace("<row>", "<row>").repeat(5)}</rows>`));
		const bytes = makeZip([
			{ name: "survey_9.lss", data: readFileSync(join(own, "kinds.lss")) },
			{ name: "survey_9_responses.lsr", data: five },
		]);
		const sent = await facilitator.sendFiles(await facilitator.form("/-/limesurvey", "/-/limesurvey"), {}, { file: new File([Uint8Array.from(bytes)], "kinds.lsa") });
		const survey = await facilitator.send(await facilitator.form(sent.location, "/-/limesurvey/"), { answers: "1" });
		assert.equal(survey.status, 303, text(survey.body).slice(0, 1200));
		const form = /\/-\/survey\/([a-z0-9_]+)\//.exec(survey.location)![1]!;
		const whole = await answers(form);
		for (const format of ["csv?cles=1", "csv", "xlsx", "ods", "xlsx?cles=1", "ods?cles=1"]) {
			const exported = await file(form, format);
			const { page, path } = await look(form, `kinds.${format.split("?")[0]}`, exported.bytes);
			const shown = text(page.body);
			assert.match(shown, /6 lignes disent la même chose que des réponses déjà là/, `${format}: ${shown.slice(400, 2000)}`);
			const taken = await take(path, { leave_same: null });
			assert.equal(taken.status, 303, `${format} ${text(taken.body)}`);
			const all = await answers(form);
			assert.equal(new Set(sorted(all)).size, 1, format);
			const undo = await facilitator.get(taken.location);
			assert.equal((await facilitator.send(formOf(undo, "/-/answers-in/"))).status, 303);
			assert.equal((await answers(form)).length, whole.length);
		}
	});
});
