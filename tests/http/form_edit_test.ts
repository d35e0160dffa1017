// Forms shaped in the browser, without a script: questions added, corrected, moved, retired; nobody sees JSON, and
// nothing that people wrote is lost.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName } from "../support/program.js";
import { add, edit, token } from "../support/records.js";

onSite("forms", (site) => {
	let facilitator: Client, member: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
	});
	const page = (key: string, rest = "") => `/-/form/${key}${rest}`;
	const question = (key: string, field: string, who = facilitator) => who.form(page(key, `/question/${field}`), "/-/form/");
	const value = (form: { pairs: [string, string][] }, name: string) => form.pairs.find(([key]) => key === name)?.[1].replaceAll("\r\n", "\n");
	const keys = async (key: string) => [...(await facilitator.get(page(key))).body.matchAll(/id="q-([a-z0-9_]+)"/g)].map((m) => m[1]);
	// Adds a question; gives its key.
	const ask = async (key: string, kind: string, values: Record<string, string | string[]>) => {
		const known = await keys(key);
		const answer = await facilitator.send(await facilitator.form(page(key, `/add/${kind}`), "/-/form/"), values);
		assert.equal(answer.status, 303, text(answer.body));
		return (await keys(key)).find((k) => !known.includes(k))!;
	};
	const confirm = async (answer: Answer, changes: Record<string, string> = {}) => {
		assert.equal(answer.status, 200, text(answer.body));
		return facilitator.send(formOf(answer, "/-/form/"), changes);
	};

	it("lists the forms, and the questions of one in order, in words", async () => {
		const list = text((await facilitator.get("/-/forms")).body);
		assert.match(list, /Espace numérique/);
		const body = (await facilitator.get(page("espace"))).body;
		assert.match(text(body), /Nom\s+Une ligne de texte\s+donne son nom à la page\s+une réponse est nécessaire/);
		assert.match(text(body), /Fermé depuis\s+Une ligne de texte\s+facultatif\s+seulement si « État » est « Fermé »/);
		assert.match(text(body), /Notes de suivi\s+Un long texte\s+facultatif\s+lu par l’équipe d’animation seulement/);
		assert.doesNotMatch(text(body), /show_if|"type"|\{"/);
	});

	it("adds a question that people then answer; its key comes from its name and is never another's", async () => {
		const key = await ask("outil", "number", { label: "Prix à l’année", unit: "€", min: "0", required: "" });
		assert.equal(key, "prix_a_l_annee");
		const made = await add(member, "outil", { nom: "Tableau partagé", prix_a_l_annee: "12,5" });
		assert.match(text((await member.get(made.url)).body), /Prix à l’année\s+12,5\s€/);
		const refused = await member.send(await member.form("/-/new/outil", "/-/new/"), { nom: "Autre", prix_a_l_annee: "-1" });
		assert.equal(refused.status, 422);
		await facilitator.send(await facilitator.form(page("outil", `/retire/${key}`), "/-/form/"));
		assert.equal(await ask("outil", "text", { label: "Prix à l’année" }), "prix_a_l_annee_2");
	});

	it("what is wrong is said beside it, and everything typed is kept", async () => {
		const form = await facilitator.form(page("outil", "/add/number"), "/-/form/");
		const answer = await facilitator.send(form, { label: " ", help: "Combien ?", min: "douze", decimals: "99", audience: "members" });
		assert.equal(answer.status, 422);
		const again = formOf(answer, "/-/form/");
		assert.equal(value(again, "min"), "douze");
		assert.equal(value(again, "decimals"), "99");
		assert.equal(value(again, "help"), "Combien ?");
		assert.equal(value(again, "audience"), "members");
		assert.match(text(answer.body), /« douze » n’est pas un nombre/);
		assert.match(answer.body, /href="#f-label"/);
		const choices = await facilitator.send(await facilitator.form(page("outil", "/add/choice"), "/-/form/"), { label: "Taille", choices: "Petit\nPetit" });
		assert.equal(choices.status, 422);
		assert.equal(value(formOf(choices, "/-/form/"), "choices"), "Petit\nPetit");
		assert.match(text(choices.body), /« Petit » est là deux fois/);
	});

	it("a condition is chosen from lists; the answer waited for is asked with the other question's control", async () => {
		const form = await facilitator.form(page("espace", "/add/text"), "/-/form/");
		const first = await facilitator.send(form, { label: "Pourquoi fermé", if_field: "statut", if_op: "=" });
		assert.equal(first.status, 422);
		const next = formOf(first, "/-/form/");
		assert.equal(value(next, "label"), "Pourquoi fermé");
		assert.match(first.body, /name="if_value" value="ferme"/);
		assert.equal((await facilitator.send(next, { if_value: "ferme" })).status, 303);
		assert.match(text((await facilitator.get(page("espace"))).body), /Pourquoi fermé\s+Une ligne de texte\s+facultatif\s+seulement si « État » est « Fermé »/);
		// Round trip: saved again untouched, nothing changes; not on itself.
		const key = "pourquoi_ferme";
		const before = (await facilitator.get(page("espace"))).body;
		assert.equal((await facilitator.send(await question("espace", key))).status, 303);
		const strip = (body: string) => body.replace(/value="[^"]{20,}"/g, "");
		assert.equal(strip((await facilitator.get(page("espace"))).body), strip(before));
		const own = await facilitator.send(await question("espace", key), { if_field: key, if_op: "notempty" });
		assert.equal(own.status, 422);
	});

	it("moves up and down", async () => {
		const before = await keys("projet");
		await facilitator.send(await facilitator.form(page("projet"), page("projet", `/move/${before[2]}`)));
		const after = await keys("projet");
		assert.deepEqual(after, [before[0], before[2], before[1], ...before.slice(3)]);
	});

	it("choices: one a line; a moved line moves, a renamed one keeps its pages, a new one is new", async () => {
		const key = await ask("outil", "choice", { label: "Taille", choices: "Petit\nMoyen\nGrand" });
		const small = await add(member, "outil", { nom: "Le marteau", [key]: "petit" });
		const large = await add(member, "outil", { nom: "La grue", [key]: "grand" });
		// "Petit" is renamed: the page asks, and proposes it.
		const asked = await facilitator.send(await question("outil", key), { choices: "Grand\nTout petit\nMoyen" });
		assert.match(text(asked.body), /« Petit » n’est plus dans la liste ; 1 page l’a/);
		assert.equal((await confirm(asked, { "fate-petit": value(formOf(asked, "/-/form/"), "fate-petit")! })).status, 303);
		const proposed = [...asked.body.matchAll(/<option value="([^"]*)" selected>([^<]*)/g)].map((m) => m[2]);
		assert.deepEqual(proposed.filter((words) => /s’appelle/.test(words!)), ["Elle s’appelle maintenant «\u202fTout petit\u202f»"]);
		assert.match(text((await member.get(small.url)).body), /Taille\s+Tout petit/);
		// "Grand" is replaced, and that can be undone.
		const other = await facilitator.send(await question("outil", key), { choices: "Tout petit\nMoyen" });
		const done = await confirm(other, { "fate-grand": "to:moyen" });
		assert.equal(done.status, 303);
		assert.match(text((await member.get(large.url)).body), /Taille\s+Moyen/);
		// "Moyen" is kept for the page that has it, and offered no more.
		const third = await facilitator.send(await question("outil", key), { choices: "Tout petit\nImmense" });
		assert.equal((await confirm(third, { "fate-moyen": "keep" })).status, 303);
		assert.match(text((await member.get(large.url)).body), /Taille\s+Moyen/);
		assert.match((await member.get(`/-/edit/${large.id}`)).body, new RegExp(`name="${key}" value="moyen"`));
		assert.doesNotMatch((await member.get("/-/new/outil")).body, new RegExp(`name="${key}" value="moyen"`));
		assert.match(text((await facilitator.get(page("outil", `/question/${key}`))).body), /Ne sont plus proposés\s: Moyen/);
		assert.equal((await edit(member, large.id, { nom: "La grande grue" })).status, 303);
	});

	it("before pages are touched, a page says how many; nothing changes until it is confirmed", async () => {
		const key = await ask("outil", "text", { label: "Mode d’emploi court" });
		const made = await add(member, "outil", { nom: "La scie", [key]: "Doucement" });
		const asked = await facilitator.send(await question("outil", key), { required: "1", max: "5" });
		assert.match(text(asked.body), /\d+ pages n’ont pas de réponse/);
		assert.match(text(asked.body), /1 réponse ne serait plus acceptée/);
		assert.doesNotMatch(text((await facilitator.get(page("outil"))).body), /Mode d’emploi court\s+Une ligne de texte\s+une réponse est nécessaire/);
		const back = await facilitator.send(formOf(asked, "/-/form/"), { _back: "1" });
		assert.equal(value(formOf(back, "/-/form/"), "max"), "5");
		assert.equal((await confirm(asked)).status, 303);
		assert.match(text((await facilitator.get(page("outil"))).body), /Mode d’emploi court\s+Une ligne de texte\s+une réponse est nécessaire/);
		assert.match(text((await member.get(made.url)).body), /Doucement/, "the answer stays as it is");
		assert.equal((await facilitator.send(await question("outil", key), { required: null })).status, 303);
	});

	it("fewer readers: said first, then the answers move and the history that others read forgets them; more: confirmed", async () => {
		const key = await ask("outil", "text", { label: "Chez qui le trouver" });
		const made = await add(member, "outil", { nom: "L’échelle", [key]: "Chez Zorglub" });
		await edit(member, made.id, { [key]: "Chez Zorglubine" });
		await edit(member, made.id, { nom: "La grande échelle" });
		const asked = await facilitator.send(await question("outil", key), { audience: "facilitators" });
		assert.match(text(asked.body), /Moins de personnes liront les réponses\s: .*1 page en a une/);
		assert.match((await new Client(site).get(made.url)).body, /Zorglubine/, "nothing happened yet");
		assert.equal((await confirm(asked)).status, 303);
		for (const client of [new Client(site), member])
			for (const path of [made.url, `/-/history/${made.id}`, `/-/history/${made.id}/${made.versions[0]}`, "/-/search?q=zorglubine"])
				assert.doesNotMatch((await client.get(path)).body.replaceAll("q=zorglubine", "").replace(/value="zorglubine"|« ?zorglubine ?»/g, ""), /Zorglub/, path);
		const page = await facilitator.get(made.url);
		assert.match(text(page.body), /La grande échelle.*Chez Zorglubine/);
		assert.equal((await facilitator.send(await question("outil", key), { audience: "members" })).status, 200, "more readers are confirmed");
		await confirm(await facilitator.send(await question("outil", key), { audience: "members" }));
		const widened = await facilitator.send(await question("outil", key), { audience: "public" });
		assert.match(text(widened.body), /Davantage de gens liront les réponses\s: lu par tout le monde/);
		assert.equal((await confirm(widened)).status, 303);
		assert.doesNotMatch((await new Client(site).get(made.url)).body, /Zorglub/, "not before the page is corrected");
	});

	it("a retired question disappears with its answers, stays in the history, and comes back with them", async () => {
		const key = await ask("outil", "text", { label: "Surnom secret" });
		const made = await add(member, "outil", { nom: "Le pinceau", [key]: "Zigoto" });
		const shown = await facilitator.form(page("outil", `/retire/${key}`), "/-/form/");
		assert.match(text((await facilitator.get(page("outil", `/retire/${key}`))).body), /1 page a une réponse à cette question/);
		assert.equal((await facilitator.send(shown)).status, 303);
		assert.doesNotMatch((await member.get(made.url)).body, /Zigoto/);
		assert.doesNotMatch((await member.get(`/-/edit/${made.id}`)).body, /Zigoto|Surnom secret/);
		assert.match((await member.get(`/-/history/${made.id}`)).body, /Surnom secret/);
		assert.equal((await edit(member, made.id, { nom: "Le gros pinceau" })).status, 303);
		const again = await facilitator.form(page("outil"), page("outil", `/return/${key}`));
		assert.equal((await facilitator.send(again)).status, 303);
		assert.match(text((await member.get(made.url)).body), /Surnom secret\s+Zigoto/);
	});

	it("a draft that answers a retired question can still be published", async () => {
		const key = await ask("outil", "text", { label: "Bientôt parti" });
		const form = await member.form("/-/new/outil", "/-/new/");
		const draft = await member.follow(await member.send(form, { nom: "Le brouillon", [key]: "Reste là", _state: "draft" }));
		const id = /\/-\/publish\/([0-9a-z]{26})/.exec(draft.body)![1]!;
		await facilitator.send(await facilitator.form(page("outil", `/retire/${key}`), "/-/form/"));
		const published = await member.post(`/-/publish/${id}`, { _form: await token(member) }, { Origin: site.origin });
		assert.equal(published.status, 303, text(published.body));
		await facilitator.send(await facilitator.form(page("outil"), page("outil", `/return/${key}`)));
		assert.match(text((await member.get("/le-brouillon")).body), /Reste là/);
	});

	it("what something cannot do without is not retired, and the page says what", async () => {
		const answer = await facilitator.get(page("espace", "/retire/statut"));
		assert.match(text(answer.body), /« Fermé depuis » est demandée selon elle/);
		assert.match(text(answer.body), /la liste « Espaces numériques ouverts »/);
		const sent = await facilitator.post(page("espace", "/retire/statut"), { _form: await token(facilitator) }, { Origin: site.origin });
		assert.equal(sent.status, 422);
		assert.ok((await keys("espace")).includes("statut"));
	});

	it("two facilitators at once: the second is told, sees both, and nothing is lost; other questions do not matter", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const first = await question("outil", "nom"), second = await question("outil", "nom", administrator);
		const moved = await question("outil", "mode_d_emploi_court", administrator);
		assert.equal((await facilitator.send(first, { help: "Comme on l’appelle" })).status, 303);
		const told = await administrator.send(second, { help: "Son nom courant" });
		assert.equal(told.status, 409);
		assert.match(text(told.body), /Comme on l’appelle/);
		assert.equal(value(formOf(told, "/-/form/"), "help"), "Son nom courant");
		assert.equal(value(await question("outil", "nom"), "help"), "Comme on l’appelle");
		assert.equal((await administrator.send(formOf(told, "/-/form/"))).status, 303);
		assert.equal(value(await question("outil", "nom"), "help"), "Son nom courant");
		assert.equal((await administrator.send(moved, { help: "En deux mots" })).status, 303);
	});

	it("a new form has its list at once; a copy has the questions of another, and leaves it alone", async () => {
		const form = await facilitator.form("/-/forms/new", "/-/forms/new");
		const wrong = await facilitator.send(form, { label: "Vélo", plural: "", add: "Prêter un vélo" });
		assert.equal(wrong.status, 422);
		assert.equal(value(formOf(wrong, "/-/forms/new"), "add"), "Prêter un vélo");
		const made = await facilitator.send(form, { label: "Vélo", plural: "Vélos à prêter", add: "Prêter un vélo", icon: "bike", menu: "1", text: "Un vélo qui dort peut servir." });
		assert.equal(made.status, 303);
		assert.deepEqual(await keys("velo"), ["nom"]);
		const visitor = new Client(site);
		assert.equal((await visitor.get("/velos-a-preter")).status, 200);
		assert.match((await visitor.get("/")).body, /href="\/velos-a-preter"/);
		assert.match(text((await visitor.get("/-/contribute")).body), /Prêter un vélo Un vélo qui dort peut servir\./);
		await add(member, "velo", { nom: "Le rouge" });
		assert.match((await visitor.get("/velos-a-preter")).body, /Le rouge/);
		const copy = await facilitator.send(await facilitator.form("/-/forms/new?copie=outil", "/-/forms/new"), { label: "Machine", plural: "Machines", add: "Ajouter une machine" });
		assert.equal(copy.status, 303);
		const outil = await keys("outil");
		assert.deepEqual(await keys("machine"), outil);
		await facilitator.send(await facilitator.form(page("machine", `/retire/mode_d_emploi_court`), "/-/form/"));
		assert.deepEqual(await keys("outil"), outil);
	});

	it("what a form says of itself: changed, the menu and the cards follow; two at once are told", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const form = await facilitator.form(page("velo", "/settings"), "/-/form/"), other = await administrator.form(page("velo", "/settings"), "/-/form/");
		assert.equal(value(form, "label"), "Vélo");
		assert.equal(value(form, "text"), "Un vélo qui dort peut servir.");
		assert.equal((await facilitator.send(form, { label: "Bicyclette", text: "Une bicyclette", icon: "bike" })).status, 303);
		assert.match(text((await new Client(site).get("/-/contribute")).body), /Prêter un vélo Une bicyclette/);
		const told = await administrator.send(other, { label: "Cycle" });
		assert.equal(told.status, 409);
		assert.match(text(told.body), /Il s’appelle maintenant «\sBicyclette\s»/);
		assert.equal(value(formOf(told, "/-/form/"), "label"), "Cycle");
		assert.equal((await administrator.send(formOf(told, "/-/form/"), { offered: null })).status, 303);
		assert.doesNotMatch(text((await new Client(site).get("/-/contribute")).body), /Prêter un vélo/);
		const title = await facilitator.send(await facilitator.form(page("velo", "/settings"), "/-/form/"), { title: "absent" });
		assert.equal(title.status, 422);
	});

	it("a shared list: what uses it is said; its choices change everywhere, and pages follow", async () => {
		const made = await facilitator.send(await facilitator.form("/-/lists/new", "/-/lists/new"), { label: "Matières", choices: "Bois\n- Chêne\n- Pin\nFer" });
		assert.equal(made.status, 303, text(made.body));
		assert.match(text((await facilitator.get("/-/forms")).body), /Matières 4 choix utilisée par aucune question/);
		const key = await ask("outil", "choice", { label: "Matière", list: "matieres" }), other = await ask("velo", "tree", { label: "En quoi", list: "matieres", many: "1" });
		const tool = await add(member, "outil", { nom: "La masse", [key]: "fer" }), bike = await add(member, "velo", { nom: "Le lourd", [other]: ["fer", "pin"] });
		const shown = await facilitator.get("/-/list/matieres");
		assert.match(text(shown.body), /2 questions l’utilisent\s: Fiche-outil – Matière|2 questions l’utilisent/);
		const list = () => facilitator.form("/-/list/matieres", "/-/list/matieres");
		assert.equal(value(await list(), "choices")!.trim(), "Bois\n- Chêne\n- Pin\nFer");
		const asked = await facilitator.send(await list(), { choices: "Acier\nBois\n- Chêne\n- Pin" });
		assert.match(text(asked.body), /« Fer » n’est plus dans la liste ; 2 pages l’ont/);
		const back = await facilitator.send(formOf(asked, "/-/list/"), { _back: "1" });
		assert.equal(value(formOf(back, "/-/list/"), "choices")!.trim(), "Acier\nBois\n- Chêne\n- Pin");
		assert.equal((await facilitator.send(formOf(asked, "/-/list/"), { "fate-fer": "to:chene" })).status, 303);
		assert.match(text((await member.get(tool.url)).body), /Matière Bois › Chêne|Matière Chêne/);
		assert.match(text((await member.get(bike.url)).body), /Bois › Chêne.*Bois › Pin/);
		const used = await facilitator.post("/-/list/matieres/delete", { _form: await token(facilitator) }, { Origin: site.origin });
		assert.equal(used.status, 422);
		assert.match(text(used.body), /ne peut pas être (enlevé|retiré|supprimé)/);
		const lost = await facilitator.send(await question("outil", key), { list: "", choices: "Autre chose" });
		assert.equal(lost.status, 200, "what becomes of those that pages have is asked");
		// Two at once.
		const administrator = await new Client(site).signIn("administrator");
		const first = await list(), second = await administrator.form("/-/list/matieres", "/-/list/matieres");
		assert.equal((await facilitator.send(first, { label: "Les matières" })).status, 303);
		const told = await administrator.send(second, { choices: "Acier\nBois\n- Chêne\n- Pin\nVerre" });
		assert.equal(told.status, 409);
		assert.match(value(formOf(told, "/-/list/"), "choices")!, /Verre/);
		for (const who of ["member", "outsider"] as const) {
			const client = await new Client(site).signIn(who);
			for (const path of ["/-/lists/new", "/-/list/matieres"]) assert.equal((await client.get(path)).status, 403);
			for (const path of ["/-/lists/new", "/-/list/matieres", "/-/list/matieres/delete"])
				assert.equal((await client.post(path, { _form: await token(client), label: "x", choices: "y" }, { Origin: site.origin })).status, 403);
		}
	});

	it("the history of a form says who changed what; going back keeps what came since", async () => {
		const administrator = await new Client(site).signIn("administrator");
		const made = await administrator.send(await administrator.form("/-/forms/new", "/-/forms/new"), { label: "Recette", plural: "Recettes", add: "Donner une recette" });
		assert.equal(made.status, 303);
		const send = async (path: string, values: Record<string, string | null>) => assert.equal((await administrator.send(await administrator.form(page("recette", path), "/-/form/"), values)).status, 303);
		await send("/add/choice", { label: "Plat", choices: "Entrée\nDessert" });
		await send("/question/plat", { choices: "Entrée\nDessert\nSoupe" });
		await send("/add/text", { label: "Secret du chef" });
		const cook = await add(member, "recette", { nom: "La tarte", plat: "soupe", secret_du_chef: "Une pincée" });
		const history = await administrator.get(page("recette", "/history"));
		assert.match(text(history.body), /par Camille Administre \(démo\) comme maintenant Question ajoutée : « Secret du chef »|Question ajoutée\s: «\sSecret du chef\s»/);
		assert.match(text(history.body), /Question changée\s: «\sPlat\s»/);
		assert.match(text(history.body), /Le formulaire a été créé/);
		const [, address] = [...history.body.matchAll(/action="(\/-\/form\/recette\/history\/2)"/g)][0]!;
		const sent = await administrator.post(address!, { _form: await token(administrator) }, { Origin: site.origin });
		assert.equal(sent.status, 303);
		const shown = await administrator.get(page("recette"));
		assert.match(text(shown.body), /Ne sont plus posées .* Secret du chef/);
		assert.doesNotMatch((await member.get(cook.url)).body, /Une pincée/);
		assert.match(text((await member.get(cook.url)).body), /Plat Soupe/, "kept, offered no more");
		assert.doesNotMatch((await member.get("/-/new/recette")).body, /value="soupe"/);
		assert.equal((await administrator.post(page("recette", "/history/99"), { _form: await token(administrator) }, { Origin: site.origin })).status, 404);
	});

	it("a form without pages is taken away with its list and its words; one with pages is not", async () => {
		const made = await facilitator.send(await facilitator.form("/-/forms/new", "/-/forms/new"), { label: "Passade", plural: "Passades", add: "Une passade", menu: "1" });
		assert.equal(made.status, 303);
		const away = (key: string) => facilitator.form(page(key, "/settings"), page(key, "/delete"));
		assert.equal((await facilitator.send(await away("passade"))).status, 303);
		for (const path of ["/passades", page("passade"), "/-/new/passade"]) assert.equal((await facilitator.get(path)).status, 404, path);
		assert.doesNotMatch((await new Client(site).get("/")).body, /\/passades/);
		const kept = await facilitator.send(await away("outil"));
		assert.equal(kept.status, 422);
		assert.match(text(kept.body), /des pages en sont faites|faites avec/);
		assert.equal((await facilitator.get(page("outil"))).status, 200);
	});

	it("a question is previewed as people will see it, and nothing is saved", async () => {
		const form = await facilitator.form(page("outil", "/add/choice"), "/-/form/");
		const shown = await facilitator.send(form, { label: "Saison d’usage", help: "Quand il sert", choices: "Été\nHiver", _preview: "1" });
		assert.equal(shown.status, 200);
		assert.match(shown.body, /name="apercu" value="ete"/);
		assert.match(text(shown.body), /Comme les gens la verront Saison d’usage \(facultatif\) Quand il sert/);
		assert.equal(value(formOf(shown, "/-/form/"), "choices"), "Été\nHiver");
		assert.doesNotMatch((await member.get("/-/new/outil")).body, /Saison d’usage/);
		assert.equal((await facilitator.send(formOf(shown, "/-/form/"))).status, 303);
		assert.match((await member.get("/-/new/outil")).body, /Saison d’usage/);
	});

	it("the preview shows the form as contributors see it", async () => {
		const body = (await facilitator.get(page("espace", "/preview"))).body;
		assert.match(body, /name="nom"/);
		assert.match(text(body), /rien n’est gardé/);
	});

	it("others neither see nor do it", async () => {
		const visitor = new Client(site);
		assert.equal((await visitor.get("/-/forms")).status, 303);
		const others: PersonName[] = ["member", "contributor", "outsider", "neighbour"];
		for (const who of others) {
			const client = await new Client(site).signIn(who);
			for (const path of ["/-/forms", page("outil"), page("outil", "/question/nom"), page("outil", "/add"), page("outil", "/add/text"), page("outil", "/preview"), page("outil", "/retire/nom"), page("outil", "/settings"), "/-/forms/new"])
				assert.equal((await client.get(path)).status, 403, `${who} ${path}`);
			const sent = { _form: await token(client), label: "Piraté", to: "up" };
			for (const path of ["/question/nom", "/add/text", "/move/nom", "/retire/nom", "/return/nom"])
				assert.equal((await client.post(page("outil", path), sent, { Origin: site.origin })).status, 403, `${who} ${path}`);
			assert.doesNotMatch((await client.get("/-/account")).body, /\/-\/forms/);
		}
		assert.doesNotMatch((await facilitator.get(page("outil"))).body, /Piraté/);
		for (const path of [page("absent"), page("outil", "/question/absent"), page("outil", "/add/absent")])
			assert.equal((await facilitator.get(path)).status, 404, path);
	});
});

onSite("forms of the preset", (site) => {
	it("every question can be opened and saved without changing it", async () => {
		const words = (body: string) => text(body.slice(body.indexOf("<ol"), body.indexOf("</ol>")));
		for (const [form, who] of [["structure", "administrator"], ["espace", "facilitator"]] as const) {
			const client = await new Client(site).signIn(who);
			const before = (await client.get(`/-/form/${form}`)).body;
			const preview = words((await client.get(`/-/form/${form}/preview`)).body);
			for (const [, key] of before.matchAll(/id="q-([a-z0-9_]+)"/g)) {
				const answer = await client.send(await client.form(`/-/form/${form}/question/${key}`, "/-/form/"));
				assert.equal(answer.status, 303, `${form}.${key} ${answer.status} ${text(answer.body)}`);
			}
			assert.equal(words((await client.get(`/-/form/${form}`)).body), words(before));
			assert.equal(words((await client.get(`/-/form/${form}/preview`)).body), preview);
		}
	});
});
