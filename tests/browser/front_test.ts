// A facilitator makes a map of the places open on Saturday, puts it in the menu and on the home page, in a real browser:
// on a phone and on a desktop, with and without JavaScript, nothing that axe knows being wrong on the way.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

onSite("shaping the face of the site", (site) => {
	let browser: Browser, axe = "";
	before(async () => {
		browser = await openBrowser();
		axe = await readFile(axeSource, "utf8");
		const member = await new Client(site).signIn("member");
		const closed = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [`ouverture.${day}`, "fermé"]));
		for (const [nom, day] of [["Atelier du samedi", "6"], ["Atelier du lundi", "1"]] as const)
			await add(member, "espace", { nom, genre: "epn", statut: "ouvert", ...closed, [`ouverture.${day}`]: "10h-12h", "lieu.lat": "47.39", "lieu.lon": "0.69" });
	});
	after(() => browser?.close());

	async function sound(page: Page, script: boolean, name: string): Promise<void> {
		const width = page.viewportSize()!.width;
		assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${name} is too wide`);
		await shoot(page, `front-${name}-${width}`);
		if (!script) return;
		await page.evaluate(axe);
		const wrong = await page.evaluate(async () => {
			const run = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
			return (await run.run({ resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
		});
		assert.deepEqual(wrong, [], name);
	}

	let made = 0;
	for (const { screen, script } of ways)
		it(`a map of places open on Saturday, in the menu and on the home page (${screen}${script ? "" : ", without JavaScript"})`, async () => {
			const { context, page, watch } = await visit(browser, site, screen, { script });
			const main = page.locator("main"), mark = `Samedi ${++made}`;
			const press = (name: string) => main.getByRole("button", { name, exact: true }).click();
			await signIn(page, "facilitator");
			await page.goto("/-/site");
			await sound(page, script, "site");
			// The view.
			await main.getByRole("link", { name: /^Vues/ }).click();
			await sound(page, script, "views");
			await main.getByRole("link", { name: "Nouvelle vue" }).click();
			await main.getByRole("link", { name: /^Espaces numériques/ }).click();
			await page.fill("#f-title", mark);
			await page.selectOption("#f-where-add", { label: "Heures d’ouverture" });
			await press("Ajouter");
			await main.getByRole("group", { name: "Heures d’ouverture" }).getByLabel("samedi").check();
			await main.getByRole("group", { name: "Comment elle s’ouvre" }).getByLabel("Carte", { exact: true }).check();
			if (script) await main.locator("#preview", { hasText: /1 espace numérique/ }).waitFor(); // by itself
			await press("Aperçu");
			assert.match(await main.locator("#preview").innerText(), /1 espace numérique/);
			assert.ok(await main.locator(".preview").getByText("Atelier du samedi").isVisible());
			assert.equal(await page.inputValue("#f-title"), mark);
			await sound(page, script, "view");
			await press("Créer la vue");
			await page.waitForURL(new RegExp(`/samedi-${made}\\?`));
			assert.equal(await page.locator("h1").innerText(), mark);
			assert.ok(await main.getByText("1 espace numérique").first().isVisible());
			await sound(page, script, "map");
			// In the menu, instead of its last word.
			await page.goto("/-/site/menu");
			await main.getByRole("button", { name: /^Ôter – Entrée 6/ }).click();
			await press("Ajouter une entrée");
			await page.fill("#f-menu-5-label", mark);
			await page.selectOption("#f-menu-5-to", { label: mark });
			await main.getByRole("button", { name: /^Monter – Entrée 6/ }).click();
			assert.equal(await page.inputValue("#f-menu-4-label"), mark, "what was typed went up");
			await press("Aperçu");
			await sound(page, script, "menu");
			await press("Publier le menu");
			assert.ok(await page.locator("header ~ .main-nav, body > .main-nav").getByText(mark).count());
			// On the home page, under its title.
			await page.goto("/-/site/home");
			await main.getByRole("link", { name: "Ajouter un bloc" }).click();
			await sound(page, script, "kinds");
			await main.getByRole("link", { name: /^Liste/ }).click();
			await page.fill("#f-title", `Bloc ${mark}`);
			await page.selectOption("#f-view", { label: mark });
			await page.selectOption("#f-layout", { label: "Carte" });
			await press("Aperçu");
			await sound(page, script, "block");
			await press("Mettre dans le brouillon");
			const row = main.locator("li.row", { hasText: `Bloc ${mark}` });
			const place = () => main.locator("ol.rows > li").evaluateAll((rows, wanted) => rows.findIndex((r) => r.textContent!.includes(wanted)), `Bloc ${mark}`);
			const last = await place();
			await row.getByRole("button", { name: /^Monter/ }).click();
			assert.equal(await place(), last - 1);
			await sound(page, script, "blocks");
			await main.getByRole("link", { name: "Aperçu de toute la page" }).click();
			await sound(page, script, "preview");
			await press("Publier cette page");
			await page.waitForURL(/\/\?/);
			assert.ok(await main.getByRole("heading", { name: `Bloc ${mark}` }).isVisible());
			await sound(page, script, "home");
			assert.deepEqual(watch.errors, []);
			assert.deepEqual(watch.foreign, []);
			await context.close();
		});

	it("no block of a home page is wider than its column, at any width", async () => {
		const { context, page } = await visit(browser, site, "desktop", { script: true });
		await signIn(page, "facilitator");
		for (const [title, view, layout] of [["Cartes", "actions", "cards"], ["Tableau", "glossaire", "table"], ["Images", "actions", "gallery"], ["Liste", "annuaire", ""]] as const) {
			await page.goto("/-/site/home/add/view");
			await page.fill("#f-title", title);
			await page.selectOption("#f-view", view);
			await page.selectOption("#f-layout", layout);
			await page.locator("main").getByRole("button", { name: "Mettre dans le brouillon" }).click();
		}
		await page.goto("/-/site/home/preview");
		for (const width of [320, 360, 500, 700, 900, 1024, 1100, 1280, 1600]) {
			await page.setViewportSize({ width, height: 900 });
			const wide = await page.evaluate(() => [...document.querySelectorAll("main .section")].filter((s) => s.scrollWidth > s.clientWidth + 1).map((s) => s.querySelector("h2")?.textContent));
			assert.deepEqual(wide, [], `at ${width}`);
			assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `at ${width}`);
		}
		await context.close();
	});
});
