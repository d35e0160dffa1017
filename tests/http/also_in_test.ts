// One page in several spaces, without a copy: chosen in its form, shown in their lists and calendars; who may read it does
// not change.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, token } from "../support/records.js";

onSite("further spaces", (site) => {
	let administrator: Client, facilitator: Client, member: Client, outsider: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const make = async (name: string, more: Record<string, string> = { visibility: "public", publication: "open" }) => {
		const answer = await administrator.send(await administrator.form("/-/spaces/new", "/-/spaces/new"), { name, ...more });
		assert.equal(answer.status, 303, text(answer.body));
		return answer.location.split("?")[0]!.slice("/e/".length);
	};
	const when = { "quand.from.day": "13", "quand.from.month": "3", "quand.from.year": "2027", "quand.from.time": "14 h 30" };
	let gardens: string, closed: string;
	before(async () => {
		[administrator, facilitator, member, outsider] = await Promise.all((["administrator", "facilitator", "member", "outsider"] as const).map((who) => new Client(site).signIn(who))) as [Client, Client, Client, Client];
		gardens = await make("Les jardins partagés");
		closed = await make("Le cercle fermé", { visibility: "members", publication: "members" });
	});
	const boxes = async (client: Client, path: string) => [...(await client.get(path)).body.matchAll(/name="also\[\]" value="([^"]*)"/g)].map((m) => m[1]);
	const calendar = async (client: Client, slug: string) => (await client.get(`/-/calendar/space/${slug}.ics`)).body;

	it("the form offers the spaces where one may add, but its own and those that one may not know", async () => {
		assert.deepEqual(await boxes(member, "/-/new/evenement"), ["coordination", gardens]);
		assert.ok(!(await boxes(member, "/-/new/evenement")).includes(closed));
		assert.ok(!(await boxes(member, `/-/new/evenement?espace=${gardens}`)).includes(gardens));
		assert.deepEqual(await boxes(visitor, "/-/new/evenement"), []);
	});

	it("it shows there, once, and a correction shows everywhere; unticked, it leaves", async () => {
		const made = await add(member, "evenement", { titre: "Semis à plusieurs", ...when, "also[]": [gardens] });
		assert.match(made.url, /^\/(e\/tours\/|semis)/);
		assert.match(await calendar(visitor, gardens), /SUMMARY:Semis à plusieurs/);
		assert.match(text((await visitor.get(made.url)).body), /Aussi montrée dans\s*:\s*Les jardins partagés/);
		await edit(member, made.id, { titre: "Semis en grand nombre" });
		assert.match(await calendar(visitor, gardens), /SUMMARY:Semis en grand nombre/);
		assert.equal((await calendar(visitor, gardens)).split("BEGIN:VEVENT").length, 2);
		const other = await edit(member, made.id, { "also[]": null });
		assert.equal(other.status, 303);
		assert.doesNotMatch(await calendar(visitor, gardens), /Semis/);
	});

	it("it shows on the page of the group, in the blocks that list such pages", async () => {
		const made = await add(member, "evenement", { titre: "Fête des récoltes", ...when, "also[]": [gardens] });
		const page = (await visitor.get(`/e/${gardens}`)).body;
		assert.match(page, /Fête des récoltes/);
		assert.match(page, new RegExp(`href="${made.url}"`));
	});

	it("it never widens rights: a page of members shown in an open space stays theirs", async () => {
		const made = await add(administrator, "evenement", { titre: "Réunion du cercle", ...when, "also[]": [gardens] }, closed);
		assert.doesNotMatch(await calendar(visitor, gardens), /Réunion du cercle/);
		assert.doesNotMatch((await visitor.get(`/e/${gardens}`)).body, /Réunion du cercle/);
		assert.equal((await visitor.get(made.url)).status, 404);
		assert.match((await administrator.get(`/e/${gardens}`)).body, /Réunion du cercle/);
		assert.doesNotMatch((await member.get(`/e/${gardens}`)).body, /Réunion du cercle/);
	});

	it("who looks after the other space takes it away from there; nobody else who may not correct it", async () => {
		const own = await make("Chacun sa page", { visibility: "public", publication: "own" });
		const made = await add(member, "evenement", { titre: "Pas à sa place", ...when, "also[]": [gardens] }, own);
		assert.equal((await visitor.post(`/-/also-end/${made.id}`, { space: gardens }, { Origin: site.origin })).status, 401);
		const refused = await outsider.post(`/-/also-end/${made.id}`, { _form: await token(outsider), space: gardens }, { Origin: site.origin });
		assert.equal(refused.status, 403);
		assert.match(await calendar(visitor, gardens), /Pas à sa place/);
		assert.doesNotMatch((await outsider.get(made.url)).body, /also-end/);
		assert.equal((await administrator.send(await administrator.form(made.url, "/-/also-end/"))).status, 303);
		assert.doesNotMatch(await calendar(visitor, gardens), /Pas à sa place/);
		assert.equal((await visitor.get(made.url)).status, 200);
	});

	it("a space that one may not add to cannot be named by a forged form; nor a mistake lose what was ticked", async () => {
		const form = await member.form("/-/new/evenement", "/-/new/");
		const refused = await member.send(form, { titre: "", ...when, "also[]": [gardens] });
		assert.equal(refused.status, 422);
		assert.match(refused.body, new RegExp(`value="${gardens}" checked`));
		const made = await add(member, "evenement", { titre: "Forgée", ...when, "also[]": [closed] });
		assert.doesNotMatch(await calendar(administrator, closed), /Forgée/);
		assert.equal((await visitor.get(made.url)).status, 200);
	});

	it("moved there, it is there by itself and shown once", async () => {
		const made = await add(facilitator, "evenement", { titre: "Qui déménage", ...when, "also[]": [gardens] });
		const move = await administrator.form(`/-/move/${made.id}`, "/-/move/");
		assert.equal((await administrator.send(move, { space: gardens })).status, 303);
		assert.equal((await calendar(visitor, gardens)).split("SUMMARY:Qui déménage").length, 2);
	});
});
