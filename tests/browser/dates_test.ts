// A group looks for a date: proposed line by line, answered with and without an account, chosen, announced.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("dates to choose from", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());
	const day = (days: number) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
	const say = (page: Page, at: string, words: string) => page.locator(`fieldset[id="f-slot-${at.replace(/[:/]/g, "-")}"]`).getByLabel(words, { exact: true }).check();

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `dates-${name}-${screen}`);
		};

		it(`a neighbour proposes, a member and a passer-by answer, the date is chosen and announced (${how})`, async () => {
			const title = `Réunion du jardin, ${how}`, first = `${day(10)}T18:30/20:00`, second = day(12);
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "neighbour");
			await page.goto("/-/new/sondage_date");
			await look(page, "new");
			await page.getByLabel("Pour quoi faire").fill(title);
			await page.getByLabel("Jour 1", { exact: true }).fill(day(10));
			await page.locator("#f-dates-from-1").fill("18:30");
			await page.locator("#f-dates-to-1").fill("20:00");
			await page.locator("#f-dates-places-1").fill("1");
			await page.locator("#f-dates-to-2").fill("09:00"); // a line begun and forgotten
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.getByRole("alert").waitFor();
			assert.match(await page.getByRole("alert").innerText(), /Ligne 2\s: dites quel jour/);
			await look(page, "mistake");
			await page.locator("#f-dates-to-2").fill("");
			await page.locator("#f-dates-2").fill(second);
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.waitForURL(/fait=cree/);
			const url = page.url().replace(/\?.*/, "");
			await look(page, "none");

			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "member");
			await other.page.goto(url);
			await other.page.getByRole("link", { name: "Dire les dates qui me conviennent" }).click();
			await look(other.page, "answering");
			await say(other.page, first, "Oui");
			await say(other.page, second, "Si besoin");
			await other.page.getByRole("button", { name: "Enregistrer ma réponse" }).click();
			await other.page.waitForURL(/fait=dates-notees/);
			assert.match(await other.page.locator("#dates").innerText(), /1 personne a répondu[\s\S]*convient au plus grand nombre[\s\S]*complet/);
			await look(other.page, "answered");
			await other.context.close();

			const passing = await visit(browser, site, screen, { script });
			await passing.page.goto(url);
			await passing.page.getByRole("link", { name: "Dire les dates qui me conviennent" }).click();
			await look(passing.page, "guest");
			assert.equal(await passing.page.locator(`fieldset[id="f-slot-${first.replace(/[:/]/g, "-")}"]`).getByLabel("Oui").count(), 0); // full
			await passing.page.getByLabel(/Votre nom/).fill("Denise");
			await say(passing.page, second, "Oui");
			await passing.page.waitForTimeout(2100);
			await passing.page.getByRole("button", { name: "Enregistrer ma réponse" }).click();
			await passing.page.waitForURL(/fait=dates-notees/);
			assert.match(await passing.page.locator("main").innerText(), /gardez votre code[\s\S]*Qui peut, et quand[\s\S]*Denise/);
			await look(passing.page, "guest-answered");
			await passing.context.close();

			await page.goto(url);
			await page.getByRole("link", { name: "Dire les dates qui me conviennent" }).click();
			await look(page, "choosing");
			await page.getByLabel(/^Et l’annoncer/).selectOption("action");
			await page.getByRole("group", { name: /^Laquelle/ }).getByRole("radio").nth(1).check();
			await page.getByRole("button", { name: "Choisir cette date" }).click();
			await page.waitForURL(/fait=date-(annoncee|a-completer)/);
			await look(page, "announced");
			await page.goto(url);
			assert.match(await page.locator("#dates").innerText(), /Ce sera [\s\S]*choisie/);
			assert.equal(await page.locator("#dates").getByRole("link", { name: title }).count(), 1);
			await look(page, "chosen");
			assert.deepEqual([home.watch.errors.filter((each) => !/422/.test(each)), home.watch.foreign], [[], []]);
			await home.context.close();
		});
	}
});

onSite("what else takes place then and there", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());

	for (const screen of Object.keys(screens) as Screen[])
		it(`is told while it is typed, with links, and forbids nothing (${screen})`, async () => {
			const { page, context } = await visit(browser, site, screen, { script: true });
			await signIn(page, "member");
			const announce = async (title: string, hour: string) => {
				await page.goto("/-/new/evenement");
				await page.getByLabel("Quoi", { exact: true }).fill(title);
				await page.locator('[name="quand.from.day"]').fill("14");
				await page.locator('[name="quand.from.month"]').fill("9");
				await page.locator('[name="quand.from.year"]').fill("2027");
				await page.locator('[name="quand.from.time"]').fill(hour);
				await page.getByLabel("Où, en quelques mots").fill(`Salle ${screen}`);
			};
			const publish = () => page.getByRole("button", { name: "Publier", exact: true }).click();
			await announce(`Vannerie ${screen}`, "18 h 30");
			await publish();
			await page.waitForURL(/fait=cree/);
			await announce(`Poterie ${screen}`, "18 h 45");
			const told = page.getByRole("status").filter({ hasText: "au même endroit" });
			await told.waitFor();
			assert.match(await told.innerText(), new RegExp(`Vannerie ${screen}[\\s\\S]*mardi 14 septembre 2027`));
			await accessible(page);
			await shoot(page, `clash-${screen}`);
			// Another room: it goes away.
			await page.getByLabel("Où, en quelques mots").fill(`Autre salle ${screen}`);
			await told.waitFor({ state: "detached" });
			await page.getByLabel("Où, en quelques mots").fill(`Salle ${screen}`);
			await told.waitFor();
			await publish();
			await page.waitForURL(/fait=cree/);
			assert.match(await page.locator("main").innerText(), new RegExp(`au même endroit[\\s\\S]*Vannerie ${screen}`));
			await context.close();
		});
});
