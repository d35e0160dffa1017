// A list narrowed without a reload: the list, the counts, the address, Back, the focus and what is said aloud.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, type Screen, screens, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("narrowing", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const titles = (page: Page) => page.locator("#results h3").allInnerTexts();
	const mark = (page: Page) => page.evaluate(() => void ((window as never as { stayed: boolean }).stayed = true));
	const stayed = (page: Page) => page.evaluate(() => (window as never as { stayed?: boolean }).stayed === true);

	for (const screen of Object.keys(screens) as Screen[])
		it(`a choice shows what it leaves; Back shows the whole again (${screen})`, async () => {
			const { page, watch, context } = await visit(browser, site, screen);
			await page.goto("/espaces-numeriques");
			await mark(page);
			const all = await titles(page);
			if (screen === "phone") await page.locator(".facets > summary").click();
			const choice = page.locator(".facets").getByLabel("La Rabière").first();
			await choice.check();
			await page.waitForURL(/quartier=/);
			assert.ok(await stayed(page), "no reload");
			// As the site itself answers at that address.
			const narrowed = await titles(page);
			assert.ok(narrowed.length < all.length && narrowed.length > 0);
			const fresh = await context.newPage();
			await fresh.goto(page.url());
			assert.deepEqual(narrowed, await titles(fresh));
			assert.equal(await page.locator("#count").innerText(), await fresh.locator("#count").innerText());
			await fresh.close();
			assert.equal(await page.locator("[role=status].visually-hidden").innerText(), await page.locator("#count").innerText());
			assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), await page.locator(".facets").getByLabel("La Rabière").first().inputValue());
			assert.ok(await page.locator(".facets").getByLabel("La Rabière").first().isChecked());
			await page.goBack();
			await page.waitForFunction((n) => document.querySelectorAll("#results h3").length === n, all.length);
			assert.deepEqual(await titles(page), all);
			assert.ok(await stayed(page));
			await page.goForward();
			await page.waitForFunction((n) => document.querySelectorAll("#results h3").length === n, narrowed.length);
			assert.deepEqual(watch.errors, []);
			await context.close();
		});

	it("choices made quickly one after the other end on the last", async () => {
		const { page, context } = await visit(browser, site, "desktop");
		await page.goto("/annuaire");
		await mark(page);
		for (const label of ["Tours", "La Riche"]) await page.locator(".facets").getByLabel(label, { exact: false }).first().click();
		await page.waitForURL((url) => url.searchParams.getAll("commune").length === 2);
		await page.waitForFunction(() => document.querySelectorAll(".facets input:checked").length === 2);
		assert.ok(await stayed(page));
		await context.close();
	});
	it("the order too", async () => {
		const { page, context } = await visit(browser, site, "desktop");
		await page.goto("/annuaire");
		await mark(page);
		const before = await titles(page);
		const options = await page.locator("#sort option").evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
		await page.locator("#sort").selectOption(options.at(-1)!);
		await page.waitForURL(/tri=/);
		await page.waitForFunction((first) => document.querySelector("#results h3")!.textContent !== first, before[0]);
		assert.ok(await stayed(page));
		await context.close();
	});
	it("when the connection fails, the browser goes there, and says so itself", async () => {
		const { page, context } = await visit(browser, site, "desktop");
		await page.goto("/annuaire");
		await mark(page);
		await page.route("**/annuaire?*", (route) => (route.request().resourceType() === "fetch" ? route.abort() : route.continue()));
		await page.locator(".facets").getByLabel("La Riche", { exact: false }).first().click();
		await page.waitForURL(/commune=/);
		assert.equal(await stayed(page), false);
		await context.close();
	});
});
