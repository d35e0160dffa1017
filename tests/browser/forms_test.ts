// A facilitator shapes a form and brings a spreadsheet in, in a real browser: on a phone and on a desktop, with and
// without JavaScript, nothing that axe knows being wrong on the way.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, type Screen, screens, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const list = Buffer.from("Nom;Genre;Ouvert depuis;Courriel\nLe Bocal;Association;12/03/2009;a@bocal.example\nLa Boîte;Association;01/09/2014;b@boite.example\nLe Zinc;Commerce;02/09/2014;c@zinc.example\nLe Port;Commerce;03/09/2014;\n");

onSite("shaping forms", (site) => {
	let browser: Browser, axe = "";
	before(async () => {
		browser = await openBrowser();
		axe = await readFile(axeSource, "utf8");
	});
	after(() => browser?.close());

	async function sound(page: Page, script: boolean, name: string): Promise<void> {
		const { viewport } = page.viewportSize() ? { viewport: page.viewportSize()! } : { viewport: { width: 1280 } };
		if (!script) return shoot(page, `forms-${name}-${viewport.width}`);
		await page.evaluate(axe);
		const wrong = await page.evaluate(async () => {
			const run = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
			return (await run.run({ resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`);
		});
		assert.deepEqual(wrong, [], name);
		assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= viewport.width, `${name} is too wide`);
		await shoot(page, `forms-${name}-${viewport.width}`);
	}

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`, mark = `${screen} ${script ? "un" : "deux"}`;

		it(`adds a question asked in some cases only, moves it, changes its choices (${how})`, async () => {
			const { context, page, watch } = await visit(browser, site, screen, { script });
			const main = page.locator("main");
			await signIn(page, "facilitator");
			await page.goto("/-/forms");
			await sound(page, script, "all");
			await main.getByRole("link", { name: "Espace numérique", exact: true }).click();
			await main.getByRole("link", { name: "Ajouter une question", exact: true }).click();
			await sound(page, script, "kinds");
			await main.getByRole("link", { name: /^Un choix Un choix dans une liste/ }).click();
			await page.fill("#f-label", `Accueil ${mark}`);
			await page.fill("#f-choices", "Chaleureux\nFroid");
			await main.getByText("Ne la poser que dans certains cas").click();
			await page.selectOption("#f-if_field", { label: "État" });
			await main.getByRole("button", { name: "Enregistrer la question" }).click();
			assert.equal(await page.inputValue("#f-choices"), "Chaleureux\nFroid");
			await sound(page, script, "mistake");
			await main.getByLabel("Ouvert", { exact: true }).check();
			await main.getByRole("button", { name: "Enregistrer la question" }).click();
			const row = main.locator("li.row", { hasText: `Accueil ${mark}` });
			assert.match(await row.innerText(), /seulement si «\sÉtat\s» est «\sOuvert\s»/);
			await sound(page, script, "form");
			await row.getByRole("button", { name: /^Monter/ }).click();
			const names = await main.locator("ol.rows h3").allInnerTexts();
			assert.notEqual(names.at(-1), `Accueil ${mark}`);
			await row.getByRole("link", { name: `Accueil ${mark}`, exact: true }).click();
			await page.fill("#f-choices", "Froid\nChaleureux\nTiède");
			await main.getByRole("button", { name: "Enregistrer la question" }).click();
			await main.getByRole("link", { name: "Aperçu" }).click();
			if (script) await main.getByLabel("Ouvert", { exact: true }).check(); // it is put away until then
			await main.getByText(`Accueil ${mark}`).first().waitFor();
			assert.deepEqual(watch.errors, []);
			assert.deepEqual(watch.foreign, []);
			await context.close();
		});

		it(`from a spreadsheet to its directory in twelve actions at most (${how})`, async () => {
			const { context, page, watch } = await visit(browser, site, screen, { script });
			const main = page.locator("main");
			let actions = 0;
			const act = async (what: Promise<unknown>) => {
				await what;
				actions++;
			};
			await signIn(page, "facilitator");
			await page.goto("/-/forms");
			await act(main.getByRole("link", { name: "Depuis un tableur" }).click());
			await sound(page, script, "send");
			await act(page.setInputFiles("#f-file", { name: "liste.csv", mimeType: "text/csv", buffer: list }));
			await act(main.getByRole("button", { name: "Lire le tableau" }).click());
			await sound(page, script, "proposal");
			await act(page.fill("#f-label", `Endroit ${mark}`));
			await act(page.fill("#f-plural", `Endroits ${mark}`));
			await act(main.getByRole("button", { name: "Créer le formulaire et 4 pages" }).click());
			await page.waitForURL(/\/-\/imports\//);
			await act(main.getByRole("link", { name: "Les voir" }).click({ timeout: 60_000 })); // once all came
			await page.waitForURL(/endroits-/);
			assert.ok(actions <= 12, `${actions} actions`);
			assert.equal(await page.locator("h1").innerText(), `Endroits ${mark}`);
			assert.ok(await main.getByRole("link", { name: "Le Bocal" }).first().isVisible());
			await sound(page, script, "directory");
			assert.deepEqual(watch.errors, []);
			await context.close();
		});

		it(`rows that stay out are told with their reason; the questions are changed, all come and are taken back (${how})`, async () => {
			const { context, page, watch } = await visit(browser, site, screen, { script });
			const main = page.locator("main"), slow = { timeout: 60_000 };
			const rows = Array.from({ length: 400 }, (_, i) => `Matériel ${mark} ${i + 1};${i % 150 === 40 ? "à voir" : i}`);
			await signIn(page, "facilitator");
			await page.goto("/-/spreadsheet");
			await page.setInputFiles("#f-file", { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from(`Nom;Prix\n${rows.join("\n")}\n`) });
			await main.getByRole("button", { name: "Lire le tableau" }).click();
			await page.fill("#f-label", `Matériel ${mark}`);
			await page.fill("#f-plural", `Matériels ${mark}`);
			await page.selectOption("[name=k-1]", "number");
			await main.getByRole("button", { name: "Créer le formulaire et 400 pages" }).click();
			await main.getByRole("button", { name: "Les faire venir" }).waitFor(slow);
			await sound(page, script, "looked");
			const stays = main.getByRole("region", { name: "Ce qui ne vient pas, et pourquoi" });
			assert.equal(await stays.locator("tbody tr").count(), 3);
			assert.match(await stays.locator("tbody tr").first().innerText(), /^42\s+Matériel .* 41\s+Prix\s:\s«\sà voir\s» n’est pas un nombre/);
			await main.getByRole("link", { name: "Changer les questions" }).click();
			assert.equal(await page.inputValue("#f-label"), `Matériel ${mark}`);
			await page.selectOption("[name=k-1]", "text");
			await main.getByRole("button", { name: "Créer le formulaire et 400 pages" }).click();
			await main.getByRole("link", { name: "Les voir" }).waitFor(slow);
			await main.getByText("400 pages ont été ajoutées").waitFor();
			await sound(page, script, "brought");
			await main.getByRole("button", { name: "Reprendre ce que cet import a apporté" }).click();
			await main.getByText("400 pages sont reprises").waitFor(slow);
			await main.getByRole("link", { name: "Envoyer un autre fichier" }).waitFor(slow);
			await sound(page, script, "taken-back");
			assert.deepEqual(watch.errors, []);
			await context.close();
		});
	}

	// By HTTP: the editor's own pages are tried above.
	const question = async (client: Client, kind: string, values: Record<string, string>) => {
		const answer = await client.send(await client.form(`/-/form/outil/add/${kind}`, "/-/form/"), values);
		assert.equal(answer.status, 303, answer.body);
	};

	for (const screen of Object.keys(screens) as Screen[])
		it(`what is asked, computed and refused follows what is typed (${screen})`, async () => {
			const client = await new Client(site).signIn("facilitator");
			const mark = screen === "phone" ? "tel" : "ecran";
			await question(client, "boolean", { label: `Payant ${mark}` });
			await question(client, "number", { label: `Prix ${mark}`, if_way: "typed", if_text: `payant_${mark} = oui` });
			await question(client, "date", { label: `Debut ${mark}` });
			await question(client, "date", { label: `Fin ${mark}` });
			const fin = await client.form(`/-/form/outil/question/fin_${mark}`, "/-/form/");
			assert.equal((await client.send(fin, { constraint: `fin_${mark} >= debut_${mark}`, refusal: "La fin vient après le début." })).status, 303);
			await question(client, "computed", { label: `Total ${mark}`, value: `arrondi(prix_${mark} * 1,2 ; 2)`, unit: "€" });
			await question(client, "computed", { label: `Jours ${mark}`, value: `fin_${mark} - debut_${mark} + 1` });

			const { context, page, watch } = await visit(browser, site, screen);
			await signIn(page, "facilitator");
			await page.goto("/-/new/outil");
			const row = (key: string) => page.locator(`.field[data-question*='"key":"${key}_${mark}"']`);
			await row("prix").waitFor({ state: "hidden" });
			assert.equal((await row("total").locator("output").innerText()).trim(), "–");
			await row("payant").getByText("Oui").click();
			await row("prix").locator("input").fill("1 234,5");
			assert.equal(await row("total").locator("output").innerText(), "1\u202f481,4\u00a0€");
			const day = async (key: string, d: string) => {
				await row(key).locator('[name$=".day"]').fill(d);
				await row(key).locator('[name$=".month"]').fill("12");
				await row(key).locator('[name$=".year"]').fill("2026");
				await row(key).locator('[name$=".year"]').blur();
			};
			await day("debut", "10");
			await day("fin", "8");
			await row("fin").getByText("La fin vient après le début.").waitFor();
			await sound(page, true, "refused");
			await day("fin", "12");
			await row("fin").getByText("La fin vient après le début.").waitFor({ state: "detached" });
			assert.equal(await row("jours").locator("output").innerText(), "3");
			// Not asked any more: nothing is computed from what was typed there.
			await row("payant").getByText("Non", { exact: true }).click();
			assert.ok(await row("prix").isHidden());
			assert.equal((await row("total").locator("output").innerText()).trim(), "–");
			await row("payant").getByText("Oui").click();
			await page.fill("#f-nom", `Perceuse ${mark}`);
			await page.getByRole("button", { name: "Publier" }).click();
			// The site finds the same.
			assert.match(await page.locator("main").innerText(), /1.481,4.€/);
			assert.deepEqual(watch.errors, []);
			await context.close();
		});
});
