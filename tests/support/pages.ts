// Every kind of page, with who opens it: for the checks that walk them all.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "./client.js";
import { settled } from "./imports.js";
import { people, type PersonName, type Site } from "./program.js";
import { add, edit, type Made, token, trash, versions } from "./records.js";

export interface Kind {
	name: string; // of its screenshot
	route: string; // as `parvis rights --routes` prints it
	path: string;
	who: PersonName | "visitor";
}

// A form of which people are named one by one to read the pages, and one page, for fewer of them.
export async function makeConfidential(facilitator: Client, reader: Client): Promise<Made> {
	const privacy = "/-/form/suivi/privacy", readers = "/-/readers/suivi";
	await facilitator.send(await facilitator.form("/-/forms/new", "/-/forms/new"), { label: "Suivi", plural: "Suivis", add: "Ouvrir un suivi", copy: "outil" });
	await facilitator.send(await facilitator.form(privacy, privacy), { confidential: "1", journal: "6", months: "12", from: "changed", then: "erase" });
	for (const who of ["member", "neighbour"] as PersonName[]) await facilitator.send(await facilitator.form(readers, readers), { person: people[who].name, until: "" });
	const made = await add(reader, "suivi", { nom: "Une personne suivie", presentation: "Ce qui a été fait, ce qui reste à faire." });
	await reader.send(await reader.form(`/-/circle/${made.id}`, "/-/circle/"));
	return made;
}

const long = "Association pour la découverte des chemins creux, des moulins à vent et des jardins partagés de la grande plaine";

// Makes what the pages show: corrections, two versions, the trash, a page with everything in it.
export async function makePages(site: Site): Promise<Kind[]> {
	const member = await new Client(site).signIn("member"), neighbour = await new Client(site).signIn("neighbour");
	const facilitator = await new Client(site).signIn("facilitator"), administrator = await new Client(site).signIn("administrator");
	const full = await add(member, "structure", {
		nom: long, genre: "association", domaine: "solidarite", commune: "tours", activite: "promenades", presentation: "Un **beau** texte.\n\n- un\n- deux\n\n> Une citation.",
		themes: ["jardins", "reparation"], services: "compost, graines, atelier de réparation de vélos", horaires: "Le mercredi de 14 h à 18 h", telephone: "0247000000",
		courriel: "une-adresse-electronique-vraiment-longue@association-des-chemins-creux.exemple.org", site: "https://association-des-chemins-creux.exemple.org/une/adresse/tres/longue",
		"siege.address": "12 rue des Lilas, 37000 Tours", contact: "Une personne", "siege.lat": "47.39", "siege.lon": "0.69", "siege.approximate": "1",
	});
	await edit(member, full.id, { horaires: "Le jeudi", _note: "nouveaux horaires" });
	const rich = await add(member, "page", {
		titre: "Tout ce qu’une page peut dire",
		texte: "Un paragraphe avec [[La Rabière]], [[Une page à écrire]] et #entraide.\n\n## Un titre\n\n### Un autre\n\n1. un\n2. deux\n\n| Jour | Horaires | Lieu |\n|---|---|---|\n| Lundi | 14 h | " + "Salle ".repeat(30) + "|\n\n```\nmot-très-long-" + "x".repeat(120) + "\n```\n\n> Citation\n\n" + "Anticonstitutionnellement".repeat(8) + "\n\n![image](/favicon.ico)\n\n{{vue espaces_ouverts taille=3 presentation=cartes}}\n\n{{vue espaces_ouverts taille=3 presentation=tableau}}\n\n{{fiche Résoudre}}\n\n{{fiche Absente}}\n",
	});
	const two = await add(member, "structure", { nom: "Deux versions", genre: "association", horaires: "Le matin", presentation: "Un\n\nDeux" });
	const first = await member.form(`/-/edit/${two.id}`, "/-/edit/"), second = await neighbour.form(`/-/edit/${two.id}`, "/-/edit/");
	await member.send(first, { horaires: "Le soir", presentation: "Un et demi\n\nDeux" });
	await neighbour.send(second, { horaires: "La nuit, parfois, quand la lune est pleine", presentation: "Un et quart\n\nDeux" });
	const opened = await add(member, "espace", {
		nom: "Espace qui dit ses heures", genre: "epn", statut: "ouvert", "ouverture.1": "9h-12h, 14h-18h", "ouverture.6": "10h-12h (sur rendez-vous)", "ouverture.8": "fermé", "lieu.kind": "line", "lieu.shape": "47.39, 0.68\n47.4, 0.69",
		"ouverture.more": "Jul-Aug Mo-Fr 09:00-12:00; Dec 25-Jan 1 off",
	});
	const group = await add(member, "groupe", { nom: "Groupe reconnaissable", couleur: "", "couleur.code": "#7ab317", pictogramme: "bike" });
	const gone = await add(neighbour, "structure", { nom: "Jetée", genre: "association" });
	await trash(facilitator, gone.id);
	const draft = await add(member, "page", { titre: "Brouillon", texte: "Un début", _state: "draft" });
	const archived = await add(member, "page", { titre: "Rangée aux archives", texte: "Autrefois" });
	await facilitator.post(`/-/archive/${archived.id}`, { _form: await token(facilitator) });
	await facilitator.send(await facilitator.form("/-/saved/new/annuaire?commune=tours", "/-/saved/new/"), { name: long });
	const sheet = await facilitator.sendFiles(await facilitator.form("/-/spreadsheet", "/-/spreadsheet"), { pasted: `Nom\tGenre\tUne colonne dont le nom est vraiment très long\n${long}\tAssociation\tune-adresse-electronique-vraiment-longue@association.exemple.org\n` }, {});
	const survey = await readFile(join(process.env.PARVIS_SOURCE!, "tests/unit/formats/limesurvey/kinds.lss"));
	const limesurvey = await facilitator.sendFiles(await facilitator.form("/-/limesurvey", "/-/limesurvey"), {}, { file: new File([Uint8Array.from(survey)], "kinds.lss") });
	const answersFile = await facilitator.sendFiles(await facilitator.form("/-/survey/diagnostic/import", "/-/survey/diagnostic/import"), {}, { file: new File([`salaries;Une colonne dont le nom est vraiment très long;Nom\n12;${long};La régie\nbeaucoup;;\n12;;\n`], "réponses.csv") });
	await member.send(await member.form(`/-/relay/${full.id}`, "/-/relay/"), { url: `https://social.example/${"x".repeat(120)}` });
	const story = (await readFile(join(process.env.PARVIS_SOURCE!, "tests/unit/features/wxr/journal.xml"), "utf8")).replace("Le jardin ouvre", long);
	const wordpress = await facilitator.sendFiles(await facilitator.form("/-/import", "/-/import"), {}, { file: new File([story], "export.xml") });
	await settled(facilitator, wordpress.location);
	const saves = await versions(member, full.id);
	const secret = await makeConfidential(facilitator, member);
	const body = (await administrator.get("/-/people")).body;
	const person = new RegExp(`href="(/-/people/[0-9a-z]{26})">${people.neighbour.name.replace(/[()]/g, "\\$&")}`).exec(body)![1]!;
	const invited = await facilitator.send(await facilitator.form("/-/space/tours/members", "/-/space/tours/invite"), { uses: "20", invited: "" });
	const invitation = /value="https?:\/\/[^"/]*(\/-\/join\?c=[\w-]+)"/.exec(invited.body)![1]!;
	await member.send(await member.form(`/-/report/${rich.id}`, "/-/report/"), { reason: "4", text: `${long}, ${"x".repeat(100)}` });
	const warn = { kind: "1", rule: "topic", reason: "Une raison d’avertir, en une phrase." };
	await facilitator.send(await facilitator.form(`/-/moderation/record/${full.id}`, "/-/moderation/record/"), warn);
	const appeal = /\/-\/appeal\?m=\d+/.exec((await member.get("/-/account")).body)![0];
	await facilitator.send(await facilitator.form(`/-/moderation/record/${two.id}`, "/-/moderation/record/"), warn);
	const answered = /\/-\/appeal\?m=\d+/.exec((await member.get("/-/account")).body)![0];
	await member.send(await member.form(answered, "/-/appeal"), { text: long });
	const waits = /\/-\/moderation\/appeal\/\d+/.exec((await administrator.get("/-/moderation")).body)![0];
	const account = /\/-\/moderation\/account\/[0-9a-z]{26}/.exec((await facilitator.get(`/-/history/${full.id}`)).body)![0];
	// Answers to a questionnaire: begun by a visitor, entered by a facilitator.
	const visiting = new Client(site);
	const asked = (await visiting.send(await visiting.form("/-/survey/diagnostic", "/-/survey/"))).location.split("?")[0]!;
	const entered = (await facilitator.send(await facilitator.form("/-/survey/diagnostic/enter", "/-/survey/"), { channel: "2", name: long })).location.split("?")[0]!;
	const sheetOf = await facilitator.form(`${entered}?page=equipement`, "/-/s/");
	await facilitator.send(sheetOf, { postes: "de_6_a_10", public: "1", heures: "12", "_go[]": "next" });
	await facilitator.send(await facilitator.form(`${entered}/review`, "/-/s/"));
	await facilitator.send(await facilitator.form("/-/survey/diagnostic/campaign", "/-/survey/diagnostic/campaign"), { lines: `${long}; une-adresse-vraiment-longue@association-des-chemins-creux.exemple.org; 02 47 00 00 00; Quartier\nUne autre` });
	const wave = (await facilitator.send(await facilitator.form("/-/survey/diagnostic/waves", "/-/survey/diagnostic/waves"), { day: "31/12/2099" })).location.split("?")[0]!;
	const target = /\/-\/target\/[0-9a-z]{26}/.exec((await facilitator.get("/-/survey/diagnostic/campaign")).body)![0];
	const restitution = /\/-\/restitution\/[0-9a-z]{26}/.exec((await facilitator.get("/-/restitutions")).body)![0];
	const response = /\/-\/response\/[0-9a-z]{26}/.exec((await facilitator.get("/-/survey/diagnostic/responses")).body)![0];
	// Sheets of paper: one being entered, one that two people typed otherwise.
	await facilitator.send(await facilitator.form("/-/survey/diagnostic/paper", "/-/survey/diagnostic/paper"), { "back-fr": long, twice: "100" });
	await facilitator.get("/-/survey/diagnostic/paper/pdf");
	const takeUp = async (who: Client, sheet: string) => (await who.send(await who.form("/-/survey/diagnostic/sheets", "/-/survey/diagnostic/sheets"), { sheet })).location;
	const sheetNew = await takeUp(facilitator, "1"), sheetTwo = await takeUp(facilitator, "2");
	for (const [who, public_, mot] of [[facilitator, "1", long], [administrator, "0", "Rien"]] as [Client, string, string][]) {
		await who.send(await who.form(`${sheetTwo}?page=1`, sheetTwo), { type: "nomade", "_go[]": "next" });
		for (let page = 2, at = ""; !/\/(check|compare|sheets)/.test(at) && page < 12; page++)
			at = (await who.send(await who.form(`${sheetTwo}?page=${page}`, sheetTwo), { public: public_, heures: "12", mot, "_go[]": "next" })).location;
		await who.send(await who.form(`${sheetTwo}/check`, `${sheetTwo}/check`));
	}
	await facilitator.send(await facilitator.form(`${sheetNew}?page=1`, sheetNew), { type: "nomade", "_go[]": "stop" });
	// Texts read for their themes: by two people who differ, one passage.
	const codebook = /\/-\/coding\/book\/[0-9a-z]{26}/.exec((await facilitator.get("/-/coding")).body)![0];
	const coded = (await facilitator.send(await facilitator.form("/-/coding/new?form=diagnostic", "/-/coding/new"), { "fields[]": ["exemple", "mot"], name: long })).location.split("?")[0]!;
	const theme = /\/-\/coding\/theme\/([0-9a-z]{26})/.exec((await facilitator.get(codebook)).body)!;
	const read = /\/text\?t=([^"]+)/.exec((await facilitator.get(coded)).body)![1]!;
	const reading = await facilitator.form(`${coded}/text?t=${read}`, `${coded}/text`);
	await facilitator.send(reading, { "act[]": "next", quote: "e", code: theme[1]!, cite: "1" });
	const administering = await new Client(site).signIn("administrator");
	await administering.send(await administering.form(`${coded}/text?t=${read}`, `${coded}/text`), { "act[]": "next" });
	// A questionnaire asked again afterwards, of the same two people.
	const asking = async (label: string, from: string) => {
		const at = (await facilitator.send(await facilitator.form(from, "/-/surveys/new"), { label, copy: "trois_questions", anonymity: "named", who: "accounts" })).location;
		const key = /\/-\/survey\/([a-z0-9_]+)\//.exec(at)![1]!;
		await facilitator.send(await facilitator.form(`/-/survey/${key}/manage`, `/-/survey/${key}/state`), { to: "open" });
		return key;
	};
	const before = await asking(`${long} avant`, "/-/surveys/new?copie=trois_questions"), after = await asking(`${long} après`, `/-/surveys/new?apres=${before}`);
	for (const [who, form, bien] of [[member, before, "non"], [member, after, "oui"], [facilitator, before, "plutot"], [facilitator, after, "oui"]] as [Client, string, string][]) {
		const at = (await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location.split("?")[0]!;
		await who.send(await who.form(`${at}?page=lieu`, at), { bien, "_go[]": "next" });
		await who.send(await who.form(`${at}/review`, `${at}/send`));
	}
	// A call that ends soon, answered below it and in private.
	const call = await add(member, "annonce", { titre: "Garder mes plantes en août", entree: "aide", recit: "Deux arrosages par semaine.", lieu_texte: "Près de la place", fin: new Date(Date.now() + 864e5).toISOString().slice(0, 10), etat: "ouverte" });
	const answering = await neighbour.form(`/-/answer/${call.id}`, "/-/answer/");
	const exchange = (await neighbour.send(answering, { text: "Je peux passer **le mardi**.", "how[]": "private" })).location.split("?")[0]!;
	await member.send(await member.form(exchange, exchange), { text: "Merci, voici la suite." });
	await facilitator.send(await facilitator.form(`/-/answer/${call.id}`, "/-/answer/"), { text: "Demandez au jardin.", "how[]": "public" });
	const found = await add(member, "annonce", { titre: "Déjà trouvé", entree: "servir", fin: "2099-01-01", etat: "trouve" });
	const debate = await add(member, "debat", { question: "Faut-il fermer la rue aux voitures à la sortie de l’école ?", texte: "Des enfants, des voitures.", fin: "2099-01-01" });
	for (const [who, stance] of [[neighbour, "0"], [neighbour, "2"], [facilitator, "1"]] as const) await who.send(await who.form(`/-/position/${debate.id}`, "/-/position/"), { stance, reason: long });
	const council = await add(facilitator, "reunion", { titre: long, jour: "2027-03-02T18:30", lieu_texte: long, texte: `- ${long}\n- Deux.\n\n| Quoi | Qui | Pour quand |\n|---|---|---|\n| ${long} | ${long} | demain |` });
	for (const sujet of [long, "Un autre point"]) await add(neighbour, "point", { sujet, reunions: council.id, duree: "20", qui: long });
	await facilitator.send(await facilitator.form(`/-/debate-group/${debate.id}`, "/-/debate-group/"), { "name-0": "Léa", "stance-0": "3", "reason-0": "Et le bus ?" });
	const closed = await add(member, "debat", { question: "Un débat clos", fin: "2020-01-01" });
	const meeting = await add(member, "sondage_date", { titre: "Quand nous voir ?", "dates.day[]": ["2099-12-01", "2099-12-05"], "dates.from[]": ["18:30", ""], "dates.to[]": ["20:00", ""], "dates.places[]": ["8", ""], "dates.closes": "2099-11-30" });
	await member.send(await member.form(`/-/dates/${meeting.id}`, "/-/dates/"), { "slot-2099-12-01T18-30-20-00": "2", "slot-2099-12-05": "1" });
	// Something to sign up to, of which the only place is taken and somebody waits; something that comes back.
	const outing = await add(neighbour, "evenement", {
		titre: long, "quand.from.day": "12", "quand.from.month": "5", "quand.from.year": "2099", "inscription.on": "1", "inscription.places": "1", "inscription.waiting": "1", "inscription.companions": "3", "inscription.children": "1", "inscription.guests": "1",
		"inscription.question[]": ["Qu’apportez-vous, en quelques mots, pour la grande table ?", "Autre chose ?"], "inscription.needed[]": ["1", ""],
	});
	await member.send(await member.form(`/-/attend/${outing.id}`, "/-/attend/"), { "answer-0": "Une soupe", named: "1" });
	await facilitator.send(await facilitator.form(`/-/attend/${outing.id}`, "/-/attend/"), { adults: "2", children: "1", "answer-0": "anticonstitutionnellement".repeat(6) });
	const digs = await add(neighbour, "evenement", { titre: "Le chantier de tous les samedis", "quand.from.day": "3", "quand.from.month": "1", "quand.from.year": "2026", "quand.repeat": "words", "quand.words": "tous les samedis", "inscription.on": "1", "inscription.places": "9", "inscription.guests": "1" });
	const talked = await add(member, "page", { titre: "Une page dont on parle", texte: "Faut-il un banc ?" });
	const say = async (client: Client, id: string, text: string) => /#c-([0-9a-z]{26})/.exec((await client.send(await client.form(`/-/comment/${id}`, "/-/comment/"), { text })).location)![1]!;
	const said = await say(neighbour, talked.id, "Oui, **à l’ombre** du tilleul.\n\n- un\n- deux\n\n> Une citation");
	const answered1 = await say(facilitator, said, long), answered2 = await say(member, answered1, "Anticonstitutionnellement".repeat(8));
	await say(neighbour, await say(facilitator, answered2, "Encore une réponse, plus bas."), "Et une autre.");
	const terms = "/-/admin/terms", charter = `${terms}/charte-de-publication`;
	await administrator.send(await administrator.form(`${terms}/new`, `${terms}/new`), { title: "Charte de publication", text: "Nous publions **sous licence libre**.\n\n- un\n- deux", accounts: null, guests: "1", needed: "0" });
	await administrator.send(await administrator.form(charter, charter), { text: `Nous publions **sous licence ouverte**, ${long}.\n\n- un`, again: "1" });
	const visitor = new Client(site);
	await visitor.send(await visitor.form("/-/sign-in/letter", "/-/sign-in/letter"), { email: people.member.email });
	const passing = new Client(site), form = await passing.form("/-/new/page", "/-/new/");
	await new Promise((done) => setTimeout(done, 2100)); // faster is taken for a robot
	await passing.send(form, { titre: "Proposée de passage", texte: "Une idée pour la place, qu’on pourrait planter ensemble au printemps.", "guest-name": "Denise" });
	const waiting = /\/-\/refuse\/[0-9a-z]{26}/.exec((await facilitator.get("/-/proposals")).body)![0];
	const made = await administrator.send(await administrator.form("/-/spaces/new", "/-/spaces/new"), {
		name: long.slice(0, 95), description: `${long}. ${long}.`.slice(0, 300), charter: "Nous nous **écoutons**.\n\n- un\n- deux", own_colour: "1", colour: "#7a1f5c",
	});
	const asleep = made.location.split("?")[0]!, place = asleep.slice("/e/".length);
	await administrator.send(await administrator.form(`/-/care/space/${place}`, `/-/care/space/${place}`), { do: "sleep", story: "Trois années de **réunions**.\n\nLa suite est à qui voudra." });
	await facilitator.send(await facilitator.form("/-/space/coordination/archive", "/-/space/coordination/archive"), { scope: "own" });
	const private_ = await add(facilitator, "structure", { nom: long, genre: "association", presentation: `${long}.\n\nUn secret.\n\n- un\n- deux`, contact: "Une personne" }, "coordination");
	await edit(member, private_.id, { horaires: "Le mardi" });
	const choice = `/-/shareable/prepare/${private_.id}`;
	const shared = (await facilitator.send(await facilitator.form(choice, choice), { space: "tours", names: `Madame Denise\n${long.slice(0, 90)}` })).location.split("?")[0]!;
	await facilitator.send(await facilitator.form(shared, `${shared}/ask`));
	const finished = (await administrator.send(await administrator.form("/-/spaces/new", "/-/spaces/new"), { name: "Un groupe qui a fini" })).location.split("?")[0]!;
	const closing = `/-/space/${finished.slice("/e/".length)}`;
	await administrator.send(await administrator.form(`${closing}/archive`, `${closing}/close`), { story: "Trois étés de **chantiers**." });
	await facilitator.send(await facilitator.form("/-/space/coordination/home/add/intro", "/-/space/coordination/home/add/"), { title: "Entre nous", text: "Ce que l’équipe prépare." });
	const applicant = await new Client(site).signIn("contributor");
	await applicant.send(await applicant.form("/-/space/tours/join", "/-/space/tours/join"), { word: long });
	// Much at once to erase: asked for by an administrator's first, answered by another.
	const heavy = await add(neighbour, "page", { titre: "Souvent corrigée", texte: "0" });
	for (let i = 1; i <= 51; i++) await edit(neighbour, heavy.id, { texte: `Correction ${i}` });
	await neighbour.send(await neighbour.form("/-/account/erase", "/-/account/erase"), { mode: "all", sure: "1", again: people.neighbour.password });
	const page = (name: string, route: string, path: string, who: Kind["who"] = "visitor"): Kind => ({ name, route, path, who });
	const series = await add(member, "serie", { titre: "Une série" });
	for (const [titre, rang] of [["Premier récit", "1"], [long, "2"]] as const) await add(member, "recit", { titre, rang, serie: series.id, texte: "Un récit." });
	const film = await member.sendFiles(await member.form("/-/new/recit", "/-/new/"), { titre: "Un récit à écouter", serie: series.id, rang: "3", "son.new.legend": long, "son.new.transcript": "On y dit **bonjour**." }, { "son.new": new File([Buffer.from("ID3" + "x".repeat(1000))], `${long}.mp3`) });
	const scheduled = await add(member, "page", { titre: "Pour plus tard", texte: "Un début", _state: "draft" });
	await member.send(await member.form(`/-/schedule/${scheduled.id}`, "/-/schedule/"), { at: "2028-01-01T10:00" });
	return [
		page("home", "/", "/"),
		page("story", "/:slug", film.location.split("?")[0]!),
		page("story-new", "/-/new/:form", "/-/new/recit", "member"),
		page("series", "/:slug", series.url),
		page("schedule", "/-/schedule/:id", `/-/schedule/${scheduled.id}`, "member"),
		page("scheduled", "/:slug", scheduled.url, "member"),

		page("home-member", "/", "/?fait=bienvenue", "member"),
		page("directory", "/:slug", "/annuaire"),
		page("directory-list", "/:slug", "/annuaire?vue=list&genre=association"),
		page("directory-table", "/:slug", "/annuaire?vue=table"),
		page("directory-empty", "/:slug", "/annuaire?q=zzzz"),
		page("spaces", "/:slug", "/espaces-numeriques"),
		page("neighbourhoods", "/:slug", "/quartiers"),
		page("directory-grouped", "/:slug", "/annuaire?grouper=domaine"),
		page("directory-grouped-table", "/:slug", "/annuaire?vue=table&grouper=quartier"),
		page("spaces-map", "/:slug", "/espaces-numeriques?vue=map"),
		page("directory-charts", "/:slug", "/annuaire?vue=chart"),
		page("actions-charts", "/:slug", "/actions?vue=chart"),
		page("actions-gallery", "/:slug", "/actions?vue=gallery&grouper=domaine"),
		page("actions-timeline", "/:slug", "/actions?vue=timeline"),
		page("agenda", "/:slug", "/agenda"),
		page("agenda-week", "/:slug", "/agenda?par=semaine"),
		page("agenda-list", "/:slug", "/agenda?par=liste"),
		page("subscribe", "/-/subscribe/view/:view", "/-/subscribe/view/agenda?domaine=culture"),
		page("subscribe-space", "/-/subscribe/space/:space", "/-/subscribe/space/tours", "member"),
		page("calendar-import", "/-/calendar/import", "/-/calendar/import?form=evenement", "facilitator"),
		page("calendars", "/-/calendars", "/-/calendars", "facilitator"),
		page("own-calendar", "/-/account/calendar", "/-/account/calendar", "member"),
		page("event-new", "/-/new/:form", "/-/new/evenement", "member"),
		page("glossary", "/:slug", "/glossaire"),
		page("coverage", "/:slug", "/couverture-numerique"),
		page("help", "/:slug", "/aide-ecrire"),
		page("record", "/:slug", "/resoudre"),
		page("record-full", "/:slug", full.url, "member"),
		page("record-hours", "/:slug", opened.url),
		page("record-hours-list", "/:slug", "/espaces-ouverts?ouverture=6&vue=list"),
		page("edit-hours", "/-/edit/:id", `/-/edit/${opened.id}`, "member"),
		page("record-colour", "/:slug", group.url),
		page("edit-colour", "/-/edit/:id", `/-/edit/${group.id}`, "member"),
		page("record-neighbourhood", "/:slug", "/la-rabiere"),
		page("record-two-versions", "/:slug", two.url, "member"),
		page("record-trash", "/:slug", gone.url, "facilitator"),
		page("page-rich", "/:slug", rich.url),
		page("comments", "/:slug", talked.url),
		page("comments-member", "/:slug", talked.url, "member"),
		page("comments-facilitator", "/:slug", talked.url, "facilitator"),
		page("call", "/:slug", call.url),
		page("call-own", "/:slug", call.url, "member"),
		page("call-found", "/:slug", found.url),
		page("call-answer", "/-/answer/:id", `/-/answer/${call.id}`),
		page("call-answer-member", "/-/answer/:id", `/-/answer/${call.id}`, "neighbour"),
		page("call-answer-over", "/-/answer/:id", `/-/answer/${found.id}`),
		page("call-thanks", "/-/call-thanks/:id", `/-/call-thanks/${call.id}`, "member"),
		page("exchanges", "/-/exchanges", "/-/exchanges", "member"),
		page("exchanges-none", "/-/exchanges", "/-/exchanges", "administrator"),
		page("exchange", "/-/exchange/:id", exchange, "member"),
		page("exchange-report", "/-/exchange-report/:id", exchange.replace("/exchange/", "/exchange-report/"), "member"),
		page("exchange-stop-spent", "/-/exchange-stop", "/-/exchange-stop?c=rien"),
		page("still-spent", "/-/still", "/-/still?c=rien"),
		page("choices", "/-/choices/:view", "/-/choices/crieur?entree=aide"),
		page("sheet-strips", "/-/share/sheet", `/-/share/sheet?path=${call.url}`),
		page("debate", "/:slug", debate.url),
		page("debate-facilitator", "/:slug", debate.url, "facilitator"),
		page("debate-closed", "/:slug", closed.url),
		page("debates", "/:slug", "/debats"),
		page("debate-new", "/-/new/:form", "/-/new/debat", "member"),
		page("position", "/-/position/:id", `/-/position/${debate.id}`),
		page("position-mine", "/-/position/:id", `/-/position/${debate.id}`, "neighbour"),
		page("meeting", "/:slug", council.url, "facilitator"),
		page("meeting-visitor", "/:slug", council.url),
		page("minutes", "/-/minutes/:id", `/-/minutes/${council.id}`, "facilitator"),
		page("meeting-attendance", "/-/meeting-attendance/:id", `/-/meeting-attendance/${council.id}`, "facilitator"),
		page("meeting-next", "/-/meeting-next/:id", `/-/meeting-next/${council.id}`, "facilitator"),
		page("debate-group", "/-/debate-group/:id", `/-/debate-group/${debate.id}`, "facilitator"),
		page("dates-to-choose", "/:slug", meeting.url),
		page("signup-section", "/:slug", outing.url, "member"),
		page("signup-repeated", "/:slug", digs.url),
		page("attend", "/-/attend/:id", `/-/attend/${outing.id}`),
		page("attend-mine", "/-/attend/:id", `/-/attend/${outing.id}`, "member"),
		page("attend-repeated", "/-/attend/:id", `/-/attend/${digs.id}`),
		page("attendance", "/-/attendance/:id", `/-/attendance/${outing.id}`, "neighbour"),
		page("attendance-repeated", "/-/attendance/:id", `/-/attendance/${digs.id}`, "neighbour"),
		page("attend-leave-spent", "/-/attend-leave", "/-/attend-leave?c=rien"),
		page("near", "/-/near/:view", "/-/near/agenda"),
		page("near-chosen", "/-/near/:view", "/-/near/agenda?la=47.385,0.697&rayon=0"),
		page("dates", "/-/dates/:id", `/-/dates/${meeting.id}`, "member"),
		page("dates-visitor", "/-/dates/:id", `/-/dates/${meeting.id}`),
		page("dates-new", "/-/new/:form", "/-/new/sondage_date", "member"),
		page("surveys", "/-/surveys", "/-/surveys"),
		page("surveys-facilitator", "/-/surveys", "/-/surveys", "facilitator"),
		page("survey", "/-/survey/:form", "/-/survey/trois_questions"),
		page("survey-member", "/-/survey/:form", "/-/survey/diagnostic", "member"),
		page("survey-thanks", "/-/survey/:form/thanks", "/-/survey/trois_questions/thanks"),
		page("survey-receipt", "/-/survey/:form/thanks", "/-/survey/diagnostic/thanks?recu=7kq2-xm0d"),
		page("resume", "/-/resume", "/-/resume"),
		page("survey-page", "/-/s/:code", `${asked}?page=structure`),
		page("survey-page-later", "/-/s/:code", `${asked}?page=freins`),
		page("survey-review", "/-/s/:code/review", `${asked}/review`),
		page("survey-pause", "/-/s/:code/pause", `${asked}/pause`),
		page("kiosk", "/-/kiosk/:form", "/-/kiosk/trois_questions"),
		page("kiosk-thanks", "/-/kiosk/:form/thanks", "/-/kiosk/trois_questions/thanks"),
		page("offline", "/-/offline/:form", "/-/offline/trois_questions"),
		page("offline-facilitator", "/-/offline/:form", "/-/offline/diagnostic", "facilitator"),
		page("offline-questions", "/-/offline/:form/:version", "/-/offline/trois_questions/1"),
		page("survey-manage", "/-/survey/:form/manage", "/-/survey/diagnostic/manage", "facilitator"),
		page("survey-enter", "/-/survey/:form/enter", "/-/survey/diagnostic/enter", "facilitator"),
		page("survey-responses", "/-/survey/:form/responses", "/-/survey/diagnostic/responses", "facilitator"),
		page("survey-responses-anonymous", "/-/survey/:form/responses", "/-/survey/trois_questions/responses", "facilitator"),
		page("survey-codebook", "/-/survey/:form/codebook", "/-/survey/diagnostic/codebook", "facilitator"),
		page("survey-lss", "/-/survey/:form/lss", "/-/survey/diagnostic/lss", "facilitator"),
		page("survey-import", "/-/survey/:form/import", "/-/survey/diagnostic/import", "facilitator"),
		page("survey-import-read", "/-/survey/:form/import/:file", answersFile.location, "facilitator"),
		page("survey-campaign", "/-/survey/:form/campaign", "/-/survey/diagnostic/campaign", "facilitator"),
		page("survey-campaign-file", "/-/survey/:form/campaign/file", "/-/survey/diagnostic/campaign/file", "facilitator"),
		page("survey-waves", "/-/survey/:form/waves", "/-/survey/diagnostic/waves", "facilitator"),
		page("survey-wave", "/-/wave/:id", wave, "facilitator"),
		page("survey-calls", "/-/survey/:form/calls", "/-/survey/diagnostic/calls", "facilitator"),
		page("my-calls", "/-/calls", "/-/calls", "facilitator"),
		page("survey-rates", "/-/survey/:form/rates", "/-/survey/diagnostic/rates", "facilitator"),
		page("survey-library", "/-/survey/:form/library", "/-/survey/diagnostic/library", "facilitator"),
		page("survey-letters", "/-/survey/:form/letters", "/-/survey/diagnostic/letters", "facilitator"),
		page("paper", "/-/survey/:form/paper", "/-/survey/diagnostic/paper", "facilitator"),
		page("paper-sheets", "/-/survey/:form/sheets", "/-/survey/diagnostic/sheets", "facilitator"),
		page("paper-sheet", "/-/sheet/:code", `${sheetNew}?page=1`, "facilitator"),
		page("paper-sheet-later", "/-/sheet/:code", `${sheetNew}?page=3`, "facilitator"),
		page("paper-check", "/-/sheet/:code/check", `${sheetNew}/check`, "facilitator"),
		page("paper-compare", "/-/sheet/:code/compare", `${sheetTwo}/compare`, "facilitator"),
		page("survey-target", "/-/target/:id", target, "facilitator"),
		page("response", "/-/response/:id", response, "facilitator"),
		page("response-edit", "/-/response/:id/edit", `${response}/edit`, "facilitator"),
		page("survey-new", "/-/surveys/new", "/-/surveys/new", "facilitator"),
		page("survey-settings", "/-/survey/:form/settings", "/-/survey/diagnostic/settings", "facilitator"),
		page("survey-pages", "/-/survey/:form/pages", "/-/survey/diagnostic/pages", "facilitator"),
		page("survey-languages", "/-/survey/:form/languages", "/-/survey/diagnostic/languages", "facilitator"),
		page("coding", "/-/coding", "/-/coding", "facilitator"),
		page("coding-new", "/-/coding/new", "/-/coding/new", "facilitator"),
		page("coding-new-fields", "/-/coding/new", "/-/coding/new?form=diagnostic", "facilitator"),
		page("coding-book", "/-/coding/book/:id", codebook, "facilitator"),
		page("coding-theme", "/-/coding/theme/:id", theme[0], "facilitator"),
		page("coding-list", "/-/coding/list/:id", coded, "facilitator"),
		page("coding-text", "/-/coding/list/:id/text", `${coded}/text?t=${read}`, "facilitator"),
		page("coding-differences", "/-/coding/list/:id/differences", `${coded}/differences`, "facilitator"),
		page("coding-themes", "/-/coding/list/:id/themes", `${coded}/themes`, "facilitator"),
		page("coding-crossed", "/-/coding/list/:id/themes", `${coded}/themes?selon=postes`, "facilitator"),
		page("coding-quotations", "/-/coding/list/:id/quotations", `${coded}/quotations`, "facilitator"),
		page("news", "/-/news", "/-/news", "member"),
		page("news-none", "/-/news", "/-/news", "administrator"),
		page("follows", "/-/follows", "/-/follows", "neighbour"),
		page("talks", "/-/talks", "/-/talks"),
		page("talks-mine", "/-/talks", "/-/talks?voir=miennes", "neighbour"),
		page("talks-none", "/-/talks", "/-/talks?voir=resolues"),
		page("talks-space", "/-/talks/:space", "/-/talks/coordination", "facilitator"),
		page("split", "/-/split/:id", `/-/split/${said}`, "facilitator"),
		page("comment-quote", "/-/comment/:id", `/-/comment/${said}?citer=1`, "member"),
		page("topic-new", "/-/new/:form", "/-/new/sujet", "member"),
		page("comment-new", "/-/comment/:id", `/-/comment/${talked.id}`),
		page("comment-answer", "/-/comment/:id", `/-/comment/${said}`, "member"),
		page("comment-edit", "/-/edit/:id", `/-/edit/${said}`, "neighbour"),
		page("comment-history", "/-/history/:id", `/-/history/${said}`),
		page("new-structure", "/-/new/:form", "/-/new/structure", "member"),
		page("new-page", "/-/new/:form", "/-/new/page", "member"),
		page("new-page-template", "/-/new/:form", "/-/new/page?modele=compte_rendu", "facilitator"),
		page("templates", "/-/templates", "/-/templates", "facilitator"),
		page("template-new", "/-/templates/new/:form", "/-/templates/new/page", "facilitator"),
		page("template", "/-/templates/edit/:template", "/-/templates/edit/fiche_outil", "facilitator"),
		page("site", "/-/site", "/-/site", "facilitator"),
		page("site-menu", "/-/site/menu", "/-/site/menu", "facilitator"),
		page("site-identity", "/-/site/identity", "/-/site/identity", "facilitator"),
		page("site-home", "/-/site/home", "/-/site/home", "facilitator"),
		page("site-home-preview", "/-/site/home/preview", "/-/site/home/preview", "facilitator"),
		page("site-home-add", "/-/site/home/add", "/-/site/home/add", "facilitator"),
		page("site-block-new", "/-/site/home/add/:kind", "/-/site/home/add/plan", "facilitator"),
		page("site-block", "/-/site/home/block/:place", "/-/site/home/block/3", "facilitator"),
		page("site-block-figures", "/-/site/home/block/:place", "/-/site/home/block/5", "facilitator"),
		page("site-history", "/-/site/history/:what", "/-/site/history/identity", "facilitator"),
		page("views", "/-/views", "/-/views", "facilitator"),
		page("view-new", "/-/views/new", "/-/views/new", "facilitator"),
		page("view-blank", "/-/views/new", "/-/views/new?form=espace", "facilitator"),
		page("view-edit", "/-/views/edit/:view", "/-/views/edit/annuaire", "facilitator"),
		page("view-edit-time", "/-/views/edit/:view", "/-/views/edit/actions", "facilitator"),
		page("view-remove", "/-/views/remove/:view", "/-/views/remove/annuaire", "facilitator"),
		page("view-history", "/-/views/history/:view", "/-/views/history/annuaire", "facilitator"),
		page("forms", "/-/forms", "/-/forms", "facilitator"),
		page("form", "/-/form/:form", "/-/form/espace", "facilitator"),
		page("form-new", "/-/forms/new", "/-/forms/new", "facilitator"),
		page("form-settings", "/-/form/:form/settings", "/-/form/espace/settings", "facilitator"),
		page("form-uses", "/-/form/:form/uses", "/-/form/annonce/uses", "facilitator"),
		page("form-privacy", "/-/form/:form/privacy", "/-/form/espace/privacy", "facilitator"),
		page("limesurvey", "/-/limesurvey", "/-/limesurvey", "facilitator"),
		page("limesurvey-read", "/-/limesurvey/:file", limesurvey.location, "facilitator"),
		page("spreadsheet", "/-/spreadsheet", "/-/spreadsheet", "facilitator"),
		page("spreadsheet-read", "/-/spreadsheet/:file", sheet.location, "facilitator"),
		page("relay", "/-/relay/:id", `/-/relay/${full.id}`, "member"),
		page("recognition", "/-/recognition", "/-/recognition", "facilitator"),
		page("restitutions", "/-/restitutions", "/-/restitutions"),
		page("restitution", "/-/restitution/:id", restitution, "facilitator"),
		page("restitution-door", "/-/restitution/:id", restitution),
		page("restitution-figures", "/-/restitution/:id/figures", `${restitution}/figures`, "facilitator"),
		page("restitution-insert", "/-/restitution/:id/insert", `${restitution}/insert`, "facilitator"),
		page("restitution-screen", "/-/restitution/:id/screen", `${restitution}/screen?n=3`, "facilitator"),
		page("restitution-synthesis", "/-/restitution/:id/synthesis", `${restitution}/synthesis`, "facilitator"),
		page("own-answers", "/-/survey/:form/mine", "/-/survey/diagnostic/mine", "member"),
		page("results-elsewhere", "/-/results/:form/elsewhere", "/-/results/diagnostic/elsewhere?par=_year", "facilitator"),
		page("results", "/-/results", "/-/results", "facilitator"),
		page("results-form", "/-/results/:form", "/-/results/structure?si=commune%3Atours", "facilitator"),
		page("results-cross", "/-/results/:form/cross", "/-/results/structure/cross?lignes=genre&colonnes=cible_2013&selon=commune", "facilitator"),
		page("results-number", "/-/results/:form/cross", "/-/results/espace/cross?lignes=gestion&colonnes=postes&pour=total", "facilitator"),
		page("results-compare", "/-/results/:form/compare", "/-/results/diagnostic/compare?par=type", "facilitator"),
		page("results-pair", "/-/results/:form/pair", `/-/results/${after}/pair`, "facilitator"),
		page("results-map", "/-/results/:form/map/:field", "/-/results/structure/map/siege", "facilitator"),
		page("results-texts", "/-/results/:form/texts/:field", "/-/results/structure/texts/activite", "facilitator"),
		page("results-rule", "/-/form/:form/results", "/-/form/structure/results", "facilitator"),
		page("relays", "/-/relays", "/-/relays", "member"),
		page("import", "/-/import", "/-/import", "facilitator"),
		page("import-look", "/-/imports/:run", wordpress.location, "facilitator"),
		page("form-history", "/-/form/:form/history", "/-/form/espace/history", "facilitator"),
		page("list-new", "/-/lists/new", "/-/lists/new", "facilitator"),
		page("list", "/-/list/:list", "/-/list/domaines", "facilitator"),
		page("form-map", "/-/form/:form/map", "/-/form/espace/map", "facilitator"),
		page("form-preview", "/-/form/:form/preview", "/-/form/espace/preview", "facilitator"),
		page("question-kinds", "/-/form/:form/add", "/-/form/espace/add", "facilitator"),
		page("question-new", "/-/form/:form/add/:type", "/-/form/espace/add/tree", "facilitator"),
		page("question-choice", "/-/form/:form/question/:field", "/-/form/espace/question/statut", "facilitator"),
		page("question-condition", "/-/form/:form/question/:field", "/-/form/espace/question/horaires", "facilitator"),
		page("question-retire", "/-/form/:form/retire/:field", "/-/form/espace/retire/postes", "facilitator"),
		page("question-retire-not", "/-/form/:form/retire/:field", "/-/form/espace/retire/statut", "facilitator"),
		page("edit", "/-/edit/:id", `/-/edit/${full.id}`, "facilitator"),
		page("erase-page", "/-/erase/:id", `/-/erase/${full.id}`, "facilitator"),
		page("erase-version", "/-/erase/:id/:save", `/-/erase/${full.id}/${saves[0]}`, "facilitator"),
		page("trash-list", "/-/trash", "/-/trash", "facilitator"),
		page("history", "/-/history/:id", `/-/history/${full.id}`, "member"),
		page("version", "/-/history/:id/:save", `/-/history/${full.id}/${saves[1]}`, "member"),
		page("compare", "/-/compare/:id", `/-/compare/${full.id}?avant=${saves[1]}&apres=${saves[0]}`),
		page("versions", "/-/versions/:id", `/-/versions/${two.id}`, "member"),
		page("trash", "/-/trash/:id", `/-/trash/${full.id}`, "member"),
		page("record-draft", "/:slug", draft.url, "member"),
		page("record-archived", "/:slug", archived.url, "facilitator"),
		page("drafts", "/-/drafts", "/-/drafts", "member"),
		page("drafts-none", "/-/drafts", "/-/drafts", "neighbour"),
		page("delete", "/-/delete/:id", `/-/delete/${draft.id}`, "member"),
		page("bulk", "/-/bulk/:view", "/-/bulk/annuaire", "facilitator"),
		page("move", "/-/move/:id", `/-/move/${full.id}`, "member"),
		page("search", "/-/search", "/-/search?q=EPN%20rabiere"),
		page("search-corrected", "/-/search", "/-/search?q=rabatrie"),
		page("search-none", "/-/search", "/-/search?q=xylophone"),
		page("saved-none", "/-/saved", "/-/saved", "neighbour"),
		page("saved", "/-/saved", "/-/saved", "facilitator"),
		page("saved-new", "/-/saved/new/:view", "/-/saved/new/annuaire?commune=tours", "facilitator"),
		page("share-view", "/-/share", "/-/share?path=%2Fannuaire%3Fcommune%3Dtours%26vue%3Dlist"),
		page("share-record", "/-/share", `/-/share?path=${encodeURIComponent(full.url)}`, "member"),
		page("frame-record", "/-/frame/record/:id", `/-/frame/record/${full.id}`),
		page("share-card", "/-/share/card", `/-/share/card?path=${encodeURIComponent(full.url)}`),
		page("frame", "/-/frame/:view", "/-/frame/espaces?taille=5"),
		page("frame-map", "/-/frame/:view", "/-/frame/espaces?vue=map"),
		page("screen", "/-/screen/:view", "/-/screen/annuaire"),
		page("screen-stopped", "/-/screen/:view", "/-/screen/annuaire?fiche=pause-2"),
		page("screen-empty", "/-/screen/:view", "/-/screen/crieur?q=zzzz"),
		page("crier", "/:slug", "/crieur"),
		page("recent", "/-/recent", "/-/recent"),
		page("feeds", "/-/feeds", "/-/feeds"),
		page("printed", "/-/printed", "/-/printed", "member"),
		page("printed-note", "/-/printed/note", "/-/printed/note?path=/agenda&sorte=programme", "member"),
		page("contribute", "/-/contribute", "/-/contribute"),
		page("contribute-member", "/-/contribute", "/-/contribute", "member"),
		page("rights", "/-/rights", "/-/rights"),
		page("shortcuts", "/-/shortcuts", "/-/shortcuts"),
		page("sign-in", "/-/sign-in", "/-/sign-in?next=/annuaire"),
		page("new-guest", "/-/new/:form", "/-/new/page"),
		page("proposals", "/-/proposals", "/-/proposals", "facilitator"),
		page("refuse", "/-/refuse/:id", waiting, "facilitator"),
		page("sign-in-letter", "/-/sign-in/letter", "/-/sign-in/letter?next=/annuaire"),
		page("link-spent", "/-/in", "/-/in?c=rien"),
		page("sign-up", "/-/sign-up", "/-/sign-up"),
		page("waiting", "/-/waiting", "/-/waiting"),
		page("welcome", "/-/welcome", "/-/welcome", "member"),
		page("invitation", "/-/join", invitation),
		page("invitation-member", "/-/join", invitation, "member"),
		page("invitation-spent", "/-/join", "/-/join?c=rien"),
		page("card", "/-/card", "/-/card?c=abcd-efgh-jkmn-pqrs"),
		page("letters", "/-/letters", "/-/letters", "administrator"),
		page("letter", "/-/letters/:num", "/-/letters/1", "administrator"),
		page("second-step", "/-/account/second-step", "/-/account/second-step", "administrator"),
		page("account-data", "/-/account/data", "/-/account/data", "member"),
		page("my-data-spent", "/-/my-data", "/-/my-data?c=rien"),
		page("account-erase", "/-/account/erase", "/-/account/erase", "member"),
		page("account-erase-asked", "/-/account/erase", "/-/account/erase", "neighbour"),
		page("person-erase", "/-/people/:id/erase", `${person}/erase`, "administrator"),
		page("erasures", "/-/erasures", "/-/erasures", "administrator"),
		page("erasure", "/-/erasures/:id", person.replace("people", "erasures"), "administrator"),
		page("account", "/-/account", "/-/account", "facilitator"),
		page("report", "/-/report/:id", `/-/report/${rich.id}`),
		page("moderation", "/-/moderation", "/-/moderation", "administrator"),
		page("moderation-log-visitor", "/-/moderation/log", "/-/moderation/log"),
		page("spam", "/-/moderation/spam", "/-/moderation/spam", "facilitator"),
		page("moderation-log", "/-/moderation/log", "/-/moderation/log", "facilitator"),
		page("moderation-record", "/-/moderation/record/:id", `/-/moderation/record/${rich.id}`, "administrator"),
		page("moderation-account", "/-/moderation/account/:id", `${account}?since=day`, "facilitator"),
		page("appeal", "/-/appeal", appeal, "member"),
		page("appeal-sent", "/-/appeal", answered, "member"),
		page("moderation-answer", "/-/moderation/appeal/:num", waits, "administrator"),
		page("account-decisions", "/-/account", "/-/account", "member"),
		page("admin", "/-/admin", "/-/admin", "administrator"),
		page("admin-facilitator", "/-/admin", "/-/admin", "facilitator"),
		page("settings", "/-/admin/settings", "/-/admin/settings", "administrator"),
		page("jobs", "/-/admin/jobs", "/-/admin/jobs", "administrator"),
		page("stop-spent", "/-/stop", "/-/stop?c=rien"),
		page("legal", "/-/legal", "/-/legal", "visitor"),
		page("legal-edit", "/-/admin/legal", "/-/admin/legal", "administrator"),
		page("register", "/-/admin/register", "/-/admin/register", "administrator"),
		page("disk", "/-/admin/disk", "/-/admin/disk", "administrator"),
		page("backups", "/-/admin/backups", "/-/admin/backups", "administrator"),
		page("check", "/-/admin/check", "/-/admin/check", "administrator"),
		page("audit", "/-/admin/audit", "/-/admin/audit", "administrator"),
		page("audit-looked-for", "/-/admin/audit", "/-/admin/audit?who=Personne&from=2026-01-01", "administrator"),
		page("parent-spent", "/-/parent", "/-/parent?c=rien"),
		page("minors", "/-/minors", "/-/minors", "facilitator"),
		page("waiting-parent", "/-/waiting", "/-/waiting?pour=parent"),
		page("terms", "/-/terms/:key", "/-/terms/charte-de-publication"),
		page("terms-earlier", "/-/terms/:key/:version", "/-/terms/charte-de-publication/1"),
		page("terms-none", "/-/terms", "/-/terms", "member"),
		page("terms-list", "/-/admin/terms", terms, "administrator"),
		page("terms-new", "/-/admin/terms/new", `${terms}/new`, "administrator"),
		page("terms-edit", "/-/admin/terms/:key", charter, "administrator"),
		page("confirm", "/-/confirm", "/-/confirm?next=/-/admin/backups", "administrator"),
		page("people", "/-/people", "/-/people", "administrator"),
		page("people-new", "/-/people/new", "/-/people/new", "administrator"),
		page("person", "/-/people/:id", person, "administrator"),
		page("members", "/-/space/:slug/members", "/-/space/tours/members", "facilitator"),
		page("spaces-list", "/-/spaces", "/-/spaces"),
		page("spaces-list-administrator", "/-/spaces", "/-/spaces", "administrator"),
		page("space-new", "/-/spaces/new", "/-/spaces/new", "administrator"),
		page("space", "/e/:space", "/e/tours"),
		page("space-form", "/e/:space", "/e/tours?form=structure", "member"),
		page("space-facilitator", "/e/:space", "/e/coordination", "facilitator"),
		page("space-asleep", "/e/:space", asleep, "contributor"),
		page("space-settings", "/-/space/:slug/settings", "/-/space/coordination/settings", "facilitator"),
		page("space-join", "/-/space/:slug/join", `/-/space/${place}/join`, "contributor"),
		page("space-join-visitor", "/-/space/:slug/join", "/-/space/tours/join"),
		page("space-leave", "/-/space/:slug/leave", "/-/space/coordination/leave", "member"),
		page("space-leave-alone", "/-/space/:slug/leave", "/-/space/coordination/leave", "facilitator"),
		page("space-hand-over", "/-/space/:slug/hand-over", "/-/space/coordination/hand-over", "facilitator"),
		page("shareable-prepare", "/-/shareable/prepare/:id", choice, "facilitator"),
		page("shareable", "/-/shareable/:id", shared, "facilitator"),
		page("shareable-answer", "/-/shareable/:id", shared, "member"),
		page("space-archive", "/-/space/:slug/archive", "/-/space/coordination/archive", "facilitator"),
		page("space-archived", "/e/:space", finished, "administrator"),
		page("space-sleep", "/-/care/:kind/:id", "/-/care/space/coordination", "facilitator"),
		page("space-menu", "/-/space/:slug/menu", "/-/space/tours/menu", "facilitator"),
		page("space-home", "/-/space/:slug/home", "/-/space/coordination/home", "facilitator"),
		page("space-home-preview", "/-/space/:slug/home/preview", "/-/space/coordination/home/preview", "facilitator"),
		page("space-home-add", "/-/space/:slug/home/add", "/-/space/coordination/home/add", "facilitator"),
		page("space-block-new", "/-/space/:slug/home/add/:kind", "/-/space/coordination/home/add/view", "facilitator"),
		page("space-block", "/-/space/:slug/home/block/:place", "/-/space/coordination/home/block/0", "facilitator"),
		page("space-history", "/-/space/:slug/history/:what", "/-/space/coordination/history/home", "facilitator"),
		page("dormant", "/-/dormant", "/-/dormant", "administrator"),
		page("care", "/-/care", "/-/care", "member"),
		page("care-page", "/-/care/:kind/:id", `/-/care/page/${full.id}`, "member"),
		page("care-form", "/-/care/:kind/:id", "/-/care/form/projet", "facilitator"),
		page("readers", "/-/readers/:form", "/-/readers/suivi", "facilitator"),
		page("readers-member", "/-/readers/:form", "/-/readers/suivi", "member"),
		page("journal", "/-/readings/:form", "/-/readings/suivi", "member"),
		page("circle", "/-/circle/:id", `/-/circle/${secret.id}`, "member"),
		page("confidential", "/:slug", secret.url, "member"),
		page("confidential-form", "/-/form/:form/privacy", "/-/form/suivi/privacy", "facilitator"),
		page("error-404", "/:slug", "/nulle-part"),
		page("error-403", "/-/people", "/-/people", "member"),
	];
}
