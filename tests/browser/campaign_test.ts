// A campaign as its team lives it: the named structures of the directory and others up to 75 from a file, a call taken and noted, a
// reminder planned, rates by neighbourhood, the curve; ready questions taken. At both sizes, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("campaigns", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `campaign-${name}-${screen}`);
		};

		it(`75 targets, a call, a reminder, rates (${how})`, async () => {
			const { page } = await visit(browser, site, screen, { script });
			await signIn(page, "facilitator");
			await page.goto("/-/surveys/new");
			await page.getByLabel("Son titre").first().fill(`Diagnostic ${how}`);
			await page.getByLabel("Commencer avec").selectOption({ label: "Trois questions aux habitants" });
			await page.getByRole("button", { name: "Créer le questionnaire" }).click();
			await page.waitForURL(/\/pages/);
			const form = /\/-\/survey\/([a-z0-9_]+)\//.exec(page.url())![1]!;

			// Ready questions.
			await page.getByRole("link", { name: "Prendre des questions prêtes" }).click();
			await look(page, "library");
			await page.getByLabel("Prendre dans").selectOption("questions_qui");
			await page.getByRole("button", { name: "Voir ses questions" }).click();
			await page.getByLabel(/Quel âge avez-vous/).check();
			await page.getByRole("button", { name: "Les copier dans le questionnaire" }).click();
			await page.waitForURL(/\/pages/);

			// The directory, then the others from a file, one row of which cannot be kept.
			await page.goto(`/-/survey/${form}/campaign`);
			await page.getByLabel("Depuis une liste du site").selectOption("annuaire");
			await page.getByRole("button", { name: "Les ajouter" }).click();
			const there = Number(/0 sur (\d+)/.exec(await page.locator("main .lead").innerText())![1]);
			const rows = Array.from({ length: 75 - there }, (_, i) => `Cercle ${i} (inventé);${i % 3 ? `cercle${i}@exemple.org` : ""};${i % 3 ? "" : `01 99 00 10 ${10 + i}`};${i % 2 ? "Sanitas" : "La Rabière"};${i % 4 ? "association" : "commerce"}`);
			await page.getByRole("link", { name: "Depuis un fichier" }).click();
			await look(page, "file");
			const name = "cibles.csv", mimeType = "text/csv";
			await page.getByLabel("Le fichier").setInputFiles({ name, mimeType, buffer: Buffer.from(["Nom;Courriel;Téléphone;Quartier;Genre", ...rows, "Perdu;pas une adresse;;;"].join("\n")) });
			await page.getByRole("button", { name: "Lire le tableau" }).click();
			await page.getByRole("heading", { name: /ne peut pas être gardée/ }).waitFor();
			await look(page, "file-read");
			await page.getByRole("button", { name: /Garder les? .* autres? ligne/ }).click();
			await page.getByText(/0 sur 75 ont répondu/).waitFor();
			await look(page, "list");

			// Called, and noted.
			await page.getByRole("link", { name: /Liste d’appels/ }).click();
			await look(page, "calls");
			await page.getByRole("button", { name: /J’appelle Cercle 0/ }).click();
			await page.getByText("l’appelle en ce moment").waitFor();
			await page.getByLabel("à rappeler", { exact: true }).check();
			await page.getByLabel(/Ce qui a été dit/).fill("Rappeler la présidente.");
			await page.getByLabel(/Jour où rappeler/).fill("31/12/2099");
			await look(page, "target");
			await page.getByRole("button", { name: "Enregistrer et revenir à la liste" }).click();
			assert.match(await page.locator("main .row").filter({ hasText: "Cercle 0 " }).innerText(), /À rappeler.*2099[\s\S]*Rappeler la présidente/);

			// A reminder for a day to come.
			await page.goto(`/-/survey/${form}/waves`);
			await page.getByLabel("Jour", { exact: true }).fill("31/12/2099");
			await look(page, "waves");
			await page.getByRole("button", { name: /La prévoir/ }).click();
			await page.getByText("75 destinataires la recevront").waitFor();
			await look(page, "wave");

			// Rates.
			await page.goto(`/-/survey/${form}/rates`);
			await page.getByRole("heading", { name: "Quartier ou lieu" }).waitFor();
			await look(page, "rates");
			await page.goto("/-/survey/diagnostic/rates");
			await page.getByText(/«\s*association\s*»\s+répondent moins que les autres/).waitFor();
			await page.getByText("Déclarer la population : Genre").click();
			await look(page, "rates-diagnostic");
		});
	}
});
