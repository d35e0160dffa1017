// Themes in answers and notes: one facilitator reads twelve answers by keyboard and marks a passage, an administrator reads them
// otherwise, they decide, two themes are merged, and the themes are crossed with a question.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("coding", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());

	for (const screen of Object.keys(screens) as Screen[])
		it(`twelve answers by keyboard, a passage, a second reader, decided, merged, crossed (${screen})`, async () => {
			const look = async (page: Page, name: string) => {
				await accessible(page);
				await shoot(page, `coding-${name}-${screen}`);
			};
			const { page } = await visit(browser, site, screen);
			await signIn(page, "facilitator");
			await page.goto("/-/coding");
			await page.getByLabel("Nom d’une nouvelle grille").fill(`Essai ${screen}`);
			await page.getByRole("button", { name: "Créer la grille" }).click();
			await page.locator("summary", { hasText: "Ajouter les thèmes d’un tableau" }).click();
			await page.getByLabel("Lignes copiées d’un tableur").fill("Nom;Sous\nFreins;\nTemps;Freins\nPeur;Freins\nBesoins;\nFormation;Besoins\nEssayer;");
			await page.locator('form[action$="/import"] button').click();
			await page.getByText("Les thèmes sont dans la grille").waitFor();
			await look(page, "book");
			await page.goto("/-/coding/new?form=diagnostic");
			await page.getByLabel("Autre chose à dire").check();
			await page.getByLabel("Avec quelle grille de thèmes").selectOption({ label: `Essai ${screen}` });
			await page.getByLabel("Nom de cette lecture").fill(`Lecture ${screen}`);
			await page.getByRole("button", { name: "Commencer à lire" }).click();
			await page.getByText("Vous avez lu 0 texte").waitFor();
			const list = new URL(page.url()).pathname;
			await page.getByRole("link", { name: "Commencer à lire" }).click();

			// By keyboard alone: 1 a is "Temps", 3 "Essayer", which has nothing under it; Enter goes on.
			const words: string[] = [];
			for (let i = 0; i < 12; i++) {
				const text = await page.locator(".coding-text").innerText();
				words.push(text);
				await page.locator("p-coding.coding-live").waitFor();
				await page.keyboard.press(/temps/i.test(text) ? "1" : "3");
				if (/temps/i.test(text)) await page.keyboard.press("a");
				assert.equal(await page.locator('input[name="codes[]"]:checked').count(), 1);
				if (i === 0) {
					await page.keyboard.press("+");
					assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), "new_name");
					await page.locator("h1").click(); // out of the field: signs are signs again
					await look(page, "text");
				}
				const before = page.url();
				await page.keyboard.press("Enter");
				await page.waitForURL((url) => url.href !== before);
			}
			// A passage: selected, then its sign.
			await page.locator(".coding-text").evaluate((element) => {
				const range = document.createRange();
				range.setStart(element.firstChild!, 0);
				range.setEnd(element.firstChild!, 8);
				getSelection()!.removeAllRanges();
				getSelection()!.addRange(range);
			});
			await page.waitForFunction(() => (document.querySelector("#f-quote") as HTMLTextAreaElement).value !== "");
			await page.keyboard.press("2");
			await page.keyboard.press("a");
			await page.locator(".coding-text mark").waitFor();
			assert.equal(await page.locator(".coding-text mark").getAttribute("title"), "Formation");
			await page.getByRole("button", { name: /^À citer/ }).click();
			await page.getByRole("button", { name: /Ne plus citer/ }).waitFor();

			// Somebody else reads the same without a keyboard's signs, and sees fear in the first.
			const other = (await visit(browser, site, screen, { script: false })).page;
			await signIn(other, "administrator");
			for (let i = 0; i < 12; i++) {
				await other.goto(`${list}/text`);
				const text = await other.locator(".coding-text").innerText();
				await other.getByLabel(i === 0 ? /^Peur/ : /temps/i.test(text) ? /^Temps/ : /^Essayer/).check();
				await other.getByRole("button", { name: "Enregistrer, et lire le suivant" }).click();
			}
			await page.goto(`${list}/differences`);
			await page.getByText("12 textes ont été lus par deux personnes").waitFor();
			assert.equal(await page.locator("article").count(), 1);
			await look(page, "differences");
			await page.getByLabel(/^Peur/).check();
			await page.getByLabel(/Un mot à ce sujet/).fill("On en a parlé.");
			await page.getByRole("button", { name: /^Décider/ }).click();
			await page.getByText("Rien à discuter").waitFor();

			await page.goto(`${list}/themes`);
			await look(page, "themes");
			await page.getByLabel("Croiser les thèmes avec une question").selectOption("postes");
			await page.getByRole("button", { name: "Croiser" }).click();
			await page.locator(".result-cross").first().waitFor();
			await look(page, "crossed");
			await page.goto(`${list}/quotations`);
			await page.getByText("à citer").first().waitFor();
			await look(page, "quotations");

			await page.goto("/-/coding");
			await page.getByRole("link", { name: `Essai ${screen}` }).click();
			await page.getByRole("link", { name: "Peur" }).click();
			await page.locator("summary", { hasText: "Le réunir à un autre" }).click();
			await page.getByLabel("Le thème qui continue").selectOption({ label: "Freins › Temps" });
			await page.getByRole("button", { name: "Réunir" }).click();
			await page.getByText("Ce n’est plus qu’un thème").waitFor();
			await look(page, "theme");
		});
});
