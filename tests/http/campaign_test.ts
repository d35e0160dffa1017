// Campaigns of questionnaires: targets from files and views, planned letters, calls by one person at a time, rates against the
// population; ready questions and models; what an address says of where an answer comes from.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, people } from "../support/program.js";
import { unzip } from "../support/zip.js";

onSite("campaigns", (site) => {
	let facilitator: Client, administrator: Client;
	before(async () => {
		facilitator = await new Client(site).signIn("facilitator");
		administrator = await new Client(site).signIn("administrator");
	});
	let made = 0;
	async function make(settings: Record<string, string> = {}, copy = "trois_questions"): Promise<string> {
		const answer = await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: `Campagne ${++made}`, copy, ...settings });
		const key = /\/-\/survey\/([a-z0-9_]+)\//.exec(answer.location)![1]!;
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${key}/manage`), `/-/survey/${key}/state`), { to: "open" });
		return key;
	}
	const sendFile = async (form: string, name: string, bytes: string) =>
		facilitator.sendFiles(await facilitator.form(`/-/survey/${form}/campaign/file`, `/-/survey/${form}/campaign/file`), {}, { file: new File([bytes], name) });
	const page = async (path: string) => text((await facilitator.get(path)).body);
	const targetOf = async (form: string, name: string) => {
		const found = [...(await facilitator.get(`/-/survey/${form}/campaign`)).body.matchAll(/(\/-\/target\/[0-9a-z]{26})">([^<]*)/g)].find((m) => m[2] === name);
		return found![1]!;
	};
	const sheet = "Nom;Courriel;Téléphone;Quartier;Genre;Canal\nRégie;regie@exemple.org;;Sanitas;régie;\nClub;pas une adresse;;Sanitas;club;\nCafé;;02 47 22 22 22;Velpeau;commerce;téléphone\nFoyer;;;Velpeau;foyer;courrier\nRégie;regie@exemple.org;;;;\n";

	it("a file: its columns guessed, what cannot be kept listed with its line; nothing, or the good rows", async () => {
		const form = await make(), read = await sendFile(form, "liste.csv", sheet);
		const shown = text(read.body);
		assert.equal(read.status, 200);
		assert.match(shown, /3 lignes peuvent être ajoutées/);
		assert.match(shown, /Lignes?\s: 6/);
		assert.match(shown, /3 pas une adresse/);
		assert.match(await page(`/-/survey/${form}/campaign`), /Pas encore de destinataires/);
		const url = `/-/survey/${form}/campaign/file`;
		const refused = await facilitator.send(formOf(read, url), { keep: "1" });
		assert.equal(refused.status, 422);
		const kept = await facilitator.send(formOf(refused, url), { good: "1" });
		assert.equal(kept.status, 303);
		assert.match(await page(`/-/survey/${form}/campaign`), /0 sur 3 ont répondu/);
		assert.match(text((await sendFile(form, "liste.csv", sheet)).body), /0 ligne peut être ajoutée/);
		assert.equal((await sendFile(form, "rien.csv", "")).status, 422);
		// What a column is can be said otherwise: without a name, nothing goes.
		const again = await sendFile(form, "autre.csv", "Machin;Truc\nUn;deux\n");
		assert.equal((await facilitator.send(formOf(again, url), { "column-0": "8", "column-1": "8", keep: "1" })).status, 422);
		assert.equal((await facilitator.send(formOf(again, url), { "column-0": "8", "column-1": "1", keep: "1" })).status, 303);
		assert.match(await page(await targetOf(form, "deux")), /Machin Un/);
	});

	it("a view of the directory: what its pages say of their place and kind comes along", async () => {
		const form = await make();
		await facilitator.send(await facilitator.form(`/-/survey/${form}/campaign`, `/-/survey/${form}/campaign`), { view: "annuaire" });
		assert.match(await page(await targetOf(form, "Centre social de la Rabière")), /La Rabière.*Genre Centre social/);
		const rates = await page(`/-/survey/${form}/rates`);
		assert.match(rates, /La Rabière/);
		assert.match(rates, /Taux\s: Genre/);
	});

	it("a letter is planned, seen as it will be read, changed, called off; it stands for calls and letters to print too", async () => {
		const form = await make(), url = `/-/survey/${form}/waves`;
		const read = await sendFile(form, "liste.csv", sheet);
		await facilitator.send(formOf(read, `/-/survey/${form}/campaign/file`), { good: "1" });
		const wrong = await facilitator.send(await facilitator.form(url, url), { day: "", "text-fr": "Sans lien" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /Écrivez \{lien\}/);
		assert.equal((await facilitator.send(await facilitator.form(url, url), { day: "28/11/2013" })).status, 422);
		const planned = await facilitator.send(await facilitator.form(url, url), { day: "31/12/2099", "subject-fr": "Pour {nom}", "text-fr": "Voici {lien} et <b>" });
		const wave = planned.location.split("?")[0]!, seen = await facilitator.get(wave);
		assert.match(text(seen.body), /3 destinataires la recevront/);
		assert.match(text(seen.body), /1 par courriel 1 par courrier 1 par téléphone/);
		assert.match(text(seen.body), /Pour Régie Voici http\S+\/-\/s\/[0-9a-z-]{19} et <b>/);
		assert.equal((await facilitator.send(formOf(seen, `${wave}/cancel`))).status, 303);
		assert.match(await page(url), /annulée/);
		assert.equal((await facilitator.send(formOf(seen, wave), { day: "30/12/2099" })).status, 409);
		// Today, at midnight: who gets a letter by post is on the sheets of this day, and no more once they are posted.
		const now = await facilitator.send(await facilitator.form(url, url), { day: new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris" }).format(new Date()), time: "0 h" });
		const today = now.location.split("?")[0]!, id = today.split("/").pop()!;
		assert.equal((await facilitator.get(`/-/survey/${form}/letters?lettre=${id}`)).body.match(/class="survey-letter"/g)!.length, 1);
		assert.match(await page(`/-/survey/${form}/calls`), /Café.*La lettre prévue est ici un appel/);
		await facilitator.send(formOf(await facilitator.get(today), `${today}/posted`));
		assert.equal((await facilitator.get(`/-/survey/${form}/letters?lettre=${id}`)).body.match(/class="survey-letter"/g), null);
		assert.match(await page(await targetOf(form, "Foyer")), /Ce qui a été envoyé.*par courrier/);
		assert.match(await page(await targetOf(form, "Foyer")), /contacté/);
	});

	it("calls: one person at a time, what came of it, when to call again; the list is in that order", async () => {
		const form = await make();
		await facilitator.send(await facilitator.form(`/-/survey/${form}/campaign`, `/-/survey/${form}/campaign`), { lines: "Un; ; 01\nDeux; ; 02\nTrois; ; 03" });
		const one = await targetOf(form, "Un"), two = await targetOf(form, "Deux"), calls = `/-/survey/${form}/calls`;
		const take = async (who: Client, url: string, how = "now") => {
			const sent = formOf(await who.get(url), `${url}/take`);
			return who.send(sent, { how });
		};
		assert.equal((await take(facilitator, one)).status, 303);
		assert.equal((await take(administrator, one)).status, 409);
		assert.match(text((await administrator.get(calls)).body), /Deux.*Trois.*Un .*l’appelle en ce moment/);
		const empty = await facilitator.send(await facilitator.form(one, one), { note: "Rien" });
		assert.equal(empty.status, 422);
		assert.equal((await facilitator.send(await facilitator.form(one, one), { outcome: "2", due_day: "31/12/2099", due_time: "14 h 30", list: "1" })).status, 303);
		assert.match(await page(calls), /Deux.*Trois.*Un.*à contacter.*À rappeler\s: .*2099, 14\sh\s30/);
		await facilitator.send(await facilitator.form(two, two), { outcome: "5", note: "Pas cette année" });
		assert.doesNotMatch(await page(calls), /Deux/);
		assert.match(await page(two), /ne souhaite pas répondre – Pas cette année/);
		await take(administrator, await targetOf(form, "Trois"), "mine");
		assert.doesNotMatch(await page(`${calls}?qui=moi`), /Trois/);
		assert.match(await page(calls), /Trois.*suivi par Camille/);
	});

	it("calls are shared out in turn, entrusted to one of the team only, and each finds hers, whatever the questionnaire", async () => {
		const form = await make(), url = `/-/survey/${form}/campaign`, calls = `/-/survey/${form}/calls`;
		await facilitator.send(await facilitator.form(url, url), { lines: "Aa; ; 01\nBb; ; 02\nCc; ; 03\nDd; ; 04\nEe; loin@exemple.org" });
		const sheet = await facilitator.get(calls), team = [...sheet.body.matchAll(/name="who\[\]" value="([0-9a-z]{26})" checked><span>([^<]+)/g)];
		assert.ok(team.some((m) => m[2]!.includes("Anouk")), text(sheet.body));
		assert.ok(team.length > 1 && !team.some((m) => m[2]!.includes("Maël")), "a member does not call");
		const anouk = team.find((m) => m[2]!.includes("Anouk"))![1]!;
		assert.equal((await facilitator.send(formOf(sheet, calls), { "who[]": [] })).status, 400);
		assert.equal((await facilitator.send(formOf(sheet, calls), { "who[]": team.map((m) => m[1]!) })).status, 303);
		// Four to be called (the fifth has an address): in turn among the team, so that none has two more than another.
		const shares = [...text((await facilitator.get(calls)).body).matchAll(/\(démo\)\s: (\d+) à appeler/g)].map((m) => Number(m[1]));
		assert.equal(shares.reduce((a, b) => a + b, 0), 4);
		assert.ok(Math.max(...shares) - Math.min(...shares) <= 1, String(shares));
		const mine = await page("/-/calls");
		assert.match(mine, new RegExp(`Mes appels.*Campagne ${made}`));
		// Entrusted by name; to nobody who is not of the team.
		const last = await targetOf(form, "Ee"), member = await new Client(site).signIn("member");
		const entrust = async (person: string) => facilitator.send(formOf(await facilitator.get(last), `${last}/take`), { how: "to", person });
		assert.match(await page(last), /Personne ne s’en occupe encore/);
		assert.equal((await entrust("00000000000000000000000000")).status, 400);
		assert.equal((await entrust(anouk)).status, 303);
		assert.match(await page(last), /Suivi par Anouk Anime/);
		assert.equal((await member.get("/-/calls")).status, 403);
		// Closed, nobody is to be called any more.
		await facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to: "closed" });
		assert.doesNotMatch(await page("/-/calls"), new RegExp(`Campagne ${made}\\b`));
	});

	it("a last day: moved by who looks after the answers; after it answers are refused, those begun too, and no reminder leaves", async () => {
		const form = await make(), url = `/-/survey/${form}/campaign`, until = `/-/survey/${form}/until`;
		const move = async (closes: string) => facilitator.send(await facilitator.form(url, until), { closes });
		await facilitator.send(await facilitator.form(url, url), { lines: "Un; un@exemple.org" });
		assert.equal((await move("31 décembre 2099")).status, 303);
		assert.match(await page(url), /Ouvert jusqu’au .*31 décembre 2099/);
		assert.equal((await move("1/1/2001")).status, 422);
		assert.equal((await move("un jour")).status, 422);
		const who = new Client(site), at = (await who.send(await who.form(`/-/survey/${form}`, "/-/survey/"))).location.split("?")[0]!;
		await who.send(await who.form(`${at}?page=lieu`, at), { bien: "oui", "_go[]": "next" });
		const review = await who.form(`${at}/review`, `${at}/send`);
		const reminder = await facilitator.form(url, `/-/survey/${form}/remind`);
		// Whoever shapes the site may write a day that is over: it is closed since.
		const settings = `/-/survey/${form}/settings`;
		assert.equal((await facilitator.send(await facilitator.form(settings, settings), { closes: "1/1/2001" })).status, 303);
		assert.match(text((await new Client(site).get(`/-/survey/${form}`)).body), /Fermé depuis le .*1er janvier 2001 au soir .* il ne prend plus de réponses/);
		const refused = await who.send(review);
		assert.notEqual(refused.status, 303);
		assert.match(text(refused.body), /Fermé depuis le .*1er janvier 2001/);
		assert.equal((await facilitator.send(reminder)).status, 400);
		// Moved to a day to come, it takes answers again.
		assert.equal((await move("31/12/2099")).status, 303);
		assert.equal((await who.send(await who.form(`${at}/review`, `${at}/send`))).status, 303);
		assert.equal((await facilitator.send(await facilitator.form(url, `/-/survey/${form}/remind`))).status, 303);
		await move("");
		assert.match(await page(url), /Ouvert\. Après/);
	});

	it("made nobody’s: names and what was said go too, how far they were stays; a person finds hers in what the site holds, and they go with her account", async () => {
		const form = await make({ anonymity: "confidential" }), url = `/-/survey/${form}/campaign`, manage = `/-/survey/${form}/manage`;
		await facilitator.send(await facilitator.form(url, url), { lines: `Cercle Bavard; bavard@exemple.org; 01\nLou Voisine; VOISINE@demo.example; 02` });
		const bavard = await targetOf(form, "Cercle Bavard"), lou = await targetOf(form, "Lou Voisine");
		for (const [at, note] of [[bavard, "La présidente part en juin"], [lou, "Préfère le soir"]] as const)
			assert.equal((await facilitator.send(await facilitator.form(at, at), { outcome: "4", note })).status, 303);
		const neighbour = await new Client(site).signIn("neighbour");
		const ready = await neighbour.send(await neighbour.form("/-/account/data", "/-/account/data"));
		const held = unzip((await neighbour.send(formOf(ready, "/-/my-data"))).bytes).get("mes-donnees.json")!;
		assert.match(held, /Préfère le soir/);
		assert.doesNotMatch(held, /présidente/);
		// One answers with its code, then all is made nobody’s while the questionnaire is open: who has not answered is still to be reached.
		const code = /-\/s\/([0-9a-z-]{19})/.exec((await facilitator.get(bavard)).body)![1]!, who = new Client(site);
		const at = (await who.send(formOf(await who.get(`/-/s/${code}`), `/-/s/${code}`))).location.split("?")[0]!;
		await who.send(await who.form(`${at}?page=lieu`, at), { bien: "oui", "_go[]": "next" });
		assert.equal((await who.send(await who.form(`${at}/review`, `${at}/send`))).status, 303);
		await administrator.send(await administrator.form(manage, `/-/survey/${form}/anonymise`));
		let left = await page(url);
		assert.match(left, /1 sur 2 ont répondu/);
		assert.doesNotMatch(left, /Bavard|présidente/);
		assert.match(left, /Lou Voisine/);
		assert.equal((await facilitator.get(bavard)).status, 404);
		// She leaves the site: what was said of her goes along, that one was asked stays.
		await neighbour.send(await neighbour.form("/-/account/erase", "/-/account/erase"), { mode: "name", password: people.neighbour.password, sure: "1" });
		assert.equal((await facilitator.get(lou)).status, 404);
		assert.match(await page(url), /1 sur 2 ont répondu/);
		await facilitator.send(await facilitator.form(url, url), { lines: "Lou Voisine; ; 02" });
		// Closed, nobody is kept.
		await facilitator.send(formOf(await facilitator.get(manage), `/-/survey/${form}/state`), { to: "closed" });
		assert.match(await page(url), /gardés jusqu’au .* puis supprimés pour toujours/);
		await administrator.send(await administrator.form(manage, `/-/survey/${form}/anonymise`));
		left = await page(url);
		assert.match(left, /1 sur 3 ont répondu/);
		assert.doesNotMatch(left, /Lou Voisine|le soir/);
	});

	it("rates by place, against what is declared; who answers less is told in words", async () => {
		const rates = `/-/survey/diagnostic/rates`, before = await page(rates);
		assert.match(before, /60 sur 75 ont répondu/);
		assert.match(before, /« association » répondent moins que les autres/);
		assert.match(before, /Jour Réponses Lettres parties/);
		const wrong = await facilitator.send(await facilitator.form(rates, "/-/survey/diagnostic/population"), { attribute: "Genre", population: "association" });
		assert.equal(wrong.status, 422);
		await facilitator.send(await facilitator.form(rates, "/-/survey/diagnostic/population"), { attribute: "Genre", population: "association; 100\nservice public; 100\ncommerce; 100" });
		assert.match(await page(rates), /L’ensemble\s: les 300 déclarés\. Khi-deux/);
		// An anonymous one has no dates, and says why.
		assert.match(await page(`/-/survey/trois_questions/rates`), /Ce questionnaire est anonyme/);
	});

	it("ready questions are copied with their choices and the conditions that can follow; one can be kept for others", async () => {
		const form = await make(), url = `/-/survey/${form}/library`;
		assert.match(await page(url), /Qui êtes-vous/);
		const taken = await facilitator.send(await facilitator.form(`${url}?de=questions_usages`, url), { "take-internet": "1", "take-appareils": "1" });
		assert.equal(taken.status, 303, text(taken.body));
		assert.match(await page(`/-/survey/${form}/pages`), /À quelle fréquence allez-vous sur Internet/);
		assert.match(await page(`/-/form/${form}/map`), /Avec quoi/);
		// Its condition looks at a question that does not come along: it is left out.
		const alone = await make();
		await facilitator.send(await facilitator.form(`/-/survey/${alone}/library?de=questions_usages`, `/-/survey/${alone}/library`), { "take-appareils": "1" });
		assert.match(await page(`/-/survey/${alone}/pages`), /Avec quoi/);
		assert.equal((await facilitator.send(await facilitator.form(url, `${url}/keep`), { field: "bien" })).status, 303);
		assert.match(text((await facilitator.get(`/-/survey/${alone}/library?de=questions_gardees`)).body), /Vous sentez-vous bien/);
		assert.equal((await facilitator.send(await facilitator.form(url, url), { from: "questions_usages" })).status, 422);
	});

	it("a model is begun from and never open; what the address says is kept where it is declared, and only there", async () => {
		assert.match(await page("/-/surveys"), /Modèles et questions prêtes.*Avant et après une formation/);
		assert.equal((await new Client(site).get("/-/survey/modele_satisfaction")).status, 404);
		const form = await make({ anonymity: "named" }, "modele_satisfaction"), who = new Client(site);
		const begin = async (query: string) => (await who.send(await who.form(`/-/survey/${form}?${query}`, `/-/survey/${form}`))).location.split("?")[0]!;
		const finish = async (at: string) => {
			await who.send(await who.form(at, at), { contenu: "tres", "_go[]": "next" });
			await who.send(await who.form(`${at}/review`, `${at}/send`));
		};
		await finish(await begin("source=affiche&contenu=pas&autre=1"));
		await finish(await begin(`source=${"x".repeat(300)}`));
		const answers = JSON.parse((await facilitator.get(`/-/survey/${form}/export/json`)).body) as { values: Record<string, unknown> }[];
		assert.deepEqual(answers.map((a) => a.values["source"] ?? null).sort(), ["affiche", null].sort());
		assert.deepEqual(answers.map((a) => a.values["contenu"]), ["tres", "tres"]);
	});
});
