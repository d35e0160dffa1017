// A report in the browser: a facilitator begins it from the results, edits it, opens it; a surveyed organisation comments with its
// code on a phone; figures are kept, the synthesis chosen, shown in a room with the keyboard, printed.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, visit } from "../support/browser.js";
import { Client, formOf } from "../support/client.js";
import { onSite } from "../support/program.js";

onSite("reports in the browser", (site) => {
	let browser: Browser, code = "";
	before(async () => {
		browser = await openBrowser();
		const who = new Client(site), at = (await who.send(await who.form("/-/survey/diagnostic", "/-/survey/"))).location.split("?")[0]!;
		code = at.split("/").pop()!;
		await who.send(formOf(await who.get(`${at}?page=equipement`), at), { postes: "onze_et_plus", "_go[]": "next" });
		await who.send(await who.form(`${at}/review`, `${at}/send`));
	});
	after(() => browser?.close());

	for (const screen of Object.keys(screens) as Screen[])
		it(`begun, edited, commented, kept, final (${screen})`, async () => {
			const look = async (page: Page, name: string) => {
				await accessible(page);
				await shoot(page, `restitution-${name}-${screen}`);
			};
			const { page } = await visit(browser, site, screen);
			await signIn(page, "facilitator");
			await page.goto("/-/results/diagnostic");
			await page.getByRole("button", { name: "Commencer le compte rendu" }).click();
			await page.waitForURL(/\/-\/restitution\//);
			const report = new URL(page.url()).pathname;
			await look(page, "begun");
			// A table put in by its button, where the caret stands.
			await page.getByRole("link", { name: "Écrire", exact: true }).click();
			await page.waitForURL(/\/-\/edit\//);
			const area = page.locator("textarea[name=texte]");
			await area.fill("{{sommaire numerote}}\n\n## Le parc\n\nVoici ce que nous avons compris du parc informatique.\n\n");
			await area.press("Control+End");
			await page.getByText("Mettre un tableau, un graphique…").click();
			await page.getByRole("button", { name: /Mettre dans le texte Tableau.*Combien de postes/ }).click();
			assert.match(await area.inputValue(), /informatique\.\n\n\{\{tableau diagnostic postes\}\}/);
			await look(page, "insert");
			await page.getByRole("button", { name: "Garder en brouillon" }).click();
			await page.goto(`${report}/figures`);
			await page.getByRole("button", { name: "Figer tous ceux qui changent encore" }).click();
			await page.getByText("Rien n’a changé depuis.").first().waitFor();
			await look(page, "figures");
			await page.goto(report);
			await page.getByLabel(/Dernier jour des remarques/).fill("31 décembre 2099");
			await page.getByRole("button", { name: "L’ouvrir aux remarques" }).click();
			await page.getByText("ouvert aux remarques").first().waitFor();
			// A surveyed organisation, without an account, without a script.
			const surveyed = await visit(browser, site, screen, { script: false });
			await surveyed.page.goto(report);
			await surveyed.page.getByLabel("Votre code").fill(code);
			await surveyed.page.getByRole("button", { name: "Lire le compte rendu" }).click();
			await surveyed.page.waitForURL(/\/as\//);
			const paragraph = surveyed.page.locator(".restitution-block", { hasText: "Voici ce que nous avons compris" });
			await paragraph.getByText("Faire une remarque sur ce paragraphe").click();
			await paragraph.getByLabel(/Qu’est-ce qui est juste/).fill("Nos postes ont dix ans.");
			await paragraph.getByRole("button", { name: "Envoyer la remarque" }).click();
			await surveyed.page.getByText("Merci : votre remarque est gardée").waitFor();
			await surveyed.page.getByRole("link", { name: "Vos propres réponses à côté de celles de l’ensemble" }).click();
			await surveyed.page.getByText("votre réponse").first().waitFor();
			const seen = await visit(browser, site, screen);
			await seen.page.goto(surveyed.page.url());
			await look(seen.page, "own");
			// Answered, then final.
			await page.goto(report);
			await look(page, "open");
			const block = page.locator(".restitution-block", { hasText: "Nos postes ont dix ans" });
			await block.getByText("Répondre à cette remarque").click();
			await block.getByLabel(/Votre réponse/).fill("Merci, nous l’ajoutons.");
			await block.getByRole("button", { name: "Prise en compte" }).click();
			await page.getByText("Votre réponse figure sous la remarque").waitFor();
			await page.goto(`${report}/synthesis`);
			await look(page, "synthesis");
			await page.goto(`${report}/screen`);
			await page.keyboard.press("ArrowRight");
			await page.waitForURL(/n=1/);
			await look(page, "screen");
			await page.keyboard.press("ArrowLeft");
			await page.waitForURL(/n=0/);
			await page.goto(report);
			await page.getByRole("button", { name: "Le rendre définitif et le publier" }).click();
			await page.getByText("Le compte rendu est définitif, et publié.").waitFor();
			const reader = await visit(browser, site, screen);
			await reader.page.goto(report.replace("/-/restitution/", "/f/"));
			assert.match(await reader.page.locator("main").innerText(), /Tableau 1/);
			await look(reader.page, "final");
		});
});
