// Adding, correcting, undoing: through the forms, as people do it, two at once too. Nothing is ever lost.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { tags, text, textOf } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, trash, versions } from "../support/records.js";

onSite("writing", (site) => {
	const visitor = () => new Client(site);
	let member: Client, neighbour: Client, facilitator: Client;
	before(async () => {
		member = await new Client(site).signIn("member");
		neighbour = await new Client(site).signIn("neighbour");
		facilitator = await new Client(site).signIn("facilitator");
	});
	const shown = async (url: string) => text((await visitor().get(url)).body);

	it("a structure is added, seen at once, found, and named among what is new", async () => {
		const made = await add(member, "structure", {
			nom: "Les Jardins de la Gloriette", genre: "association", domaine: "solidarite", commune: "tours", services: "compost, graines",
			horaires: "Le mercredi de 14 h à 18 h", telephone: "02 47 00 00 00", courriel: "jardins@exemple.org", site: "https://jardins.exemple.org/",
			siege: "", "siege.address": "12 rue des Lilas",
		});
		assert.equal(made.url, "/les-jardins-de-la-gloriette");
		const page = await shown(made.url);
		for (const said of ["Les Jardins de la Gloriette", "Association", "Tours", "compost", "14 h à 18 h", "02 47 00 00 00", "jardins@exemple.org", "12 rue des Lilas"])
			assert.ok(page.includes(said), said);
		assert.match(await shown("/-/search?q=gloriette"), /Les Jardins de la Gloriette/);
		assert.match(await shown("/-/recent"), /Les Jardins de la Gloriette/);
		assert.match(await shown("/annuaire?suite="), /31 structures/);
	});

	it("mistakes: all of them at once, each beside its field, and nothing typed is lost", async () => {
		const form = await member.form("/-/new/structure", "/-/new/");
		const typed = { nom: "", genre: "association", courriel: "pas une adresse", site: "javascript:alert(1)", horaires: "Gardez ce texte" };
		const page = await member.send(form, typed);
		assert.equal(page.status, 422);
		for (const field of ["nom", "courriel", "site"]) {
			assert.match(page.body, new RegExp(`href="#f-${field}"`), `summary: ${field}`);
			assert.match(page.body, new RegExp(`id="f-${field}-error"`), field);
		}
		const listed = [...page.body.matchAll(/<li><a href="#f-([a-z]+)">/g)].map((m) => m[1]);
		assert.deepEqual(listed, ["nom", "courriel", "site"], "in the order of the form");
		for (const kept of ["pas une adresse", "Gardez ce texte", "javascript:alert(1)"]) assert.ok(page.body.includes(kept), kept);
		for (const { attributes } of tags(page.body)) assert.doesNotMatch(attributes.get("href") ?? "", /^javascript:/i);
	});

	it("key words for many at once: those they have stay, one click takes them back", async () => {
		const first = await add(member, "page", { titre: "Mots un", texte: "x", mots: "vélo, Été" });
		const second = await add(member, "page", { titre: "Mots deux", texte: "x" });
		const choose = await facilitator.form("/-/bulk/pages", "/-/bulk/");
		const ask = await facilitator.send(choose, { action: "tag", fiche: [first.id, second.id] });
		assert.equal(ask.status, 200);
		const done = await facilitator.send(formOf(ask, "/-/bulk/"), { mots: "ete, atelier" });
		assert.match(done.location, /fait=lot/);
		assert.match(await shown(first.url), /vélo Été atelier/);
		assert.match(await shown(second.url), /ete atelier/);
		await facilitator.send(await facilitator.form(done.location, "/-/undo/"));
		assert.match(await shown(first.url), /vélo Été(?! atelier)/);
		assert.doesNotMatch(await shown(second.url), /atelier/);
	});

	it("somebody trashes a page while another writes: what she typed is there, with what happened and what she can do", async () => {
		const made = await add(facilitator, "page", { titre: "Bientôt jetée", texte: "Avant." });
		const hers = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		const authors = await facilitator.form(`/-/edit/${made.id}`, "/-/edit/");
		const typed = { titre: "Bientôt jetée", texte: "Une heure de travail." };
		await trash(facilitator, made.id);
		const told = await member.send(hers, typed);
		assert.equal(told.status, 409);
		assert.match(told.body, /Une heure de travail\./);
		assert.match(text(told.body), /corbeille/);
		const again = await member.send(hers, { ...typed, _heads: "" });
		assert.equal(again.status, 404, "only who had opened it");
		assert.equal((await visitor().get(made.url)).status, 404);
		// Who may take it out is asked first.
		const asked = await facilitator.send(authors, typed);
		assert.equal(asked.status, 409);
		assert.match(asked.body, /Une heure de travail\./);
		assert.equal((await visitor().get(made.url)).status, 404);
		const back = await facilitator.send(authors, { ...typed, _revive: "1" });
		assert.match(back.location, /fait=sorti/);
		assert.match(await shown(made.url), /Une heure de travail/);
	});

	it("a page is renamed: links to it follow, wherever they stand, its former address leads to it, one click takes all back", async () => {
		const named = await add(member, "page", { titre: "Fête de la rue", texte: "Le dimanche." });
		const source = await add(neighbour, "page", { titre: "Programme", texte: "Venez à la [[fete de la RUE]], `[[Fête de la rue]]`." });
		const answer = await edit(member, named.id, { titre: "Carnaval de la rue", _slug: "Carnaval !" });
		assert.match(answer.location, /^\/carnaval\?de=[0-9a-z]{26}&fait=renomme/);
		const page = await visitor().get(source.url);
		assert.match(page.body, /<a href="\/carnaval">Carnaval de la rue<\/a>/);
		assert.match(page.body, /<code>\[\[Fête de la rue\]\]<\/code>/);
		assert.match((await member.get(`/-/edit/${source.id}`)).body, /\[\[Carnaval de la rue\]\], `\[\[Fête de la rue\]\]`/);
		const former = await visitor().get(named.url);
		assert.equal(former.status, 301);
		assert.equal(former.location, "/carnaval");
		assert.doesNotMatch((await visitor().get("/-/recent")).body, /Programme[^]*Programme/, "mended links are no news");
		const undo = await member.form(answer.location, "/-/undo/");
		assert.match((await member.send(undo, {})).location, /fait=annule$/);
		assert.match((await member.get(`/-/edit/${source.id}`)).body, /\[\[fete de la RUE\]\]/);
		assert.match(await shown("/carnaval"), /Fête de la rue/);
	});

	it("two people correct different questions at once: both are kept", async () => {
		const made = await add(member, "structure", { nom: "Deux mains", genre: "association" });
		const first = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		const second = await neighbour.form(`/-/edit/${made.id}`, "/-/edit/");
		assert.match((await member.send(first, { horaires: "Le lundi" })).location, /fait=enregistre/);
		const answer = await neighbour.send(second, { telephone: "0247000001" });
		assert.match(answer.location, /fait=reuni/);
		const page = await shown(made.url);
		assert.match(page, /Le lundi/);
		assert.match(page, /02 47 00 00 01/);
	});

	it("two people correct different lines of one text at once: both are kept", async () => {
		const made = await add(member, "page", { titre: "Recette commune", texte: "Farine\n\nEau\n\nSel\n\nLevain" });
		const first = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		const second = await neighbour.form(`/-/edit/${made.id}`, "/-/edit/");
		await member.send(first, { texte: "Farine de seigle\n\nEau\n\nSel\n\nLevain" });
		assert.match((await neighbour.send(second, { texte: "Farine\n\nEau\n\nSel\n\nLevain chef" })).location, /fait=reuni/);
		const page = await shown(made.url);
		assert.match(page, /Farine de seigle/);
		assert.match(page, /Levain chef/);
	});

	it("two people correct the same words at once: both are shown, either or a third is chosen, none is lost", async () => {
		for (const [choice, third, wanted] of [["0", "", null], ["1", "", null], ["new", "Ouvert tous les jours", /Ouvert tous les jours/]] as const) {
			const made = await add(member, "structure", { nom: `Horaires ${choice}`, genre: "association", horaires: "Le matin" });
			const first = await member.form(`/-/edit/${made.id}`, "/-/edit/");
			const second = await neighbour.form(`/-/edit/${made.id}`, "/-/edit/");
			await member.send(first, { horaires: "Le soir" });
			const answer = await neighbour.send(second, { horaires: "La nuit" });
			assert.match(answer.location, new RegExp(`^/-/versions/${made.id}\\?fait=deux-versions`));
			assert.match(await shown(made.url), /La nuit|Le soir/);
			assert.match((await visitor().get(made.url)).body, new RegExp(`/-/versions/${made.id}`), "the page says so");

			const page = await member.get(`/-/versions/${made.id}`);
			const both = [...page.body.matchAll(/class="version-text[^>]*>(.*?)<\/div>/gs)].map((m) => text(m[1]!));
			assert.deepEqual([...both].sort(), ["La nuit", "Le soir"]);
			const who = [...page.body.matchAll(/class="version-who">(.*?)<\/p>/gs)].map((m) => text(m[1]!));
			assert.match(who[both.indexOf("Le soir")]!, /Maël Membre/, "says who wrote which");
			assert.match(who[both.indexOf("La nuit")]!, /Lou Voisine/);
			const form = await member.form(`/-/versions/${made.id}`, "/-/versions/");
			const kept = await member.send(form, { "_keep.horaires": choice, horaires: third });
			assert.equal(kept.status, 303);
			const now = await shown(made.url);
			assert.match(now, wanted ?? new RegExp(both[Number(choice)]!));
			assert.doesNotMatch((await visitor().get(made.url)).body, /\/-\/versions\//);

			const history = text((await visitor().get(`/-/history/${made.id}`)).body);
			assert.match(history, /Maël Membre/);
			assert.match(history, /Lou Voisine/);
			const past: string[] = [];
			for (const version of await versions(visitor(), made.id)) past.push(await shown(`/-/history/${made.id}/${version}`));
			for (const said of ["Le matin", "Le soir", "La nuit"]) assert.ok(past.some((page) => page.includes(said)), said);
		}
	});

	it("a form opened long ago by two tabs of one person is no different", async () => {
		const made = await add(member, "page", { titre: "Deux onglets", texte: "Un" });
		const one = await member.form(`/-/edit/${made.id}`, "/-/edit/"), two = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		await member.send(one, { texte: "Deux" });
		assert.match((await member.send(two, { texte: "Trois" })).location, /versions/);
	});

	it("the versions a form stands on cannot be changed on the way, nor used for another page or by another person", async () => {
		const made = await add(member, "page", { titre: "Scellée", texte: "Un" });
		const other = await add(member, "page", { titre: "Autre scellée", texte: "Un" });
		const form = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		const heads = form.pairs.find(([name]) => name === "_heads")![1];
		const foreign = (await member.form(`/-/edit/${other.id}`, "/-/edit/")).pairs.find(([name]) => name === "_heads")![1];
		const theirs = (await neighbour.form(`/-/edit/${made.id}`, "/-/edit/")).pairs.find(([name]) => name === "_heads")![1];
		for (const forged of ["", "0", `${"0".repeat(64)}${heads.slice(64)}`, `${heads.slice(0, -1)}${heads.endsWith("0") ? "1" : "0"}`, `${heads}.0:`, foreign, theirs]) {
			const answer = await member.send(form, { _heads: forged, texte: "Forgé" });
			assert.ok(answer.status === 400 || answer.status === 422, `${forged}: ${answer.status}`);
		}
		assert.doesNotMatch(await shown(made.url), /Forgé/);
	});

	it("every change can be undone: an earlier text comes back, as one more change", async () => {
		const made = await add(member, "page", { titre: "À défaire", texte: "Le beau texte." });
		await edit(neighbour, made.id, { texte: "Gribouillis.", _note: "je gribouille" });
		const [, first] = await versions(visitor(), made.id);
		assert.match(text((await visitor().get(`/-/compare/${made.id}?avant=${first}&apres=${(await versions(visitor(), made.id))[0]}`)).body), /Gribouillis/);
		const form = await member.form(`/-/history/${made.id}/${first}`, "/-/restore/");
		assert.match((await member.send(form)).location, /fait=restaure/);
		assert.match(await shown(made.url), /Le beau texte\./);
		const history = text((await visitor().get(`/-/history/${made.id}`)).body);
		assert.equal((await versions(visitor(), made.id)).length, 3);
		assert.match(history, /je gribouille/);
	});

	it("nothing changed, nothing saved", async () => {
		const made = await add(member, "page", { titre: "Immobile", texte: "Texte" });
		assert.match((await edit(member, made.id, {})).location, /fait=inchange/);
		assert.equal((await versions(visitor(), made.id)).length, 1);
	});

	it("the trash: out of every list and search, and back with its history", async () => {
		const made = await add(neighbour, "structure", { nom: "Éphémère et fils", genre: "association" });
		await trash(facilitator, made.id);
		assert.equal((await visitor().get(made.url)).status, 404);
		for (const path of ["/annuaire?q=ephemere", "/-/search?q=ephemere", "/-/recent", "/dernieres-structures", "/"])
			assert.doesNotMatch(await shown(path), /Éphémère et fils/, path);
		const page = await facilitator.get(made.url);
		assert.equal(page.status, 200);
		await facilitator.send(await facilitator.form(made.url, "/-/untrash/"));
		assert.match(await shown(made.url), /Éphémère et fils/);
		assert.match(await shown("/-/search?q=ephemere"), /Éphémère et fils/);
	});

	it("a title may change, its address stays", async () => {
		const made = await add(member, "page", { titre: "Ancien nom", texte: "Contenu" });
		assert.equal((await edit(member, made.id, { titre: "Nouveau nom" })).location.split("?")[0], "/ancien-nom");
		assert.equal(textOf((await visitor().get("/ancien-nom")).body, "h1"), "Nouveau nom");
		assert.equal((await visitor().get(`/f/${made.id}`)).location, "/ancien-nom");
		const long = await visitor().get("/e/tours/ancien-nom");
		assert.equal(long.status, 301);
		assert.equal(long.location, "/ancien-nom");
	});

	it("two pages of one name have two addresses", async () => {
		const one = await add(member, "page", { titre: "Homonyme", texte: "Un" }), two = await add(member, "page", { titre: "Homonyme", texte: "Deux" });
		assert.notEqual(one.url, two.url);
		assert.match(await shown(two.url), /Deux/);
	});

	it("a title cannot take an address of the program, of a view or of a word kept aside", async () => {
		for (const title of ["e", "f", "u", "api", "-", "annuaire", "robots.txt", "favicon.ico"]) {
			const before = await visitor().get(`/${title}`);
			const made = await add(member, "page", { titre: title, texte: `Usurpe ${title}` });
			const after = await visitor().get(`/${title}`);
			assert.equal(after.status, before.status, title);
			assert.doesNotMatch(after.body, /Usurpe/, title);
			assert.match(await shown(made.url), /Usurpe/, title);
		}
	});

	it("a link to a page not written yet leads to writing it, with its title; then it leads to the page", async () => {
		const made = await add(member, "page", { titre: "Qui mène", texte: "Voir [[Chemin des Écoliers]]." });
		const page = (await member.get(made.url)).body;
		const link = /href="(\/-\/new\/page\?[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
		assert.ok(link, "missing link");
		const form = await member.form(link, "/-/new/");
		assert.equal(form.pairs.find(([name]) => name === "titre")![1], "Chemin des Écoliers");
		await member.send(form, { texte: "Enfin." });
		assert.match((await visitor().get(made.url)).body, /<a href="\/chemin-des-ecoliers"/);
		assert.match(await shown("/chemin-des-ecoliers"), /Qui mène/, "named among pages that speak of it");
	});

	it("a page embeds a list, which follows the records", async () => {
		const made = await add(member, "page", { titre: "Près de la Rabière", texte: "## Où aller\n\n{{vue espaces_ouverts quartier=rabiere taille=5 presentation=liste}}\n\n{{vue espaces_ouverts taille=2 presentation=tableau}}\n\n{{vue atlantide}}" });
		const page = await visitor().get(made.url);
		assert.match(text(page.body), /EPN de Courteline/);
		assert.match(page.body, /<table/);
		assert.equal(page.status, 200);
	});

	it("the longest values are taken whole; longer ones are refused with a word", async () => {
		const title = "é".repeat(120);
		const made = await add(member, "page", { titre: title, texte: "x".repeat(20_000) });
		assert.equal(textOf((await visitor().get(made.url)).body, "h1"), title);
		const form = await member.form("/-/new/page", "/-/new/");
		assert.equal((await member.send(form, { titre: "é".repeat(121), texte: "x" })).status, 422);
		assert.ok([413, 422].includes((await member.send(form, { titre: "Trop", texte: "x".repeat(2_000_000) }).catch(() => ({ status: 413 }))).status));
	});
});
