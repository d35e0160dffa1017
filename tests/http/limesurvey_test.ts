// Surveys of LimeSurvey sent in the browser: what they become, what is not taken over, the answers of an archive.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, source } from "../support/program.js";
import { makeZip } from "../support/make_zip.js";

const own = join(source, "tests/unit/formats/limesurvey"), samples = join(source, "../shared/samples/limesurvey");

onSite("LimeSurvey", (site) => {
	let facilitator: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
	});
	const send = async (name: string, bytes: Uint8Array | string) =>
		facilitator.sendFiles(await facilitator.form("/-/limesurvey", "/-/limesurvey"), {}, { file: new File([typeof bytes === "string" ? bytes : Uint8Array.from(bytes)], name) });
	const make = async (path: string, values: Record<string, string> = {}) => facilitator.send(await facilitator.form(path, "/-/limesurvey/"), values);

	it("shows what a survey becomes, and what is not taken over, before anything is made", async () => {
		const sent = await send("new.lss", readFileSync(join(own, "new.lss")));
		assert.equal(sent.status, 303);
		const shown = text((await facilitator.get(sent.location)).body);
		assert.match(shown, /Outils & usages/);
		assert.match(shown, /3 questions, 2 pages/);
		assert.match(shown, /le motif que les réponses doivent suivre n’est pas repris\s: \/\^\[0-9\]\+\$\//);
		assert.doesNotMatch(text((await facilitator.get("/-/surveys")).body), /Outils & usages/);
		const made = await make(sent.location);
		assert.equal(made.status, 303);
		const pages = text((await facilitator.get(made.location)).body);
		assert.match(pages, /Vos outils/);
		assert.match(pages, /Combien de postes/);
	});
	it("keeps the answers of an archive, but those that are refused, which are listed with their line", async () => {
		const bytes = makeZip([
			{ name: "survey_9.lss", data: readFileSync(join(own, "kinds.lss")) },
			{ name: "survey_9_responses.lsr", data: readFileSync(join(own, "kinds.lsr")) },
		]);
		const sent = await send("kinds.lsa", bytes);
		assert.equal(sent.status, 303, text(sent.body));
		const shown = text((await facilitator.get(sent.location)).body);
		assert.match(shown, /1 réponse ne peut pas être gardée telle quelle/);
		assert.match(shown, /« A9 » n’est pas parmi les réponses qu’elle propose/);
		assert.equal((await make(sent.location, { answers: "1" })).status, 422);
		const clean = readFileSync(join(own, "kinds.lsr"), "utf8").replace("<![CDATA[A9]]>", "<![CDATA[A1]]>");
		const again = await send("kinds.lsa", makeZip([
			{ name: "survey_9.lss", data: readFileSync(join(own, "kinds.lss")) },
			{ name: "survey_9_responses.lsr", data: Buffer.from(clean) },
		]));
		const made = await make(again.location, { answers: "1" });
		assert.equal(made.status, 303, text(made.body));
		assert.match(text((await facilitator.get(made.location)).body), /1 réponse envoyée/);
		const form = /\/-\/survey\/([a-z0-9_]+)\//.exec(made.location)![1]!;
		assert.match(text((await facilitator.get(`/-/survey/${form}/responses`)).body), /envoyée le samedi 9 mars 2024/); // its own day
	});
	it("takes over who was invited, how far each is, and what was begun", async () => {
		const one = readFileSync(join(own, "kinds.lsr"), "utf8").replace("<![CDATA[A9]]>", "<![CDATA[A1]]>");
		const row = /<row>[\s\S]*?<submitdate>[\s\S]*?<\/row>/.exec(one)![0];
		// The atelier has begun; somebody unknown too, who could not go on.
		const begun = (token: string) => row.replace(/<submitdate>.*<\/submitdate>/, "<submitdate/>").replace("<![CDATA[abc]]>", `<![CDATA[${token}]]>`);
		const twice = row.replace("<id><![CDATA[1]]>", "<id><![CDATA[4]]>"); // a code that served twice
		const bytes = makeZip([
			{ name: "survey_9.lss", data: Buffer.from(readFileSync(join(own, "kinds.lss"), "utf8").replace("<anonymized>", `<attributedescriptions><![CDATA[{"attribute_1":{"description":"Quartier"}}]]></attributedescriptions><anonymized>`)) },
			{ name: "survey_9_responses.lsr", data: Buffer.from(one.replace("</rows>", `${begun("def")}${begun("")}${twice}</rows>`)) },
			{ name: "survey_9_tokens.lst", data: readFileSync(join(own, "people.lst")) },
		]);
		const sent = await send("people.lsa", bytes);
		const shown = text((await facilitator.get(sent.location)).body);
		assert.match(shown, /Avec les 5 personnes qui étaient invitées/);
		assert.match(shown, /commencées? et jamais envoyées? (est|sont) laissées? de côté/);
		const made = await make(sent.location, { answers: "1", people: "1" });
		assert.equal(made.status, 303, text(made.body));
		const form = /\/-\/survey\/([a-z0-9_]+)\//.exec(made.location)![1]!;
		const list = (await facilitator.get(`/-/survey/${form}/campaign`)).body;
		const rows = [...list.matchAll(/<li class="row">[\s\S]*?<\/li>/g)].map((m) => text(m[0]));
		const said = (name: string) => rows.find((line) => line.includes(name)) ?? "";
		for (const [name, state] of [["Régie de quartier", /A répondu/i], ["L’atelier", /Commencé/i], ["Non Merci", /ne souhaite pas répondre/], ["perdue@example.org", /Injoignable/i], ["zzz", /À contacter/i]] as const) assert.match(said(name), state, said(name) || rows.join("\n"));
		const path = /href="(\/-\/target\/[0-9a-z]+)[^"]*"[^>]*>[^<]*L’atelier/.exec(list)![1]!;
		const page = text((await facilitator.get(path)).body);
		for (const words of [/atelier@example\.org/, /Morier/, /Code dans LimeSurvey\s*:?\s*def/]) assert.match(page, words);
		// Her new code leads to what she had answered.
		await facilitator.send(await facilitator.form(`/-/survey/${form}/manage`, `/-/survey/${form}/state`), { to: "open" });
		const entered = await facilitator.send(await facilitator.form(path, `${path}/enter`));
		const code = /\/-\/s\/([0-9a-z-]{19})/.exec(entered.location)![1]!;
		assert.match((await new Client(site).get(`/-/s/${code}/review`)).body, /parfois/);
		assert.match(text((await facilitator.get(`/-/survey/${form}/manage`)).body), /2 réponses envoyées/);
	});
	it("says what is wrong with another file, and keeps nothing", async () => {
		for (const [bytes, why] of [["Nom;Prix\nUn;2\n", /n’est pas la structure/], ["<document><a>", /n’est pas le XML/], ["", /Choisissez un fichier/],
			[makeZip([{ name: "autre.txt", data: Buffer.from("rien") }]), /ne contient pas de questionnaire/]] as const) {
			const refused = await send("x.lss", bytes);
			assert.equal(refused.status, 422);
			assert.match(text(refused.body), why);
		}
	});
	it("escapes what a hostile survey says", async () => {
		const hostile = readFileSync(join(own, "new.lss"), "utf8").replace("Vos outils", "<script>alert(1)</script><img src=x onerror=alert(2)>").replace("/^[0-9]+$/", "</td><script>alert(3)</script>");
		const shown = (await facilitator.get((await send("new.lss", hostile)).location)).body;
		assert.doesNotMatch(shown, /<script>alert|onerror=/);
	});
	it("reads real surveys of all versions (where the samples are there)", async () => {
		if (!existsSync(samples)) return console.log("no samples beside the project: not read");
		for (const name of readdirSync(samples)) {
			const sent = await send(name, readFileSync(join(samples, name)));
			assert.equal(sent.status, 303, `${name}: ${text(sent.body).slice(0, 600)}`);
			const shown = await facilitator.get(sent.location);
			assert.equal(shown.status, 200, name);
			const made = await make(sent.location, name.endsWith(".lsa") ? { answers: "1" } : {});
			assert.equal(made.status, 303, `${name}: ${text(made.body).slice(0, 600)}`);
			assert.equal((await facilitator.get(made.location)).status, 200);
		}
	});
});
