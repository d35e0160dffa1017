// Moderation as people do it: a page reported from a phone, hidden, answered; a spree undone.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

onSite("moderation", (site) => {
	let browser: Browser;
	// Signed in once: tries to sign in are counted.
	const author = new Client(site), spree = new Client(site);
	before(async () => {
		await author.signIn("neighbour");
		await spree.signIn("contributor");
		browser = await openBrowser();
	});
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `moderation-${name}-${screen}`);
		};

		it(`somebody passing by reports a page; a facilitator hides it; its author answers (${how})`, async () => {
			const title = `Potins ${how}`;
			const made = await add(author, "page", { titre: title, texte: "On dit que le voisin du troisième ne paie pas son loyer." });
			const passing = await visit(browser, site, screen, { script });
			await passing.page.goto(made.url);
			await passing.page.getByRole("link", { name: "Signaler cette page" }).click();
			await look(passing.page, "report");
			await passing.page.getByLabel("Elle dit quelque chose de privé").check();
			await passing.page.getByLabel(/Que doivent-elles savoir/).fill("C’est mon voisin.");
			await passing.page.waitForTimeout(2100);
			await passing.page.getByRole("button", { name: "Envoyer le signalement" }).click();
			await passing.page.waitForURL(/fait=signale/);
			await look(passing.page, "reported");
			await passing.context.close();

			const desk = await visit(browser, site, screen, { script }), { page } = desk;
			await signIn(page, "facilitator");
			await page.locator("header details > summary").click();
			await page.locator("header").getByRole("link", { name: "Modération" }).click();
			await look(page, "queue");
			await page.getByRole("link", { name: `Décider – ${title}` }).click();
			await page.getByRole("button", { name: "Décider ainsi" }).click();
			await look(page, "decide-mistakes");
			await page.getByLabel("Masquer la page").check();
			await page.getByLabel("Règle").selectOption("privacy");
			await page.getByLabel("Raison, en une phrase").fill("La vie privée de quelqu’un.");
			await look(page, "decide");
			await page.getByRole("button", { name: "Décider ainsi" }).click();
			await page.waitForURL(/fait=decide/);
			await page.goto("/-/moderation/log");
			await look(page, "log-team");
			assert.match(await main(page).innerText(), new RegExp(title));
			assert.deepEqual([desk.watch.errors, desk.watch.foreign], [[], []]);
			await desk.context.close();

			const home = await visit(browser, site, screen, { script });
			await home.page.goto("/-/moderation/log");
			assert.doesNotMatch(await main(home.page).innerText(), /Potins|Voisine/);
			await look(home.page, "log");
			await signIn(home.page, "neighbour");
			await home.page.goto("/-/account");
			await look(home.page, "account");
			await home.page.getByRole("link", { name: "Répondre à cette décision" }).first().click();
			await look(home.page, "appeal");
			await home.page.getByLabel("Pourquoi n’êtes-vous pas d’accord").fill("Tout le monde le sait.");
			await home.page.getByRole("button", { name: "Envoyer ma réponse" }).click();
			await home.page.waitForURL(/fait=reponse/);
			await home.context.close();

			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "administrator");
			await other.page.goto("/-/moderation");
			await look(other.page, "appeals");
			await main(other.page).getByRole("link", { name: title }).first().click();
			await other.page.getByText("La décision est maintenue").click();
			await other.page.getByLabel("Pourquoi, en une phrase").fill("Cela reste privé.");
			await look(other.page, "answer");
			await other.page.getByRole("button", { name: "Répondre" }).click();
			await other.page.waitForURL(/fait=repondu/);
			await other.context.close();
		});

		it(`a facilitator undoes all that an account did, and takes that back (${how})`, async () => {
			const page1 = await add(author, "page", { titre: `Recette ${how}`, texte: "Une soupe pour huit." });
			await edit(spree, page1.id, { texte: "ACHETEZ" });
			const page2 = await add(spree, "page", { titre: `Réclame ${how}`, texte: "ACHETEZ" });
			const desk = await visit(browser, site, screen, { script }), { page } = desk;
			await signIn(page, "facilitator");
			await page.goto(`/-/history/${page1.id}`);
			await look(page, "history");
			await page.getByRole("link", { name: /Ses autres actions : Inès/ }).first().click();
			await look(page, "spree");
			await page.getByLabel("Défaire tout ce qui est dans la liste").check();
			await page.getByLabel("Règle").selectOption("spam");
			await page.getByLabel("Raison, en une phrase").fill("Une vague de réclame.");
			await page.getByRole("button", { name: "Décider ainsi" }).click();
			await page.waitForURL(/fait=defait/);
			await look(page, "undone");
			assert.match(await (await fetch(site.origin + page1.url)).text(), /Une soupe pour huit/);
			assert.equal((await fetch(site.origin + page2.url)).status, 404);
			await page.getByRole("button", { name: "Annuler" }).click();
			await page.waitForURL(/fait=annule/);
			assert.equal((await fetch(site.origin + page2.url)).status, 200);
			assert.deepEqual([desk.watch.errors, desk.watch.foreign], [[], []]);
			await desk.context.close();
		});
	}
});
