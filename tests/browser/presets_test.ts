// The demonstration of every preset in a real browser, on a phone in the dark and on a desktop in the light:
// its home, a list, a record; no accessibility mistake that axe knows, nothing wider than the screen.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { mistakes, openBrowser, type Screen, screens, shoot, visit } from "../support/browser.js";
import { initPreset, presets } from "../support/presets.js";
import { serve, type Served } from "../support/program.js";

for (const preset of presets)
	describe(`the demonstration of ${preset.name}`, () => {
		let dir = "", site: Served, browser: Browser;
		before(async () => {
			dir = await initPreset(preset, true);
			site = await serve(dir);
			browser = await openBrowser();
		});
		after(async () => {
			await browser?.close();
			await site?.stop();
			await rm(dir, { recursive: true, force: true });
		});

		for (const screen of Object.keys(screens) as Screen[])
			it(`is accessible and fits a ${screen}`, async () => {
				const { page, watch, context } = await visit(browser, site, screen);
				const wrong: string[] = [];
				const look = async (name: string) => {
					const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
					for (const line of [...(wide ? ["wider than the screen"] : []), ...(await mistakes(page))]) wrong.push(`${name}: ${line}`);
					await shoot(page, `preset-${preset.name}-${name}-${screen}`);
				};
				await page.goto("/");
				await look("home");
				// The first list of the menu, and the first record of that list.
				const list = (await page.locator("nav a[href^='/']").first().getAttribute("href"))!;
				await page.goto(list);
				await look("list");
				await page.goto(`${list}?vue=list`);
				await page.locator("main h3 a").first().click();
				await page.waitForSelector("main h1");
				await look("record");
				assert.deepEqual([...wrong, ...watch.errors, ...watch.foreign], []);
				await context.close();
			});
	});
