// The register of processing (RGPD, article 30): what the forms and the program keep about people.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { csv } from "../support/csv.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

onSite("register of processing", (site) => {
	const path = "/-/form/structure/privacy";
	const rows = async (admin: Client) => csv((await admin.get("/-/admin/register.csv")).body);

	it("has each form that asks about people, and says what nobody has said yet", async () => {
		const admin = await new Client(site).signIn("administrator");
		assert.equal((await rows(admin)).find((row) => row["Traitement"] === "Structures")!["À quoi cela sert"], "Que l’on sache qui fait quoi dans le quartier, et comment joindre chaque structure.");
		assert.equal((await admin.send(await admin.form(path, path), { purpose: "", basis: "" })).status, 303);
		const page = text((await admin.get("/-/admin/register")).body);
		assert.match(page, /formulaire, personne n’a encore dit à quoi servent les données/);
		assert.match(page, /Structures[^]*Pas encore dit/);
		const all = await rows(admin);
		const structures = all.find((row) => row["Traitement"] === "Structures")!;
		// The preset's form asks for these; what is public and what is for members stand apart.
		assert.match(structures["Ce qui est gardé"]!, /[Cc]ourriel|électronique/);
		assert.equal(structures["À quoi cela sert"], "");
		assert.ok(!all.some((row) => row["Traitement"] === "Quartiers"), "no question about people there");
	});

	it("follows what the form says: what for, ground, how long", async () => {
		const admin = await new Client(site).signIn("administrator");
		const said = { months: "24", from: "changed", then: "archive", purpose: "Savoir qui appeler quand la salle est fermée.", basis: "interest" };
		assert.equal((await admin.send(await admin.form(path, path), said)).status, 303);
		const structures = (await rows(admin)).find((row) => row["Traitement"] === "Structures")!;
		assert.equal(structures["À quoi cela sert"], said.purpose);
		assert.match(structures["Fondement"]!, /intérêt légitime/);
		assert.match(structures["Combien de temps"]!, /^24 mois après le dernier changement, puis archiv/);
		assert.match(text((await admin.get("/-/admin/register")).body), /Savoir qui appeler quand la salle est fermée/);
	});

	it("has what the program keeps by itself, with the ends that hold", async () => {
		const admin = await new Client(site).signIn("administrator");
		const all = await rows(admin);
		for (const row of all) for (const [column, cell] of Object.entries(row)) if (!/À quoi|Fondement/.test(column)) assert.notEqual(cell, "", `${row["Traitement"]}: ${column}`);
		assert.match(all.find((row) => row["Traitement"] === "Sessions ouvertes")!["Combien de temps"]!, /14 jours[^]*90/);
	});
});
