// Kinds of fields in their forms, as people fill them in: with and without JavaScript, on a phone and on a desktop.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, type Screen, screens, shoot, signIn, type Visit, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("kinds of fields", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	const open = async (screen: Screen, script: boolean, form: string): Promise<Visit> => {
		const opened = await visit(browser, site, screen, { script });
		await signIn(opened.page, "member");
		await opened.page.goto(form);
		return opened;
	};
	const send = async (page: Page) => {
		await page.getByRole("button", { name: "Publier", exact: true }).click();
		await page.waitForLoadState();
	};
	const unfold = (page: Page, legend: string) => page.locator("fieldset", { has: page.locator("legend", { hasText: legend }) }).locator("summary").first().click();
	const part = (page: Page, label: string) => page.locator(".record-facts, dl").locator("div", { has: page.locator("dt", { hasText: label }) }).locator("dd");

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;

		it(`opening hours, day by day (${how})`, async () => {
			const visited = await open(screen, script, "/-/new/espace"), { page } = visited;
			const day = (name: string) => page.getByLabel(name, { exact: true });
			await page.fill("#f-nom", `Espace ${how}`);
			await page.getByLabel("Espace public numérique (EPN)").check();
			await page.getByLabel("Ouvert", { exact: true }).check();
			await day("lundi").fill("9h-12h, 14h-18h");
			await day("samedi").fill("10h-");
			await day("jours fériés").fill("peut-être 9h");
			await send(page);
			const said = await page.locator(".error-summary").innerText();
			assert.match(said, /samedi\s: «\s10h-\s» ne se lit pas/);
			assert.match(said, /jours fériés\s: «\speut-être 9h\s»/);
			assert.equal(await day("lundi").inputValue(), "9h-12h, 14h-18h");
			if (script) await shoot(page, `field-hours-mistake-${screen}`);
			await day("samedi").fill("10h-12h (sur rendez-vous)");
			await day("jours fériés").fill("fermé");
			await page.getByText("Saisons, vacances, exceptions").click();
			await page.locator("#f-ouverture-more").fill("Jul-Aug Mo-Fr 09:00-12:00; Aug 10-Aug 20 off");
			await send(page);
			const hours = await part(page, "Heures d’ouverture").innerText();
			assert.match(hours, /lundi\s+9\sh\s–\s12\sh, 14\sh\s–\s18\sh/i);
			assert.match(hours, /samedi\s+10\sh\s–\s12\sh \(sur rendez-vous\)/i);
			assert.match(hours, /de juillet à août/i);
			assert.match(hours, /(Ouvert|Fermé) maintenant/);
			if (script) await shoot(page, `field-hours-${screen}`);
			// What the form shows again is what was typed.
			await page.goto((await page.getByRole("link", { name: "Corriger cette page" }).getAttribute("href"))!);
			assert.match(await day("samedi").inputValue(), /^10\sh\s–\s12\sh \(sur rendez-vous\)$/);
			assert.equal(await page.locator("#f-ouverture-more").inputValue(), "Jul-Aug Mo-Fr 09:00-12:00; Aug 10-Aug 20 off");
			if (script) await shoot(page, `field-hours-form-${screen}`);
			// Asked for by day.
			await page.goto("/espaces-ouverts?ouverture=6");
			assert.match(await page.locator("#results").innerText(), new RegExp(`Espace ${how}`));
			await page.goto("/espaces-ouverts?ouverture=7");
			assert.doesNotMatch(await page.locator("#results").innerText(), new RegExp(`Espace ${how}`));
			assert.deepEqual(visited.watch.errors, []);
			await visited.context.close();
		});

		it(`a colour and an icon (${how})`, async () => {
			const visited = await open(screen, script, "/-/new/groupe"), { page } = visited;
			await page.fill("#f-nom", `Groupe ${how}`);
			await page.getByLabel("Code de l’autre couleur").fill("vert pomme");
			await unfold(page, "Pictogramme");
			await page.getByLabel("Vélo").check();
			await send(page);
			assert.match(await page.locator(".error-summary").innerText(), /«\svert pomme\s» n’est pas une couleur/);
			assert.ok(await page.getByLabel("Vélo").isChecked());
			if (script) await shoot(page, `field-colour-${screen}`);
			await page.getByLabel("Code de l’autre couleur").fill("#7AB317");
			await send(page);
			assert.match(await part(page, "Couleur").innerText(), /#7ab317/);
			assert.equal(await part(page, "Couleur").locator("svg path").evaluate((path) => getComputedStyle(path).fill), "rgb(122, 179, 23)");
			assert.match(await part(page, "Pictogramme").innerText(), /Vélo/);
			if (script) await shoot(page, `field-icon-${screen}`);
			assert.deepEqual(visited.watch.errors, []);
			await visited.context.close();
		});
	}

	for (const screen of Object.keys(screens) as Screen[])
		it(`a tree of choices: the parent finds the child (${screen}, without JavaScript)`, async () => {
			const visited = await open(screen, false, "/-/new/structure"), { page } = visited;
			await page.fill("#f-nom", `Chorale ${screen}`);
			await page.locator("#f-genre").selectOption("association");
			await unfold(page, "Thèmes précis");
			await page.getByLabel("Culture › Musique", { exact: true }).check();
			await send(page);
			assert.match(await part(page, "Thèmes précis").innerText(), /Culture › Musique/);
			await page.goto("/annuaire");
			const narrow = page.locator(".facets > summary");
			if (await narrow.isVisible()) await narrow.click();
			const themes = page.locator(".facets fieldset", { has: page.locator("legend", { hasText: "Thèmes précis" }) });
			const choices = await themes.locator("label").all();
			assert.deepEqual(await Promise.all(choices.map(async (choice) => (await choice.locator("span").first().innerText()).trim())), ["Culture", "Musique"]);
			const left = await Promise.all(choices.map(async (choice) => (await choice.locator("input").boundingBox())!.x));
			assert.ok(left[1]! > left[0]!, "the child is moved in");
			await shoot(page, `field-tree-${screen}`, false);
			await themes.getByLabel("Culture").check();
			await page.locator(".facets button").first().click();
			await page.waitForURL(/themes=culture/);
			assert.match(await page.locator("#results").innerText(), new RegExp(`Chorale ${screen}`));
			await visited.context.close();
		});

	for (const screen of Object.keys(screens) as Screen[])
		it(`an area: typed without JavaScript, drawn, and on the map (${screen})`, async () => {
			const visited = await open(screen, false, "/-/new/espace"), { page } = visited;
			await page.fill("#f-nom", `Parc ${screen}`);
			await page.getByLabel("Espace public numérique (EPN)").check();
			await page.getByLabel("Ouvert", { exact: true }).check();
			await page.getByText("Une ligne ou une zone sur la carte").click();
			await page.getByLabel("Ce qu’on dessine").selectOption("area");
			await page.getByLabel("Ses positions").fill("47.39, 0.68\n47.40");
			await send(page);
			assert.match(await page.locator(".error-summary").innerText(), /Position 2\s: «\s47.40\s» n’est pas/);
			await page.getByLabel("Ses positions").fill("47.39, 0.68\n47.40, 0.685\n47.395, 0.70");
			await send(page);
			assert.match(await part(page, "Lieu").innerText(), /Zone de [\d,]+\sha/);
			assert.ok((await part(page, "Lieu").locator("svg path").boundingBox())!.width > 50);
			await shoot(page, `field-area-${screen}`);
			await visited.context.close();
			const seen = await visit(browser, site, screen);
			await seen.page.goto("/espaces-numeriques?vue=map");
			await seen.page.waitForSelector(".leaflet-overlay-pane .map-area.tone-foret");
			await shoot(seen.page, `field-area-map-${screen}`, false);
			assert.deepEqual(seen.watch.errors, []);
			await seen.context.close();
		});

	it("a licence: proposed, chosen, linked to its text", async () => {
		const visited = await open("phone", false, "/-/new/action"), { page } = visited;
		assert.equal(await page.locator("#f-licence").inputValue(), "CC-BY-SA-4.0");
		await page.fill("#f-titre", "Une action à partager");
		await page.locator("#f-licence").selectOption("CC0-1.0");
		await send(page);
		assert.equal(await part(page, "Licence du texte").locator("a[rel~=license]").getAttribute("href"), "https://creativecommons.org/publicdomain/zero/1.0/");
		await visited.context.close();
	});
});
