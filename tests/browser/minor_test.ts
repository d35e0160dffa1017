// A child asks for an account from a phone; a parent says yes from hers; another comes to a desk with a parent. With and
// without a script.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite, type Site } from "../support/program.js";
import { readLetter } from "../support/smtp.js";

async function linkTo(site: Site, to: string, path: string): Promise<string> {
	for (let i = 0; i < 100; i++, await new Promise((done) => setTimeout(done, 50)))
		for (const file of await readdir(join(site.dir, "letters")).catch(() => [])) {
			const letter = readLetter(await readFile(join(site.dir, "letters", file), "latin1"));
			const found = new RegExp(`(${path}\\?c=[\\w-]+)`).exec(letter.text);
			if (letter.headers.get("to") === `<${to}>` && found) return found[1]!;
		}
	throw new Error(`no link ${path} to ${to}`);
}

for (const { screen, script } of ways) onSite(`children (${screen})`, (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
		const admin = await new Client(site).signIn("administrator");
		await admin.send(await admin.form("/-/admin/settings", "/-/admin/settings/site"), { sign_up: "open" });
	});
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	const how = `${screen}${script ? "" : ", without JavaScript"}`, tag = script ? "un" : "deux";
	const look = async (page: Page, name: string) => {
		if (!script) return;
		await accessible(page);
		await shoot(page, `minor-${name}-${screen}`);
	};
	const ask = async (page: Page, name: string, parent: string) => {
		await page.goto("/-/sign-up");
		await page.getByLabel("Votre nom").fill(name);
		await page.getByLabel("Adresse de courriel", { exact: true }).fill(`${name.toLowerCase()}@minor.example`);
		await page.waitForTimeout(2100);
		await page.getByRole("button", { name: "Demander le compte" }).click();
		await look(page, "unsaid");
		assert.match(await main(page).innerText(), /Dites si vous avez 15 ans ou plus/);
		await page.getByLabel("J’ai moins de 15 ans").check();
		await page.getByLabel("adresse de courriel d’un parent").fill(parent);
		await page.getByRole("button", { name: "Demander le compte" }).click();
		await page.goto(await linkTo(site, `${name.toLowerCase()}@minor.example`, "/-/in"));
		await page.getByRole("button", { name: "Ouvrir mon compte" }).click();
		await look(page, parent ? "waits" : "waits-desk");
	};

	it(`a letter to the parent, who says yes (${how})`, async () => {
		const child = await visit(browser, site, screen, { script }), name = `Nino${tag}`;
		await ask(child.page, name, `mere-${tag}@minor.example`);
		assert.match(await main(child.page).innerText(), /Une lettre est partie à votre parent/);
		const parent = await visit(browser, site, screen, { script });
		await parent.page.goto(await linkTo(site, `mere-${tag}@minor.example`, "/-/parent"));
		await look(parent.page, "parent");
		await main(parent.page).getByRole("button", { name: "Répondre" }).click();
		await look(parent.page, "parent-unsaid");
		await parent.page.getByLabel("je suis d’accord").check();
		await main(parent.page).getByRole("button", { name: "Répondre" }).click();
		await look(parent.page, "parent-done");
		assert.match(await main(parent.page).innerText(), /Votre accord est noté/);
		for (const { watch, context } of [child, parent]) {
			assert.deepEqual([watch.errors, watch.foreign], [[], []]);
			await context.close();
		}
	});

	it(`at a desk, together (${how})`, async () => {
		const child = await visit(browser, site, screen, { script }), name = `Tom${tag}`;
		await ask(child.page, name, "");
		assert.match(await main(child.page).innerText(), /Venez à un accueil avec un parent/);
		const desk = await visit(browser, site, screen, { script });
		await signIn(desk.page, "facilitator");
		await desk.page.goto("/-/minors");
		await look(desk.page, "desk");
		await desk.page.getByRole("button", { name: `Noter l’accord d’un parent – ${name}` }).click();
		assert.match(await main(desk.page).innerText(), /L’accord du parent est noté/);
		for (const { watch, context } of [child, desk]) {
			assert.deepEqual([watch.errors, watch.foreign], [[], []]);
			await context.close();
		}
	});

	it(`what a child says of a person is read by members, then by everybody (${how})`, async () => {
		const chair = await visit(browser, site, screen, { script });
		await signIn(chair.page, "facilitator");
		const desk = await new Client(site).signIn("facilitator");
		const card = await desk.send(await desk.form("/-/space/tours/members", "/-/space/tours/card"), { name: `Lila${tag}`, minor: "1" });
		const child = await visit(browser, site, screen, { script });
		await child.page.goto("/-/card");
		await main(child.page).getByRole("textbox").first().fill(/<code>([^<]+)<\/code>/.exec(card.body)![1]!);
		await main(child.page).getByRole("button").first().click();
		await child.page.waitForLoadState();
		await child.page.goto("/-/new/structure");
		assert.match(await main(child.page).innerText(), /n’est lu que par les membres/);
		await child.page.getByLabel("Nom", { exact: true }).fill(`Le club de Lila ${tag}`);
		await child.page.locator("#f-genre").selectOption("association");
		await child.page.getByLabel("Téléphone").fill("02 47 00 00 01");
		await child.page.getByRole("button", { name: "Publier" }).click();
		await child.page.waitForURL(/fait=garde/);
		await look(child.page, "kept-hers");
		const url = new URL(child.page.url()).pathname, stranger = await visit(browser, site, screen, { script });
		await stranger.page.goto(url);
		assert.doesNotMatch(await main(stranger.page).innerText(), /02 47 00 00 01/);
		await chair.page.goto("/-/proposals");
		await look(chair.page, "kept-queue");
		await chair.page.getByRole("link", { name: `Voir et décider – Le club de Lila ${tag}` }).click();
		await look(chair.page, "kept");
		await chair.page.getByRole("button", { name: "Le montrer à tout le monde" }).click();
		await chair.page.waitForURL(/pour-tout-le-monde/);
		await stranger.page.goto(url);
		assert.match((await main(stranger.page).innerText()).replace(/\s/g, " "), /02 47 00 00 01/);
		for (const { watch, context } of [child, chair, stranger]) {
			assert.deepEqual([watch.errors, watch.foreign], [[], []]);
			await context.close();
		}
	});
});
