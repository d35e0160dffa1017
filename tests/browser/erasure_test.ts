// What should never have been written leaves a page for ever, then the page itself: by who looks after the space, from
// her phone, and without a script.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

for (const { screen, script } of ways) onSite(`erasing for ever (${screen})`, (site) => {
	let browser: Browser, member: Client;
	before(async () => {
		browser = await openBrowser();
		member = await new Client(site).signIn("member");
	});
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	it(`a version, then the page, from its history and from the trash (${script ? "with" : "without"} JavaScript)`, async () => {
		const title = `Le banc ${screen} ${script}`;
		const made = await add(member, "page", { titre: title, texte: "Un banc à réparer." });
		await edit(member, made.id, { texte: "Un banc à réparer. Appeler le 02 99 88 77 66." });
		await edit(member, made.id, { texte: "Un banc à réparer." });
		const { page, watch, context } = await visit(browser, site, screen, { script });
		const look = async (name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `erasure-${name}-${screen}`);
		};
		await signIn(page, "facilitator");
		await page.goto(made.url);
		await main(page).getByRole("link", { name: "Historique" }).click();
		await look("history");
		await main(page).getByRole("link", { name: /^Effacer :/ }).nth(1).click();
		assert.match(await main(page).innerText(), /Appeler le 02 99 88 77 66/);
		await look("version");
		await page.getByRole("button", { name: "Effacer pour toujours" }).click();
		assert.match(await main(page).innerText(), /Dites pourquoi/);
		await look("mistakes");
		await page.getByLabel(/n’aurait jamais dû être écrit/).check();
		await page.getByLabel("J’ai compris").check();
		await page.getByRole("button", { name: "Effacer pour toujours" }).click();
		assert.match(await page.locator("body").innerText(), /C’est effacé/);
		assert.match(await main(page).innerText(), /effacée pour toujours/);
		await look("done");

		await page.goto(`/-/trash/${made.id}`);
		await page.getByRole("button", { name: "Mettre à la corbeille" }).click();
		await page.goto("/-/admin");
		await main(page).getByRole("link", { name: "Corbeille" }).click();
		await look("trash");
		await main(page).getByRole("link", { name: `Effacer pour toujours – ${title}` }).click();
		await look("page");
		await page.getByLabel("La personne concernée").check();
		await page.getByLabel("J’ai compris").check();
		await page.getByRole("button", { name: "Effacer pour toujours" }).click();
		assert.equal(await main(page).getByRole("link", { name: title, exact: true }).count(), 0);
		assert.equal((await page.goto(made.url))!.status(), 404);
		assert.deepEqual([watch.errors, watch.foreign], [[], []]);
		await context.close();
	});
});
