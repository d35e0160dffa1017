// A project that only one person carries: offered, taken up by a neighbour, handed over, put to sleep with its story.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite, people } from "../support/program.js";
import { add } from "../support/records.js";

onSite("looking after a project", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");
	const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).first().click();
	const open = (page: Page, name: string | RegExp) => main(page).getByRole("link", { name }).first().click();

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `care-${name}-${screen}`);
		};

		it(`goes from hand to hand, and sleeps (${how})`, async () => {
			const called = `Four à pain ${how}`;
			const made = await add(await new Client(site).signIn("member"), "projet", { nom: called });
			const { page } = await visit(browser, site, screen, { script });
			await signIn(page, "member");
			await page.goto(made.url);
			await open(page, "Qui s’en occupe");
			await look(page, "alone");
			assert.match(await main(page).innerText(), /Moins de deux personnes/);
			await press(page, "Le proposer à d’autres");
			await page.waitForURL(/fait=cherche-releve/);

			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "neighbour");
			await other.page.goto("/-/care");
			await look(other.page, "offers");
			await open(other.page, called);
			await look(other.page, "offered");
			await press(other.page, "Je reprends");
			await other.page.waitForURL(/fait=reprise/);
			await look(other.page, "taken");
			await other.page.getByLabel(/^Nom du compte/).fill(people.contributor.name);
			await other.page.getByRole("checkbox", { name: /m’en occupe plus/ }).check();
			await press(other.page, "Transmettre");
			await other.page.waitForURL(/fait=passee/);
			assert.ok((await main(other.page).innerText()).includes(people.contributor.name));

			await page.reload();
			await press(page, "Mettre en sommeil");
			await look(page, "refused");
			assert.match(await main(page).innerText(), /à corriger/);
			await page.getByLabel("Son histoire").fill("Le four est bâti. Demander à Jo.");
			await press(page, "Mettre en sommeil");
			await page.waitForURL(/fait=sommeil/);
			await page.goto(made.url);
			await look(page, "asleep");
			assert.match(await main(page).innerText(), /Le four est bâti/);
			await open(page, "Qui s’en occupe");
			await press(page, "Le réveiller");
			await page.waitForURL(/fait=reveil/);

			const chair = await visit(browser, site, screen, { script });
			await signIn(chair.page, "facilitator");
			await chair.page.goto("/-/dormant");
			await look(chair.page, "flagged");
			assert.match(await main(chair.page).innerText(), /Moins de deux personnes s’en occupent/);
		});
	}
});
