// A list on a screen in a hall: one record after the other without a script, what everybody reads, until it is stopped.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, type Made } from "../support/records.js";

onSite("a screen in a hall", (site) => {
	const day = (days: number) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
	const visitor = new Client(site, { "Accept-Language": "fr" });
	let member: Client, facilitator: Client, first: Made;
	const cry = (titre: string, fin: string, etat = "ouverte", space = "") => add(space ? facilitator : member, "annonce", { titre, entree: "aide", recit: "Voir avec moi.", fin, etat }, space);
	const title = (body: string) => text(/<h2 class="hall-title">[\s\S]*?<\/h2>/.exec(body)?.[0] ?? "").trim();
	before(async () => {
		member = await new Client(site, { "Accept-Language": "fr" }).signIn("member");
		facilitator = await new Client(site, { "Accept-Language": "fr" }).signIn("facilitator");
		first = await cry("Garder mes plantes", day(10));
		await cry("Une échelle à prêter", day(1));
		await cry("Passée depuis hier", day(-2));
		await cry("Déjà trouvé", day(10), "trouve");
		await cry("Entre nous", day(10), "ouverte", "coordination");
	});

	it("turns through the notices that are open and not over, and comes back to the first", async () => {
		const seen: string[] = [];
		let path = "/-/screen/crieur";
		while (seen.length < 50 && (seen.length < 2 || seen.at(-1) !== seen[0])) {
			const answer = await visitor.get(path);
			assert.equal(answer.status, 200);
			seen.push(title(answer.body));
			const next = /^(\d+); url=(\/-\/screen\/crieur\?.*)$/.exec(String(answer.headers["refresh"]))!;
			assert.ok(Number(next[1]) >= 10, "long enough to read");
			path = next[2]!;
		}
		const listed = [...(await visitor.get("/crieur")).body.split("Et bientôt")[0]!.matchAll(/<h3\b[\s\S]*?<\/h3>/g)].map((m) => text(m[0]).trim());
		for (const named of ["Garder mes plantes", "Une échelle à prêter"]) assert.ok(listed.includes(named), named);
		for (const absent of ["Passée depuis hier", "Déjà trouvé", "Entre nous"]) assert.ok(!listed.includes(absent), absent);
		assert.deepEqual(seen.slice(0, -1).sort(), listed.sort());
	});

	it("shows what everybody reads, even to somebody who reads more", async () => {
		for (const fiche of ["1", "2", "3", "99", "-1", "x"]) assert.notEqual(title((await facilitator.get(`/-/screen/crieur?fiche=${fiche}`)).body), "Entre nous");
		assert.match((await facilitator.get("/crieur")).body, /Entre nous/); // else the above says nothing
	});

	it("stops where it is, goes on from there, and keeps the choices of the list", async () => {
		const turning = (await visitor.get("/-/screen/crieur?entree=aide&fiche=2")).body;
		const stop = /href="(\/-\/screen\/crieur\?[^"]*pause-2[^"]*)"/.exec(turning)![1]!.replaceAll("&amp;", "&");
		assert.match(stop, /entree=aide/);
		const stopped = await visitor.get(stop);
		assert.equal(stopped.headers["refresh"], undefined);
		assert.equal(title(stopped.body), title(turning));
		assert.match(text(stopped.body), /Laisser tourner/);
		assert.equal(title((await visitor.get("/-/screen/crieur?q=introuvable")).body), "");
	});

	it("a list that nobody knows has no screen; the page of sharing leads to that of a list", async () => {
		assert.equal((await visitor.get("/-/screen/nulle-part")).status, 404);
		assert.match((await visitor.get("/-/share?path=%2Fcrieur%3Fentree%3Daide")).body, /href="\/-\/screen\/crieur\?entree=aide"/);
		assert.match((await visitor.get("/-/screen/crieur?fiche=1")).body, /<svg[^>]*class="qr"|class="[^"]*qr/);
		const lasting = await visitor.get(`/f/${first.id}`); // what the code says
		assert.equal(lasting.status, 303);
		assert.equal(lasting.headers["location"], first.url);
	});
});
