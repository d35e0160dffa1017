// The life of a page as people see it: renamed, with its links; trashed under the hands of somebody who writes.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, trash } from "../support/records.js";

onSite("life", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `life-${name}-${screen}`);
		};

		it(`a page gets another name: the links follow, the former address leads on, one click takes it back (${how})`, async () => {
			const member = await new Client(site).signIn("member");
			const named = await add(member, "page", { titre: `Fête ${how}`, texte: "Le dimanche." });
			const source = await add(member, "page", { titre: `Programme ${how}`, texte: `Venez à la [[Fête ${how}]].` });
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			await signIn(page, "member");
			await page.goto(`/-/edit/${named.id}`);
			await page.locator("#f-titre").fill(`Carnaval ${how}`);
			await page.getByText("Adresse de la page").click();
			await page.getByLabel("Fin de l’adresse").fill(`carnaval ${screen} ${script}`);
			await look(page, "1-form");
			await page.getByRole("button", { name: "Enregistrer la correction" }).click();
			await page.waitForURL(new RegExp(`/carnaval-${screen}-${script}\\?`));
			assert.match(await page.locator(".notice").first().innerText(), /les liens qui y mènent ont suivi/);
			await look(page, "2-renamed");
			await page.goto(source.url);
			await page.getByRole("link", { name: `Carnaval ${how}` }).click();
			assert.equal(await page.locator("h1").innerText(), `Carnaval ${how}`);
			await page.goto(named.url);
			assert.match(page.url(), /\/carnaval-/);
			await page.goBack();
			await page.goto(`/-/edit/${named.id}`);
			await page.locator("#f-titre").fill(`Bal ${how}`);
			await page.getByRole("button", { name: "Enregistrer la correction" }).click();
			await page.locator(".notice").getByRole("button", { name: "Annuler" }).click();
			await page.waitForURL(/fait=annule/);
			await page.goto(source.url);
			assert.equal(await page.getByRole("link", { name: `Carnaval ${how}` }).count(), 1);
			assert.deepEqual(visited.watch.errors, []);
			await visited.context.close();
		});

		it(`a page is put in the trash while a neighbour writes: her words are there, and she publishes them (${how})`, async () => {
			const facilitator = await new Client(site).signIn("facilitator");
			const made = await add(facilitator, "page", { titre: `Éphémère ${how}`, texte: "Avant." });
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			await signIn(page, "neighbour");
			await page.goto(`/-/edit/${made.id}`);
			await page.locator("#f-texte").fill("Une heure de travail.");
			await trash(facilitator, made.id);
			await page.getByRole("button", { name: "Enregistrer la correction" }).click();
			const told = page.locator(".error-summary");
			await told.waitFor();
			assert.match(await told.innerText(), /corbeille/);
			assert.equal(await page.locator("#f-texte").inputValue(), "Une heure de travail.");
			await look(page, "3-trashed");
			await page.getByRole("button", { name: "Publier" }).click();
			await page.waitForURL(/fait=cree/);
			assert.match(await page.locator("main").innerText(), /Une heure de travail/);
			assert.deepEqual(visited.watch.errors, []);
			await visited.context.close();
		});
	}
});
