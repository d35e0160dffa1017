// Asking: somebody answers on a telephone without JavaScript, stops, and goes on by the code; a facilitator builds a questionnaire
// with a second page for some people only, tries it and opens it.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("questionnaires", (site) => {
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
			await shoot(page, `survey-${name}-${screen}`);
		};

		it(`answered, stopped, taken up elsewhere by the code, looked over and sent (${how})`, async () => {
			const street = await visit(browser, site, screen, { script }), { page } = street;
			await page.goto("/-/surveys");
			await page.getByRole("link", { name: "Trois questions sur votre quartier" }).click();
			await look(page, "welcome");
			await page.getByRole("button", { name: "Commencer" }).click();
			await page.getByText("Question 1 sur 3").waitFor();
			await page.getByLabel("Plutôt non").check();
			await page.getByLabel("Que manque-t-il d’abord").fill("Un banc à l’ombre");
			await look(page, "page");
			await page.getByRole("button", { name: "Faire une pause" }).click();
			const code = await page.locator("code").innerText();
			await look(page, "pause");

			const home = await visit(browser, site, screen, { script }), other = home.page;
			await other.goto("/-/resume");
			await other.getByLabel("Votre code").fill(code);
			await other.getByRole("button", { name: "Continuer à répondre" }).click();
			assert.equal(await other.getByLabel("Que manque-t-il d’abord").inputValue(), "Un banc à l’ombre");
			await other.getByRole("button", { name: "Suivante" }).click();
			await other.getByLabel("Un jardin partagé").check();
			await other.getByRole("button", { name: "Retour", exact: true }).click();
			assert.ok(await other.getByLabel("Plutôt non").isChecked());
			await other.getByRole("button", { name: "Suivante" }).click();
			assert.ok(await other.getByLabel("Un jardin partagé").isChecked());
			await other.getByRole("button", { name: "Suivante" }).click();
			await other.getByLabel(/Une idée pour votre rue/).fill("Un four à pain");
			await other.getByRole("button", { name: "Relire mes réponses" }).click();
			await other.getByText("Un four à pain").waitFor();
			await look(other, "review");
			await other.getByRole("button", { name: "Envoyer mes réponses" }).click();
			await other.getByRole("heading", { name: "Merci" }).waitFor();
			await look(other, "thanks");
			await page.reload();
			await page.getByText("Ces réponses sont envoyées").waitFor();
		});

		it(`built with a page for some people only, tried, opened (${how})`, async () => {
			const { page } = await visit(browser, site, screen, { script });
			await signIn(page, "facilitator");
			await page.goto("/-/surveys");
			await page.getByRole("link", { name: "Nouveau questionnaire" }).click();
			await page.getByLabel("Son titre", { exact: true }).fill(`Après la fête, ${how}`);
			await look(page, "new");
			await page.getByRole("button", { name: "Créer le questionnaire" }).click();
			await page.getByText("Le questionnaire est créé").waitFor();
			await page.getByRole("link", { name: "Ajouter une question", exact: true }).click();
			await page.locator(`a[href$="/add/choice"]`).click();
			await page.getByLabel("La question, comme les gens la lisent", { exact: true }).fill("Étiez-vous là ?");
			await page.locator('textarea[name="choices"]').fill("Oui\nNon");
			await page.getByRole("button", { name: /^(Ajouter|Enregistrer)/ }).first().click();
			await page.waitForURL(/fait=question-ajoutee/);
			await page.getByRole("link", { name: "Ses pages" }).click();
			const last = page.locator("fieldset.survey-page").last();
			await last.getByLabel("Titre de la page").fill("Pour qui était là");
			await last.locator("summary").click();
			await last.getByLabel("Seulement si la réponse à").selectOption({ label: "Étiez-vous là ?" });
			await last.getByLabel("Condition").selectOption({ value: "=" });
			await last.getByLabel("Réponse attendue", { exact: true }).fill("Oui");
			await page.getByLabel("Sur la page").first().selectOption({ value: "+" });
			await page.getByRole("button", { name: "Enregistrer les pages" }).click();
			await page.getByText("Le questionnaire est changé").waitFor();
			await look(page, "pages");
			await page.getByRole("link", { name: /^Après la fête/ }).first().click();
			await page.getByRole("button", { name: /^L’essayer/ }).click();
			await page.getByLabel("Oui", { exact: true }).check();
			await page.getByRole("button", { name: "Suivante" }).click();
			await page.getByRole("heading", { name: "Pour qui était là" }).waitFor();
			await page.goto(page.url().replace(/\/-\/s\/.*/, "/-/surveys"));
			await page.getByRole("link", { name: `Après la fête, ${how}` }).click();
			await page.getByRole("button", { name: "L’ouvrir" }).click();
			await page.getByText("Le questionnaire est ouvert").waitFor();
			await look(page, "manage");
		});
	}
});
