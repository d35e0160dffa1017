// Paper: a questionnaire printed, and a sheet that came back entered on a screen laid out like it; typed again by somebody else, and
// what differs decided.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, screens, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";

onSite("questionnaires on paper", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
		const facilitator = await new Client(site).signIn("facilitator");
		await facilitator.send(await facilitator.form("/-/survey/diagnostic/paper", "/-/survey/diagnostic/paper"), { twice: "100" });
		await facilitator.get("/-/survey/diagnostic/paper/pdf");
	});
	after(() => browser?.close());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `paper-${name}-${screen}`);
		};
		const onward = (page: Page) => page.getByRole("button", { name: /Page suivante|La feuille est saisie/ }).click();
		// All pages of the paper; only a few questions have an answer.
		async function enter(page: Page, number: string, tools: RegExp, last: string): Promise<void> {
			await page.goto("/-/survey/diagnostic/sheets");
			await page.getByLabel("Numéro ou code de la feuille").fill(number);
			await page.getByRole("button", { name: "Saisir cette feuille" }).click();
			await page.getByRole("heading", { name: `Feuille ${number} – page 1 sur` }).waitFor();
			for (let i = 0; i < 12 && /\/-\/sheet\/[^/]+$/.test(new URL(page.url()).pathname); i++) {
				const employed = page.getByLabel(/Combien de personnes salariées/);
				const kind = page.getByLabel(/Thématique/);
				if (script && (await kind.count())) {
					await kind.focus();
					await page.keyboard.press("2"); // its number on the paper
					assert.ok(await kind.isChecked());
				} else if (await kind.count()) await kind.check();
				if (await employed.count()) await employed.fill("4");
				const workstations = page.getByLabel("6 à 10 postes");
				if (await workstations.count()) await workstations.check();
				const shared = page.getByLabel(tools);
				if (await shared.count()) await shared.first().check();
				const word = page.getByLabel(/Autre chose à dire/);
				if (await word.count()) await word.fill(last);
				if (i === 0) await look(page, "sheet");
				await onward(page);
			}
		}

		it(`entered twice as it was printed, then compared (${how})`, async () => {
			const number = String(10 + 2 * Object.keys(screens).indexOf(screen) + Number(script));
			const one = (await visit(browser, site, screen, { script })).page;
			await signIn(one, "facilitator");
			await one.goto("/-/survey/diagnostic/manage");
			await one.getByRole("link", { name: "Sur papier" }).click();
			await look(one, "print");
			await enter(one, number, /Bénévole$/, "Merci à vous");
			await one.getByText("Elle comptera quand quelqu’un d’autre l’aura saisie aussi").waitFor();
			await look(one, "desk");

			const other = (await visit(browser, site, screen, { script })).page;
			await signIn(other, "administrator");
			await enter(other, number, /Salariée$/, "Merci à vous");
			await other.getByRole("heading", { name: "deux saisies comparées" }).waitFor();
			assert.equal(await other.locator("fieldset.conflict").count(), 1);
			await look(other, "compare");
			await other.getByLabel("La deuxième est juste").check();
			await other.getByRole("button", { name: "La feuille est juste ainsi" }).click();
			await other.getByText("La feuille a été saisie deux fois").waitFor();
		});
	}

	it("by the keyboard alone: numbers, Enter, the next page (desktop)", async () => {
		const { page } = await visit(browser, site, "desktop");
		await signIn(page, "facilitator");
		await page.goto("/-/survey/diagnostic/sheets");
		await page.keyboard.type("77");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Feuille 77 – page 1" }).waitFor();
		await page.keyboard.press("3");
		assert.ok(await page.getByLabel(/Culturelle/).first().isChecked());
		await page.keyboard.press("Enter");
		await page.keyboard.press("1");
		assert.ok(await page.getByLabel("Éducation et savoirs de base").isChecked());
		await page.keyboard.press("1"); // eleven: the first digit is taken back
		assert.ok(await page.getByLabel("Action sociale et économie solidaire").isChecked());
		assert.ok(!(await page.getByLabel("Éducation et savoirs de base").isChecked()));
		await page.keyboard.press("Control+Enter");
		await page.getByRole("heading", { name: "Feuille 77 – page 2" }).waitFor();
	});
});
