// Conditions, computed values and constraints of forms: written in the form editor, without a script, and what they do to
// pages. tests/unit/expression tries the language itself.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

onSite("expressions", (site) => {
	let facilitator: Client, member: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		member = await new Client(site).signIn("member");
	});
	const page = (key: string, rest = "") => `/-/form/${key}${rest}`;
	const question = (key: string, field: string) => facilitator.form(page(key, `/question/${field}`), "/-/form/");
	const value = (form: { pairs: [string, string][] }, name: string) => form.pairs.find(([key]) => key === name)?.[1].replaceAll("\r\n", "\n");
	const ask = async (key: string, kind: string, values: Record<string, string | string[]>) => {
		const answer = await facilitator.send(await facilitator.form(page(key, `/add/${kind}`), "/-/form/"), values);
		assert.equal(answer.status, 303, text(answer.body));
	};

	it("several conditions are joined in menus, and shown there again; what menus cannot say is typed", async () => {
		const add = await facilitator.form(page("espace", "/add/text"), "/-/form/");
		const one = await facilitator.send(add, { label: "Accueil du soir", if_field: "statut", if_op: "=" });
		const two = await facilitator.send(formOf(one, "/-/form/"), { if_value: ["ouvert", "projet"], "if_field-2": "postes", "if_op-2": ">=" });
		assert.equal(two.status, 422, text(two.body));
		assert.match(two.body, /name="if_value-2"/);
		assert.equal((await facilitator.send(formOf(two, "/-/form/"), { "if_value-2": "2,5", if_join: "any" })).status, 303);
		const list = text((await facilitator.get(page("espace"))).body);
		assert.match(list, /seulement si « État » est l’un de « Ouvert », « En projet » ou « Nombre de postes » est au moins 2,5/);
		const again = await question("espace", "accueil_du_soir");
		assert.equal(value(again, "if_field-2"), "postes");
		assert.equal(value(again, "if_value-2"), "2,5");
		assert.equal(value(again, "if_text"), 'statut dans ("ouvert" ; "projet") ou postes >= 2,5');
		assert.equal((await facilitator.send(again)).status, 303);
		// Typed: a mistake is marked where it is, and what was typed stays.
		const typed = await question("espace", "accueil_du_soir");
		const wrong = await facilitator.send(typed, { if_way: "typed", if_text: 'postes > 2,5 et statut = "ouverte"' });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /« ouverte » n’est pas une réponse possible à « État » : "ouvert", "projet"/);
		assert.match(wrong.body, /<mark>&#34;ouverte&#34;<\/mark>/);
		assert.equal(value(formOf(wrong, "/-/form/"), "if_text"), 'postes > 2,5 et statut = "ouverte"');
		const right = await facilitator.send(formOf(wrong, "/-/form/"), { if_text: 'postes > 2,5 et (statut = "Ouvert" ou vide(statut))' });
		assert.equal(right.status, 303, text(right.body));
		const kept = await question("espace", "accueil_du_soir");
		assert.equal(value(kept, "if_way"), "typed");
		assert.equal(value(kept, "if_text"), 'postes > 2,5 et (statut = "ouvert" ou vide(statut))');
		// A circle is refused; retiring what it looks at says so.
		const circle = await facilitator.send(await question("espace", "postes"), { if_way: "typed", if_text: "non vide(accueil_du_soir)" });
		assert.equal(circle.status, 422);
		assert.match(text(circle.body), /s’attendent l’une l’autre/);
		assert.match(text((await facilitator.get(page("espace", "/retire/postes"))).body), /« Accueil du soir » est demandée selon elle/);
	});

	it("a value is computed from other answers, whatever is sent for it, and again when they or the way change", async () => {
		await ask("outil", "number", { label: "Prix unitaire" });
		await ask("outil", "number", { label: "Quantité" });
		const wrong = await facilitator.send(await facilitator.form(page("outil", "/add/computed"), "/-/form/"), { label: "Total", value: "prix_unitaire * " });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Il manque quelque chose à la fin/);
		assert.equal((await facilitator.send(formOf(wrong, "/-/form/"), { value: "prix_unitaire * quantite", unit: "€" })).status, 303);
		const made = await add(member, "outil", { nom: "Vis à bois", prix_unitaire: "0,15", quantite: "300", total: "999" });
		assert.match(text((await member.get(made.url)).body), /Total\s+45\s€/);
		await edit(member, made.id, { quantite: "10" });
		assert.match(text((await member.get(made.url)).body), /Total\s+1,5\s€/);
		// In another way: the pages that exist follow.
		assert.equal((await facilitator.send(await question("outil", "total"), { value: "round(prix_unitaire * quantite * 1.2, 1)" })).status, 303);
		assert.match(text((await member.get(made.url)).body), /Total\s+1,8\s€/);
		// Two at once, each with another answer: it is computed from both.
		const mine = await member.form(`/-/edit/${made.id}`, "/-/edit/");
		await edit(facilitator, made.id, { quantite: "100" });
		assert.equal((await member.send(mine, { prix_unitaire: "2" })).status, 303);
		assert.match(text((await member.get(made.url)).body), /Total\s+240\s€/);
		assert.doesNotMatch(text((await member.get(made.url)).body), /deux versions/);
		// For members only, after a correction by somebody who does not see it.
		await ask("outil", "computed", { label: "Marge", value: "quantite - 1", audience: "members" });
		const contributor = await new Client(site).signIn("contributor");
		assert.equal((await edit(contributor, made.id, { quantite: "50" })).status, 303);
		assert.doesNotMatch(text((await contributor.get(made.url)).body), /Marge/);
		assert.match(text((await member.get(made.url)).body), /Marge\s+49/);
		// Nobody reads computed what she may not read.
		const narrow = await facilitator.send(await question("outil", "quantite"), { audience: "members" });
		assert.equal(narrow.status, 422);
		assert.match(text(narrow.body), /Cette valeur est calculée à partir de « Quantité »/);
	});

	it("an answer that its constraint refuses is told in its own words; where it is not asked, nothing is", async () => {
		await ask("outil", "number", { label: "Places", if_way: "typed", if_text: "quantite > 0" });
		await ask("outil", "number", { label: "Inscrits" });
		const set = await facilitator.send(await question("outil", "inscrits"), { constraint: "inscrits <= places ou vide(places)", refusal: "Il y a plus de monde que de places." });
		assert.equal(set.status, 303, text(set.body));
		const refused = await member.send(await member.form("/-/new/outil", "/-/new/"), { nom: "Atelier", quantite: "1", places: "8", inscrits: "9" });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /Inscrits\s: Il y a plus de monde que de places\./);
		assert.equal((await member.send(formOf(refused, "/-/new/"), { inscrits: "8" })).status, 303);
		const unasked = await member.send(await member.form("/-/new/outil", "/-/new/"), { nom: "Autre atelier", quantite: "0", places: "8", inscrits: "9" });
		assert.equal(unasked.status, 303, text(unasked.body));
	});

	it("the map says what leads where, and flags what can never be asked", async () => {
		await ask("outil", "text", { label: "Jamais vue", if_way: "typed", if_text: "quantite > 5 et quantite < 3" });
		await ask("outil", "text", { label: "Ni celle-ci", if_way: "typed", if_text: "non vide(jamais_vue)" });
		const body = (await facilitator.get(page("outil", "/map"))).body, said = text(body);
		assert.match(said, /Places\s+si « Quantité » est supérieur à 0/);
		assert.match(said, /2 questions ne peuvent jamais être posées/);
		assert.match(said, /Jamais vue.*Jamais posée : sa condition ne peut pas être vraie/s);
		assert.match(said, /Ni celle-ci.*Jamais posée : il lui faut une réponse à « Jamais vue »/s);
		assert.match(body, /id="q-quantite".*?href="#q-places"/s);
		assert.match(body, /<svg class="form-map"/);
	});
});
