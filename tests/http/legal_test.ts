// The legal notice (LCEN, article 1-1; RGPD, article 13): written in the browser, shown to everybody, without gaps.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

onSite("legal notice", (site) => {
	const path = "/-/admin/legal";
	const said = {
		publisher: "Association <Les Lilas>", address: "12 rue des Lilas, 37000 Tours", phone: "02 47 00 00 00", email: "bonjour@lilas.exemple.org",
		director: "Camille Roux, présidente", host: "Hébergeur associatif", host_address: "1 quai de Loire, 37000 Tours", host_phone: "02 47 11 11 11", contact: "donnees@lilas.exemple.org",
	};

	it("shows no gap to readers, and tells administrators what is missing", async () => {
		const visitor = new Client(site), admin = await new Client(site).signIn("administrator");
		const page = text((await visitor.get("/-/legal")).body);
		assert.match(page, /Mentions légales[^]*CNIL/);
		assert.doesNotMatch(page, /À compléter|Pas encore dit|Qui édite ce site/);
		assert.match((await visitor.get("/")).body, /href="\/-\/legal"/);
		assert.match(text((await admin.get("/-/admin")).body), /Il manque 9 mentions demandées par la loi/);
	});

	it("lists each form that asks about people: what for, ground, how long, who reads", async () => {
		const admin = await new Client(site).signIn("administrator"), visitor = new Client(site);
		const page = text((await visitor.get("/-/legal")).body);
		assert.match(page, /Ce que ses formulaires demandent sur des personnes/);
		assert.match(page, /Structures À quoi cela sert Que l’on sache qui fait quoi dans le quartier[^]*Fondement un intérêt légitime[^]*Ce qui est gardé[^]*Qui le lit[^]*Combien de temps aussi longtemps que la page/);
		assert.match(page, /Personnes ressources[^]*la personne est d’accord/);
		// From the same rows as the register.
		const register = text((await admin.get("/-/admin/register")).body);
		assert.match(register, /Que l’on sache qui fait quoi dans le quartier/);
		assert.doesNotMatch(text((await admin.get("/-/admin")).body), /personne n’a encore dit/);
		// What nobody has said is no hole; who may say it is told.
		const privacy = "/-/form/structure/privacy";
		assert.equal((await admin.send(await admin.form(privacy, privacy), { purpose: "", basis: "" })).status, 303);
		assert.match(text((await visitor.get("/-/legal")).body), /Structures À quoi cela sert Garder ces pages[^]*Fondement Demandez à qui répond/);
		assert.match(text((await admin.get("/-/admin")).body), /personne n’a encore dit/);
	});

	it("is told in the pages that every site has, without a gap before anybody wrote it", async () => {
		const admin = await new Client(site).signIn("administrator"), visitor = new Client(site);
		const pages = ["/a-propos", "/accessibilite", "/donnees-personnelles"];
		const read = async () => (await Promise.all(pages.map(async (path) => text((await visitor.get(path)).body)))).join("\n");
		const before = await read();
		assert.doesNotMatch(before, /compléter\b[^]{0,3}:|\{\{|mentions (equipe|blocage)/);
		assert.match(before, /Aucune conformité n’est déclarée ici/);
		assert.match(before, /Signaler cette page/);
		assert.match(text((await admin.get("/-/admin")).body), /Il manque aux pages « À propos » et « Accessibilité » 3 choses/);
		const team = "Léa et Omar, le jeudi à la Maison de quartier", blocked = "02 47 22 22 22";
		assert.equal((await admin.send(await admin.form(path, path), { team, access: "partly", access_contact: blocked, access_faults: "Le plan est une image ; corrigé en mars." })).status, 303);
		const after = await read();
		for (const said of [team, blocked, "corrigé en mars", "partiellement conforme"]) assert.ok(after.includes(said), said);
		assert.doesNotMatch(text((await admin.get("/-/admin")).body), /Il manque aux pages/);
	});

	it("keeps what was typed when an address is no address", async () => {
		const admin = await new Client(site).signIn("administrator");
		const answer = await admin.send(await admin.form(path, path), { ...said, email: "lilas" });
		assert.equal(answer.status, 422);
		assert.match(answer.body, /12 rue des Lilas/);
		assert.doesNotMatch(text((await new Client(site).get("/-/legal")).body), /Lilas/);
	});

	it("is read by everybody once written, at once, and nothing is missing any more", async () => {
		const visitor = new Client(site), admin = await new Client(site).signIn("administrator");
		assert.equal((await admin.send(await admin.form(path, path), said)).status, 303);
		const answer = await visitor.get("/-/legal"), page = text(answer.body);
		for (const value of Object.values(said)) if (!value.includes("<")) assert.ok(page.includes(value), value);
		assert.ok(answer.body.includes("Association &lt;Les Lilas"));
		assert.doesNotMatch(text((await admin.get("/-/admin")).body), /demandées? par la loi/);
	});
});
