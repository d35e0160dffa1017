// Records shown inside texts: {{fiche …}}, by the rights of whoever reads.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, trash, versions } from "../support/records.js";

const nothing = "Une fiche citée ici n’existe pas, ou ne vous est pas ouverte.";

onSite("records shown inside texts", (site) => {
	let member: Client, facilitator: Client, contributor: Client;
	let number = 0;
	before(async () => {
		member = await new Client(site).signIn("member");
		facilitator = await new Client(site).signIn("facilitator");
		contributor = await new Client(site).signIn("contributor");
	});
	const page = (texte: string, titre = `Qui montre ${++number}`) => add(member, "page", { titre, texte });
	const visitor = () => new Client(site);
	const seen = async (url: string, who = visitor()) => (await who.get(url)).body;
	const cards = (body: string) => body.match(/class="embed embed-record/g)?.length ?? 0;

	it("by title, address, id or other name: a card with what lists show of it, and its link", async () => {
		const { id } = await add(member, "page", { titre: "Fournil d’Été", texte: "Du pain.", mots: "pain · four" });
		const { url } = await page(["{{fiche fournil D’ETE}}", "{{record fournil-d-ete}}", `{{fiche ${id}}}`].join("\n\n"));
		const body = await seen(url);
		assert.equal(cards(body), 3);
		assert.equal(body.match(/<p class="embed-title"><a href="\/fournil-d-ete">Fournil d’Été<\/a><\/p>/g)?.length, 3);
		assert.equal(body.match(/<span>pain · four<\/span>/g)?.length, 3);
		assert.doesNotMatch(text(body), /Du pain|\{\{/);
	});

	it("a structure shows its category and summary as in the directory", async () => {
		const { url } = await page("{{fiche Résoudre}}");
		const body = await seen(url);
		assert.equal(cards(body), 1);
		assert.match(body, /embed-record tone-[a-z]+/);
		assert.match(text(body), /Résoudre Structure/);
	});

	it("who may not read it sees one line, the same as for what is not there; no cache mixes the two", async () => {
		const { id } = await add(facilitator, "page", { titre: "Canari confidentiel", texte: "Rien pour dehors." }, "coordination");
		const { url } = await page(`Avant.\n\n{{fiche ${id}}}\n\n{{fiche Une fiche jamais écrite}}\n\nAprès.`);
		for (let i = 0; i < 3; i++) {
			const outside = await seen(url);
			assert.equal(text(outside).split(nothing).length - 1, 2);
			assert.equal(cards(outside), 0);
			assert.doesNotMatch(outside, /Canari/);
			const inside = await seen(url, facilitator);
			assert.equal(cards(inside), 1);
			assert.match(inside, /Canari confidentiel/);
			assert.equal(text(inside).split(nothing).length - 1, 1);
			assert.doesNotMatch(await seen(url, contributor), /Canari/);
		}
		assert.doesNotMatch(await seen("/-/search?q=confidentiel"), /Canari/);
		assert.doesNotMatch(await seen("/annuaire.csv"), /Canari/);
	});

	it("a name that only its page tells is neither in search nor in descriptions", async () => {
		const { url } = await page("Le début.\n\n{{fiche Gerboise vermeille}}\n\nLa fin.");
		assert.match(await seen(url), /<meta name="description" content="Le début\."/);
		assert.doesNotMatch(await seen("/-/search?q=vermeille"), new RegExp(`href="${url}"`));
	});

	it("its changes are in the cached pages at once: text, name, archive, trash and back", async () => {
		const { id } = await add(member, "page", { titre: "Atelier couture", texte: "x", mots: "fil" });
		const { url } = await page("{{fiche Atelier couture}}");
		const card = async () => /<div class="embed embed-record[^]*?<\/div><\/div>/.exec(await seen(url))?.[0] ?? "";
		assert.match(await card(), /fil/);
		await edit(member, id, { mots: "aiguille" });
		assert.match(await card(), /aiguille/);
		await facilitator.send(await facilitator.form("/atelier-couture", "/-/archive/"), {});
		assert.match(text(await card()), /archivée/);
		await facilitator.send(await facilitator.form("/atelier-couture", "/-/unarchive/"), {});
		assert.doesNotMatch(text(await card()), /archivée/);
		await trash(facilitator, id);
		assert.equal(await card(), "");
		assert.match(text(await seen(url)), new RegExp(nothing));
		assert.equal(cards(await seen(url, facilitator)), 0, "nor for who may look into the trash");
	});

	it("renaming mends it as it mends links, and both pages know of each other", async () => {
		const { id } = await add(member, "page", { titre: "Jardin partagé", texte: "x" });
		const made = await page("Voir :\n\n{{fiche Jardin partagé}}\n\n{{fiche jardin-partage}}\n\n`{{fiche Jardin partagé}}`");
		await edit(member, id, { titre: "Potager des Rives" });
		const form = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		const typed = form.pairs.find(([name]) => name === "texte")![1].replaceAll("\r\n", "\n").trim();
		assert.equal(typed, "Voir :\n\n{{fiche Potager des Rives}}\n\n{{fiche jardin-partage}}\n\n`{{fiche Jardin partagé}}`");
		assert.equal(cards(await seen(made.url)), 2);
		assert.match(await seen("/jardin-partage"), new RegExp(`Pages qui en parlent[^]*href="${made.url}"`));
		// A title that Markdown would read otherwise gives way to the address.
		await edit(member, id, { titre: "Le *grand* potager" });
		assert.equal(cards(await seen(made.url)), 2);
		assert.match(await seen(`/-/edit/${made.id}`, member), /\{\{fiche jardin-partage\}\}\s+\{\{fiche jardin-partage\}\}/);
	});

	it("two pages that show each other, or a page itself, end there", async () => {
		const one = await page("{{fiche Miroir deux}}\n\n{{fiche Miroir un}}", "Miroir un");
		const two = await page("{{fiche Miroir un}}\n\n{{vue pages taille=200}}", "Miroir deux");
		for (const { url } of [one, two]) {
			const answer = await visitor().get(url);
			assert.equal(answer.status, 200);
			assert.ok(cards(answer.body) <= 2 && cards(answer.body) >= 1);
		}
	});

	it("the comparison of versions shows what was typed", async () => {
		const made = await page("{{fiche Résoudre}}");
		await edit(member, made.id, { texte: "{{fiche Régie Plus}}" });
		const [after, before] = await versions(member, made.id);
		const compared = await visitor().get(`/-/compare/${made.id}?avant=${before}&apres=${after}`);
		assert.match(compared.body, /\{\{fiche .*<del>.*Résoudre.*<ins>.*Régie Plus/);
	});

	it("whatever is typed as its name, the page stands and nothing runs", async () => {
		const hostile = [
			"{{fiche <script>canari()</script>}}", "{{fiche \"><img src=x onerror=canari()>}}", "{{fiche javascript:canari()}}",
			"{{fiche}}", "{{fiche  }}", `{{fiche ${"x".repeat(5000)}}}`, "{{fiche ../../-/account}}", "{{fiche '; DROP TABLE record; --}}",
			"{{fiche %s%n%d}}", "{{fiche \u202e\u0301\ufeff}}", "{{fiche 00000000000000000000000000}}", "{{FICHE Résoudre}}", "{{fiche [[Résoudre]]}}",
			"{{fiche {{fiche Résoudre}}}}", "{{record\u00a0-}}", "{{fiche Résoudre\\}}",
		];
		const { url } = await page(hostile.join("\n\n"));
		const answer = await visitor().get(url);
		assert.equal(answer.status, 200);
		assert.doesNotMatch(answer.body, /<script>canari|<img src=x|href="javascript:/);
		assert.equal(cards(answer.body), 0);
		const many = await page(Array(300).fill("{{fiche Résoudre}}").join("\n\n"));
		assert.equal(cards(await seen(many.url)), 20);
	});
});
