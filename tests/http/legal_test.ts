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
