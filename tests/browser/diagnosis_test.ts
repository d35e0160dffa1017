// A whole campaign, from an empty questionnaire to a report that is commented: built with a condition and a table of lines, sent to
// 75, answered on a telephone, by a call and on paper, counted, crossed, coded, told. Each step stands in a test of its own with
// all its cases; this one is the way between them.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client, formOf } from "../support/client.js";
import { onSite } from "../support/program.js";

const words = ["Le temps manque", "Du temps, et des gens", "Une formation proche", "Pas le temps", "Des postes", "Une salle"];

onSite("a diagnosis from its questionnaire to its report", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());

	// Others answer by their personal codes too; how that looks is seen once, below.
	async function answer(code: string, tools: string, word: string): Promise<void> {
		const who = new Client(site), own = `/-/s/${code}`, begun = (await who.send(formOf(await who.get(own), own))).location.split("?")[0]!;
		const first = await who.get(begun), key = (name: RegExp) => name.exec(first.body)![1]!;
		const next = await who.send(formOf(first, begun), { [key(/type="radio"[^>]*name="([a-z_]+)"/)]: tools, [key(/<label for="f-([a-z_]+)"[^>]*>Un mot de plus/)]: word, "_go[]": "next" });
		assert.equal(next.status, 303);
		const sent = await who.send(await who.form(`${begun}/review`, `${begun}/send`));
		assert.match(sent.location, /thanks/);
	}

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (script) await accessible(page);
			await shoot(page, `diagnosis-${name}-${screen}`);
		};
		const ask = async (page: Page, form: string, kind: string, label: string, more: () => Promise<void>) => {
			await page.goto(`/-/form/${form}/add/${kind}`);
			await page.getByLabel("La question, comme les gens la lisent", { exact: true }).fill(label);
			await more();
			await page.getByRole("button", { name: "Enregistrer la question" }).click();
			await page.waitForURL(/fait=question-ajoutee/);
		};

		it(`from the questionnaire to the report (${how})`, async () => {
			const { page } = await visit(browser, site, screen, { script });
			await signIn(page, "facilitator");

			// Built: a choice, a table of lines asked of some only, a text.
			await page.goto("/-/surveys/new");
			await page.getByLabel("Son titre", { exact: true }).fill(`Outils partagés, ${how}`);
			await page.getByLabel(/Le site seul/).check();
			await page.getByRole("button", { name: "Créer le questionnaire" }).click();
			await page.waitForURL(/\/-\/survey\/[a-z0-9_]+\//);
			const form = /\/-\/survey\/([a-z0-9_]+)\//.exec(page.url())![1]!;
			await ask(page, form, "choice", "Utilisez-vous des outils partagés ?", async () => {
				await page.locator("textarea[name=choices]").fill("Oui\nNon");
			});
			await look(page, "question");
			await ask(page, form, "matrix", "Que diriez-vous de ces outils ?", async () => {
				await page.locator("textarea[name=rows]").fill("Ils sont simples\nIls nous rapprochent");
				await page.locator("textarea[name=choices]").fill("Pas d’accord\nPlutôt d’accord\nD’accord");
				await page.getByLabel(/Les colonnes vont d’un bout à l’autre/).check();
				await look(page, "matrix");
			});
			await ask(page, form, "longtext", "Un mot de plus ?", async () => {});
			// The table on a page of its own, for who uses such tools.
			await page.goto(`/-/survey/${form}/pages`);
			const fresh = page.locator("fieldset.survey-page").last();
			await fresh.getByLabel("Titre de la page").fill("Les outils partagés");
			await fresh.locator("summary").click();
			await fresh.getByLabel("Seulement si la réponse à").selectOption({ label: "Utilisez-vous des outils partagés ?" });
			await fresh.getByLabel("Condition").selectOption("=");
			await fresh.getByLabel("Réponse attendue", { exact: true }).fill("Oui");
			await page.locator("li", { hasText: "Que diriez-vous de ces outils" }).getByLabel("Sur la page").selectOption("+");
			await page.getByRole("button", { name: "Enregistrer les pages" }).click();
			await page.getByText("Le questionnaire est changé").waitFor();
			await look(page, "pages");
			await page.goto(`/-/survey/${form}/manage`);
			await page.getByRole("button", { name: "L’ouvrir" }).click();
			await page.getByText("Le questionnaire est ouvert").waitFor();
			await look(page, "manage");

			// 75 of them: those of the directory, the others line by line; letters to print.
			await page.goto(`/-/survey/${form}/campaign`);
			await page.getByLabel("Depuis une liste du site").selectOption("annuaire");
			await page.getByRole("button", { name: "Les ajouter" }).click();
			const there = Number(/0 sur (\d+)/.exec(await page.locator("main .lead").innerText())![1]);
			await page.getByLabel("Ou ligne par ligne").fill(Array.from({ length: 75 - there }, (_, i) => `Cercle ${i};;02 47 00 00 ${10 + i};Sanitas`).join("\n"));
			await page.getByRole("button", { name: "Les ajouter" }).click();
			await page.getByText("0 sur 75 ont répondu").waitFor();
			await look(page, "targets");
			await page.getByRole("link", { name: "Lettres à imprimer" }).click();
			const codes = await page.locator(".survey-letter code").allInnerTexts();
			assert.ok(codes.length > 20);
			if (script) await shoot(page, "diagnosis-letters", false);

			// One answers on its telephone, six others too; the table is asked of who uses tools only.
			const phone = (await visit(browser, site, screen, { script })).page;
			await phone.goto("/-/resume");
			await phone.getByLabel("Votre code").fill(codes[0]!);
			await phone.getByRole("button", { name: "Continuer à répondre" }).click();
			await look(phone, "welcome");
			await phone.getByRole("button", { name: "Commencer" }).click();
			await phone.getByLabel("Oui", { exact: true }).check();
			await phone.getByLabel("Un mot de plus").fill(words[0]!);
			await phone.getByRole("button", { name: "Suivante" }).click();
			await phone.getByRole("heading", { name: "Les outils partagés" }).waitFor();
			await look(phone, "table");
			for (const line of ["Ils sont simples", "Ils nous rapprochent"]) await phone.getByRole("group", { name: line }).or(phone.getByRole("row", { name: line })).getByLabel(/Plutôt d’accord/).first().check();
			await phone.getByRole("button", { name: "Relire mes réponses" }).click();
			await look(phone, "review");
			await phone.getByRole("button", { name: "Envoyer mes réponses" }).click();
			await phone.getByRole("heading", { name: "Merci" }).waitFor();
			for (const [i, word] of words.slice(1).entries()) await answer(codes[i + 1]!, i % 2 ? "oui" : "non", word);

			// One is called, says it will answer, then answers during the call.
			await page.goto(`/-/survey/${form}/calls`);
			await page.getByRole("button", { name: "J’appelle Cercle 0" }).click();
			await page.getByLabel("à rappeler", { exact: true }).check();
			await page.getByLabel(/Ce qui a été dit/).fill("Préfère répondre de vive voix.");
			await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
			await page.getByText("Préfère répondre de vive voix").first().waitFor();
			await look(page, "called");
			await page.getByRole("button", { name: "Saisir les réponses pendant l’appel" }).click();
			await page.getByLabel("Non", { exact: true }).check();
			await page.getByRole("button", { name: "Suivante" }).click(); // the table is not asked: all is said
			await page.getByRole("button", { name: "Envoyer mes réponses" }).click();
			await page.getByRole("heading", { name: "Merci" }).waitFor();

			// One sends a sheet of paper back.
			await page.goto(`/-/survey/${form}/paper`);
			await look(page, "paper");
			assert.equal((await page.request.get(`/-/survey/${form}/paper/pdf`)).status(), 200);
			await page.goto(`/-/survey/${form}/sheets`);
			await page.getByLabel("Numéro ou code de la feuille").fill("1");
			await page.getByRole("button", { name: "Saisir cette feuille" }).click();
			await page.getByRole("heading", { name: "Feuille 1 – page 1" }).waitFor();
			await look(page, "sheet");
			await page.getByLabel(/^(1 )?Oui/).first().check();
			for (let i = 0; i < 6 && /\/-\/sheet\/[^/]+$/.test(new URL(page.url()).pathname); i++) await page.getByRole("button", { name: /Page suivante|La feuille est saisie/ }).click();
			await page.goto(`/-/survey/${form}/campaign`);
			await page.getByText("7 sur 75 ont répondu").waitFor();

			// Counted, crossed.
			await page.goto(`/-/results/${form}`);
			await page.getByText(/^8 réponses/).first().waitFor();
			await look(page, "results");
			await page.getByRole("link", { name: "Croiser deux questions" }).click();
			await look(page, "cross");

			// What was written is read, and one theme put on it, chosen to be quoted.
			await page.goto("/-/coding");
			await page.getByLabel("Nom d’une nouvelle grille").fill(`Grille ${how}`);
			await page.getByRole("button", { name: "Créer la grille" }).click();
			await page.locator("summary", { hasText: "Ajouter les thèmes d’un tableau" }).click();
			await page.getByLabel("Lignes copiées d’un tableur").fill("Nom;Sous\nTemps;\nMoyens;");
			await page.locator('form[action$="/import"] button').click();
			await page.getByText("Les thèmes sont dans la grille").waitFor();
			await page.goto(`/-/coding/new?form=${form}`);
			await page.getByLabel("Un mot de plus").check();
			await page.getByLabel("Avec quelle grille de thèmes").selectOption({ label: `Grille ${how}` });
			await page.getByLabel("Nom de cette lecture").fill(`Mots ${how}`);
			await page.getByRole("button", { name: "Commencer à lire" }).click();
			await page.getByRole("link", { name: "Commencer à lire" }).click();
			for (let i = 0; i < words.length; i++) {
				const text = await page.locator(".coding-text").innerText();
				await page.getByLabel(/temps/i.test(text) ? /^Temps/ : /^Moyens/).check();
				if (i === 0) await look(page, "coding");
				await page.getByRole("button", { name: "Enregistrer, et lire le suivant" }).click();
			}

			// A report is begun, opened, and commented by one that answered.
			await page.goto(`/-/results/${form}`);
			await page.getByRole("button", { name: "Commencer le compte rendu" }).click();
			await page.waitForURL(/\/-\/restitution\//);
			const report = new URL(page.url()).pathname;
			await page.getByText("Que diriez-vous de ces outils").first().waitFor();
			await look(page, "report");
			await page.getByRole("button", { name: "L’ouvrir aux remarques" }).click();
			await phone.goto(report);
			await phone.getByLabel("Votre code").fill(codes[0]!);
			await phone.getByRole("button", { name: "Lire le compte rendu" }).click();
			await phone.waitForURL(/\/as\//);
			const paragraph = phone.locator(".restitution-block").filter({ hasText: "Faire une remarque" }).first();
			await paragraph.getByText("Faire une remarque").first().click();
			await paragraph.getByLabel(/Qu’est-ce qui est juste/).fill("Nous nous y retrouvons.");
			await paragraph.getByRole("button", { name: "Envoyer la remarque" }).click();
			await phone.getByText("Merci : votre remarque est gardée").waitFor();
			await look(phone, "read");
			await page.goto(report);
			await page.getByText("Nous nous y retrouvons.").waitFor();
			const pdf = await page.request.get(`${report}/pdf`);
			assert.equal(pdf.headers()["content-type"], "application/pdf");
			await page.getByRole("button", { name: "Le rendre définitif et le publier" }).click();
			await page.getByText("Le compte rendu est définitif, et publié.").waitFor();
		});
	}
});
