// People who answer each other: a notice answered in private and closed with thanks; a discussion where one is named; a debate
// that a class holds before one screen.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("people who answer each other", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());
	const day = (days: number) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `talk-${name}-${screen}`);
		};
		const here = (page: Page) => page.url().replace(/[?#].*/, "");

		it(`a notice: answered in private without an account, found, thanked for (${how})`, async () => {
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "member");
			await page.goto("/-/new/annonce");
			await page.getByLabel("En une phrase").fill(`Garder mes plantes, ${how}`);
			await page.getByLabel("J’ai besoin d’aide").check();
			for (const [part, value] of [["day", day(2).slice(8)], ["month", day(2).slice(5, 7)], ["year", day(2).slice(0, 4)]] as const) {
				const field = page.locator(`[name="fin.${part}"]`);
				if (await field.count()) await (await field.evaluate((e) => e.tagName) === "SELECT" ? field.selectOption(value) : field.fill(value));
			}
			if (await page.locator('input[name="fin"]').count()) await page.locator('input[name="fin"]').fill(day(2));
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.waitForURL(/fait=cree/);
			const url = here(page);
			await look(page, "own");

			const passing = await visit(browser, site, screen, { script });
			await passing.page.goto(url);
			await passing.page.getByRole("link", { name: "Je peux aider" }).click();
			await look(passing.page, "answer");
			await passing.page.getByLabel("Votre réponse").fill("Je passe samedi.");
			await passing.page.getByLabel(/Votre nom/).fill("Denise");
			await passing.page.waitForTimeout(2100);
			await passing.page.getByRole("button", { name: "Répondre en privé" }).click();
			await passing.page.waitForURL(/\/-\/exchange\//);
			const exchange = here(passing.page);
			await look(passing.page, "exchange-guest");

			await page.goto(url);
			await page.getByRole("link", { name: "Denise" }).click();
			await page.getByLabel(/Votre réponse à Denise/).fill("Merci, à samedi !");
			await page.getByRole("button", { name: "Envoyer" }).click();
			await page.waitForURL(/fait=repondu/);
			await look(page, "exchange");
			await passing.page.goto(exchange);
			assert.match(await passing.page.locator("main").innerText(), /à samedi/);

			await page.goto(url);
			await page.getByRole("button", { name: "Trouvé" }).click();
			await page.waitForURL(/call-thanks/);
			await look(page, "thanks");
			await page.getByRole("button", { name: "Les remercier" }).click();
			await page.waitForURL(/fait=merci/);
			assert.match(await page.locator("main").innerText(), /Trouvé[\s\S]*Merci à toutes les personnes/);
			await passing.page.goto(exchange);
			assert.match(await passing.page.locator("main").innerText(), /Merci\s!/);
			assert.deepEqual([home.watch.errors, home.watch.foreign, passing.watch.errors], [[], [], []]);
			await passing.context.close();
			await home.context.close();
		});

		it(`a discussion: begun from the forum, somebody is named, an answer solves it (${how})`, async () => {
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "member");
			await page.goto("/-/talks");
			await look(page, "forum");
			await page.getByRole("link", { name: "Ouvrir un sujet" }).click();
			await page.getByLabel("De quoi parle-t-on").fill(`Une marmite, ${how}`);
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.waitForURL(/fait=cree/);
			const url = here(page);

			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "neighbour");
			await other.page.goto(url);
			const box = other.page.locator("#f-text");
			await box.click();
			if (script) {
				await box.pressSequentially("Demande à @ano");
				await other.page.getByRole("option", { name: /Anouk/ }).waitFor();
				await look(other.page, "names");
				await box.press("Enter");
				assert.equal(await box.inputValue(), "Demande à @Anouk Anime (démo) ");
			} else await box.fill("Demande à @Anouk Anime (démo).");
			await other.page.getByRole("button", { name: "Publier le commentaire" }).click();
			await other.page.waitForURL(/fait=commente/);

			await page.goto(url);
			await page.getByRole("button", { name: /^Cela répond/ }).click();
			await page.waitForURL(/fait=fil-resolu/);
			await look(page, "solved");
			await page.goto("/-/talks?voir=resolues");
			assert.match(await page.locator("main").innerText(), new RegExp(`Une marmite, ${how}`));
			assert.deepEqual([home.watch.errors, other.watch.errors], [[], []]);
			await other.context.close();
			await home.context.close();
		});

		it(`a debate: a class before one screen, then somebody at home changes her mind (${how})`, async () => {
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "facilitator");
			await page.goto("/-/new/debat");
			await page.getByLabel("La question").fill(`Fermer la rue ? ${how}`);
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.waitForURL(/fait=cree/);
			const url = here(page);
			await page.getByRole("link", { name: "Pour une classe ou un groupe" }).click();
			for (const [i, name, stance, why] of [[0, "Léa", "Pour", "On joue"], [1, "Sami", "Contre", "Mon père livre"]] as const) {
				await page.locator(`#f-name-${i}`).fill(name);
				await page.locator(`#f-stance-${i}`).getByLabel(stance, { exact: true }).check();
				await page.locator(`#f-reason-${i}`).fill(why);
			}
			await look(page, "class");
			await page.getByRole("button", { name: "Tout enregistrer" }).click();
			await page.waitForURL(/fait=positions/);
			await page.locator("#f-stance-1").getByLabel("J’hésite", { exact: true }).check();
			await page.getByRole("button", { name: "Tout enregistrer" }).click();
			await page.waitForURL(/fait=positions/);

			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "neighbour");
			await other.page.goto(url);
			assert.match(await other.page.locator("#positions").innerText(), /2 personnes ont répondu[\s\S]*Sami[\s\S]*avant\s: Contre/);
			for (const stance of ["Pour", "Une question"]) {
				await other.page.getByRole("link", { name: /position$/ }).click();
				await other.page.getByLabel(stance, { exact: true }).check();
				await other.page.getByLabel(/^Pourquoi/).fill(`Parce que ${stance}.`);
				await look(other.page, "position");
				await other.page.getByRole("button", { name: "Enregistrer ma position" }).click();
				await other.page.waitForURL(/fait=position/);
			}
			assert.match(await other.page.locator("#positions").innerText(), /3 personnes ont répondu[\s\S]*Lou Voisine[\s\S]*avant\s: Pour/);
			await look(other.page, "debate");
			assert.deepEqual([home.watch.errors, other.watch.errors], [[], []]);
			await other.context.close();
			await home.context.close();
		});
	}
});
