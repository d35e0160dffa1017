// The buttons above a long text: by finger, by keyboard, taken back, or absent.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser, type Screen, screens, signIn, shoot, type Visit, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

// Button, text with the selection between ‹ and ›, text afterwards.
const rows: [act: string, from: string, to: string][] = [
	["bold", "un ‹mot› gras", "un **mot** gras"],
	["bold", "un **‹mot›** gras", "un mot gras"],
	["bold", "un m‹›ot", "un **mot**"],
	["bold", "‹un\n\ndeux›", "**un**\n\n**deux**"],
	["italic", "un ‹mot ›gras", "un *mot* gras"],
	["italic", "**‹mot›**", "***mot***"],
	["italic", "***‹mot›***", "**mot**"],
	["heading", "Venir‹›", "## Venir"],
	["heading", "### Venir‹›", "Venir"],
	["list", "‹a\nb\n\nc›", "- a\n- b\n\n- c"],
	["numbers", "‹- a\n- b›", "1. a\n2. b"],
	["numbers", "‹1. a\n2. b›", "a\nb"],
	["quote", "‹a\nb\n›c", "> a\n> b\nc"],
	["link", "le ‹site›", "le [site](https://)"],
	["link", "‹https://exemple.org›", "[](https://exemple.org)"],
	["wiki", "voir ‹Résoudre›", "voir [[Résoudre]]"],
	["tag", "‹fête des voisins›", "#fête-des-voisins"],
	["record", "‹Résoudre›", "{{fiche Résoudre}}"],
	["record", "‹›", "{{fiche }}"],
	["record", "voir ‹Résoudre› ici", "voir \n\n{{fiche Résoudre}}\n\n ici"],
	["record", "voir\n‹Résoudre›\nici", "voir\n{{fiche Résoudre}}\nici"],
];

onSite("formatting buttons", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	const open = async (screen: Screen, script = true): Promise<Visit> => {
		const opened = await visit(browser, site, screen, { script });
		await signIn(opened.page, "member");
		await opened.page.goto("/-/new/page");
		return opened;
	};
	const put = (page: Visit["page"], marked: string) =>
		page.locator("#f-texte").evaluate((area: HTMLTextAreaElement, text) => {
			area.value = text.replace(/[‹›]/g, "");
			area.focus();
			area.setSelectionRange(text.indexOf("‹"), text.indexOf("›") - 1);
		}, marked);

	for (const screen of Object.keys(screens) as Screen[])
		it(`${screen}: each types its sign, and is as large as a finger`, async () => {
			const { page, context, watch } = await open(screen);
			await page.waitForSelector("[role=toolbar]");
			for (const [act, from, to] of rows) {
				await put(page, from);
				await page.click(`[data-do=${act}]`);
				assert.equal(await page.inputValue("#f-texte"), to, `${act}: ${from}`);
			}
			for (const button of await page.locator("[role=toolbar] button").all()) {
				const box = await button.boundingBox();
				assert.ok(box && box.width >= 44 && box.height >= 44);
				assert.ok((await button.textContent())?.trim());
			}
			await shoot(page, `formatting-${screen}`);
			assert.deepEqual(watch.errors, []);
			await context.close();
		});

	it("by keyboard: shortcuts, one stop for Tab, arrows; undo takes each change back", async () => {
		const { page, context } = await open("desktop");
		await page.waitForSelector("[role=toolbar]");
		const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset["do"] ?? document.activeElement!.id);
		await page.focus("#f-texte");
		await page.keyboard.type("un mot");
		await page.keyboard.press("Control+b");
		await page.keyboard.press("Control+i");
		assert.equal(await page.inputValue("#f-texte"), "un ***mot***");
		await page.keyboard.press("Control+z");
		assert.equal(await page.inputValue("#f-texte"), "un **mot**");
		await page.keyboard.press("Control+z");
		assert.equal(await page.inputValue("#f-texte"), "un mot");
		await page.keyboard.press("Shift+Tab");
		assert.equal(await focused(), "heading");
		for (const [key, at] of [["ArrowRight", "bold"], ["End", "tag"], ["ArrowRight", "heading"], ["ArrowLeft", "tag"], ["Home", "heading"]]) {
			await page.keyboard.press(key!);
			assert.equal(await focused(), at);
		}
		await page.keyboard.press("Tab");
		assert.equal(await focused(), "f-texte");
		await page.keyboard.press("Shift+Tab");
		await page.keyboard.press("Enter");
		assert.equal(await page.inputValue("#f-texte"), "## un mot");
		assert.equal(await focused(), "f-texte");
		await context.close();
	});

	it("without JavaScript: a plain text, and the help on signs", async () => {
		const { page, context } = await open("phone", false);
		assert.equal(await page.locator("[role=toolbar]").count(), 0);
		assert.ok(await page.locator("#f-texte").isVisible());
		assert.match((await page.textContent("main")) ?? "", /\[\[/);
		await context.close();
	});
});
