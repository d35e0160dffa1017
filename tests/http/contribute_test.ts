// Contributing in a few words: what, where, when and who lead to a form that holds them; one page then shows everywhere.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

onSite("contributing in words", (site) => {
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const value = (form: { pairs: [string, string][] }, name: string) => form.pairs.find(([key]) => key === name)?.[1];

	it("the words fill the questions that ask them; what none takes stands in the text", async () => {
		const member = await new Client(site).signIn("member");
		const page = await member.get("/-/contribute");
		for (const asked of ["Quoi", "Où", "Quand", "Qui"]) assert.match(page.body, new RegExp(`<label for="f-[a-z]+">${asked}[ <]`));
		const sent = await member.get(`/-/contribute/begin?${new URLSearchParams({ forme: "evenement", titre: "Repair café", ou: "Maison de quartier", quand: "12/12/2026 14 h", qui: "Les Bricoleurs" })}`);
		assert.equal(sent.status, 303);
		const form = formOf(await member.get(sent.location), "/-/new/");
		assert.equal(value(form, "titre"), "Repair café");
		assert.equal(value(form, "lieu_texte"), "Maison de quartier");
		assert.equal(value(form, "quand.from.day"), "12");
		assert.equal(value(form, "quand.from.month"), "12");
		assert.equal(value(form, "texte")?.trim(), "Qui\u00a0: Les Bricoleurs");
		const made = await member.send(form);
		assert.equal(made.status, 303, text(made.body));
		const url = made.location.split("?")[0]!;
		// The same record on the agenda, in the calendar, the feed and on a sheet.
		for (const path of ["/agenda?par=mois&le=2026-12-01", "/-/calendar/view/agenda.ics", "/-/recent.atom", "/-/export/agenda/atom"]) assert.match((await visitor.get(path)).body, /Repair café/, path);
		assert.equal((await visitor.get(`/-/print?path=${encodeURIComponent(url)}`)).headers["content-type"], "application/pdf");
	});

	it("a date that is no date is not lost, and a form that is none is nowhere", async () => {
		const member = await new Client(site).signIn("member");
		const sent = await member.get(`/-/contribute/begin?${new URLSearchParams({ forme: "evenement", titre: "Un jour", quand: "quand il fera beau" })}`);
		assert.equal(value(formOf(await member.get(sent.location), "/-/new/"), "texte")?.trim(), "Quand\u00a0: quand il fera beau");
		assert.equal((await visitor.get("/-/contribute/begin?forme=rien")).status, 404);
	});

	it("all feeds and calendars stand on one page, from the foot of each", async () => {
		assert.match((await visitor.get("/")).body, /href="\/-\/feeds"/);
		const page = (await visitor.get("/-/feeds")).body;
		for (const link of ["/-/recent.atom", "/-/export/recits/atom", "/-/export/agenda/jsonfeed", "/-/calendar/view/agenda.ics"]) {
			assert.ok(page.includes(`href="${link}"`), link);
			assert.equal((await visitor.get(link)).status, 200, link);
		}
	});
});
