// Views made and changed in the browser, without a script: what they show, to whom and where; what a change would do
// is said before it is made, and there is a way back.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("view editor", (site) => {
	let facilitator: Client, member: Client, visitor: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
		visitor = new Client(site);
		const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`ouverture.${day}`, "fermé"]));
		await add(member, "espace", { nom: "Samedi ouvert", genre: "epn", statut: "ouvert", ...week, "ouverture.6": "10h-12h", "lieu.lat": "47.39", "lieu.lon": "0.69" });
		await add(member, "espace", { nom: "Semaine seulement", genre: "epn", statut: "ouvert", ...week, "ouverture.2": "10h-12h", "lieu.lat": "47.38", "lieu.lon": "0.68" });
	});
	const NEW = "/-/views/new", EDIT = "/-/views/edit/";
	const value = (form: { pairs: [string, string][] }, name: string) => form.pairs.find(([key]) => key === name)?.[1];
	const values = (form: { pairs: [string, string][] }, name: string) => form.pairs.filter(([key]) => key === name).map(([, v]) => v);
	// Adds a condition to the form that is shown; gives the form with its controls.
	const condition = async (form: ReturnType<typeof formOf>, field: string) => {
		const answer = await facilitator.send(form, { "where-add": field, _do: "where:add" });
		assert.equal(answer.status, 200, text(answer.body));
		return formOf(answer, form.action);
	};
	const make = async (form: string, changes: Record<string, string | string[] | null>) => {
		const answer = await facilitator.send(await facilitator.form(`${NEW}?form=${form}`, NEW), changes);
		assert.equal(answer.status, 303, text(answer.body));
		return answer.location.split("?")[0]!;
	};
	const confirm = async (answer: Answer) => {
		assert.equal(answer.status, 200, text(answer.body));
		return facilitator.send(formOf(answer, EDIT));
	};
	const nav = async (who = visitor) => text(/<nav class="main-nav".*?<\/nav>/s.exec((await who.get("/glossaire")).body)?.[0] ?? "");

	it("a map of the places open on Saturday: made, looked at, saved; everybody reads it", async () => {
		let form = await facilitator.form(`${NEW}?form=espace`, NEW);
		form = await condition(form, "ouverture");
		form = await condition(form, "statut");
		const changes = {
			title: "Ouvert le samedi", "title-en": "Open on Saturdays", "where-0-value": "6", "where-1-value": ["ouvert", "projet"],
			layout: "map", layouts: ["list", "map"], "sort-0-by": "quartier",
		};
		const seen = await facilitator.send(form, { ...changes, _preview: "1" });
		assert.equal(seen.status, 200, text(seen.body));
		assert.match(text(seen.body), /Telle qu’elle serait : 1 espace numérique/);
		assert.match(text(seen.body), /Samedi ouvert/);
		assert.doesNotMatch(text(seen.body), /Semaine seulement/);
		const again = formOf(seen, NEW);
		assert.equal(value(again, "title-en"), "Open on Saturdays");
		assert.deepEqual(values(again, "where-1-value"), ["ouvert", "projet"]);
		assert.equal((await visitor.get("/ouvert-le-samedi")).status, 404, "nothing is saved by looking");
		const done = await facilitator.send(again);
		assert.equal(done.location.split("?")[0], "/ouvert-le-samedi");
		const page = await visitor.get("/ouvert-le-samedi");
		assert.match(page.body, /map\.svg/);
		assert.match(text(page.body), /1 espace numérique/);
		assert.match(text((await visitor.get("/ouvert-le-samedi?vue=list")).body), /Samedi ouvert/);
		assert.equal((await visitor.get("/-/view/ouvert_le_samedi/points.json")).status, 200);
		assert.match(text((await facilitator.get("/-/views")).body), /Ouvert le samedi\s+Espaces numériques\s+\/ouvert-le-samedi\s+ni dans le menu/);
	});

	it("what a form lacks for a layout is said plainly, and refused if asked all the same", async () => {
		const page = text((await facilitator.get(`${NEW}?form=glossaire`)).body);
		assert.match(page, /Carte\s*Ce formulaire n’a pas de question de la sorte « Un lieu »/);
		assert.match(page, /Frise\s*Ce formulaire n’a pas de question dont la réponse soit une date/);
		assert.match(page, /Galerie\s*Ce formulaire n’a pas de question qui prenne des images/);
		const forced = await facilitator.send(await facilitator.form(`${NEW}?form=glossaire`, NEW), { title: "Forcée", layout: "map" });
		assert.equal(forced.status, 422);
		const empty = await facilitator.send(await facilitator.form(`${NEW}?form=espace`, NEW), { title: "", size: "9999", slug: "!!!", audience: "personne" });
		assert.equal(empty.status, 422);
		for (const control of ["title", "size", "slug", "audience"]) assert.match(empty.body, new RegExp(`href="#f-${control}"`), control);
		assert.doesNotMatch(text(empty.body), /"where"|\{"|\["/);
	});

	it("from a list that was narrowed: its choices, its words and its order become the view's", async () => {
		const list = await facilitator.get("/annuaire?commune=tours&tri=-changed&vue=list");
		const way = /href="(\/-\/views\/new\?[^"]*)"/.exec(list.body)![1]!.replaceAll("&amp;", "&");
		const form = await facilitator.form(way, NEW);
		assert.deepEqual(values(form, "where-0-value"), ["tours"]);
		assert.equal(value(form, "layout"), "list");
		assert.equal(value(form, "sort-0-by"), "changed");
		assert.equal(value(form, "sort-0-way"), "-");
		assert.equal((await facilitator.send(form, { title: "À Tours" })).location.split("?")[0], "/a-tours");
		const count = /(\d+) structures/.exec(text((await visitor.get("/annuaire?commune=tours")).body))![1];
		assert.match(text((await visitor.get("/a-tours")).body), new RegExp(`${count} structures`));
		assert.doesNotMatch((await visitor.get("/annuaire")).body, /\/-\/views\/new/);
	});

	it("rows are added, moved and taken away without a script; a facet is a question with few answers", async () => {
		let form = await facilitator.form(`${EDIT}a_tours`, EDIT);
		const before = values(form, "facets-0-field");
		form = formOf(await facilitator.send(form, { _do: "facets:down:0" }), EDIT);
		assert.deepEqual(values(form, "facets-1-field"), before);
		form = formOf(await facilitator.send(form, { _do: "facets:remove:0" }), EDIT);
		form = formOf(await facilitator.send(form, { _do: "columns:add" }), EDIT);
		const last = form.pairs.filter(([key]) => /^columns-\d+-field$/.test(key)).at(-1)![0];
		form = formOf(await facilitator.send(form, { [last]: "courriel", _do: "sort:add" }), EDIT);
		form = formOf(await facilitator.send(form, { _do: "charts:add" }), EDIT);
		assert.ok(form.pairs.some(([key]) => key === "sort-1-by"));
		assert.equal(value(form, last), "courriel", "what was typed is kept");
		const charts = form.pairs.filter(([key]) => /^charts-\d+-by$/.test(key)).at(-1)![0];
		const done = await facilitator.send(form, { [charts]: "genre", layouts: ["cards", "list", "table", "chart"] });
		assert.equal(done.status, 303, text(done.body));
		const table = await visitor.get("/a-tours?vue=table");
		assert.match(text(table.body), /Courriel|Adresse électronique|E-mail/i);
		assert.match(text((await visitor.get("/a-tours?vue=chart")).body), /Genre/);
	});

	it("an agenda says where: the questions ticked, and no others", async () => {
		await add(member, "evenement", { titre: "Où donc", "quand.from": "2027-02-03T18:00", lieu_texte: "Salle du fond", "lieu.address": "1 rue du Pont" });
		const place = async () => /SUMMARY:Où donc[\s\S]*?END:VEVENT/.exec((await visitor.get("/-/calendar/view/agenda.ics")).body)![0].match(/LOCATION:([^\r]*)/)?.[1];
		assert.match((await place())!, /Salle du fond/);
		let form = await facilitator.form(`${EDIT}agenda`, EDIT);
		assert.deepEqual(form.pairs.filter(([name]) => name === "agenda-places[]").map(([, value]) => value), ["lieu_texte", "lieu"]);
		const only = async (places: string[]) => {
			const answer = await facilitator.send(await facilitator.form(`${EDIT}agenda`, EDIT), { "agenda-places[]": places });
			assert.equal(answer.status, 303, text(answer.body));
		};
		await only(["lieu"]);
		assert.match((await place())!, /rue du Pont/);
		assert.doesNotMatch((await place())!, /Salle du fond/);
		form = await facilitator.form(`${EDIT}agenda`, EDIT);
		assert.deepEqual(form.pairs.filter(([name]) => name === "agenda-places[]").map(([, value]) => value), ["lieu"]);
		await only(["lieu_texte", "lieu"]);
	});

	it("an agenda shows what comes, day after day: conditions counted from today", async () => {
		const day = (n: number) => new Date(Date.now() + n * 86400e3).toISOString().slice(0, 10).split("-") as [string, string, string];
		for (const [nom, n] of [["Passée", -3], ["Bientôt", 3], ["Plus tard", 20]] as const) {
			const [y, m, d] = day(n);
			await add(member, "action", { titre: `Action ${nom}`, recit: "Un récit.", "jour.day": d, "jour.month": m, "jour.year": y });
		}
		const names = (body: string) => ["Passée", "Bientôt", "Plus tard"].filter((nom) => body.includes(`Action ${nom}`));
		let form = await condition(await facilitator.form(`${NEW}?form=action`, NEW), "jour");
		const url = (await facilitator.send(form, { title: "À venir", "where-0-op": ">=", "where-0-when": "today" })).location.split("?")[0]!;
		assert.deepEqual(names((await visitor.get(url)).body), ["Bientôt", "Plus tard"]);
		form = await facilitator.form(`${EDIT}a_venir`, EDIT);
		assert.equal(value(form, "where-0-when"), "today");
		form = await condition(form, "jour");
		assert.equal((await facilitator.send(form, { "where-1-op": "<=", "where-1-when": "after", "where-1-days": "7" })).status, 303);
		assert.deepEqual(names((await visitor.get(url)).body), ["Bientôt"]);
		const wrong = await facilitator.send(await facilitator.form(`${EDIT}a_venir`, EDIT), { "where-1-days": "douze" });
		assert.equal(wrong.status, 422);
		assert.match(wrong.body, /href="#f-where-1-days"/);
		form = await facilitator.form(`${EDIT}a_venir`, EDIT);
		assert.equal((await facilitator.send(form, { "where-0-op": ">=", "where-0-when": "before", "where-0-days": "5", _do: "where:remove:1" })).status, 200);
	});

	it("who sees it: for the others neither an address, nor data, files, frames, menus, blocks, links or texts have it", async () => {
		const url = await make("espace", { title: "Entre nous", audience: "members", menu: null });
		const block = await facilitator.form("/-/site/home/add/view", "/-/site/home/add/");
		await facilitator.send(block, { title: "Bloc réservé", view: "entre_nous" });
		await facilitator.send(await facilitator.form("/-/site/home", "/-/site/home/publish"));
		const full = formOf(await facilitator.send(await facilitator.form("/-/site/menu", "/-/site/menu"), { _do: "menu:remove:5" }), "/-/site/menu");
		const row = formOf(await facilitator.send(full, { _do: "menu:add" }), "/-/site/menu");
		await facilitator.send(row, { "menu-5-label": "Réservé", "menu-5-to": url });
		const shown = await add(member, "page", { titre: "Texte qui montre", texte: "Avant.\n\n{{vue entre_nous taille=3}}\n\nVoir [[Entre nous]]." });
		const addresses = [url, "/-/view/entre_nous/points.json", "/-/view/entre_nous/map.svg", "/-/export/entre_nous/csv", "/-/export/entre_nous/atom", "/-/frame/entre_nous", `/-/share?path=${url}`];
		const readable = async (who: Client) => (await Promise.all(addresses.map(async (path) => (await who.get(path)).status))).map((status) => status === 200);
		const sees = async (who: Client) => ({
			menu: (await nav(who)).includes("Réservé"), home: text((await who.get("/")).body).includes("Bloc réservé"),
			text: /class="embed"/.test((await who.get(shown.url)).body), link: (await who.get(shown.url)).body.includes(`href="${url}"`),
		});
		assert.equal((await visitor.get(url)).status, 404);
		assert.ok((await readable(visitor)).every((is) => !is), (await readable(visitor)).join());
		assert.deepEqual(await sees(visitor), { menu: false, home: false, text: false, link: false });
		assert.equal((await member.get(url)).status, 200);
		assert.equal((await member.get("/-/export/entre_nous/csv")).status, 200);
		assert.deepEqual(await sees(member), { menu: true, home: true, text: true, link: true });
		// For facilitators alone, said before: members lose it too.
		const asked = await facilitator.send(await facilitator.form(`${EDIT}entre_nous`, EDIT), { audience: "facilitators" });
		assert.match(text(asked.body), /pour l’équipe d’animation seulement.*Menu : Réservé.*Page d’accueil : Bloc réservé/s);
		assert.equal((await confirm(asked)).status, 303);
		assert.equal((await member.get(url)).status, 404);
		assert.deepEqual(await sees(member), { menu: false, home: false, text: false, link: false });
		assert.equal((await facilitator.get(url)).status, 200);
		assert.equal((await member.get(`/-/saved/new/entre_nous`)).status, 404, "nor kept by who does not see it");
		const wide = await facilitator.send(await facilitator.form(`${EDIT}entre_nous`, EDIT), { audience: "public" });
		assert.match(text(wide.body), /pour tout le monde/);
		assert.equal((await confirm(wide)).status, 303);
		assert.deepEqual(await sees(visitor), { menu: true, home: true, text: true, link: true });
	});

	it("pages that point to another stand in the order of the forms, whichever is the latest", async () => {
		const id = /<option value="([^"]*)"[^>]*>La Rabière|value="([0-9a-z]{26})"[^>]*>(?:<[^>]*>)*<span>La Rabière/.exec((await member.get("/-/new/structure")).body)!;
		await add(member, "structure", { nom: "La plus récente", genre: "association", quartier: (id[1] ?? id[2])! });
		const side = /<aside class="record-side".*?<\/aside>/s.exec((await visitor.get("/la-rabiere")).body)![0];
		assert.deepEqual([...side.matchAll(/<h2>(.*?)<\/h2>/g)].map((m) => text(m[1]!)), ["Espaces numériques, dans le quartier ou à proximité", "Événements dans le quartier", "Projets du quartier", "Récits du quartier", "Structures du quartier"]);
	});

	it("another address: said before; the former one leads on, menus, home pages and texts follow", async () => {
		const taken = await facilitator.send(await facilitator.form(`${EDIT}entre_nous`, EDIT), { slug: "glossaire" });
		const refused = await confirm(taken);
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /Autre chose a déjà l’adresse « \/glossaire »/);
		const asked = await facilitator.send(await facilitator.form(`${EDIT}entre_nous`, EDIT), { slug: "lieux-partages" });
		assert.match(text(asked.body), /Son adresse devient « \/lieux-partages ».*Menu : Réservé/s);
		assert.equal((await visitor.get("/lieux-partages")).status, 404);
		assert.equal((await confirm(asked)).status, 303);
		const former = await visitor.get("/entre-nous?vue=list&genre=epn");
		assert.equal(former.status, 301);
		assert.equal(former.location, "/lieux-partages?vue=list&genre=epn");
		assert.match((await visitor.get("/")).body, /<a href="\/lieux-partages">Réservé/);
		const page = await add(member, "page", { titre: "Ancien mot", texte: "{{vue entre-nous taille=3}}" });
		assert.match((await visitor.get(page.url)).body, /class="embed"/);
		const other = await make("espace", { title: "Entre nous" });
		assert.notEqual(other, "/entre-nous", "nobody else gets an address that leads somewhere");
	});

	it("a list that somebody keeps from a view has addresses of its own", async () => {
		const kept = await member.send(await member.form("/-/saved/new/entre_nous?genre=epn", "/-/saved/new/"), { name: "Ma liste" });
		assert.equal(kept.status, 303);
		const taken = await visitor.get("/entre-nous");
		assert.equal(taken.location, "/lieux-partages", "the former address leads to the view");
		assert.match(text((await visitor.get(kept.location)).body), /espaces? numériques?/);
	});

	it("taken away: what goes with it is said, goes with it, and it can be brought back", async () => {
		const said = text((await facilitator.get("/-/views/remove/entre_nous")).body);
		assert.match(said, /Menu : Réservé/);
		assert.match(said, /Page d’accueil : Bloc réservé/);
		assert.match(said, /Texte qui montre/);
		const gone = await facilitator.send(await facilitator.form("/-/views/remove/entre_nous", "/-/views/remove/"));
		assert.equal(gone.status, 303);
		assert.equal((await visitor.get("/lieux-partages")).status, 404);
		assert.equal((await visitor.get("/entre-nous?vue=list")).status, 404, "not even to a list kept from it");
		assert.doesNotMatch(await nav(), /Réservé/);
		assert.doesNotMatch(text((await visitor.get("/")).body), /Bloc réservé/);
		const back = await facilitator.send(await facilitator.form("/-/views", "/-/views/return/entre_nous"));
		assert.equal(back.status, 303);
		assert.equal((await visitor.get("/lieux-partages")).status, 200);
	});

	it("a form taken away takes its views, and they what showed them", async () => {
		await facilitator.send(await facilitator.form("/-/forms/new", "/-/forms/new"), { label: "Essai", plural: "Essais", add: "Ajouter un essai" });
		await make("essai", { title: "Essais choisis" });
		for (const [title, view] of [["Bloc un", "essai"], ["Bloc deux", "essais_choisis"]] as const)
			await facilitator.send(await facilitator.form("/-/site/home/add/view", "/-/site/home/add/"), { title, view });
		await facilitator.send(await facilitator.form("/-/site/home", "/-/site/home/publish"));
		assert.match(text((await visitor.get("/")).body), /Bloc un.*Bloc deux/s);
		const retiring = text((await facilitator.get("/-/form/espace/retire/statut")).body);
		assert.match(retiring, /changer la vue/);
		assert.equal((await facilitator.send(await facilitator.form("/-/form/essai/settings", "/-/form/essai/delete"))).status, 303);
		assert.doesNotMatch(text((await facilitator.get("/-/site/home")).body), /Bloc un|Bloc deux/);
		assert.equal((await visitor.get("/essais-choisis")).status, 404);
	});

	it("its history says what changed, and goes back; two people are told of each other", async () => {
		const first = await facilitator.form(`${EDIT}glossaire`, EDIT), second = await facilitator.form(`${EDIT}glossaire`, EDIT);
		assert.equal((await facilitator.send(first, { title: "Les mots" })).status, 303);
		const told = await facilitator.send(second, { title: "Le lexique" });
		assert.equal(told.status, 409);
		assert.equal(value(formOf(told, EDIT), "title"), "Le lexique");
		assert.equal((await facilitator.send(formOf(told, EDIT))).status, 303);
		assert.match(text((await visitor.get("/glossaire")).body), /Le lexique/);
		const page = await facilitator.get("/-/views/history/glossaire");
		assert.match(text(page.body), /Son nom/);
		const oldest = [...page.body.matchAll(/action="(\/-\/views\/history\/glossaire\/\d+)"/g)].at(-1)![1]!;
		assert.equal((await facilitator.send(await facilitator.form("/-/views/history/glossaire", oldest))).status, 303);
		assert.match(text((await visitor.get("/glossaire")).body), /Glossaire/);
	});

	it("with another form, what named the questions of the first is chosen again", async () => {
		const changed = await facilitator.send(await facilitator.form(`${EDIT}a_tours`, EDIT), { form: "outil" });
		assert.equal(changed.status, 200);
		const form = formOf(changed, EDIT);
		assert.equal(value(form, "where-n"), "0");
		assert.equal(value(form, "title"), "À Tours");
		assert.equal((await facilitator.send(form)).status, 303);
		assert.match(text((await visitor.get("/a-tours")).body), /outils/);
	});

	it("every view of the presets opens in the editor and is saved as it was", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const keys = [...(await administrator.get("/-/views")).body.matchAll(/href="\/-\/views\/edit\/(\w+)"/g)].map((m) => m[1]!);
		assert.ok(keys.length > 25);
		for (const key of keys) {
			const url = /href="(\/[\w-]+)">(?:<svg.*?<\/svg>)?La voir/.exec((await administrator.get(EDIT + key)).body)![1]!;
			const before = text((await visitor.get(url)).body);
			const form = await administrator.form(EDIT + key, EDIT);
			let answer = await administrator.send(form);
			for (; answer.status === 429; answer = await administrator.send(form)) await new Promise((done) => setTimeout(done, 1000));
			assert.equal(answer.status, 303, `${key}: ${text(answer.body)}`);
			assert.equal(text((await visitor.get(url)).body), before, key);
		}
	});
});
