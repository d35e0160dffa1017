// Coming in as people do: at a desk with a printed card, from a phone by an invitation, by a letter.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("coming in", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	for (const [i, { screen, script }] of ways.entries()) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `joining-${name}-${screen}`);
		};

		it(`somebody comes in with a printed card on a shared tablet, writes, and leaves nothing open (${how})`, async () => {
			const who = `Gisèle Guichet ${i}${script ? "" : " bis"}`;
			const desk = await visit(browser, site, "desktop", { script });
			await signIn(desk.page, "facilitator");
			await desk.page.goto("/-/space/tours/members");
			await look(desk.page, "members");
			await desk.page.getByRole("region", { name: "Quelqu’un sans courriel" }).getByLabel("Nom, tel qu’on le lira").fill(who);
			await desk.page.getByRole("button", { name: "Faire le compte et la carte" }).click();
			await desk.page.locator(".sheet-code").waitFor();
			await look(desk.page, "printed-card");
			const code = await desk.page.locator(".sheet-code").innerText();
			await desk.context.close();

			const tablet = await visit(browser, site, screen, { script }), { page } = tablet;
			await page.goto("/-/sign-in");
			await main(page).getByRole("link", { name: "J’ai une carte" }).click();
			await page.getByLabel("Code de la carte").fill(code.toUpperCase().replaceAll("-", " "));
			await look(page, "card");
			await page.getByRole("button", { name: "Entrer", exact: true }).click();
			await page.waitForURL(/fait=carte/);
			await look(page, "in");
			await page.goto("/-/new/page");
			await page.fill("#f-titre", `Recette de ${who}`);
			await page.fill("#f-texte", "Une soupe pour huit.");
			await page.getByRole("button", { name: "Publier" }).first().click();
			await page.waitForURL(/fait=cree/);
			assert.match(await page.locator("body").innerText(), new RegExp(`Recette de ${who}`));
			await page.locator("header details > summary").click();
			await page.getByRole("button", { name: "Se déconnecter" }).click();
			await page.waitForURL(/fait=au-revoir/);
			await page.goto("/-/account");
			assert.match(page.url(), /sign-in/);
			assert.deepEqual([tablet.watch.errors, tablet.watch.foreign], [[], []]);
			await tablet.context.close();
		});

		it(`a neighbour takes up an invitation from her phone (${how})`, async () => {
			const desk = await visit(browser, site, "desktop", { script });
			await signIn(desk.page, "facilitator");
			await desk.page.goto("/-/space/coordination/members");
			await desk.page.getByRole("button", { name: "Faire l’invitation" }).click();
			const link = await desk.page.locator("#f-link").inputValue();
			await look(desk.page, "invited");
			await desk.context.close();

			const phone = await visit(browser, site, screen, { script }), { page } = phone;
			await page.goto(link);
			await look(page, "invitation");
			await page.getByLabel("Votre nom, tel qu’on le lira").fill("Nora Voisine");
			await page.getByLabel("J’ai 15 ans ou plus").check();
			await page.getByRole("button", { name: "Rejoindre l’espace" }).click();
			await page.waitForURL(/welcome/);
			await look(page, "welcome");
			assert.match(await main(page).innerText(), /Bienvenue, Nora Voisine/);
			await page.goto("/-/account");
			assert.match(await main(page).innerText(), /Équipe d’animation/);
			assert.deepEqual([phone.watch.errors, phone.watch.foreign], [[], []]);
			await phone.context.close();
		});
	}
});
