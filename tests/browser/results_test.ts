// Results in the browser: a facilitator counts, narrows, crosses, reads, and says who sees them; a visitor then looks on a phone.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("results in the browser", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
		const facilitator = await new Client(site).signIn("facilitator");
		for (let i = 0; i < 40; i++) await add(facilitator, "structure", { nom: `Structure comptée ${i}`, cible_2013: i % 2 ? "true" : "false", parc: (i % 10 === 0) !== (i % 2 === 1) ? "onze_et_plus" : "de_1_a_5", activite: i < 6 ? "Des ateliers de réparation" : "" });
	});
	after(() => browser?.close());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `results-${name}-${screen}`);
		};

		it(`counted, narrowed, crossed, read (${how})`, async () => {
			const { page } = await visit(browser, site, screen, { script });
			await signIn(page, "facilitator");
			await page.goto("/annuaire");
			await page.getByRole("link", { name: "Compter les réponses" }).click();
			await page.waitForURL(/\/-\/results\/structure/);
			await look(page, "all");
			await page.getByText("Ne compter qu’une partie des réponses").click();
			await page.getByLabel("Celles qui disent").selectOption("parc:onze_et_plus");
			await page.getByRole("button", { name: "Compter", exact: true }).click();
			await page.waitForURL(/si(%5B%5D)?=parc%3Aonze_et_plus/);
			assert.match(await page.locator("main").innerText(), /réponses sur 70/);
			await page.getByRole("link", { name: /^Retirer/ }).click();
			await page.waitForURL((url) => !url.search.includes("parc"));
			await page.getByRole("link", { name: "Croiser deux questions" }).click();
			await page.getByLabel("En lignes").selectOption("cible_2013");
			await page.getByLabel("En colonnes").selectOption("parc");
			await page.getByRole("button", { name: "Croiser" }).click();
			await page.waitForURL(/colonnes=parc/);
			const words = await page.locator("main").innerText();
			assert.match(words, /fortement ensemble/);
			assert.match(words, /▲ plus/);
			await page.getByText("Les chiffres du calcul").click();
			await page.getByText("V de Cramér").waitFor();
			await look(page, "crossed");
			// The address says it all: somebody else opens the same.
			const again = await visit(browser, site, screen, { script });
			await signIn(again.page, "facilitator");
			await again.page.goto(page.url());
			assert.match(await again.page.locator("main").innerText(), /fortement ensemble/);
			await page.goto("/-/results/structure/texts/activite");
			await page.getByRole("link", { name: /^ateliers/ }).click();
			assert.match(await page.locator("main").innerText(), /6 réponses rédigées/);
			await look(page, "texts");
		});
	}

	it("made public, with what they rest on; a visitor sees them", async () => {
		const { page } = await visit(browser, site, "desktop" in screens ? ("desktop" as Screen) : (Object.keys(screens)[1] as Screen));
		await signIn(page, "facilitator");
		await page.goto("/-/form/structure/results");
		await page.getByLabel(/Tout le monde voit les résultats/).check();
		await page.getByLabel(/Combien sont concernées/).fill("90");
		await page.getByLabel(/D’où viennent les réponses/).fill("Fiches remplies à l’automne.");
		await accessible(page);
		await page.getByRole("button", { name: "Enregistrer" }).click();
		await page.waitForURL(/\/-\/results\/structure/);
		const phone = await visit(browser, site, Object.keys(screens)[0] as Screen);
		await phone.page.goto("/-/results/structure");
		const words = await phone.page.locator("main").innerText();
		assert.match(words, /sur une population de 90/);
		assert.match(words, /Fiches remplies à l’automne/);
		await accessible(phone.page);
	});
});
