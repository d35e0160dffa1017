// A person takes her data with her, then erases her account and all she wrote: from her phone, and without a script.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite, type PersonName } from "../support/program.js";
import { add, edit } from "../support/records.js";
import { unzip } from "../support/zip.js";

// A site for each screen: tries to sign in from one address are counted.
for (const { screen, script } of ways) onSite(`personal data (${screen})`, (site) => {
	let browser: Browser, facilitator: Client;
	before(async () => {
		browser = await openBrowser();
		facilitator = await new Client(site).signIn("facilitator");
	});
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");
	// One account each: it is gone afterwards.
	const who: Record<Screen, PersonName[]> = { phone: ["neighbour", "contributor"], desktop: ["member", "outsider"] };

		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const person = who[screen][script ? 0 : 1]!;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `personal-${name}-${screen}`);
		};

		it(`she takes her data, then erases her account with what she wrote (${how})`, async () => {
			const client = await new Client(site).signIn(person);
			const mine = await add(client, "page", { titre: `À moi seule ${how}`, texte: "Une phrase." });
			const shared = await add(facilitator, "page", { titre: `À d’autres ${how}`, texte: "Avant." });
			await edit(client, shared.id, { texte: "Après." });

			const { page, watch, context } = await visit(browser, site, screen, { script });
			await signIn(page, person);
			await page.goto("/-/account");
			await main(page).getByRole("link", { name: "Emporter mes données" }).click();
			await look(page, "data");
			await page.getByRole("button", { name: "Préparer mon fichier" }).click();
			await look(page, "ready");
			const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Prendre mon fichier" }).click()]);
			assert.equal(download.suggestedFilename(), "mes-donnees.zip");
			assert.match(unzip(readFileSync(await download.path())).get("mes-donnees.html")!, /À moi seule/);

			await page.goto("/-/account");
			await main(page).getByRole("link", { name: "Effacer mon compte" }).click();
			for (const pages of await main(page).locator("details > summary").all()) await pages.click();
			await look(page, "erase");
			assert.ok(await main(page).getByRole("link", { name: `À moi seule ${how}` }).isVisible());
			await page.getByRole("button", { name: "Effacer pour toujours" }).click();
			await look(page, "erase-mistakes");
			assert.match(await main(page).innerText(), /Cochez cette case/);
			await page.getByLabel("Tout part aussi").check();
			await page.getByLabel("J’ai compris").check();
			await page.getByRole("button", { name: "Effacer pour toujours" }).click();
			await page.waitForURL(/fait=compte-efface/);
			await look(page, "erased");
			assert.equal((await new Client(site).get(mine.url)).status, 404);
			assert.match((await new Client(site).get(shared.url)).body, /Avant\./);
			assert.deepEqual([watch.errors, watch.foreign], [[], []]);
			await context.close();
		});
});
