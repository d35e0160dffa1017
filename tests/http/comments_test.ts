// Comments below records: who may, what is never read by whom, guests, closing, hiding.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, type PersonName, type Site } from "../support/program.js";
import { add, type Made, token, trash } from "../support/records.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let address = 1;
const fresh = (site: Site) => new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `198.51.100.${address++}` });
const proxied = { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } };
const everybody = async (site: Site, ...names: PersonName[]) => Promise.all(names.map((who) => fresh(site).signIn(who)));

const say = async (client: Client, about: string, words: string): Promise<Answer> =>
	client.send(await client.form(`/-/comment/${about}`, "/-/comment/"), { text: words });
const idOf = (answer: Answer) => /#c-([0-9a-z]{26})$/.exec(answer.location)![1]!;
async function said(client: Client, about: string, words: string): Promise<string> {
	const answer = await say(client, about, words);
	assert.equal(answer.status, 303, answer.body);
	return idOf(answer);
}
const thread = (page: Answer) => text(/<section class="section thread"[\s\S]*?<\/section>/.exec(page.body)?.[0] ?? "");

onSite("comments", (site) => {
	let neighbour: Client, member: Client, facilitator: Client, contributor: Client, outsider: Client, page: Made;
	before(async () => {
		[neighbour, member, facilitator, contributor, outsider] = (await everybody(site, "neighbour", "member", "facilitator", "contributor", "outsider")) as [Client, Client, Client, Client, Client];
		page = await add(neighbour, "page", { titre: "Le banc de la place", texte: "Il faudrait un banc." });
	});

	it("one comments, another answers, visitors read it at once; the page says how many", async () => {
		const visitor = fresh(site);
		assert.match(thread(await visitor.get(page.url)), /Commentaires/); // the page of visitors is kept…
		const first = await say(member, page.id, "Oui, **à l’ombre** du tilleul.");
		assert.equal(first.location, `${page.url}?fait=commente#c-${idOf(first)}`);
		const id = idOf(first);
		const answer = await say(contributor, id, "Et un autre au soleil.");
		assert.equal(answer.status, 303);
		const shown = await visitor.get(page.url); // … and follows
		assert.match(thread(shown), /2 commentaires Maël Membre \(démo\) .* Oui, à l’ombre du tilleul\. .*Inès Contribue .* en réponse à Maël Membre \(démo\) Et un autre au soleil\./);
		assert.match(shown.body, /<strong>à l’ombre<\/strong>/);
		assert.doesNotMatch(shown.body, /<form[^>]*method="post"/); // kept for all: links only
		assert.match(text((await visitor.get("/-/recent")).body), /Le banc de la place/);
		assert.match(text((await visitor.get("/pages?q=banc")).body), /Le banc de la place.* 2 commentaires/);
		const lasting = await visitor.get(`/f/${id}`);
		assert.deepEqual([lasting.status, lasting.location], [303, `${page.url}#c-${id}`]);
		assert.match((await visitor.get(`/-/comments/${page.id}`)).body, /<entry>[\s\S]*Et un autre au soleil[\s\S]*à l’ombre/);
	});

	it("what is missing or too long is said, and what was typed stays", async () => {
		const blank = await say(member, page.id, "  \n ");
		assert.equal(blank.status, 422);
		assert.match(blank.body, /id="f-text-error"/);
		const long = await say(member, page.id, `Début « <b> ${"é".repeat(5000)}`);
		assert.equal(long.status, 422);
		assert.match(text(long.body), /5000 lettres au plus/);
		assert.match(long.body, /Début « &lt;b&gt; é/);
		assert.equal((await say(member, page.id, "é".repeat(5000))).status, 303);
	});

	it("its author corrects it and takes it away; others, who may correct the page, may not; the history is kept", async () => {
		const id = await said(member, page.id, "Faute de frape.");
		for (const other of [neighbour, contributor]) {
			assert.equal((await other.get(`/-/edit/${id}`)).status, 403);
			assert.equal((await other.get(`/-/trash/${id}`)).status, 403);
		}
		const form = await member.form(`/-/edit/${id}`, "/-/edit/");
		assert.deepEqual(form.pairs.map(([name]) => name).filter((name) => !name.startsWith("_")), ["text"]);
		const answer = await member.send(form, { text: "Faute de frappe." });
		assert.equal(answer.status, 303);
		const back = await member.get(answer.location);
		assert.match(back.location, new RegExp(`^${page.url}\\?fait=enregistre#c-${id}$`));
		assert.match(thread(await fresh(site).get(page.url)), /Faute de frappe\./);
		assert.match(text((await fresh(site).get(`/-/history/${id}`)).body), /Historique de « Faute de frappe\. »/);
		const gone = await member.send(await member.form(`/-/trash/${id}`, "/-/trash/"));
		assert.match(gone.location, new RegExp(`^${page.url}\\?de=${id}&fait=corbeille$`));
		assert.doesNotMatch(thread(await fresh(site).get(page.url)), /frappe/);
		await member.send(formOf(await member.get(gone.location), "/-/untrash/"));
		assert.match(thread(await fresh(site).get(page.url)), /frappe/);
	});

	it("nobody forges what it is about", async () => {
		const id = await said(member, page.id, "À sa place.");
		const other = await add(neighbour, "page", { titre: "Une autre page", texte: "Rien." });
		const form = await member.form(`/-/edit/${id}`, "/-/edit/");
		await member.send(form, { text: "Toujours à sa place.", about: other.id, title: "Volé", answers: other.id });
		assert.doesNotMatch(thread(await member.get(other.url)), /place/);
		assert.match(thread(await member.get(page.url)), /Toujours à sa place/);
		assert.equal((await member.get("/-/new/comment")).status, 404);
		assert.equal((await facilitator.get("/-/form/comment")).status, 404);
		assert.equal((await member.post(`/-/move/${id}`, { space: "coordination", _form: await token(member) })).status, 422);
	});

	it("texts of comments embed nothing and run nothing", async () => {
		await say(contributor, page.id, "{{vue annuaire}} <script>alert(1)</script> [x](javascript:alert(1)) # Titre");
		const { body } = await fresh(site).get(page.url);
		assert.doesNotMatch(body, /<script>alert|href="javascript:|class="embed/);
	});

	it("a page in the trash takes its comments out of sight, everywhere; back, they are back", async () => {
		const hidden = await add(neighbour, "page", { titre: "Bientôt jetée", texte: "Rien." });
		const id = await said(contributor, hidden.id, "Un mot caché.");
		await trash(facilitator, hidden.id);
		for (const client of [fresh(site), contributor, member, outsider])
			for (const path of [`/f/${id}`, `/-/history/${id}`, `/-/comments/${hidden.id}`, `/-/comment/${id}`, `/-/report/${id}`, `/c-${id}`, `/e/tours/c-${id}`, `/-/edit/${id}`])
				assert.ok([404, 303].includes((await client.get(path)).status), path);
		assert.equal((await contributor.get(`/f/${id}`)).status, 404);
		assert.match(thread(await facilitator.get(hidden.url)), /Un mot caché/);
		assert.equal((await facilitator.get(`/-/comment/${hidden.id}`)).status, 403);
		await facilitator.post(`/-/untrash/${hidden.id}`, { _form: await token(facilitator) });
		assert.match(thread(await fresh(site).get(hidden.url)), /Un mot caché/);
	});

	it("in a closed space, for its members", async () => {
		const team = await add(facilitator, "page", { titre: "Réunion de l’équipe", texte: "Rien." }, "coordination");
		const id = await said(member, team.id, "Un mot de l’équipe.");
		for (const client of [fresh(site), contributor]) {
			for (const path of [`/f/${id}`, `/-/comments/${team.id}`, `/-/comment/${team.id}`, `/-/report/${id}`]) assert.equal((await client.get(path)).status, 404, path);
			if (client !== contributor) continue;
			assert.equal((await client.post(`/-/comment/${team.id}`, { text: "Forcé", _form: await token(client) })).status, 404);
			assert.equal((await client.post(`/-/comment/${id}`, { text: "Forcé", _form: await token(client) })).status, 404);
		}
		assert.match(thread(await outsider.get(team.url)), /Un mot de l’équipe/);
		assert.equal((await member.get(`/-/comments/${team.id}`)).status, 404); // a feed is for everybody
	});

	it("no list or feed of records has them, nor the feed of a search", async () => {
		await say(member, page.id, "Zéphyrine et ses zinnias.");
		for (const path of ["/-/search.atom?q=zephyrine", "/-/recent", "/-/recent.atom", "/pages", "/-/export/pages/json", "/-/contribute", "/-/recent?form=comment"])
			assert.doesNotMatch(text((await member.get(path)).body), /zinnias|Commentaire /, path);
		assert.doesNotMatch((await facilitator.get("/-/forms")).body, /\/-\/form\/comment/);
	});

	it("a facilitator closes the comments of a page; those of a form are closed in the form", async () => {
		const quiet = await add(neighbour, "page", { titre: "Fil fermé", texte: "Rien." });
		const id = await said(member, quiet.id, "Le dernier mot.");
		assert.equal((await neighbour.post(`/-/thread/${quiet.id}`, { closed: "1", _form: await token(neighbour) })).status, 403);
		assert.equal((await facilitator.send(formOf(await facilitator.get(quiet.url), `/-/thread/${quiet.id}`))).status, 303);
		for (const client of [member, facilitator]) {
			assert.equal((await client.get(`/-/comment/${quiet.id}`)).status, 403);
			assert.equal((await client.post(`/-/comment/${id}`, { text: "Encore", _form: await token(client) })).status, 403);
		}
		const shown = await fresh(site).get(quiet.url);
		assert.match(thread(shown), /Le dernier mot\..*L’animation a fermé les commentaires/);
		assert.doesNotMatch(shown.body, /\/-\/comment\//);
		await facilitator.send(formOf(await facilitator.get(quiet.url), `/-/thread/${quiet.id}`));
		assert.equal((await member.get(`/-/comment/${quiet.id}`)).status, 200);

		const settings = await facilitator.form("/-/form/outil/settings", "/-/form/outil/settings");
		assert.ok(settings.pairs.some(([name]) => name === "comments"));
		assert.equal((await facilitator.send(settings, { comments: null })).status, 303);
		const tool = await add(member, "outil", { nom: "Perceuse du test" });
		assert.equal((await member.get(`/-/comment/${tool.id}`)).status, 403);
		assert.doesNotMatch((await member.get(tool.url)).body, /class="section thread"/);
		await facilitator.send(await facilitator.form("/-/form/outil/settings", "/-/form/outil/settings"), { comments: "1" });
		assert.equal((await member.get(`/-/comment/${tool.id}`)).status, 200);
	});

	it("reported, and hidden by a rule: its author cannot bring it back, the page stays", async () => {
		const id = await said(contributor, page.id, "Une vilaine phrase.");
		const visitor = fresh(site), form = await visitor.form(`/-/report/${id}`, "/-/report/");
		await pause(2100);
		await visitor.send(form, { reason: "0" });
		assert.match(text((await facilitator.get("/-/moderation")).body), /Une vilaine phrase\. Commentaire/);
		const decide = await facilitator.form(`/-/moderation/record/${id}`, "/-/moderation/record/");
		assert.equal((await facilitator.send(decide, { kind: "2", rule: "respect", reason: "Elle insulte." })).status, 303);
		assert.doesNotMatch(thread(await fresh(site).get(page.url)), /vilaine/);
		assert.equal((await contributor.post(`/-/untrash/${id}`, { _form: await token(contributor) })).status, 403);
		assert.match(text((await facilitator.get(`/f/${id}`)).body), /Une vilaine phrase/);
		assert.equal((await fresh(site).get(`/f/${id}`)).status, 404);
		await facilitator.post(`/-/untrash/${id}`, { _form: await token(facilitator) });
		assert.match(thread(await fresh(site).get(page.url)), /vilaine/);
	});

	it("an archived page is read with its comments, and takes no more", async () => {
		const old = await add(neighbour, "page", { titre: "Archivée, commentée", texte: "Rien." });
		await said(member, old.id, "Autrefois.");
		await facilitator.post(`/-/archive/${old.id}`, { _form: await token(facilitator) });
		assert.match(thread(await fresh(site).get(old.url)), /Autrefois/);
		assert.equal((await member.get(`/-/comment/${old.id}`)).status, 403);
	});
}, proxied);

onSite("thanks", (site) => {
	it("one click, taken back by another; visitors see how many, members who; the author finds them on her account", async () => {
		const [neighbour, member, contributor] = (await everybody(site, "neighbour", "member", "contributor")) as [Client, Client, Client];
		const page = await add(neighbour, "page", { titre: "Une page à remercier", texte: "Rien." });
		const visitor = fresh(site);
		assert.doesNotMatch(text((await visitor.get(page.url)).body), /\d merci/);
		assert.match((await contributor.send(formOf(await contributor.get(page.url), "/-/thanks/"))).location, /fait=merci/);
		await contributor.post(`/-/thanks/${page.id}`, { thanks: "1", _form: await token(contributor) }); // twice is once
		await member.send(formOf(await member.get(page.url), "/-/thanks/"));
		const seen = await visitor.get(page.url);
		assert.match(text(seen.body), /2 mercis/);
		assert.doesNotMatch(text(seen.body), /Inès|Maël/);
		assert.doesNotMatch(text((await contributor.get(page.url)).body), /2 mercis.{0,5}\(/); // no member of the space
		assert.match(text((await member.get(page.url)).body), /2 mercis \(Inès Contribue et Maël Membre \(démo\)\)/);
		assert.doesNotMatch((await neighbour.get(page.url)).body, /\/-\/thanks\//); // her own
		assert.match(text((await neighbour.get("/-/account")).body), /Grâce à vous Ce que vous avez apporté ici a reçu 2 mercis\. Une page à remercier – 2 mercis/);
		await member.send(formOf(await member.get(page.url), "/-/thanks/"));
		assert.match(text((await visitor.get(page.url)).body), /1 merci /);
		const id = await said(member, page.id, "Un commentaire aimable.");
		assert.match((await contributor.post(`/-/thanks/${id}`, { thanks: "1", _form: await token(contributor) })).location, new RegExp(`fait=merci#c-${id}$`));
		assert.match(thread(await visitor.get(page.url)), /1 merci/);
		await trash(neighbour, page.id);
		assert.equal((await contributor.post(`/-/thanks/${id}`, { thanks: "0", _form: await token(contributor) })).status, 404);
	});
}, proxied);

onSite("comments of guests", (site) => {
	let facilitator: Client, page: Made;
	before(async () => {
		facilitator = await fresh(site).signIn("facilitator");
		page = await add(facilitator, "page", { titre: "Pour tout le monde", texte: "Rien." });
	});

	it("wait for a yes where the space wants one: robots are kept out, she reads her own, a facilitator publishes it in place", async () => {
		const guest = fresh(site), form = formOf(await guest.get(`/-/comment/${page.id}`), "/-/comment/");
		const early = await guest.send(form, { text: "Un mot de passage.", "guest-name": "Denise" });
		assert.equal(early.status, 422);
		assert.match(early.body, /Un mot de passage\./);
		await pause(2100);
		assert.match((await guest.send(form, { text: "Robot", website: "x" })).location, /fait=propose/);
		const answer = await guest.send(form, { text: "Un mot de passage.", "guest-name": "Denise" });
		assert.match(answer.location, /^\/-\/keep\?de=/);
		assert.match(text((await guest.get(answer.location)).body), /« Un mot de passage\. » attend/);
		assert.match(thread(await guest.get(page.url)), /Denise .* attend un oui .*Un mot de passage\. Prendre part/);
		assert.doesNotMatch(thread(await fresh(site).get(page.url)), /passage|Robot/);
		assert.match(text((await facilitator.get("/-/proposals")).body), /Un mot de passage\. .*par Denise/);
		const seen = await facilitator.get(page.url);
		assert.match(thread(seen), /Denise/);
		const published = await facilitator.send(formOf(seen, "/-/publish/"));
		assert.match((await facilitator.get(published.location)).location, /fait=cree#c-/);
		const shown = thread(await fresh(site).get(page.url));
		assert.match(shown, /1 commentaire Denise/);
		assert.doesNotMatch(shown, /Robot/);
		const second = await guest.send(formOf(await guest.get(page.url), "/-/comment/"), { text: "Encore un." });
		assert.equal(second.status, 303);
		assert.doesNotMatch(thread(await fresh(site).get(page.url)), /Encore un/);
	});
}, proxied);
