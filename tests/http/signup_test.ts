// Signing up to events: places and the waiting list, with and without an account; who reads names; letters and their link;
// who came; files; the week near a place.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { type Pairs, text } from "../support/html.js";
import { onSite, people, type PersonName } from "../support/program.js";
import { add, edit, type Made } from "../support/records.js";

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

onSite("signing up", (site) => {
	let member: Client, neighbour: Client, facilitator: Client, contributor: Client, outsider: Client, admin: Client;
	const visitor = new Client(site, { "Accept-Language": "fr" });
	const come = (who: PersonName) => new Client(site, { "Accept-Language": "fr" }).signIn(who);
	before(async () => {
		[member, neighbour, facilitator, contributor, outsider, admin] = (await Promise.all((["member", "neighbour", "facilitator", "contributor", "outsider", "administrator"] as PersonName[]).map(come))) as [Client, Client, Client, Client, Client, Client];
	});

	const date = (days: number) => new Date(Date.now() + days * 864e5);
	const quand = (days: number, time = "14 h") => ({ "quand.from.day": String(date(days).getUTCDate()), "quand.from.month": String(date(days).getUTCMonth() + 1), "quand.from.year": String(date(days).getUTCFullYear()), "quand.from.time": time });
	const announce = (titre: string, more: Record<string, string | string[]>, days = 10) => add(neighbour, "evenement", { titre, ...quand(days), lieu_texte: "La halle", "inscription.on": "1", ...more });
	const attend = async (client: Client, made: Made, values: Record<string, string | null> = {}, day = "") => client.send(await client.form(`/-/attend/${made.id}${day && `?jour=${day}`}`, "/-/attend/"), values);
	const section = async (client: Client, made: Made) => text(/<section class="section" id="signup"[\s\S]*?<\/section>/.exec((await client.get(made.url)).body)?.[0] ?? "");
	async function guest(made: Made, values: Record<string, string>): Promise<[Client, Awaited<ReturnType<typeof attend>>]> {
		const client = new Client(site, { "Accept-Language": "fr" });
		const form = await client.form(`/-/attend/${made.id}`, "/-/attend/");
		await pause(2100); // faster is taken for a robot
		return [client, await client.send(form, values)];
	}
	const letterTo = async (to: string, subject: RegExp): Promise<string> => {
		for (let i = 0; i < 100; i++) {
			for (const [, path] of (await admin.get("/-/letters")).body.matchAll(/href="(\/-\/letters\/\d+)"/g)) {
				const one = text((await admin.get(path!)).body);
				if (one.includes(to) && subject.test(one)) return one;
			}
			await pause(50);
		}
		throw new Error(`no letter to ${to}`);
	};

	it("visitors see how many places are left, and a link, no form; a name only of who agrees", async () => {
		const made = await announce("Le banquet", { "inscription.places": "3", "inscription.guests": "1" });
		assert.match(await section(visitor, made), /3 places libres, personne ne s’est encore inscrit.*S’inscrire/);
		assert.doesNotMatch((await visitor.get(made.url)).body, /<form[^>]*attend/);
		assert.match((await attend(member, made)).location, /fait=inscrit$|fait=inscrit\b/);
		assert.match(await section(visitor, made), /2 places libres, 1 personne inscrite/); // kept for all, and made again
		assert.doesNotMatch((await visitor.get(made.url)).body, /Maël/);
		await attend(contributor, made, { named: "1" });
		assert.match(await section(visitor, made), /Viennent, et le disent volontiers : /);
		assert.match(await section(member, made), /Votre inscription est notée : 1 personne/);
	});

	it("full is full: who comes next waits, and has the place that somebody gives back", async () => {
		const made = await announce("Le canoë", { "inscription.places": "2", "inscription.waiting": "1", "inscription.companions": "3", "inscription.children": "1" });
		assert.match((await attend(member, made, { adults: "1", children: "1" })).location, /fait=inscrit\b/);
		const waits = await attend(contributor, made, { adults: "1", children: "0" });
		assert.match(waits.location, /fait=inscrit-attend/);
		assert.match(await section(contributor, made), /complet, 1 personne attend une place.*liste d’attente/);
		const cancelled = await member.send(await member.form(`/-/attend/${made.id}`, "/-/attend-cancel/"));
		assert.match(cancelled.location, /fait=desinscrit/);
		assert.match(await section(contributor, made), /Votre inscription est notée : 1 personne/);
		assert.match(await letterTo(people.contributor.email, /Une place pour vous/), /Le canoë/);
		assert.match(await section(member, made), /1 place libre, 1 personne inscrite/);
	});

	it("without a waiting list the last place is given once, even when two saw it; what was typed stays", async () => {
		const made = await announce("Une place", { "inscription.places": "1", "inscription.question[]": ["Allergies ?", ""], "inscription.needed[]": ["1", ""] });
		const late = await contributor.form(`/-/attend/${made.id}`, "/-/attend/");
		const unanswered = await attend(member, made, { "answer-0": "" });
		assert.equal(unanswered.status, 422);
		assert.match(text(unanswered.body), /Répondez à cette question : « Allergies \? »/);
		assert.equal((await attend(member, made, { "answer-0": "aucune" })).status, 303);
		const refused = await contributor.send(late, { "answer-0": "les noix", named: "1" });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /C’est complet/);
		assert.match(await section(contributor, made), /complet.*pas de liste d’attente/);
	});

	it("five people at once, three places: three have one", async () => {
		const made = await announce("Au même moment", { "inscription.places": "3", "inscription.companions": "2" });
		const all = [member, contributor, facilitator, outsider, admin];
		const forms = await Promise.all(all.map((who) => who.form(`/-/attend/${made.id}`, "/-/attend/")));
		const answers = await Promise.all(all.map((who, i) => who.send(forms[i]!, { adults: "1" })));
		assert.equal(answers.filter((a) => a.status === 303).length, 3);
		assert.match(await section(visitor, made), /complet/);
	});

	it("one says how many come, within what the event takes; a mistake names the field and keeps what was typed", async () => {
		const made = await announce("En famille", { "inscription.companions": "3", "inscription.children": "1" });
		for (const [values, said] of [[{ adults: "deux" }, /« deux » n’est pas un nombre de personnes/], [{ adults: "4", children: "1" }, /4 personnes au plus/], [{ adults: "0", children: "0" }, /une au moins/], [{ adults: "1", children: "x" }, /« x » n’est pas un nombre d’enfants/]] as const) {
			const answer = await attend(member, made, values);
			assert.equal(answer.status, 422);
			assert.match(text(answer.body), said);
			assert.match(answer.body, new RegExp(`name="adults" value="${values.adults}"`));
		}
		assert.equal((await attend(member, made, { adults: "0", children: "2" })).status, 303); // two children, brought there
		assert.match(await section(member, made), /2 enfants/);
		const changed = await attend(member, made, { adults: "2", children: "1" });
		assert.match(changed.location, /fait=inscrit/);
		assert.match(await section(member, made), /2 adultes et 1 enfant/);
		assert.match(await section(visitor, made), /3 personnes inscrites/);
	});

	it("without an account: a name and an address, or neither; the letter's link gives the places back, and only once", async () => {
		const made = await announce("Sans compte", { "inscription.places": "9", "inscription.guests": "1" });
		const wrong = await guest(made, { "guest-name": "Odile", email: "pas une adresse" });
		assert.equal(wrong[1].status, 422);
		assert.match(wrong[1].body, /value="Odile"/);
		const [odile, answer] = await guest(made, { "guest-name": "Odile", email: "odile@example.org" });
		assert.match(answer.location, /fait=inscrit/);
		assert.match((await odile.get(`/-/attend/${made.id}`)).body, /\/-\/keep/);
		const [nobody] = await guest(made, { "guest-name": "" });
		assert.match(text((await nobody.get(`/-/attend/${made.id}`)).body), /Votre inscription est notée/);
		const list = text((await neighbour.get(`/-/attendance/${made.id}`)).body);
		assert.match(list, /Odile.*odile@example\.org/);
		const letter = await letterTo("odile@example.org", /Inscription : « Sans compte »/);
		assert.doesNotMatch(letter, /Bonjour Odile/); // nobody has confirmed that address
		const link = /\/-\/attend-leave\?c=[\w-]{43}/.exec(letter)![0];
		const stranger = new Client(site, { "Accept-Language": "fr" });
		const page = await stranger.get(link);
		assert.equal(page.status, 200);
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Odile/); // looking is not leaving
		const left = await stranger.send(formOf(page, "/-/attend-leave"));
		assert.match(text(left.body), /Vos places sont rendues/);
		assert.doesNotMatch(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Odile/);
		assert.match(text((await stranger.get(link)).body), /déjà annulée/);
		assert.equal((await stranger.send(formOf(page, "/-/attend-leave"))).status, 200);
	});

	it("where an account is asked for, a visitor is told so and nothing is taken", async () => {
		const made = await announce("Avec un compte", {});
		const page = await visitor.get(`/-/attend/${made.id}`);
		assert.match(text(page.body), /demande un compte/);
		assert.doesNotMatch(page.body, /name="guest-name"/);
		const forged = await visitor.post(`/-/attend/${made.id}`, { "guest-name": "Odile" });
		assert.ok([303, 401].includes(forged.status));
		assert.match(await section(visitor, made), /personne ne s’est encore inscrit/);
	});

	it("who announced it and facilitators see names; nobody else does, not even who may correct the page", async () => {
		const made = await announce("Les noms", {});
		await attend(member, made);
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Maël/);
		assert.match(text((await facilitator.get(`/-/attendance/${made.id}`)).body), /Maël/);
		for (const who of [contributor, member]) for (const path of [`/-/attendance/${made.id}`, `/-/attendance-file/${made.id}?forme=csv`, `/-/attendance-file/${made.id}?forme=pdf`]) assert.equal((await who.get(path)).status, 403);
		const row = formOf(await neighbour.get(`/-/attendance/${made.id}`), "/-/attendance-remove/");
		const own = await member.form(`/-/attend/${made.id}`, "/-/attend-cancel/");
		const forged = await member.post(row.action, { _form: own.pairs.find(([name]) => name === "_form")![1], signup: row.pairs.find(([name]) => name === "signup")![1] }, { Origin: site.origin });
		assert.equal(forged.status, 403);
		assert.match(await section(visitor, made), /1 personne inscrite/);
	});

	it("the organiser enters somebody by hand, gives a place over the limit, cancels one", async () => {
		const made = await announce("Au téléphone", { "inscription.places": "1", "inscription.waiting": "1" });
		const enter = async (name: string, more = {}) => neighbour.send(await neighbour.form(`/-/attendance/${made.id}`, `/-/attendance/${made.id}`), { name, ...more });
		assert.match((await enter("Denise")).location, /fait=inscrit-main\b/);
		assert.match((await enter("Roger", { email: "roger@example.org" })).location, /fait=inscrit-main-attend/);
		assert.equal((await enter("")).status, 422);
		const admit = await neighbour.send(formOf(await neighbour.get(`/-/attendance/${made.id}`), "/-/attendance-admit/"));
		assert.match(admit.location, /fait=inscrit-place#s-\d+|#s-\d+/);
		assert.match(await letterTo("roger@example.org", /Une place pour vous/), /Au téléphone/);
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Inscrits : 2 \/ 1/);
		await neighbour.send(formOf(await neighbour.get(`/-/attendance/${made.id}`), "/-/attendance-remove/"));
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Inscrits : 1 \/ 1/);
	});

	it("who came is noted in one tap, corrected, counted, and goes into the files", async () => {
		const made = await announce("À la porte", { "inscription.companions": "4", "inscription.children": "1", "inscription.question[]": ["Quel plat ?"], "inscription.needed[]": [""] });
		await attend(member, made, { adults: "2", children: "1", "answer-0": "=une soupe" });
		await attend(contributor, made, { adults: "1", children: "0" });
		const board = await neighbour.get(`/-/attendance/${made.id}`);
		assert.match(text(board.body), /Les 3 sont là/);
		const tap = formOf(board, "/-/attendance-came/");
		const noted = await neighbour.send(tap, { "came[]": "2" });
		assert.match(noted.location, /#s-\d+$/);
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Venus : 2.*2 présents/);
		const csv = (await neighbour.get(`/-/attendance-file/${made.id}?forme=csv`)).body;
		assert.match(csv, /Nom,État,Adultes,Enfants.*Quel plat \?\r\n/);
		assert.match(csv, /Maël Membre \(démo\),inscription faite,2,1,,.*,2,,"'=une soupe"\r\n/); // no spreadsheet runs it
		// A second program reads both workbooks: the zip's own parts, and the cells.
		const folder = mkdtempSync(join(tmpdir(), "signup-"));
		for (const [form, part, cell] of [["ods", "content.xml", "Maël Membre"], ["xlsx", "xl/worksheets/sheet1.xml", "Maël Membre"]] as const) {
			const file = await neighbour.get(`/-/attendance-file/${made.id}?forme=${form}`);
			assert.equal(file.status, 200);
			writeFileSync(join(folder, form), file.bytes);
			assert.match(execFileSync("unzip", ["-p", join(folder, form), part]).toString(), new RegExp(cell));
		}
		const pdf = await neighbour.get(`/-/attendance-file/${made.id}?forme=pdf&vides=12`);
		assert.equal(pdf.headers["content-type"], "application/pdf");
		writeFileSync(join(folder, "sheet.pdf"), pdf.bytes);
		const said = execFileSync("pdftotext", ["-layout", join(folder, "sheet.pdf"), "-"]).toString();
		assert.match(said, /Fiche d’émargement[\s\S]*À la porte[\s\S]*Nom\s+Combien\s+Signature[\s\S]*Maël Membre \(démo\)\s+2 adultes et 1 enfant/);
		assert.match(said, /^\s*14\s*$/m); // two people and twelve empty lines
		assert.equal((await neighbour.get(`/-/attendance-file/${made.id}?forme=doc`)).status, 404);
		await neighbour.send(formOf(await neighbour.get(`/-/attendance/${made.id}`), "/-/attendance-came/"), { "came[]": "" });
		assert.doesNotMatch(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Venus/);
	});

	it("each day of what comes back has its places; a day on which it does not take place is none", async () => {
		const made = await announce("Tous les jours", { "quand.repeat": "day", "inscription.places": "1" }, 1);
		const iso = (days: number) => date(days).toISOString().slice(0, 10);
		assert.equal((await attend(member, made, {}, iso(2))).status, 303);
		assert.equal((await member.get(`/-/attend/${made.id}?jour=${iso(-3)}`)).status, 404);
		assert.equal((await member.get(`/-/attend/${made.id}?jour=demain`)).status, 404);
		const shown = await section(visitor, made);
		assert.equal((shown.match(/complet/g) ?? []).length > 0 && (shown.match(/1 place libre/g) ?? []).length >= 4, true);
		// Her own calendar holds that day alone.
		const calendar = await member.send(await member.form("/-/account/calendar", "/-/account/calendar"), { what: "followed" });
		const ics = (await member.get(/\/-\/calendar\/own\/[\w-]+\.ics/.exec(calendar.body)![0])).body.replace(/\r\n /g, "");
		const event = /BEGIN:VEVENT(?:(?!END:VEVENT)[\s\S])*Tous les jours[\s\S]*?END:VEVENT/.exec(ics)![0];
		assert.match(event, new RegExp(`DTSTART;TZID=Europe/Paris:${iso(2).replaceAll("-", "")}T140000`));
		assert.doesNotMatch(event, /RRULE|RDATE/);
	});

	it("one signs up from a day on, until a day, before it begins", async () => {
		const iso = (days: number) => date(days).toISOString().slice(0, 10);
		const early = await announce("Trop tôt", { "inscription.opens": iso(3) });
		assert.match(await section(member, early), /On pourra s’inscrire à partir du/);
		const form = await member.form(`/-/attend/${(await announce("Encore", {})).id}`, "/-/attend/");
		const late = await announce("Trop tard", { "inscription.closes": iso(-1) });
		assert.match(await section(member, late), /On ne peut plus s’inscrire/);
		assert.equal((await member.post(`/-/attend/${late.id}`, form.pairs as Pairs)).status, 422);
		const over = await announce("Passé", { "inscription.before": "12" }); // ten days ahead
		assert.match(await section(member, over), /On ne peut plus s’inscrire/);
		const wrong = await neighbour.send(await neighbour.form(`/-/edit/${over.id}`, "/-/edit/"), { "inscription.places": "beaucoup", "inscription.opens": iso(5), "inscription.closes": iso(3) });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Places : « beaucoup » n’est pas un nombre.*Le dernier jour pour s’inscrire est avant le premier/);
		assert.match(wrong.body, /name="inscription\.places" value="beaucoup"/);
		assert.equal((await edit(neighbour, over.id, { "inscription.on": null, "inscription.before": "" })).status, 303);
		assert.equal(await section(member, over), "");
	});

	it("the week near a place: by day, the nearest first, without a script; a device keeps the place; a position is rounded", async () => {
		const near = await add(neighbour, "evenement", { titre: "Tout près", ...quand(2), "lieu.lat": "47.3900", "lieu.lon": "0.6900" });
		const far = await add(neighbour, "evenement", { titre: "Plus loin", ...quand(2, "9 h"), "lieu.lat": "47.4100", "lieu.lon": "0.6900" });
		await add(neighbour, "evenement", { titre: "Le mois prochain", ...quand(20), "lieu.lat": "47.3900", "lieu.lon": "0.6900" });
		const place = await add(neighbour, "structure", { nom: "Le phare", genre: "association", "siege.lat": "47.3910", "siege.lon": "0.6900" });
		assert.match((await visitor.get("/agenda")).body, /href="\/-\/near\/agenda"/);
		assert.match((await visitor.get("/-/near/agenda")).body, new RegExp(`<option value="${place.id}">Le phare`));
		const page = text((await visitor.get(`/-/near/agenda?pres=${place.id}&rayon=5000`)).body);
		// 0.001° of latitude is 111 m, 0.019° is 2.1 km (a degree: 111.2 km on the mean sphere).
		assert.match(page, /Cette semaine près de Le phare.*Tout près.*à 100 m.*Plus loin.*à 2,1 km/);
		assert.doesNotMatch(page, /Le mois prochain/);
		assert.doesNotMatch(text((await visitor.get(`/-/near/agenda?pres=${place.id}&rayon=1000`)).body), /Plus loin/);
		assert.match(text((await visitor.get("/-/near/agenda?la=47.41,0.69&rayon=0")).body), /Plus loin.*à 50 m.*Tout près.*à 2,2 km/);
		for (const bad of ["la=91,0", "la=nan,0", "la=47.3", "la=0x1p3,4,5", "pres=rien", `pres=${near.id.slice(1)}0`]) {
			const answer = await visitor.get(`/-/near/agenda?${bad}`);
			assert.equal(answer.status, 200, bad);
			assert.match(text(answer.body), /Ce lieu n’est pas connu ici/, bad);
		}
		assert.equal((await visitor.get("/-/near/annuaire")).status, 404);
		assert.match(String((await visitor.get("/-/near/agenda")).headers["permissions-policy"]), /geolocation=\(self\)/);
		assert.match(String((await visitor.get("/agenda")).headers["permissions-policy"]), /geolocation=\(\)/);
		const keeper = new Client(site, { "Accept-Language": "fr" });
		await keeper.post("/-/near/agenda", { pres: place.id, rayon: "1000", "keep[]": "1" });
		assert.equal((await keeper.get("/-/near/agenda")).location, `/-/near/agenda?pres=${place.id}&rayon=1000`);
		await keeper.post("/-/near/agenda", { "keep[]": "0" });
		assert.equal((await keeper.get("/-/near/agenda")).status, 200);
		await keeper.post("/-/near/agenda", { la: "47.39123,0.69456", "keep[]": "1" });
		assert.match((await keeper.get("/-/near/agenda")).location, /la=47\.391,0\.695/);
		assert.ok(far);
	});

	it("a person takes her sign-ups with her, and they go with her", async () => {
		const made = await announce("Mes données", {});
		await attend(outsider, made);
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Inscrits : 1/);
		assert.doesNotMatch(text((await neighbour.get(`/-/attendance/${made.id}`)).body), new RegExp(people.outsider.email)); // nobody's business
		assert.match(text((await outsider.get("/-/account/data")).body), /Vos inscriptions/);
		const erase = "/-/account/erase";
		assert.equal((await outsider.send(await outsider.form(erase, erase), { mode: "name", sure: "1", password: people.outsider.password })).status, 303);
		assert.match(text((await neighbour.get(`/-/attendance/${made.id}`)).body), /Inscrits : 0|Personne ne s’est encore inscrit/);
	});
});
