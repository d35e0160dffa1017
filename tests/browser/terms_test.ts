// A person who comes in reads what changed in what she had accepted, says yes and goes on: from her phone, and without a
// script; another says no and leaves. An administrator writes the next version, and sees how many accepted it.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite, type PersonName } from "../support/program.js";

for (const { screen, script } of ways) onSite(`texts to accept (${screen})`, (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	const how = `${screen}${script ? "" : ", without JavaScript"}`, title = `Charte ${script ? "une" : "deux"}`;
	const [person, other]: PersonName[] = script ? ["member", "neighbour"] : ["contributor", "outsider"];
	const look = async (page: Page, name: string) => {
		if (!script) return;
		await accessible(page);
		await shoot(page, `terms-${name}-${screen}`);
	};

	it(`written, accepted, changed, accepted again, refused (${how})`, async () => {
		const office = await visit(browser, site, screen, { script });
		await signIn(office.page, "administrator");
		await office.page.goto("/-/admin/terms/new");
		if (office.page.url().includes("/-/terms")) assert.fail("the administrator is asked before she can write");
		await look(office.page, "new");
		await office.page.getByLabel("Titre").fill(title);
		await office.page.getByLabel("Texte").fill("## Entre nous\n\nOn s’écoute.\n\n- sans publicité");
		await main(office.page).getByRole("button", { name: "Publier" }).click();
		await look(office.page, "list");
		assert.match(await main(office.page).innerText(), new RegExp(`${title}[^]*acceptée par 0 personne`));

		const hers = await visit(browser, site, screen, { script });
		await signIn(hers.page, person!);
		await look(hers.page, "first");
		for (const box of await hers.page.getByRole("checkbox").all()) await box.check();
		await hers.page.getByRole("button", { name: "Continuer" }).click();
		await hers.page.goto("/-/account");
		assert.match(await main(hers.page).innerText(), new RegExp(`Ce que j’ai accepté[^]*${title}`));
		await hers.context.clearCookies();

		await office.page.getByRole("link", { name: title }).click();
		await office.page.getByLabel("Texte").fill("## Entre nous\n\nOn s’écoute et on se répond.\n\n- sans publicité");
		await office.page.getByRole("radio", { name: /^Leur redemander/ }).check();
		await office.page.getByRole("button", { name: "Publier cette version" }).click();

		await signIn(hers.page, person!);
		await look(hers.page, "changed");
		assert.match(await hers.page.locator("ins").last().innerText(), /et on se répond/);
		await hers.page.getByRole("button", { name: "Continuer" }).click();
		await look(hers.page, "unticked");
		assert.match(await main(hers.page).innerText(), /Cochez cette case/);
		await hers.page.getByRole("checkbox").check();
		await hers.page.getByRole("button", { name: "Continuer" }).click();
		await hers.page.goto("/-/new/page");
		assert.ok(await hers.page.getByLabel("Titre").isVisible());

		const no = await visit(browser, site, screen, { script });
		await signIn(no.page, other!);
		await main(no.page).getByRole("button", { name: "Se déconnecter" }).click();
		await no.page.goto("/annuaire");
		assert.ok(await no.page.getByRole("link", { name: "Se connecter" }).first().isVisible());

		await office.page.getByRole("link", { name: title }).click();
		await look(office.page, "versions");
		assert.match(await main(office.page).innerText(), /version 2[^]*acceptée par 1 personne[^]*version 1[^]*acceptée par 1 personne/);
		for (const { watch, context } of [office, hers, no]) {
			assert.deepEqual([watch.errors, watch.foreign], [[], []]);
			await context.close();
		}
		// The next round begins with nothing asked.
		const last = await visit(browser, site, screen, { script: true });
		await signIn(last.page, "administrator");
		for (const box of await last.page.getByRole("checkbox").all()) await box.check();
		await last.page.getByRole("button", { name: "Continuer" }).click();
		await last.context.close();
	});
});
