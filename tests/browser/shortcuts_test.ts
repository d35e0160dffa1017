// Shortcuts of the keyboard: what the page lists is what they do, on any keyboard, never where somebody types, and
// not at all for who does without.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, shoot, signIn, type Visit, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("shortcuts", (site) => {
	let browser: Browser, opened: Visit, page: Page;
	before(async () => {
		browser = await openBrowser();
		opened = await visit(browser, site, "desktop");
		page = opened.page;
		await signIn(page, "member");
	});
	after(() => browser?.close());

	const at = () => new URL(page.url()).pathname;
	const goes = (path: string) => page.waitForURL((url) => url.pathname === path);
	// As a French keyboard sends it: what is typed, and where the key is.
	const azerty = (key: string, code: string, shiftKey = false) =>
		page.evaluate(([key, code, shiftKey]) => {
			const target = document.activeElement ?? document.body;
			target.dispatchEvent(new KeyboardEvent("keydown", { key: key as string, code: code as string, shiftKey: shiftKey as boolean, bubbles: true, cancelable: true }));
		}, [key, code, shiftKey] as const);
	// Pressed, then long enough for a page to come.
	const still = async (path: string) => {
		await page.waitForTimeout(300);
		assert.equal(at(), path);
	};

	it("? opens the list, which the foot of each page leads to", async () => {
		await page.goto("/annuaire");
		assert.equal(await page.locator('footer a[href="/-/shortcuts"]').count(), 1);
		await page.keyboard.press("?");
		await goes("/-/shortcuts");
		await shoot(page, "shortcuts");
	});

	it("each one listed does what it says", async () => {
		await page.goto("/-/shortcuts");
		const listed = await page.locator("table tbody tr").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("kbd")].map((key) => key.textContent).join(" ")));
		const done: string[] = ["Ctrl+B", "Ctrl+I", "1 a", "Enter", "+"]; // rich_tools_test, coding_test
		const press = async (keys: string) => {
			for (const key of keys.split(" ")) await page.keyboard.press(key);
			done.push(keys);
		};
		for (const [keys, path] of [["?", "/-/shortcuts"], ["g a", "/"], ["g n", "/-/recent"], ["g c", "/-/contribute"], ["g b", "/-/drafts"], ["g m", "/-/account"]] as const) {
			await page.goto("/resoudre");
			await press(keys);
			await goes(path);
		}
		await page.goto("/resoudre");
		await press("/");
		assert.equal(await page.evaluate(() => document.activeElement!.id), "q");
		await page.goto("/resoudre");
		await press("e");
		await page.waitForURL(/\/-\/edit\//);
		await page.goto("/resoudre");
		await press("h");
		await page.waitForURL(/\/-\/history\//);
		await page.goto("/annuaire?taille=10&vue=list");
		const titles = await page.locator("main li :is(h2, h3, h4) a").allTextContents();
		const focused = () => page.evaluate(() => document.activeElement!.textContent);
		await press("j");
		assert.equal(await focused(), titles[0]);
		await page.keyboard.press("j");
		assert.equal(await focused(), titles[1]);
		await press("k");
		assert.equal(await focused(), titles[0]);
		await page.keyboard.press("k");
		assert.equal(await focused(), titles[0], "no further");
		await press("n");
		await page.waitForURL(/suite=/);
		assert.deepEqual([...new Set(done)].sort(), [...listed].sort());
	});

	it("on a French keyboard, where ? / and letters are elsewhere", async () => {
		await page.goto("/annuaire");
		await azerty("?", "KeyM", true);
		await goes("/-/shortcuts");
		await azerty("/", "Period", true);
		assert.equal(await page.evaluate(() => document.activeElement!.id), "q");
		await page.goto("/annuaire");
		await azerty("g", "KeyG");
		await azerty("a", "KeyQ");
		await goes("/");
		await page.goto("/annuaire");
		await azerty("g", "KeyG");
		await azerty("q", "KeyA");
		await still("/annuaire");
	});

	it("never while typing, nor with a modifier, nor slowly", async () => {
		await page.goto("/-/new/page");
		await page.fill("#f-titre", "");
		await page.locator("#f-titre").pressSequentially("g a?/ehjkn");
		await page.locator("#f-texte").pressSequentially("g n?");
		await page.locator("#q").pressSequentially("?g c");
		assert.equal(await page.inputValue("#f-titre"), "g a?/ehjkn");
		assert.equal(await page.inputValue("#f-texte"), "g n?");
		assert.equal(await page.inputValue("#q"), "?g c");
		await still("/-/new/page");
		await page.goto("/annuaire");
		const box = page.locator("main input[type=checkbox]").first();
		await box.focus();
		await page.keyboard.press("?");
		await still("/annuaire");
		await page.evaluate(() => {
			const edited = document.createElement("p");
			edited.contentEditable = "true";
			document.querySelector("main")!.append(edited);
			edited.focus();
		});
		await page.keyboard.press("?");
		await still("/annuaire");
		await page.goto("/annuaire");
		for (const keys of ["Control+e", "Alt+e", "Meta+h"]) await page.keyboard.press(keys);
		await still("/annuaire");
		await page.keyboard.press("g");
		await page.waitForTimeout(1700);
		await page.keyboard.press("a");
		await still("/annuaire");
	});

	it("can be turned off; the choice is kept, also after signing out", async () => {
		await page.goto("/-/shortcuts");
		assert.equal(await page.isChecked("p-shortcuts input"), true);
		await page.uncheck("p-shortcuts input");
		await page.reload();
		assert.equal(await page.isChecked("p-shortcuts input"), false);
		await page.goto("/annuaire");
		for (const keys of ["?", "g", "a", "/"]) await page.keyboard.press(keys);
		await still("/annuaire");
		assert.notEqual(await page.evaluate(() => document.activeElement!.id), "q");
		await page.click("details.menu summary");
		await page.click('form[action="/-/sign-out"] button');
		await page.waitForLoadState();
		await page.goto("/annuaire");
		await page.keyboard.press("?");
		await still("/annuaire");
		await page.goto("/-/shortcuts");
		await page.focus("p-shortcuts input");
		await page.keyboard.press("Space");
		await page.goto("/annuaire");
		await page.keyboard.press("?");
		await goes("/-/shortcuts");
		assert.deepEqual(opened.watch.errors, []);
	});

	it("without JavaScript: the list, and a word of why nothing happens", async () => {
		const plain = await visit(browser, site, "phone", { script: false });
		await plain.page.goto("/-/shortcuts");
		assert.equal(await plain.page.locator("p-shortcuts input").count(), 0);
		assert.match((await plain.page.textContent("noscript"))!, /tout fonctionne sans eux/);
		await shoot(plain.page, "shortcuts-phone-no-script");
		await plain.context.close();
	});
});
