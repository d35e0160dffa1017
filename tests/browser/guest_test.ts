// A resident without an account announces an action from her phone, and corrects it a week later.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("guests", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `guest-${name}-${screen}`);
		};

		it(`a resident without an account announces an action, a facilitator says yes, she corrects it later (${how})`, async () => {
			const title = `Pique-nique des voisins ${how}`;
			const phone = await visit(browser, site, screen, { script }), { page } = phone;
			await page.goto("/-/contribute");
			await main(page).getByRole("link", { name: /action/i }).first().click();
			await page.getByLabel("Votre nom, tel qu’on le lira").fill("Denise");
			await page.fill("#f-titre", title);
			await page.fill("#f-recit", "On apporte à manger, la mairie prête les tables.");
			await look(page, "form");
			await page.waitForTimeout(2000); // a person takes longer
			await page.getByRole("button", { name: "Proposer" }).click();
			await page.waitForURL(/keep/);
			await look(page, "keep");
			assert.match(await main(page).innerText(), /attend l’accord/);
			const code = await main(page).locator("code").innerText();
			await page.getByRole("link", { name: "La voir" }).click();
			await look(page, "waiting");
			const address = new URL(page.url()).pathname;
			assert.match(await main(page).innerText(), /attend l’accord/);
			assert.deepEqual([phone.watch.errors, phone.watch.foreign], [[], []]);
			await phone.context.close();

			const desk = await visit(browser, site, "desktop", { script });
			await signIn(desk.page, "facilitator");
			await desk.page.goto("/-/proposals");
			await look(desk.page, "proposals");
			await desk.page.getByRole("button", { name: `Publier – ${title}` }).click();
			await desk.page.waitForURL(/fait=/);
			await desk.context.close();

			const later = await visit(browser, site, screen, { script });
			await later.page.goto("/-/card");
			await later.page.getByLabel("Code").fill(code);
			await later.page.getByRole("button", { name: "Entrer", exact: true }).click();
			await later.page.waitForURL(/fait=carte/);
			await later.page.goto(address);
			await later.page.getByRole("link", { name: "Corriger cette page" }).first().click();
			await later.page.fill("#f-recit", "Reporté au dimanche suivant.");
			await later.page.getByRole("button", { name: "Enregistrer" }).click();
			await later.page.waitForURL(/fait=enregistre/);
			await look(later.page, "corrected");
			assert.match(await main(later.page).innerText(), /Reporté au dimanche suivant/);
			assert.match(await main(later.page).innerText(), /Par Denise/);
			await later.context.close();
		});
	}
});
