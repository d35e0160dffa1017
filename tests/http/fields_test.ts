// Kinds of fields over HTTP: what each reader knows of a person, how she is chosen; lines and areas in what is
// made of a list.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, runOk } from "../support/program.js";
import { add, edit } from "../support/records.js";

// Two people of the same name.
async function prepare(dir: string): Promise<void> {
	for (const i of [1, 2]) await runOk(["user", dir, "add", `jo${i}@test.example`, "Jo Double"], { input: "un mot de passe assez long\n" });
}

onSite("fields of people", (site) => {
	const name = people.administrator.name;

	it("chosen by name, known to who is signed in, and to nobody else in any way", async () => {
		const member = await new Client(site).signIn("member"), visitor = new Client(site);
		const form = await member.get("/-/new/groupe");
		assert.ok(form.body.includes(`<option value="${name}">`), "proposed");
		const made = await add(member, "groupe", { nom: "Groupe des lettres", contact: "camille administre (DEMO)" });
		assert.ok(text((await member.get(made.url)).body).includes(name));
		const seen = await visitor.get(made.url);
		assert.ok(!seen.body.includes("Camille"));
		assert.match(text(seen.body), /\(non disponible\)/);
		for (const path of ["/-/search?q=camille", "/-/recent", `/-/history/${made.id}`]) assert.ok(!(await visitor.get(path)).body.includes("Camille"), path);
		assert.match(text((await visitor.get("/-/search?q=lettres")).body), /Groupe des lettres/);
		for (const path of ["/-/export/groupes/csv", "/-/export/groupes/csv?cles=1", "/-/export/groupes/json", "/-/export/groupes/atom"]) {
			const answer = await visitor.get(path);
			assert.equal(answer.status, 200, path);
			assert.ok(answer.body.includes("Groupe des lettres") && !answer.body.includes("Camille"), path);
		}
		assert.ok((await member.get("/-/export/groupes/csv")).body.includes(name));
		// Another change leaves her where she is; an emptied box takes her away.
		await edit(member, made.id, { objet: "Écrire ensemble" });
		assert.ok(text((await member.get(made.url)).body).includes(name));
		await edit(member, made.id, { contact: "" });
		assert.ok(!(await member.get(made.url)).body.includes("Camille Anime"));
	});

	it("an unknown name is a mistake that stays in its box; two of the same name are told apart", async () => {
		const member = await new Client(site).signIn("member");
		const form = await member.form("/-/new/groupe", "/-/new/");
		const unknown = await member.send(form, { nom: "Groupe seul", contact: "Personne Inconnue" });
		assert.equal(unknown.status, 422);
		assert.match(text(unknown.body), /Personne ne s’appelle «\sPersonne Inconnue\s» sur ce site/);
		assert.match(unknown.body, /name="contact" value="Personne Inconnue"/);
		const double = await member.send(form, { nom: "Groupe double", contact: "Jo Double" });
		assert.equal(double.status, 422);
		const both = [...new Set([...double.body.matchAll(/<option value="(Jo Double \([0-9a-z]{4}\))">/g)].map((m) => m[1]!))];
		assert.equal(both.length, 2);
		const made = await add(member, "groupe", { nom: "Groupe double", contact: both[1]! });
		const again = await member.get(`/-/edit/${made.id}`);
		assert.match(again.body, /name="contact" value="Jo Double"/);
		await edit(member, made.id, { objet: "Sans rien d’autre" });
		assert.match((await member.get(`/-/edit/${made.id}`)).body, /name="contact" value="Jo Double"/);
	});
}, { prepare });

onSite("fields of places", (site) => {
	const park = { type: "Polygon", coordinates: [[[0.68, 47.39], [0.69, 47.39], [0.69, 47.4], [0.68, 47.39]]] };

	it("an area stands in the data of the map, in its drawing and in GeoJSON, and comes back from CSV", async () => {
		const member = await new Client(site).signIn("member"), visitor = new Client(site);
		const values = { nom: "Le parc connecté", genre: "epn", statut: "ouvert", "lieu.kind": "area", "lieu.shape": "47.39, 0.68\n47.4, 0.69\n47.39, 0.69" };
		const made = await add(member, "espace", values);
		const data = JSON.parse((await visitor.get("/-/view/espaces/points.json")).body);
		const row = data.points.find((point: unknown[]) => point[1] === "Le parc connecté");
		assert.deepEqual(row[7], park);
		assert.ok(row[3] > 47.39 && row[3] < 47.4 && row[4] > 0.68 && row[4] < 0.69, "its mark is inside");
		assert.match((await visitor.get("/-/view/espaces/map.svg")).body, /<path class="area foret" d="M[\d.-]+ [\d.-]+L/);
		const features = JSON.parse((await visitor.get("/-/export/espaces/geojson")).body).features;
		const feature = features.find(({ properties }: { properties: { _title: string } }) => properties._title === "Le parc connecté");
		assert.deepEqual(feature.geometry, park);
		const cell = /"(\{""type"":""Feature"".*?\})"[,;\r\n]/.exec((await visitor.get("/-/export/espaces/csv?cles=1")).body)![1]!.replaceAll('""', '"');
		assert.deepEqual(JSON.parse(cell), { type: "Feature", geometry: park, properties: {} });
		// Pasted again from there, it is the same.
		await edit(member, made.id, { "lieu.shape": cell });
		assert.deepEqual(JSON.parse((await visitor.get("/-/view/espaces/points.json")).body).points.find((point: unknown[]) => point[1] === "Le parc connecté")[7], park);
	});
});
