// "Thanks to you": what was done in a year, by whom, from the pages themselves; nobody who does not want it is named, and
// nothing is counted that not everybody reads.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people } from "../support/program.js";
import { add, edit, token } from "../support/records.js";

onSite("recognition", (site) => {
	const visitor = new Client(site), member = new Client(site), facilitator = new Client(site);
	const year = new Date().getFullYear();
	const page = async (client = visitor) => text((await client.get("/-/recognition")).body);
	const counts = async () => Number(/(\d+) pages? ajoutées?/.exec(await page())![1]);
	before(async () => {
		await member.signIn("contributor"); // she did nothing in the demonstration
		await facilitator.signIn("facilitator");
	});

	it("names who did something that everybody reads, with what", async () => {
		const start = await counts();
		assert.doesNotMatch(await page(), new RegExp(people.contributor.name.replace(/[()]/g, "\\$&")));
		const made = await add(member, "recit", { titre: "Un geste" });
		await add(member, "recit", { titre: "Un autre geste" });
		await add(member, "recit", { titre: "Un brouillon", _state: "draft" });
		await add(facilitator, "recit", { titre: "Entre nous" }, "coordination");
		await edit(facilitator, made.id, { titre: "Un geste complété" });
		await edit(facilitator, made.id, { titre: "Un geste complété encore" });
		await edit(member, made.id, { titre: "Un geste à soi" });
		const words = await page();
		assert.equal(await counts(), start + 2);
		assert.ok(words.includes(`${people.contributor.name} 2 pages ajoutées`), words);
		assert.match(words, new RegExp(`${people.facilitator.name.replace(/[()]/g, "\\$&")} [^.]{0,40}1 page d’autrui complétée`));
		assert.match(words, new RegExp(`${year}, grâce à vous`));
		assert.match(words, /\d+ récits /, "in small letters, as in a sentence");
		assert.doesNotMatch(words, /Entre nous|courriel/);
	});

	it("who prefers it is counted, not named; and comes back", async () => {
		const say = async (named: string) => member.follow(await member.post("/-/recognition/name", { _form: await token(member), named, year: String(year) }));
		assert.match(text((await say("0")).body), /Vous êtes compté ici, sans être nommé/);
		const words = await page();
		assert.ok(!words.includes(people.contributor.name));
		assert.match(words, /Et 1 personne qui n’est pas nommée ici/);
		await say("1");
		assert.ok((await page()).includes(people.contributor.name));
	});

	it("the thanks of a year leave once, with what each did", async () => {
		const send = async () => facilitator.follow(await facilitator.post("/-/recognition/thank", { _form: await token(facilitator), year: String(year), words: "À l’an prochain, au jardin." }));
		assert.match(text((await send()).body), /Les lettres de remerciement partent/);
		assert.match(text((await send()).body), /Plus personne à remercier/);
		const administrator = await new Client(site).signIn("administrator");
		const list = (await administrator.get("/-/letters")).body;
		const letters = [...list.matchAll(/href="(\/-\/letters\/[^"]+)"[^>]*>[^<]*Merci/g)].map((m) => m[1]!);
		const said = await Promise.all(letters.map(async (letter) => text((await administrator.get(letter)).body)));
		assert.ok(said.length > 1);
		assert.ok(said.some((words) => words.includes(people.contributor.name) && /2 pages ajoutées[^]*au jardin/.test(words)), said.join("\n"));
		assert.equal((await member.post("/-/recognition/thank", { _form: await token(member), year: String(year) })).status, 403);
	});

	it("a year that was, one that was not", async () => {
		assert.equal((await visitor.get(`/-/recognition?year=${year - 1}`)).status, 200);
		for (const wrong of [String(year + 1), "1492", "abc", "2026x"]) assert.equal((await visitor.get(`/-/recognition?year=${wrong}`)).status, 404, wrong);
		assert.match((await visitor.get("/")).body, /href="\/-\/recognition"/);
	});
});
