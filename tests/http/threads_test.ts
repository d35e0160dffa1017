// Discussions: a forum of each space, solved, pinned, quoted, named, split off.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { onSite, people, type PersonName } from "../support/program.js";
import { add, token, trash } from "../support/records.js";

onSite("discussions", (site) => {
	let member: Client, neighbour: Client, facilitator: Client, contributor: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	before(async () => {
		[member, neighbour, facilitator, contributor] = (await Promise.all((["member", "neighbour", "facilitator", "contributor"] as PersonName[]).map(come))) as [Client, Client, Client, Client];
	});
	const begin = (titre: string, who = member, space = "") => add(who, "sujet", { titre, texte: "Qu’en dites-vous ?" }, space);
	async function say(who: Client, id: string, words: string): Promise<string> {
		const answer = await who.send(await who.form(`/-/comment/${id}`, "/-/comment/"), { text: words });
		assert.equal(answer.status, 303);
		return /#c-([0-9a-z]{26})/.exec(answer.location)![1]!;
	}
	const forum = async (who: Client, query = "", space = "") => (await who.get(`/-/talks${space && `/${space}`}${query}`)).body;
	const row = (body: string, title: string) => text(body.match(/<li class="row">[\s\S]*?<\/li>/g)?.find((li) => li.includes(title)) ?? "");
	// A form of the page that goes there, about one comment.
	const act = async (who: Client, page: string, action: string) => {
		const found = forms((await who.get(page)).body).find((form) => form.action === action);
		assert.ok(found, `${page} has a form to ${action}`);
		return found;
	};

	it("a space's forum tells the topics, how many answers, the last one by whom, for whoever reads the space", async () => {
		const made = await begin("Le préau"), quiet = await begin("Personne ne répond");
		await say(neighbour, made.id, "Il fuit.");
		await say(facilitator, made.id, "On le répare.");
		assert.match(row(await forum(visitor), "Le préau"), /2 réponses, la dernière de Anouk Anime/);
		assert.match(row(await forum(visitor), "Personne ne répond"), /pas encore de réponse/);
		assert.match(await forum(visitor, "?voir=sans-reponse"), /Personne ne répond/);
		assert.doesNotMatch(await forum(visitor, "?voir=sans-reponse"), /Le préau/);
		assert.match(await forum(neighbour, "?voir=miennes"), /Le préau/);
		assert.doesNotMatch(await forum(neighbour, "?voir=miennes"), /Personne ne répond/);
		await trash(facilitator, quiet.id);
		assert.doesNotMatch(await forum(visitor), /Personne ne répond/);
		// A space of members: by them only.
		await begin("Entre membres", facilitator, "coordination");
		assert.match(await forum(facilitator, "", "coordination"), /Entre membres/);
		assert.equal((await visitor.get("/-/talks/coordination")).status, 404);
		assert.equal((await contributor.get("/-/talks/coordination")).status, 404);
		assert.doesNotMatch(await forum(facilitator), /Entre membres/);
	});

	it("an answer solves it, for its author and facilitators; pinned, it stands first", async () => {
		const made = await begin("Comment réserver la salle ?");
		const said = await say(neighbour, made.id, "Demandez à l’accueil.");
		await begin("Un sujet plus récent");
		assert.doesNotMatch((await neighbour.get(made.url)).body, /\/-\/solve\//); // she did not ask
		assert.equal((await neighbour.post(`/-/solve/${said}`, { _form: await token(neighbour) }, { Origin: site.origin })).status, 403);
		assert.equal((await member.send(await act(member, made.url, `/-/solve/${said}`))).status, 303);
		const page = await visitor.get(made.url);
		assert.match(text(page.body), /résolue.*Voir la réponse/);
		assert.match(page.body, new RegExp(`class="comment [^"]*comment-solves[^"]*" id="c-${said}"`));
		assert.match(row(await forum(visitor), "Comment réserver"), /résolue/);
		assert.doesNotMatch(await forum(visitor, "?voir=ouvertes"), /Comment réserver/);
		await member.send(await act(member, made.url, `/-/solve/${made.id}`), { solved: "0" });
		assert.doesNotMatch(text((await visitor.get(made.url)).body), /Voir la réponse/);
		// Pinned by a facilitator, no one else.
		const pin = forms((await facilitator.get(made.url)).body).find((form) => form.action === `/-/thread/${made.id}` && form.pairs.some(([name]) => name === "pinned"))!;
		assert.equal((await facilitator.send(pin)).status, 303);
		const titles = [...(await forum(visitor)).matchAll(/<h2><a href="[^"]*">([^<]*)<\/a><\/h2>/g)].map((m) => m[1]);
		assert.match(titles[0]!, /Comment réserver/);
		assert.equal((await member.post(`/-/thread/${made.id}`, { _form: await token(member), pinned: "1" }, { Origin: site.origin })).status, 403);
	});

	it("a facilitator shows one comment first; taken away, or not hers to read, it is not", async () => {
		const made = await begin("Les horaires de l’été");
		await say(member, made.id, "Une première réponse.");
		const said = await say(neighbour, made.id, "Voici **les bons horaires**.");
		assert.doesNotMatch((await member.get(made.url)).body, /Le mettre en avant/);
		assert.equal((await member.post(`/-/thread/${said}`, { _form: await token(member), first: "1" }, { Origin: site.origin })).status, 403);
		assert.equal((await facilitator.send(await act(facilitator, made.url, `/-/thread/${said}`))).status, 303);
		const page = (await visitor.get(made.url)).body;
		assert.match(page, /comment-first[\s\S]*Lou Voisine[\s\S]*<strong>les bons horaires<\/strong>[\s\S]*Une première réponse/);
		assert.equal(page.split("les bons horaires").length, 3, "in its place too");
		await facilitator.send(await act(facilitator, made.url, `/-/thread/${said}`));
		assert.doesNotMatch((await visitor.get(made.url)).body, /comment-first/);
		await facilitator.send(await act(facilitator, made.url, `/-/thread/${said}`));
		await trash(neighbour, said);
		assert.doesNotMatch((await visitor.get(made.url)).body, /comment-first|les bons horaires/);
	});

	it("quoting begins with what was said, line by line, without what it quoted itself", async () => {
		const made = await begin("Citer");
		const said = await say(neighbour, made.id, "> Ce qu’on disait\n\nPremière ligne\nSeconde ligne");
		assert.match((await member.get(made.url)).body, new RegExp(`href="/-/comment/${said}\\?citer=1"`));
		const form = formOf(await member.get(`/-/comment/${said}?citer=1`), "/-/comment/");
		assert.equal(form.pairs.find(([name]) => name === "text")![1].replace(/\r/g, ""), "> Première ligne\n> Seconde ligne\n\n");
	});

	it("who is named is told so, when she may read it; names are completed for who signed in", async () => {
		const made = await begin("Nommer");
		await say(neighbour, made.id, "Je crois que @Anouk Anime (démo) le sait.");
		for (let i = 0; i < 100 && !/vous y êtes nommé/.test(text((await facilitator.get("/-/news")).body)); i++) await new Promise((done) => setTimeout(done, 50));
		assert.match(text((await facilitator.get("/-/news")).body), /Nommer.*vous y êtes nommé/);
		assert.doesNotMatch(text((await contributor.get("/-/news")).body), /Nommer/);
		const names = JSON.parse((await member.get(`/-/names/${made.id}?q=lo`)).body) as string[];
		assert.deepEqual(names, [people.neighbour.name]);
		assert.deepEqual(JSON.parse((await contributor.get(`/-/names/${made.id}?q=anouk`)).body), []); // she has not spoken, and Inès is no member
		assert.equal((await visitor.get(`/-/names/${made.id}?q=lo`)).status, 303);
	});

	it("a comment becomes a topic with what answers it; its address and a word lead there", async () => {
		const made = await begin("Un fil qui dérive");
		await say(neighbour, made.id, "Dans le sujet.");
		const aside = await say(neighbour, made.id, "Et les **poubelles** ?"), below = await say(member, aside, "Le mardi.");
		await say(facilitator, below, "Et le vendredi.");
		assert.equal((await member.get(`/-/split/${aside}`)).status, 403);
		const form = await facilitator.form(`/-/split/${aside}`, "/-/split/");
		const empty = await facilitator.send(form, { title: " " });
		assert.equal(empty.status, 422);
		assert.match(empty.body, /id="f-title"[^>]*aria-invalid/);
		const done = await facilitator.send(form, { title: "Les poubelles", form: "sujet" });
		assert.equal(done.status, 303);
		const topic = await visitor.get(done.location.replace(/\?.*/, ""));
		assert.match(text(topic.body), /Les poubelles.*Et les poubelles.*Par Lou Voisine.*2 commentaires.*Le mardi\..*Et le vendredi\./);
		const left = text((await visitor.get(made.url)).body);
		assert.match(left, /Dans le sujet\..*La suite est dans un sujet à part : Les poubelles/);
		assert.doesNotMatch(left, /Le mardi/);
		assert.match((await visitor.get(`/f/${aside}`)).location, /poubelles/);
		assert.match((await visitor.get(`/f/${below}`)).location, /poubelles.*#c-/);
		assert.match(row(await forum(visitor), "Les poubelles"), /2 réponses/);
	});

	it("the search finds what is said, for who reads the page it is said on; feeds and lists do not", async () => {
		const made = await begin("Les fleurs du square"), hidden = await begin("Fleurs du local", facilitator, "coordination");
		const said = await say(neighbour, made.id, "Les zinnias ont gelé.");
		await say(facilitator, hidden.id, "Nos zinnias à nous.");
		const found = (await visitor.get("/-/search?q=zinnia")).body;
		assert.match(text(found), /Les zinnias ont gelé.*Commentaire.*à propos de « Les fleurs du square »/);
		assert.match(found, new RegExp(`href="/f/${said}"`));
		assert.doesNotMatch(text(found), /Nos zinnias/);
		assert.match(text((await facilitator.get("/-/search?q=zinnia&form=comment")).body), /Nos zinnias à nous/);
		assert.doesNotMatch((await visitor.get("/-/search.atom?q=zinnia")).body, /zinnias/);
		await trash(facilitator, made.id);
		assert.doesNotMatch(text((await visitor.get("/-/search?q=zinnia")).body), /ont gelé/);
	});
});

// A hundred comments at once: the limit of writes, which other tests look at, is off on this site.
onSite("a long discussion", (site) => {
	it("a thread of many pages says which one is read, and leads to the first and the last", async () => {
		const member = await new Client(site, { "Accept-Language": "fr" }).signIn("member"), visitor = new Client(site, { "Accept-Language": "fr" });
		const made = await add(member, "sujet", { titre: "Un très long fil", texte: "Qu’en dites-vous ?" });
		const form = await member.form(`/-/comment/${made.id}`, "/-/comment/");
		for (let i = 0; i < 103; i++) assert.equal((await member.send(form, { text: `Numéro ${i}.` })).status, 303);
		const last = await visitor.get(made.url);
		assert.match(text(last.body), /Page 3 sur 3.*les premiers.*Numéro 100\./);
		assert.match(last.body, /\?commentaires=1#commentaires/);
		const first = text((await visitor.get(`${made.url}?commentaires=1`)).body);
		assert.match(first, /Page 1 sur 3.*les derniers.*Numéro 0\..*Numéro 49\./);
		assert.doesNotMatch(first, /Numéro 50\./);
	});
}, { args: ["--limits", "none"] });
