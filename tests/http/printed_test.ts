// Printed copies: where a sheet hangs is noted; a correction of what it shows says to its printer which copies are wrong, on
// the page and by a notice; printed again, it is right.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, token, trash } from "../support/records.js";

onSite("printed copies", (site) => {
	let administrator: Client, member: Client, neighbour: Client, facilitator: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	before(async () => {
		[administrator, member, neighbour, facilitator] = await Promise.all((["administrator", "member", "neighbour", "facilitator"] as const).map((who) => new Client(site).signIn(who))) as [Client, Client, Client, Client];
	});
	const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
	const event = (titre: string, time = "14 h 30") => add(member, "evenement", { titre, "quand.from.day": "13", "quand.from.month": "3", "quand.from.year": "2027", "quand.from.time": time, lieu_texte: "Préau", texte: "Venez." });
	const note = async (who: Client, query: string, place: string, copies = "3") => {
		const where = `/-/printed/note?${query}`;
		const answer = await who.send(await who.form(where, "/-/printed/note"), { place, copies });
		assert.equal(answer.status, 303, text(answer.body));
	};
	const until = async (who: Client, path: string, words: RegExp) => {
		for (let i = 0; i < 100; i++, await pause(30)) {
			const page = text((await who.get(path)).body);
			if (words.test(page)) return page;
		}
		throw new Error(`${path} never says ${words}:\n${text((await who.get(path)).body)}`);
	};
	const poster = (path: string) => `path=${encodeURIComponent(path)}&format=a3`;

	it("the page of sharing leads to it, and mistakes say what to mend", async () => {
		const made = await event("Nichoirs");
		const share = (await member.get(`/-/share?path=${encodeURIComponent(made.url)}`)).body;
		assert.match(share, /formaction="\/-\/printed\/note"/);
		assert.doesNotMatch((await visitor.get(`/-/share?path=${encodeURIComponent(made.url)}`)).body, /printed/);
		const form = await member.form(`/-/printed/note?${poster(made.url)}`, "/-/printed/note");
		const wrong = await member.send(form, { place: " ", copies: "beaucoup" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Dites où elle est affichée.*Écrivez un nombre de 1 à/);
		assert.match(wrong.body, /value="beaucoup"/);
		assert.equal((await member.get("/-/printed/note?path=/nulle-part")).status, 404);
	});

	it("the hour of an event moves: its printer is told which posters are wrong, prints again, and says so in one click", async () => {
		const made = await event("Repair café");
		await note(member, poster(made.url), "Boulangerie");
		assert.match(text((await member.get("/-/printed")).body), /Repair café 3 exemplaires\s*: Boulangerie.*à jour/);
		assert.doesNotMatch((await member.get(made.url)).body, /exemplaires imprimés/);
		// What the sheet does not show changes nothing.
		await edit(member, made.id, { mots: "réparer" });
		await pause(200);
		assert.match(text((await member.get("/-/printed")).body), /Repair café.*à jour/);
		await edit(facilitator, made.id, { "quand.from.time": "16 h" });
		const page = text((await facilitator.get(made.url)).body);
		assert.match(page, /Des exemplaires imprimés montrent encore l’ancienne version\s*: Repair café – 3 exemplaires\s*: Boulangerie/);
		assert.doesNotMatch((await visitor.get(made.url)).body, /Boulangerie/);
		await until(member, "/-/news", /Repair café.*Une feuille que vous avez imprimée et affichée ne dit plus la même chose/);
		const list = await member.get("/-/printed");
		assert.match(text(list.body), /Repair café.*à remplacer.*Elle ne dit plus la même chose de\s*: Repair café/);
		const again = /href="(\/-\/print\?[^"]*)"/.exec(list.body)![1]!.replaceAll("&amp;", "&");
		assert.equal((await member.get(again)).headers["content-type"], "application/pdf");
		assert.equal((await member.send(formOf(list, "/-/printed/"), { act: "replaced" })).status, 303);
		assert.match(text((await member.get("/-/printed")).body), /Repair café.*à jour/);
		assert.doesNotMatch((await facilitator.get(made.url)).body, /exemplaires imprimés/);
	});

	it("a correction taken back makes the copies right again", async () => {
		const made = await event("Aller et retour");
		await note(member, poster(made.url), "Gare");
		await edit(member, made.id, { lieu_texte: "Cour" });
		await until(member, "/-/printed", /Aller et retour 3 exemplaires\s*: Gare.{0,60}à remplacer/);
		await edit(member, made.id, { lieu_texte: "Préau" });
		await until(member, "/-/printed", /Aller et retour 3 exemplaires\s*: Gare.{0,60}à jour/);
	});

	it("of a programme of the month, the events on it count, and one that is withdrawn is not there any more", async () => {
		const made = await event("Annulé plus tard"), later = await add(member, "evenement", { titre: "En juin", "quand.from.day": "13", "quand.from.month": "6", "quand.from.year": "2027", "quand.from.time": "10 h" });
		await note(neighbour, `path=${encodeURIComponent("/agenda?par=mois&le=2027-03-01")}&sorte=programme&format=a4`, "Médiathèque", "1");
		await edit(member, later.id, { titre: "En juin, peut-être" });
		await pause(300);
		assert.match(text((await neighbour.get("/-/printed")).body), /mars 2027.*à jour/);
		await trash(member, made.id);
		const said = await until(neighbour, "/-/printed", /mars 2027.*à remplacer/);
		assert.match(said, /1 exemplaire\s*: Médiathèque/);
	});

	it("they are seen by who printed them and who looks after the space, and taken down by them", async () => {
		const made = await event("Vu par qui");
		await note(neighbour, poster(made.url), "Chez Lou");
		assert.doesNotMatch((await member.get("/-/printed")).body, /Chez Lou/);
		assert.match(text((await administrator.get("/-/printed")).body), /Chez Lou.*par Lou Voisine/);
		const form = (await neighbour.get("/-/printed")).body, num = [...form.split("Chez Lou")[0]!.matchAll(/id="p-(\d+)"/g)].at(-1)![1]!;
		const answer = await member.post(`/-/printed/${num}`, { _form: await token(member), act: "gone" }, { Origin: site.origin });
		assert.equal(answer.status, 404);
		assert.equal((await visitor.get("/-/printed")).status, 303);
		assert.equal((await neighbour.post(`/-/printed/${num}`, { _form: await token(neighbour), act: "gone" }, { Origin: site.origin })).status, 303);
		assert.doesNotMatch((await neighbour.get("/-/printed")).body, /Chez Lou/);
	});
});
