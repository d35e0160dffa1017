// Templates: offered to whoever writes, filled in when they do, written by facilitators only. No script is needed.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("templates", (site) => {
	let member: Client, facilitator: Client;
	before(async () => {
		member = await new Client(site).signIn("member");
		facilitator = await new Client(site).signIn("facilitator");
	});
	const value = (form: { pairs: [string, string][] }, name: string) => form.pairs.find(([key]) => key === name)?.[1].replaceAll("\r\n", "\n");
	const offers = (body: string) => [...body.matchAll(/<a href="(\/-\/new\/page[^"]*)"[^>]*>([^<]*)<\/a>/g)].map((m) => [m[2]!, m[1]!.replaceAll("&amp;", "&")]);
	const today = new Intl.DateTimeFormat("fr-FR", { dateStyle: "full", timeZone: "Europe/Paris" }).format(new Date()).replace(" 1 ", " 1er ");

	it("a new page offers the blank one first, then those of the preset, each with what it is for", async () => {
		const page = await member.get("/-/new/page?titre=Ma%20page&espace=coordination");
		const found = offers(page.body);
		assert.deepEqual(found.map(([name]) => name), ["Vierge, sans modèle", "Bilan d’action", "Compte rendu de réunion", "Fiche-outil", "Présentation d’un projet"]);
		assert.equal(found[0]![1], "/-/new/page?titre=Ma%20page&espace=coordination");
		assert.equal(found[2]![1], "/-/new/page?titre=Ma%20page&espace=coordination&modele=compte_rendu");
		assert.match(text(page.body), /Qui était là, ce qui s’est dit, ce qui est décidé/);
		assert.doesNotMatch((await member.get("/-/new/structure")).body, /Compte rendu de réunion/);
	});

	it("from a template: the day and the author at once, the title when it is known, nothing else touched", async () => {
		const form = await member.form("/-/new/page?modele=presentation_projet", "/-/new/");
		const begun = value(form, "texte")!;
		assert.match(begun, /«\s\{titre\}\s», en une phrase/);
		assert.match(begun, new RegExp(`Page commencée par Maël Membre \\(démo\\), ${today}\\.`));
		assert.equal(value(form, "mots"), "projet");
		const answer = await member.send(form, { titre: "Le four à pain", texte: `${begun}\n\n{{fiche {titre}}}\n\n{inconnu} {{titre}}` });
		assert.equal(answer.status, 303);
		const page = await member.get("/le-four-a-pain");
		assert.match(text(page.body), /«\sLe four à pain\s», en une phrase/);
		assert.match(page.body, /embed-record/);
		assert.match(text(page.body), /\{inconnu\} \{\{titre\}\}/);
		// An ordinary page may speak of these words.
		const plain = await add(member, "page", { titre: "Mode d’emploi", texte: "On écrit {titre} et {date}." });
		assert.match(text((await member.get(plain.url)).body), /On écrit \{titre\} et \{date\}\./);
	});

	it("a title in the address is filled in at once; a preview shows the page as it will be", async () => {
		const form = await member.form("/-/new/page?modele=fiche_outil&titre=Le%20pad", "/-/new/");
		assert.match(value(form, "texte")!, /à quoi sert «\sLe pad\s», et pour qui/);
		const other = await member.form("/-/new/page?modele=fiche_outil", "/-/new/");
		const preview = await member.send(other, { titre: "Le tableau", _preview: "1" });
		assert.match(text(preview.body), /à quoi sert «\sLe tableau\s», et pour qui/);
		assert.match(preview.body, /name="_template" value="fiche_outil"/);
		assert.match(preview.body, /Modèle\s*: Fiche-outil/);
	});

	it("an unknown template, or one of another form, begins with nothing", async () => {
		for (const path of ["/-/new/page?modele=absent", "/-/new/page?modele=%22%3E%3Cscript%3E", "/-/new/structure?modele=fiche_outil"]) {
			const answer = await member.get(path);
			assert.equal(answer.status, 200);
			assert.doesNotMatch(answer.body, /name="_template"|"><script>/);
		}
	});

	it("a facilitator makes one of a page, corrects it, deletes it", async () => {
		const made = await add(member, "page", { titre: "Tournée du quartier", texte: "## Le trajet\n\nÀ pied.", mots: "balade" });
		const shown = await facilitator.get(made.url);
		assert.match(shown.body, new RegExp(`href="/-/templates/new/page\\?depuis=${made.id}"`));
		const form = await facilitator.form(`/-/templates/new/page?depuis=${made.id}`, "/-/templates/");
		assert.equal(value(form, "_title"), "Tournée du quartier");
		assert.equal(value(form, "texte")!.trim(), "## Le trajet\n\nÀ pied.");
		assert.equal((await facilitator.send(form, { _title: " " })).status, 422);
		const saved = await facilitator.send(form, { _title: "Zoé <b>tournée</b>", _description: "Un \"trajet\" & des haltes" });
		assert.equal(saved.status, 303);
		assert.match((await facilitator.follow(saved)).body, /Zoé &lt;b&gt;tournée&lt;\/b&gt;/);
		const offered = (await member.get("/-/new/page")).body;
		const [, address] = offers(offered.replace(/&lt;b&gt;|&lt;\/b&gt;/g, "")).find(([name]) => name === "Zoé tournée")!;
		assert.match(offered, /Un &quot;trajet&quot; &amp; des haltes|Un "trajet" &amp; des haltes|Un &#34;trajet&#34; &amp; des haltes/);
		assert.equal(value(await member.form(address!, "/-/new/"), "texte")!.trim(), "## Le trajet\n\nÀ pied.");
		const key = /modele=(\w+)/.exec(address!)![1];
		const again = await facilitator.form(`/-/templates/edit/${key}`, "/-/templates/edit");
		assert.equal((await facilitator.send(again, { texte: "Autre chose, {date}" })).status, 303);
		assert.match(value(await member.form(address!, "/-/new/"), "texte")!, new RegExp(`Autre chose, ${today}`));
		assert.equal((await facilitator.send(await facilitator.form("/-/templates", `/-/templates/delete/${key}`))).status, 303);
		assert.doesNotMatch((await member.get("/-/new/page")).body, /Zoé/);
		assert.equal((await member.get(made.url)).status, 200, "the page it was made of stays");
	});

	it("what members alone read does not get into a template", async () => {
		const made = await add(facilitator, "structure", { nom: "Maison des canaris", genre: "association", presentation: "Public", suivi: "Canari discret" });
		const form = await facilitator.get(`/-/templates/new/structure?depuis=${made.id}`);
		assert.match(form.body, /Public/);
		assert.doesNotMatch(form.body, /Canari discret/);
	});

	it("others neither see nor do it", async () => {
		for (const who of [new Client(site), member, await new Client(site).signIn("contributor")]) {
			assert.notEqual((await who.get("/-/templates")).status, 200);
			assert.notEqual((await who.get("/-/templates/new/page")).status, 200);
			assert.notEqual((await who.get("/-/templates/edit/fiche_outil")).status, 200);
			assert.doesNotMatch((await who.get("/resoudre")).body, /\/-\/templates/);
		}
		const token = /name="_form" value="([^"]+)"/.exec((await member.get("/-/new/page")).body)![1]!;
		for (const path of ["/-/templates/new/page", "/-/templates/edit/fiche_outil", "/-/templates/delete/fiche_outil"])
			assert.equal((await member.post(path, { _form: token, _title: "x" }, { Origin: site.origin })).status, 403);
		assert.match((await member.get("/-/new/page")).body, /Fiche-outil/);
	});

	it("no list, search or feed holds them", async () => {
		for (const path of ["/-/search?q=ce%20qui%20coince", "/pages?vue=list&taille=200", "/-/recent", "/-/recent.atom"])
			assert.doesNotMatch((await new Client(site).get(path)).body, /Fiche-outil/, path);
	});
});
