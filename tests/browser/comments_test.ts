// Comments as people write them: with an account, without one, answered in place, closed.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

onSite("comments", (site) => {
	let browser: Browser;
	const author = new Client(site);
	before(async () => {
		await author.signIn("neighbour");
		browser = await openBrowser();
	});
	after(() => browser?.close());
	const thread = (page: Page) => page.locator("#commentaires");

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `comments-${name}-${screen}`);
		};

		it(`a member comments, a passer-by answers, a facilitator says yes and closes (${how})`, async () => {
			const made = await add(author, "page", { titre: `Le banc ${how}`, texte: "Faut-il un banc ?" });
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "member");
			await page.goto(made.url);
			await look(page, "none");
			await thread(page).getByRole("textbox", { name: "Votre commentaire" }).fill("Oui, à l’ombre.");
			await thread(page).getByRole("button", { name: "Publier le commentaire" }).click();
			await page.waitForURL(/fait=commente/);
			await look(page, "said");
			// An answer, in place.
			await thread(page).locator("details > summary").first().click();
			await thread(page).getByRole("textbox", { name: /Votre réponse à Maël/ }).fill("Et près de la fontaine.");
			await look(page, "answering");
			await thread(page).getByRole("button", { name: "Publier la réponse" }).click();
			await page.waitForURL(/fait=commente/);
			assert.match(await thread(page).innerText(), /2 commentaires[\s\S]*à l’ombre[\s\S]*fontaine/);
			// A mistake keeps what was typed.
			await thread(page).getByRole("textbox", { name: "Prendre part à la discussion" }).fill("   ");
			await thread(page).getByRole("button", { name: "Publier le commentaire" }).click();
			await page.getByRole("alert").waitFor();
			await look(page, "mistake");
			assert.deepEqual([home.watch.errors.filter((each) => !/422/.test(each)), home.watch.foreign], [[], []]);
			await home.context.close();

			const passing = await visit(browser, site, screen, { script });
			await passing.page.goto(made.url);
			await look(passing.page, "visitor");
			await thread(passing.page).getByRole("link", { name: /^Répondre/ }).first().click();
			await look(passing.page, "guest");
			await passing.page.getByLabel("Votre réponse").fill("Je peux prêter des outils.");
			await passing.page.getByLabel(/Votre nom/).fill("Denise");
			await passing.page.waitForTimeout(2100);
			await passing.page.getByRole("button", { name: "Proposer" }).click();
			await passing.page.waitForURL(/keep/);
			await look(passing.page, "kept");
			await passing.page.goto(made.url);
			assert.match(await thread(passing.page).innerText(), /Denise[\s\S]*attend un oui[\s\S]*outils/);
			await look(passing.page, "waits");
			await passing.context.close();

			const desk = await visit(browser, site, screen, { script });
			await signIn(desk.page, "facilitator");
			await desk.page.goto(made.url);
			await look(desk.page, "facilitator");
			await thread(desk.page).getByRole("button", { name: /^Publier – / }).click();
			await desk.page.waitForURL(/fait=cree/);
			await thread(desk.page).getByRole("button", { name: "Fermer les commentaires" }).click();
			await desk.page.waitForURL(/fait=fil-ferme/);
			await look(desk.page, "closed");
			assert.match(await thread(desk.page).innerText(), /3 commentaires[\s\S]*a fermé les commentaires/);
			assert.deepEqual([desk.watch.errors, desk.watch.foreign], [[], []]);
			await desk.context.close();
		});
	}
});
