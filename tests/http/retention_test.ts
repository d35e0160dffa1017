// How long the pages of a form are kept, and why they gather personal data: said in the form.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { type Form, text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

const value = (form: Form, name: string) => form.pairs.find(([key]) => key === name)?.[1];

onSite("personal data of a form", (site) => {
	const path = "/-/form/outil/privacy";

	it("how long pages are kept: seen before it is saved, mistakes said, and the rest of the form untouched", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		const open = () => facilitator.form(path, path);
		await add(await new Client(site).signIn("member"), "outil", { nom: "Un vieux marteau" });
		const wrong = await facilitator.send(await open(), { months: "beaucoup", then: "trash", purpose: "x".repeat(301) });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /de 1 à 600/);
		assert.match(text(wrong.body), /300 lettres au plus|trop long/);
		assert.equal(value(formOf(wrong, path), "months"), "beaucoup");
		const seen = await facilitator.send(await open(), { months: "24", from: "changed", then: "archive", purpose: "Savoir à qui demander.", basis: "interest", _preview: "1" });
		assert.equal(seen.status, 200);
		assert.match(text(seen.body), /Cela ne touche aucune page aujourd’hui/);
		assert.equal(value(await open(), "months"), "");
		const questions = async () => (await facilitator.get("/-/form/outil")).body.match(/id="q-/g)!.length;
		const before = await questions();
		assert.equal((await facilitator.send(formOf(seen, path), { _preview: null })).status, 303);
		assert.equal(value(await open(), "months"), "24");
		assert.equal(value(await open(), "basis"), "interest");
		assert.equal(value(await open(), "purpose"), "Savoir à qui demander.");
		assert.equal(await questions(), before);
		assert.equal((await facilitator.send(await open(), { months: "" })).status, 303);
		assert.equal(value(await open(), "months"), "");
	});
});
