// What people come to do, in a real browser, on a phone and on a desktop, by keyboard, and without JavaScript.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, type Screen, screens, shoot, signIn, type Visit, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

onSite("journeys", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	const clean = ({ watch }: Visit) => {
		assert.deepEqual(watch.errors, []);
		assert.deepEqual(watch.foreign, []);
	};
	const main = (page: Page) => page.locator("main");
	// The search of the page's head, where it is shown; on a phone the bar under the thumb leads to it.
	async function search(page: Page, words: string): Promise<void> {
		const box = page.locator("header [name=q]");
		if (!(await box.isVisible())) await page.locator(".thumb-bar").getByText("Chercher").click();
		const field = (await box.isVisible()) ? box : main(page).locator("[name=q]");
		await field.fill(words);
		await field.press("Enter");
		await page.waitForURL(/search\?/);
	}

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const shot = (page: Page, name: string) => (script ? shoot(page, `journey-${name}-${screen}`, false) : Promise.resolve());

		it(`a visitor finds where she can get on line near la Rabière (${how})`, async () => {
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			await page.goto("/");
			await search(page, "internet rabiere");
			await search(page, "EPN rabiere");
			await shot(page, "1-search");
			await main(page).getByRole("link", { name: "EPN de Résoudre", exact: true }).click();
			assert.equal(await page.locator("h1").innerText(), "EPN de Résoudre");
			const said = await main(page).innerText();
			for (const part of ["Ouvert", "La Rabière", "Joué-lès-Tours", "Accès libre"]) assert.match(said, new RegExp(part, "i"), part);
			await shot(page, "1-found");
			// Or from the menu: where to get on line, narrowed to the neighbourhood.
			await page.locator(".main-nav").getByText("Où se connecter").click();
			const narrow = page.locator(".facets > summary");
			if (await narrow.isVisible()) await narrow.click();
			await page.locator(".facets").getByLabel("La Rabière").first().check();
			const show = page.locator(".facets button").first();
			if (await show.isVisible()) await show.click();
			await page.waitForURL(/quartier=/);
			const titles = await main(page).locator("#results h3").allInnerTexts();
			assert.deepEqual(titles.sort(), ["EPN de Résoudre", "Espace informatique adultes de la Rabière"]);
			await shot(page, "1-narrowed");
			clean(visited);
			await visited.context.close();
		});

		it(`a member corrects a structure while another does: both survive (${how})`, async () => {
			const client = await new Client(site).signIn("facilitator");
			const made = await add(client, "structure", { nom: `Corrigée à deux, ${how}`, genre: "association", horaires: "Le lundi" });
			const one = await visit(browser, site, screen, { script }), other = await visit(browser, site, screen, { script });
			await signIn(one.page, "member");
			await signIn(other.page, "neighbour");
			for (const { page } of [one, other]) {
				await page.goto(made.url);
				await page.getByRole("link", { name: "Corriger cette page" }).first().click();
			}
			await one.page.fill("#f-horaires", "Le lundi et le jeudi");
			await other.page.fill("#f-telephone", "02 47 12 34 56");
			await other.page.fill("#f-note", "le bon numéro");
			await one.page.getByRole("button", { name: "Enregistrer" }).click();
			await one.page.waitForURL(/fait=enregistre/);
			await other.page.getByRole("button", { name: "Enregistrer" }).click();
			await other.page.waitForURL(/fait=reuni/);
			await shot(other.page, "2-both");
			const said = await main(other.page).innerText();
			assert.match(said, /Le lundi et le jeudi/);
			assert.match(said, /02 47 12 34 56/);
			assert.match(said, /les deux/i, "says that both are kept");

			// Now the same place: both are shown, and one is chosen.
			for (const { page } of [one, other]) await page.goto(`/-/edit/${made.id}`);
			await one.page.fill("#f-horaires", "Le mardi");
			await other.page.fill("#f-horaires", "Le mercredi");
			await one.page.getByRole("button", { name: "Enregistrer" }).click();
			await one.page.waitForURL(/fait=/);
			await other.page.getByRole("button", { name: "Enregistrer" }).click();
			await other.page.waitForURL(/-\/versions\//);
			await shot(other.page, "2-two-versions");
			const versions = await other.page.locator(".version-text").allInnerTexts();
			assert.deepEqual(versions.map((text) => text.trim()).sort(), ["Le mardi", "Le mercredi"]);
			await other.page.locator(".version", { hasText: "Le mardi" }).getByRole("radio").first().check();
			await other.page.getByRole("button", { name: "Garder ces choix" }).click();
			await other.page.waitForURL(/fait=/);
			assert.match(await main(other.page).innerText(), /Le mardi/);
			await other.page.getByRole("link", { name: "Historique" }).click();
			const history = await main(other.page).innerText();
			for (const part of ["Maël Membre", "Lou Voisine", "le bon numéro"]) assert.ok(history.includes(part), part);
			await shot(other.page, "2-history");
			clean(one);
			clean(other);
			await one.context.close();
			await other.context.close();
		});

		it(`a member writes a page that embeds a list, and restores an older text (${how})`, async () => {
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			const title = `Où aller, ${how}`;
			await signIn(page, "member");
			await page.goto("/");
			await page.getByRole("link", { name: "Contribuer" }).filter({ visible: true }).first().click();
			await main(page).getByRole("link", { name: /Écrire une page/ }).click();
			await page.fill("#f-titre", title);
			await page.fill("#f-texte", "Voici les espaces ouverts, d’après [[La Rabière]] :\n\n{{vue espaces_ouverts taille=3 presentation=liste}}\n\nÀ bientôt !");
			await shot(page, "3-write");
			await page.getByRole("button", { name: "Publier" }).click();
			await page.waitForURL(/fait=cree/);
			await shot(page, "3-published");
			assert.equal(await page.locator("h1").innerText(), title);
			assert.equal(await main(page).locator(".embed h3, .embed h4").count(), 3);
			await main(page).getByRole("link", { name: "La Rabière" }).first().waitFor();

			await page.getByRole("link", { name: "Corriger cette page" }).first().click();
			await page.fill("#f-texte", "Tout est effacé par mégarde.");
			await page.getByRole("button", { name: "Enregistrer" }).click();
			await page.waitForURL(/fait=enregistre/);
			await page.getByRole("link", { name: "Historique" }).click();
			await page.getByRole("button", { name: /Comparer/ }).click();
			await page.waitForURL(/-\/compare\//);
			assert.match(await main(page).innerText(), /mégarde/);
			await shot(page, "3-compare");
			await page.goBack();
			await main(page).getByRole("button", { name: /Restaurer|Rétablir|Revenir/ }).first().click();
			await page.waitForURL(/fait=restaure/);
			assert.match(await main(page).innerText(), /À bientôt/);
			assert.equal(await main(page).locator(".embed h3, .embed h4").count(), 3);
			await shot(page, "3-restored");
			clean(visited);
			await visited.context.close();
		});
	}

	it("by keyboard alone: search, sign in, correct and save, the focus always seen", async () => {
		const client = await new Client(site).signIn("facilitator");
		const made = await add(client, "structure", { nom: "Au clavier", genre: "association" });
		await edit(client, made.id, { horaires: "Le lundi" });
		const visited = await visit(browser, site, "desktop"), { page } = visited;
		// Goes on with Tab until the focus is on what a person reads as `name`.
		const reach = async (name: RegExp, most = 80) => {
			for (let i = 0; i < most; i++) {
				await page.keyboard.press("Tab");
				const at = await page.evaluate(() => {
					const el = document.activeElement as HTMLElement;
					const label = (el as HTMLInputElement).labels?.[0]?.textContent ?? "";
					const style = getComputedStyle(el), box = el.getBoundingClientRect();
					const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
					return { said: `${label} ${el.innerText ?? ""} ${el.getAttribute("aria-label") ?? ""}`.trim(), marked: marked || el.matches("body"), box: box.width > 0, html: el.outerHTML.slice(0, 150) };
				});
				assert.ok(at.marked && at.box, `the focus is not seen: ${at.html}`);
				if (name.test(at.said)) return;
			}
			assert.fail(`Tab never comes to ${name} on ${page.url()}`);
		};
		await page.goto("/");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter"); // go to the content
		assert.equal(await page.evaluate(() => document.activeElement?.id), "content");
		await page.goto("/");
		await reach(/^Chercher dans le site/);
		await page.keyboard.type("au clavier");
		await page.keyboard.press("Enter");
		await page.waitForURL(/search/);
		await reach(/^Au clavier/);
		await page.keyboard.press("Enter");
		await page.waitForURL(new RegExp(made.url));
		await reach(/^Corriger cette page/);
		await page.keyboard.press("Enter");
		await page.waitForURL(/sign-in\?next=/);
		await reach(/^Adresse/);
		await page.keyboard.type("membre@demo.example");
		await reach(/^Mot de passe/);
		await page.keyboard.type("parvis-demo-membre");
		await page.keyboard.press("Enter");
		await page.waitForURL(/-\/edit\//);
		await reach(/^Horaires/);
		await page.keyboard.press("Control+A");
		await page.keyboard.type("Le samedi");
		await reach(/^Enregistrer/);
		await page.keyboard.press("Enter");
		await page.waitForURL(/fait=enregistre/);
		assert.match(await main(page).innerText(), /Le samedi/);
		clean(visited);
		await visited.context.close();
	});

	it("mistakes in a form: the summary is announced, leads to the field, and nothing typed is lost", async () => {
		for (const screen of Object.keys(screens) as Screen[]) {
			const visited = await visit(browser, site, screen), { page } = visited;
			await signIn(page, "member");
			await page.goto("/-/new/structure");
			await page.fill("#f-horaires", "Gardez ceci");
			await page.fill("#f-courriel", "pas une adresse");
			await page.getByRole("button", { name: "Publier" }).click();
			const summary = page.locator(".error-summary");
			await summary.waitFor();
			await shoot(page, `errors-${screen}`, false);
			assert.equal(await summary.getAttribute("role"), "alert");
			await summary.getByRole("link").first().click();
			const focused = await page.evaluate(() => document.activeElement?.id ?? "");
			assert.match(focused, /^f-/, "the link puts the focus in the field");
			assert.equal(await page.inputValue("#f-horaires"), "Gardez ceci");
			assert.equal(await page.inputValue("#f-courriel"), "pas une adresse");
			await visited.context.close();
		}
	});

	it("text twice as large: nothing is cut or lost (WCAG 1.4.4)", async () => {
		const visited = await visit(browser, site, "desktop", { width: 640 }), { page } = visited; // 200 % of 1280
		for (const path of ["/", "/annuaire", "/resoudre", "/-/sign-in", "/-/search?q=epn"]) {
			await page.goto(path);
			const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			assert.equal(wide, 0, path);
		}
		await visited.context.close();
	});
});
