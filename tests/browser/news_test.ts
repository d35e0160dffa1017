// Following and being told, as people do it.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

onSite("news", (site) => {
	let browser: Browser;
	const author = new Client(site);
	before(async () => {
		await author.signIn("neighbour");
		browser = await openBrowser();
	});
	after(() => browser?.close());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `news-${name}-${screen}`);
		};

		it(`a page is followed; what happens is told; thanks are said; nothing more is wanted by letter (${how})`, async () => {
			const made = await add(author, "page", { titre: `Le verger ${how}`, texte: "Qui vient tailler ?" });
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "member");
			await page.goto(made.url);
			await page.getByRole("button", { name: "Suivre", exact: true }).click();
			await page.waitForURL(/fait=suivi/);
			await look(page, "followed");
			await page.getByRole("button", { name: "Merci" }).first().click();
			await page.waitForURL(/fait=merci/);
			assert.match(await page.locator("main").innerText(), /1 merci/);
			await edit(author, made.id, { texte: "Samedi, on taille." });
			await page.waitForTimeout(700);
			await page.goto("/");
			await page.locator("header details > summary").click();
			await look(page, "menu");
			await page.locator("header").getByRole("link", { name: /^Pour moi \(\d+\)/ }).click();
			await look(page, "told");
			assert.match(await page.locator("main").innerText(), new RegExp(`Le verger ${how}[\\s\\S]*Corrigée par Lou`));
			await page.getByRole("button", { name: `Vu – Le verger ${how}` }).click();
			await page.getByRole("link", { name: /Mes suivis/ }).click();
			await look(page, "follows");
			await page.getByRole("textbox", { name: "Un mot-clé" }).fill(`Verger ${how}`);
			await page.getByRole("button", { name: "Suivre – Un mot-clé" }).click();
			await page.waitForURL(/fait=suivi/);
			await page.getByLabel("jamais : sur le site seulement").check();
			await page.getByRole("button", { name: "Enregistrer" }).click();
			await page.waitForURL(/fait=avis/);
			await page.getByRole("button", { name: new RegExp(`^Arrêter – Le verger ${how}`) }).click();
			await page.waitForURL(/fait=plus-suivi/);
			await look(page, "stopped");
			assert.doesNotMatch(await page.locator("main").innerText(), new RegExp(`Le verger ${how}\\n`));
			assert.deepEqual([home.watch.errors, home.watch.foreign], [[], []]);
			await home.context.close();
		});
	}
});
