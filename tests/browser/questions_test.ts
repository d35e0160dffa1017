// Questions of questionnaires in their form: filled in with and without JavaScript, by mouse and by keyboard, on a phone
// and on a desktop; read and corrected.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("questions of questionnaires", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const send = async (page: Page) => {
		await page.getByRole("button", { name: "Publier", exact: true }).click();
		await page.waitForLoadState();
	};
	const named = (page: Page, name: string, value: string) => page.locator(`input[name="${name}"][value="${value}"]`);

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;

		it(`a joint evaluation (${how})`, async () => {
			const opened = await visit(browser, site, screen, { script }), { page } = opened;
			await signIn(page, "member");
			await page.goto("/-/new/coevaluation?source=tract");
			await page.fill("#f-titre", `Le four ${how}`);
			// "Other" asks which, and only then.
			const which = page.locator("#f-role-text");
			assert.equal(await which.isVisible(), false);
			await page.getByRole("radio", { name: "Autre", exact: true }).check();
			assert.equal(await which.isVisible(), true);
			await which.fill("je porte la farine");
			// A line of the table and its column name each choice, whatever the screen.
			await page.getByRole("radio", { name: "répond à un besoin d’ici Tout à fait" }).check();
			await page.getByRole("radio", { name: "se décide à plusieurs Plutôt non" }).focus();
			await page.keyboard.press("Space");
			await page.keyboard.press("ArrowRight");
			assert.ok(await named(page, "criteres.ensemble", "plutot_oui").isChecked(), "arrows move along the line");
			assert.ok(await named(page, "criteres.utile", "oui").isChecked(), "and along no other");
			const cell = page.locator("td", { has: named(page, "criteres.utile", "oui") });
			const box = (await cell.boundingBox())!, head = page.getByRole("columnheader", { name: "Tout à fait" });
			assert.ok(box.height >= 44 && box.width >= 44, "big enough for a finger");
			if (screen === "desktop") {
				const over = (await head.boundingBox())!;
				assert.ok(over.x < box.x + box.width / 2 && box.x + box.width / 2 < over.x + over.width, "under its column");
			} else assert.ok(box.width > 250, "a choice on a line");
			await page.getByRole("radio", { name: "10 – Sans hésiter" }).check();
			await page.getByRole("radio", { name: "Je ne sais pas" }).check();
			await named(page, "rythme", "3").check();
			await page.getByLabel("Faire", { exact: true }).fill("60");
			await page.getByLabel("Se réunir", { exact: true }).fill("39");
			const total = page.locator(".numbers-total");
			assert.equal(await total.isVisible(), script);
			if (script) assert.match(await total.innerText(), /Total 99 % encore 1 à répartir/);
			await page.getByRole("textbox", { name: "Bénévoles Heures" }).fill("12");
			await page.getByRole("radio", { name: "La mairie Fort" }).check();
			await page.getByRole("radio", { name: "La mairie Moins" }).check();
			await page.getByLabel("Rien de tout cela").check();
			await page.getByLabel("Des bras").check();
			assert.equal(await page.getByLabel("Rien de tout cela").isChecked(), !script, "what goes alone leaves; the site says it without a script");
			if (script) {
				const rank = (name: string) => page.getByRole("button", { name });
				await rank("Classer : Se former").click();
				await rank("Classer : Faire moins, mieux").focus();
				await page.keyboard.press("Enter");
				await page.keyboard.press("Tab");
				await rank("Monter : Faire moins, mieux").focus();
				await page.keyboard.press("Enter");
				assert.equal(await rank("Monter : Faire moins, mieux").evaluate((button) => button === document.activeElement), true, "the focus stays");
				assert.match(await page.locator("[role=status]", { hasText: "rang" }).innerText(), /Faire moins, mieux\s: rang 1/);
				// By hand: a third one is dropped before the others.
				const third = page.locator(".ranking li label", { hasText: "Écrire ce qu’on a appris" }), first = page.locator(".ranking li").first();
				await third.scrollIntoViewIfNeeded();
				const [from, to] = [(await third.boundingBox())!, (await first.boundingBox())!];
				await page.mouse.move(from.x + 20, from.y + 8);
				await page.mouse.down();
				await page.mouse.move(from.x + 20, from.y - 20);
				await page.mouse.move(to.x + 20, to.y + 2);
				await page.mouse.up();
				assert.deepEqual(await page.locator(".ranking .is-ranked label").allInnerTexts(), ["Écrire ce qu’on a appris", "Faire moins, mieux", "Se former"]);
				await rank("Classer : Inviter d’autres personnes").click();
				assert.equal(await page.locator(".ranking .is-ranked").count(), 3, "no more than three");
				await rank("Retirer du classement : Écrire ce qu’on a appris").click();
			} else {
				await page.getByLabel("Faire moins, mieux", { exact: true }).selectOption("1");
				await page.getByLabel("Se former", { exact: true }).selectOption("2");
			}
			await page.getByRole("textbox", { name: "Ce dont vous êtes fiers" }).fill("Le pain du mardi.");
			if (script) await accessible(page);
			if (script) await shoot(page, `questions-form-${screen}`);
			await send(page);
			// The mistakes, and all that was typed.
			const said = await page.locator(".error-summary").innerText();
			assert.match(said, /ils devraient faire 100\s; ils font 99/);
			if (!script) assert.match(said, /«\sRien de tout cela\s» ne va avec aucun autre choix/);
			assert.equal(await page.getByLabel("Se réunir", { exact: true }).inputValue(), "39");
			assert.ok(await named(page, "criteres.ensemble", "plutot_oui").isChecked());
			if (script) await shoot(page, `questions-mistakes-${screen}`);
			await page.getByLabel("Se réunir", { exact: true }).fill("40");
			if (script) assert.match(await total.innerText(), /Total 100 % le compte y est/);
			if (!script) await page.getByLabel("Rien de tout cela").uncheck();
			await send(page);
			const text = await page.locator("main").innerText();
			for (const words of [/Autre\s: je porte la farine/, /se décide à plusieurs\s+Plutôt oui/, /10 \/ 10/, /Je ne sais pas/, /Chaque mois/, /Total\s+100\s%/, /La mairie\s+Fort\s+Moins/, /Faire moins, mieux\s+Se former/, /Le pain du mardi/]) assert.match(text, words);
			assert.doesNotMatch(text, /tract/);
			if (script) await accessible(page);
			if (script) await shoot(page, `questions-page-${screen}`);
			// An answer of a line is taken back.
			await page.goto((await page.getByRole("link", { name: "Corriger cette page" }).getAttribute("href"))!);
			await named(page, "criteres.utile", "").check();
			await page.getByRole("button", { name: "Enregistrer la correction" }).click();
			await page.waitForLoadState();
			assert.doesNotMatch(await page.locator("main").innerText(), /répond à un besoin d’ici/);
			if (script) assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
			assert.deepEqual(opened.watch.errors, []);
			await opened.context.close();
		});
	}
});
