// A page of a group leaves it without its secret: chosen, agreed to, published, taken back, as people do.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, visit } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

onSite("shareable versions", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");
	const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).first().click();

	for (const screen of Object.keys(screens) as Screen[])
		for (const script of [true, false])
			it(`a page leaves its group without its secret (${screen}${script ? "" : ", without JavaScript"})`, async () => {
				const look = async (page: Page, name: string) => {
					if (script) await accessible(page);
					await shoot(page, `shareable-${name}-${screen}${script ? "" : "-bare"}`);
				};
				const called = `Récit ${screen}${script ? "" : " bis"}`;
				const writer = await new Client(site).signIn("facilitator"), other = await new Client(site).signIn("member");
				const source = await add(writer, "page", { titre: called, texte: "Ce qui s’est bien passé.\n\nLe secret de Paul.\n\nLa suite." }, "coordination");
				await edit(other, source.id, { texte: "Ce qui s’est bien passé.\n\nLe secret de Paul.\n\nLa suite, et la fin." });

				const chair = await visit(browser, site, screen, { script }), { page } = chair;
				await signIn(page, "facilitator");
				await page.goto(source.url);
				await main(page).getByRole("link", { name: "Version partageable" }).click();
				await page.getByLabel("Où va-t-elle ?").selectOption("tours");
				await page.getByLabel("Le passage 2 sort").uncheck();
				await look(page, "choosing");
				await press(page, "Voir ce qui serait partagé");
				await page.waitForURL(/fait=partage-prepare/);
				const place = new URL(page.url()).pathname;
				assert.doesNotMatch(await main(page).innerText(), /secret de Paul/);
				await press(page, "Interroger les personnes concernées");
				await page.waitForURL(/fait=partage-demande/);
				await look(page, "asked");

				const member = await visit(browser, site, screen, { script });
				await signIn(member.page, "member");
				await member.page.goto(source.url);
				await main(member.page).getByRole("link", { name: "La voir" }).click();
				await look(member.page, "answering");
				await member.page.getByLabel("Je suis d’accord").check();
				await press(member.page, "Répondre");
				await member.page.waitForURL(/fait=partage-repondu/);

				await page.goto(place);
				await press(page, "La publier");
				await page.waitForURL(/fait=partage-publie/);
				await look(page, "published");
				await main(page).getByRole("link", { name: "Voir la page" }).click();
				const copy = new URL(page.url()).pathname;
				const stranger = await visit(browser, site, screen, { script });
				await stranger.page.goto(copy);
				assert.match(await main(stranger.page).innerText(), /La suite, et la fin/);
				assert.doesNotMatch(await main(stranger.page).innerText(), /secret de Paul/);

				await member.page.goto(place);
				await press(member.page, "Je reprends mon accord");
				await member.page.waitForURL(/fait=partage-repris/);
				await look(member.page, "taken-back");
				assert.equal((await stranger.page.goto(copy))!.status(), 404);
				for (const one of [chair, member, stranger]) {
					assert.deepEqual(one.watch.errors, []);
					await one.context.close();
				}
			});
});
