// What looks like an advertisement waits for a yes, with its reasons; neighbours publish as before.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

const RULE = "/-/moderation/spam";
const advertisement = "Casino en ligne, bonus garanti, https://casino-bonus.example/fr https://a.example https://b.example";

onSite("advertisements", (site) => {
	let newcomer: Client, facilitator: Client;
	before(async () => {
		newcomer = await new Client(site).signIn("contributor");
		facilitator = await new Client(site).signIn("facilitator");
	});
	const send = async (client: Client, titre: string, texte: string) => client.send(await client.form("/-/new/page", "/-/new/"), { titre, texte });

	it("a newcomer's good text is on line at once", async () => {
		const answer = await send(newcomer, "Atelier vélo", "Samedi 14 h place des Halles, apportez vos chambres à air.");
		assert.match(answer.location, /fait=cree/);
		assert.equal((await new Client(site).get("/atelier-velo")).status, 200);
	});

	it("an advertisement waits: its author is told why, sees it, and nothing of it is lost; nobody else sees it", async () => {
		const answer = await send(newcomer, "Bonus", advertisement);
		assert.match(answer.location, /fait=examine/);
		const shown = await newcomer.follow(answer);
		assert.match(text(shown.body), /une règle simple, qui peut se tromper/);
		assert.match(shown.body, /bonus garanti/);
		assert.equal((await new Client(site).get("/bonus")).status, 404);
		assert.doesNotMatch((await new Client(site).get("/-/recent")).body, /bonus garanti/);
	});

	it("she cannot publish it by herself, changed or not", async () => {
		const page = await newcomer.get("/bonus"), id = /\/-\/edit\/([0-9a-z]{26})/.exec(page.body)![1]!;
		const again = await newcomer.send(await newcomer.form(`/-/edit/${id}`, "/-/edit/"), { texte: `${advertisement} voilà` });
		assert.ok([200, 303].includes(again.status));
		assert.equal((await new Client(site).get("/bonus")).status, 404);
		const token = (await newcomer.form(`/-/edit/${id}`, "/-/edit/")).pairs.find(([name]) => name === "_form")![1];
		await newcomer.post(`/-/publish/${id}`, { _form: token }, { Origin: site.origin });
		assert.equal((await new Client(site).get("/bonus")).status, 404);
	});

	it("a facilitator reads the reasons and decides; “this was fine” counts", async () => {
		const page = await facilitator.get("/-/proposals"), said = text(page.body);
		assert.match(said, /Bonus/);
		assert.match(said, /beaucoup de liens|peu d’autre chose|mots de réclame/);
		const publish = forms(page.body).find((form) => form.action.startsWith("/-/publish/"))!;
		assert.equal((await facilitator.send(publish)).status, 303);
		assert.equal((await new Client(site).get("/bonus")).status, 200);
		await add(newcomer, "page", { titre: "Troisième", texte: "Un repas partagé jeudi soir." });
		const answer = await send(newcomer, "Encore un bonus", advertisement);
		assert.match(answer.location, /fait=cree/, "after three that stand, she is trusted");
	});

	it("members are not judged", async () => {
		assert.match((await send(await new Client(site).signIn("neighbour"), "Débat sur le casino", advertisement)).location, /fait=cree/);
	});

	it("a comment waits the same way", async () => {
		const page = await add(facilitator, "page", { titre: "Un sujet", texte: "Parlons-en." });
		const other = await new Client(site).signIn("outsider");
		const form = forms((await other.get(page.url)).body).find((one) => one.action.startsWith("/-/comment/"))!;
		assert.match((await other.send(form, { text: advertisement })).location, /fait=examine/);
		assert.doesNotMatch((await new Client(site).get(page.url)).body, /bonus garanti/);
		assert.match((await other.send(form, { text: "Oui, parlons-en mardi." })).location, /fait=commente/);
	});

	it("facilitators change the words and how strict it is", async () => {
		const form = await facilitator.form(RULE, RULE);
		assert.match(form.pairs.find(([name]) => name === "words")![1], /casino/);
		const wrong = await facilitator.send(form, { words: `ab\n${"x".repeat(70)}` });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /2 points à corriger/);
		assert.equal((await facilitator.send(form, { words: "Tupperware\nà domicile", threshold: "3" })).status, 303);
		const other = await new Client(site).signIn("outsider");
		assert.match((await send(other, "Réunion", "Une réunion TUPPERWARE à  domicile, à domicile.")).location, /fait=examine/);
		assert.equal((await facilitator.send(form, { words: "Tupperware", threshold: "0" })).status, 303);
		assert.match((await send(other, "Réunion deux", "Une réunion Tupperware.")).location, /fait=cree/);
	});
});
