// A page and a form of a project: offered, taken up, handed over, put to sleep with their story, woken; by one code.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people, type PersonName } from "../support/program.js";
import { add, type Made, token } from "../support/records.js";

onSite("looking after pages and forms", (site) => {
	const client = {} as Record<PersonName, Client>;
	let project: Made;
	before(async () => {
		for (const who of ["member", "neighbour", "facilitator", "administrator", "contributor"] as PersonName[]) client[who] = await new Client(site).signIn(who);
		project = await add(client.member, "projet", { nom: "Un four à pain" });
	});
	const here = () => `/-/care/page/${project.id}`;
	const act = async (who: PersonName, path: string, what: string, values: Record<string, string> = {}) => {
		const page = await client[who].get(path);
		const form = /name="_form" value="([^"]*)"/.exec(page.body)?.[1] ?? "";
		return client[who].post(path, { _form: form, do: what, ...values }, { Origin: site.origin });
	};
	const shown = async (who: PersonName, path: string) => text((await client[who].get(path)).body);

	it("one person alone is flagged; others see that it looks for somebody, and take it up", async () => {
		assert.match(await shown("member", here()), /Moins de deux personnes/);
		assert.match(await shown("member", here()), /Maël Membre/);
		assert.equal((await act("contributor", here(), "offer")).status, 403);
		assert.equal((await act("member", here(), "offer")).status, 303);
		assert.match(text((await new Client(site).get(project.url)).body), /Une relève est cherchée/);
		assert.match(await shown("neighbour", "/-/care"), /Un four à pain/);
		assert.equal((await act("neighbour", here(), "take")).status, 303);
		assert.match(await shown("member", here()), /Maël Membre \(démo\), Lou Voisine/);
		assert.doesNotMatch(await shown("member", here()), /Moins de deux personnes|Une relève est cherchée/);
		assert.doesNotMatch(await shown("neighbour", "/-/care"), /Un four à pain/);
		assert.ok((await shown("administrator", "/-/letters")).includes(people.member.email));
	});

	it("handed over in one action, to a person of the site; who hands it over may leave", async () => {
		const wrong = await act("neighbour", here(), "hand", { person: "Personne d’ici" });
		assert.equal(wrong.status, 422);
		assert.match(wrong.body, /value="Personne d’ici"/);
		assert.equal((await act("neighbour", here(), "hand", { person: people.contributor.name, leave: "1" })).status, 303);
		const words = await shown("contributor", here());
		assert.match(words, /Inès Contribue/);
		assert.doesNotMatch(words, /Lou Voisine/);
		assert.ok((await shown("administrator", "/-/letters")).includes(people.contributor.email));
	});

	it("put to sleep with its story, which stands above it, and woken", async () => {
		const empty = await act("member", here(), "sleep", { story: "" });
		assert.equal(empty.status, 422);
		assert.equal((await act("member", here(), "sleep", { story: "Le four est **bâti** ; voir Jo." })).status, 303);
		const page = await new Client(site).get(project.url);
		assert.match(page.body, /<strong>bâti<\/strong>/);
		assert.match(text(page.body), /archivée/);
		assert.equal((await act("member", here(), "wake")).status, 303);
		const awake = text((await new Client(site).get(project.url)).body);
		assert.doesNotMatch(awake, /archivée|bâti/);
	});

	it("a space likewise, by the same pages, for who looks after it", async () => {
		const path = "/-/care/space/coordination";
		const say = async (who: PersonName, body: Record<string, string>) => client[who].post(path, { _form: await token(client[who]), ...body }, { Origin: site.origin });
		// Its members do not say what becomes of it; for the others it is not there.
		assert.equal((await say("member", { do: "sleep", story: "Fini." })).status, 403);
		assert.equal((await say("contributor", { do: "offer" })).status, 404);
		assert.match(text((await client.facilitator.get(path)).body), /Ce que devient[^]*Mettre en sommeil[^]*Son histoire/);
		// Who looks after it is said on its members' pages.
		for (const deed of ["take", "hand", "leave", "nothing"]) assert.equal((await say("facilitator", { do: deed })).status, 400, deed);
		assert.equal((await say("facilitator", { do: "sleep", story: "" })).status, 422);
		assert.match((await say("facilitator", { do: "offer" })).location, /^\/e\/coordination\?fait=cherche-releve/);
		assert.match((await say("facilitator", { do: "sleep", story: "Trois étés." })).location, /fait=sommeil/);
		assert.match(text((await client.facilitator.get("/e/coordination")).body), /Trois étés/);
		assert.match((await say("facilitator", { do: "wake" })).location, /fait=reveil/);
		assert.match(text((await client.administrator.get("/-/admin/audit")).body), /Réveill[^]*sommeil/);
	});

	it("a form likewise, for who shapes forms: asleep, nothing is added to it", async () => {
		const form = "/-/care/form/projet";
		for (const who of ["member", "neighbour"] as PersonName[]) assert.equal((await client[who].get(form)).status, 404);
		assert.match(await shown("facilitator", form), /Moins de deux personnes/);
		assert.match(await shown("facilitator", "/-/dormant"), /Moins de deux personnes s’en occupent[^]*Formulaire « Projet »/);
		assert.equal((await act("facilitator", form, "take")).status, 303);
		assert.equal((await act("facilitator", form, "hand", { person: people.administrator.name })).status, 303);
		assert.doesNotMatch(await shown("facilitator", form), /Moins de deux personnes/);
		assert.doesNotMatch(await shown("facilitator", "/-/dormant"), /Formulaire « Projet »/);
		assert.equal((await act("facilitator", form, "sleep", { story: "Plus de projets pour le moment." })).status, 303);
		assert.equal((await client.member.get("/-/new/projet")).status, 403);
		assert.doesNotMatch((await client.member.get("/-/contribute")).body, /\/-\/new\/projet/);
		assert.equal((await client.member.get(project.url)).status, 200);
		assert.equal((await act("facilitator", form, "wake")).status, 303);
		assert.equal((await client.member.get("/-/new/projet")).status, 200);
	});
});
