// The face of the site shaped in the browser, without a script: menu, home page, name and colour; nobody sees JSON,
// nothing is published before it is said, and there is a way back.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

// The menu of the preset.
const MENU = ["Agenda", "Crieur", "Annuaire", "Où se connecter", "Projets", "Aide"];

onSite("front", (site) => {
	let facilitator: Client, visitor: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		visitor = new Client(site);
	});
	const nav = async (path = "/") => text(/<nav class="main-nav".*?<\/nav>/s.exec((await visitor.get(path)).body)?.[0] ?? "");
	const menu = (who = facilitator) => who.form("/-/site/menu", "/-/site/menu");
	const home = async () => (await visitor.get("/")).body;
	const names = (answer: Answer) => [...answer.body.matchAll(/<h3><a href="\/-\/site\/home\/block\/\d+">(.*?)<\/a><\/h3>/g)].map((m) => text(m[1]!));
	const blocks = async () => names(await facilitator.get("/-/site/home"));
	// The button of a block: "move" up or down, "remove".
	const press = async (place: number, what: string, to = "") => {
		const page = await facilitator.get("/-/site/home");
		const form = [...page.body.matchAll(/<form method="post" action="(\/-\/site\/home\/(?:move|remove))">(.*?)<\/form>/gs)].find(
			(m) => m[1]!.endsWith(what) && m[2]!.includes(`name="place" value="${place}"`) && (to === "" || m[2]!.includes(`name="to" value="${to}"`)),
		)!;
		const pairs = [...form[2]!.matchAll(/name="(\w+)" value="([^"]*)"/g)].map((m) => [m[1]!, m[2]!] as [string, string]);
		return facilitator.post(form[1]!, pairs, { Origin: site.origin });
	};
	const act = async (action: string, path = "/-/site/home") => facilitator.send(await facilitator.form(path, `/-/site/home/${action}`));

	it("a menu entry is added, named in both languages, moved first and published; visitors see it at once", async () => {
		assert.equal(await nav(), MENU.join(" "));
		const full = await menu(), last = MENU.length - 1;
		const dropped = await facilitator.send(full, { _do: `menu:remove:${last}` });
		assert.equal(dropped.status, 200);
		assert.match(await nav(), /Aide$/, "nothing is published by removing a row");
		const added = await facilitator.send(formOf(dropped, "/-/site/menu"), { _do: "menu:add" });
		const moved = await facilitator.send(formOf(added, "/-/site/menu"), { [`menu-${last}-label`]: "Actions", [`menu-${last}-label-en`]: "Deeds", [`menu-${last}-to`]: "/actions", _do: `menu:up:${last}` });
		const form = formOf(moved, "/-/site/menu");
		assert.equal(form.pairs.find(([key]) => key === `menu-${last - 1}-label`)?.[1], "Actions");
		const seen = await facilitator.send(form, { _preview: "1" });
		assert.match(text(seen.body), /Comme les gens (le|la) verront .* Actions Projets/s);
		const done = await facilitator.send(formOf(seen, "/-/site/menu"));
		assert.equal(done.status, 303, text(done.body));
		assert.equal(await nav(), [...MENU.slice(0, last - 1), "Actions", MENU[last - 1]].join(" "));
		assert.match((await visitor.get("/", { "Accept-Language": "en" })).body, /<a href="\/actions">Deeds</);
	});

	it("an entry leads to a page by its title or to an address of the site, and nowhere else", async () => {
		const say = async (other: string) => {
			const answer = await facilitator.send(await menu(), { "menu-0-to-other": other, "menu-0-to": "" });
			return answer;
		};
		for (const other of ["https://ailleurs.example/", "//ailleurs.example", "/rien-de-tel", "Une page qui n’existe pas", "/-/rien", "javascript:alert(1)", "/e/coordination/rien"]) {
			const answer = await say(other);
			assert.equal(answer.status, 422, other);
			assert.equal(formOf(answer, "/-/site/menu").pairs.find(([key]) => key === "menu-0-to-other")?.[1], other, "what was typed is kept");
		}
		assert.match((await facilitator.get("/-/site/menu")).body, /<option value="\/e\/coordination">/);
		assert.equal((await say("Bienvenue")).status, 303);
		assert.match((await visitor.get("/")).body, new RegExp(`<a href="/bienvenue">${MENU[0]}<`));
		assert.equal((await say(`${site.origin}/annuaire?commune=tours`)).status, 303);
		assert.match((await visitor.get("/")).body, new RegExp(`<a href="/annuaire\\?commune=tours">${MENU[0]}<`));
	});

	it("two people who change the menu: the second is shown the first's, and may go on", async () => {
		const other = await new Client(site).signIn("administrator");
		const first = await menu(), second = await menu(other);
		assert.equal((await facilitator.send(first, { "menu-0-label": "Le premier" })).status, 303);
		const told = await other.send(second, { "menu-0-label": "Le second" });
		assert.equal(told.status, 409);
		assert.match(text(told.body), /Le premier/);
		const again = formOf(told, "/-/site/menu");
		assert.equal(again.pairs.find(([key]) => key === "menu-0-label")?.[1], "Le second");
		assert.equal((await other.send(again)).status, 303);
		assert.match(await nav(), /^Le second/);
	});

	it("the history of the menu says who changed what, and brings an earlier one back", async () => {
		const page = await facilitator.get("/-/site/history/menu");
		assert.match(text(page.body), /Le premier → /);
		const versions = [...page.body.matchAll(/action="(\/-\/site\/history\/menu\/menu\.\d+)"/g)].map((m) => m[1]!);
		const back = await facilitator.send(await facilitator.form("/-/site/history/menu", versions.at(-1)!));
		assert.equal(back.status, 303);
		assert.equal(await nav(), MENU.join(" "));
	});

	it("blocks are moved, taken away, added in a draft that nobody sees before it is published", async () => {
		const before = await home();
		assert.deepEqual((await blocks()).slice(0, 3), ["Introduction – Qui fait quoi, près de chez vous", "Liste – Les structures", "Du nouveau – Du nouveau"]);
		assert.equal((await press(1, "move", "down")).status, 303);
		assert.equal((await press(0, "move", "down")).status, 303);
		assert.equal((await press(0, "move", "down")).status, 303);
		assert.equal((await blocks())[2], "Liste – Les structures");
		assert.equal((await press(6, "remove")).status, 303);
		const kinds = text((await facilitator.get("/-/site/home/add")).body);
		for (const kind of ["Introduction", "Texte", "Liste", "Du nouveau", "Raccourcis", "Plan", "Chiffres"]) assert.match(kinds, new RegExp(kind));
		const form = await facilitator.form("/-/site/home/add/view", "/-/site/home/add/");
		const seen = await facilitator.send(form, { title: "Où aller", "title-en": "Where to go", view: "espaces_ouverts", size: "2", _preview: "1" });
		assert.match(text(seen.body), /Où aller.*Tout voir : \d+ espaces numériques/s);
		assert.equal((await facilitator.send(formOf(seen, "/-/site/home/add/"))).status, 303);
		assert.equal(await home(), before, "visitors see what they saw");
		const preview = await facilitator.get("/-/site/home/preview");
		assert.match(text(preview.body), /Où aller/);
		assert.match(preview.body, /<h1>Qui fait quoi, près de chez vous<\/h1>/, "the page keeps its title wherever the introduction stands");
		assert.equal((await act("publish", "/-/site/home/preview")).status, 303);
		const body = await home();
		assert.match(text(body), /Où aller/);
		assert.doesNotMatch(text(body), /En chiffres/);
		assert.match(text((await visitor.get("/", { "Accept-Language": "en" })).body), /Where to go/);
		assert.doesNotMatch(text((await facilitator.get("/-/site/home")).body), /brouillon, que personne/i);
	});

	it("two lists of the same view, two blocks of a kind: no id is there twice", async () => {
		for (const title of ["Encore", "Toujours"]) {
			const form = await facilitator.form("/-/site/home/add/view", "/-/site/home/add/");
			assert.equal((await facilitator.send(form, { title, view: "espaces_ouverts", size: "2" })).status, 303);
		}
		assert.equal((await act("publish")).status, 303);
		const ids = [...(await home()).matchAll(/ id="([^"]*)"/g)].map((m) => m[1]);
		assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
	});

	it("what is wrong in a block is said beside it, and what was typed is kept; no JSON is seen", async () => {
		const wrong = await facilitator.send(await facilitator.form("/-/site/home/add/view", "/-/site/home/add/"), { title: "", view: "rien", size: "500", layout: "map" });
		assert.equal(wrong.status, 422);
		for (const control of ["title", "view", "size"]) assert.match(wrong.body, new RegExp(`href="#f-${control}"`));
		const map = await facilitator.send(await facilitator.form("/-/site/home/add/view", "/-/site/home/add/"), { title: "Sur la carte", view: "glossaire", layout: "map" });
		assert.equal(map.status, 422, "a glossary has no place to draw");
		const links = await facilitator.form("/-/site/home/add/actions", "/-/site/home/add/");
		const one = await facilitator.send(links, { title: "Aller", _do: "links:add" });
		const kept = await facilitator.send(formOf(one, "/-/site/home/add/"), { "links-0-title": "Le glossaire", "links-0-to": "/glossaire" });
		assert.equal(kept.status, 303, text(kept.body));
		const figures = await facilitator.send(await facilitator.form("/-/site/home/add/figures", "/-/site/home/add/"), { title: "Chiffres", _do: "items:add" });
		assert.equal((await facilitator.send(formOf(figures, "/-/site/home/add/"), { "items-0-count": "", "items-0-value": "", "items-0-text": "rien" })).status, 422);
		const page = await facilitator.get("/-/site/home");
		assert.doesNotMatch(text(page.body), /"block"|\{"/);
		assert.equal((await act("discard")).status, 303);
		assert.ok(!(await blocks()).includes("Raccourcis – Aller"));
	});

	it("a block that somebody else changed meanwhile: told, what was typed is kept, and nothing of the other is lost unseen", async () => {
		const place = (await blocks()).indexOf("Du nouveau – Du nouveau");
		const path = `/-/site/home/block/${place}`;
		const first = await facilitator.form(path, "/-/site/home/block/"), second = await facilitator.form(path, "/-/site/home/block/");
		assert.equal((await facilitator.send(first, { title: "Neuf" })).status, 303);
		const told = await facilitator.send(second, { title: "Récent" });
		assert.equal(told.status, 409);
		const again = formOf(told, "/-/site/home/block/");
		assert.equal(again.pairs.find(([key]) => key === "title")?.[1], "Récent");
		assert.equal((await facilitator.send(again)).status, 303);
		assert.ok((await blocks()).includes("Du nouveau – Récent"));
		// Moved by another meanwhile: the correction finds it.
		const moving = await facilitator.form(path, "/-/site/home/block/");
		await press(place, "move", "up");
		assert.equal((await facilitator.send(moving, { title: "Suivi" })).status, 303);
		assert.ok((await blocks()).includes("Du nouveau – Suivi"));
		// Published by another meanwhile: what one has not seen is not published.
		const publishing = await facilitator.form("/-/site/home", "/-/site/home/publish");
		await press(place, "move", "up");
		assert.equal((await facilitator.send(publishing)).status, 409);
		assert.equal((await act("discard")).status, 303);
	});

	it("the name in each language, the sentence and the colour: looked at, published, brought back", async () => {
		const form = await facilitator.form("/-/site/identity", "/-/site/identity");
		const theme = /href="(\/-\/theme\/[^"]+)"/.exec(await home())![1];
		const seen = await facilitator.send(form, { name: "La place", "name-en": "The square", tagline: "Ici", colour: "#ffe000", _preview: "1" });
		assert.equal(seen.status, 200);
		assert.match(text(seen.body), /trop claire pour se lire/);
		assert.match(text(await home()), /Parvis des quartiers de Tours|Parvis/);
		assert.equal((await facilitator.send(formOf(seen, "/-/site/identity"))).status, 303);
		assert.match(await home(), /<span>La<small>place<\/small><\/span>/);
		assert.match((await visitor.get("/", { "Accept-Language": "en" })).body, /<span>The<small>square<\/small><\/span>/);
		const now = /href="(\/-\/theme\/[^"]+)"/.exec(await home())![1]!;
		assert.notEqual(now, theme);
		assert.equal((await visitor.get(now)).status, 200);
		assert.equal((await facilitator.send(await facilitator.form("/-/site/identity", "/-/site/identity"), { colour: "rouge", name: "" })).status, 422);
		const history = await facilitator.get("/-/site/history/identity");
		const first = [...history.body.matchAll(/action="(\/-\/site\/history\/identity\/name\.\d+)"/g)].map((m) => m[1]!).at(-1)!;
		assert.equal((await facilitator.send(await facilitator.form("/-/site/history/identity", first))).status, 303);
		assert.match(await home(), /Parvis/);
	});
});
