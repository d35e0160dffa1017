// The administrator sees that letters fail, mends the mail settings, makes a backup and tries it.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite, people } from "../support/program.js";
import { smtp } from "../support/smtp.js";

const server = await smtp();
after(() => server.stop());

onSite("administration", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		it(`letters fail; the settings are mended; a backup is made and tried (${how})`, async () => {
			const look = async (page: Page, name: string) => {
				if (!script) return;
				await accessible(page);
				await shoot(page, `admin-${name}-${screen}`);
			};
			const until = async (page: Page, words: RegExp) => {
				for (let i = 0; i < 100; i++) {
					await page.reload();
					if (words.test(await main(page).innerText())) return;
					await page.waitForTimeout(50);
				}
				throw new Error(`${page.url()} never says ${words}: ${await main(page).innerText()}`);
			};
			server.answerTo = () => "554 5.7.1 Relay access denied for portail@ailleurs.example";
			const passing = new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `192.0.2.${how.length}` });
			await passing.send(await passing.form("/-/sign-in/letter", "/-/sign-in/letter"), { email: people.member.email });

			const desk = await visit(browser, site, screen, { script }), { page } = desk;
			await signIn(page, "administrator");
			await page.goto("/-/letters");
			await until(page, /Relay access denied/);
			await look(page, "letters");
			await page.locator("header details > summary").click();
			assert.match(await page.locator("header details > summary").innerText(), /chose/);
			await page.locator("header").getByRole("link", { name: "Administration" }).click();
			assert.match(await main(page).innerText(), /1 lettre n’a pas pu partir/);
			await look(page, "home");

			await page.goto("/-/admin/settings");
			await look(page, "settings");
			await page.getByLabel("Adresse d’où viennent les lettres").fill("portail");
			await page.getByRole("button", { name: "Enregistrer adresse, lettres et sauvegardes" }).click();
			assert.match(await page.locator(".error-summary").innerText(), /1 point à corriger/);
			assert.equal(await page.getByLabel("Adresse d’où viennent les lettres").inputValue(), "portail");
			await look(page, "settings-mistake");
			await page.getByLabel("Adresse d’où viennent les lettres").fill("portail@parvis.example");
			await page.getByRole("button", { name: "Enregistrer adresse, lettres et sauvegardes" }).click();
			await page.waitForURL(/fait=reglages/);
			await page.getByRole("button", { name: "M’envoyer une lettre d’essai" }).click();
			assert.match(await main(page).innerText(), /554 5\.7\.1 Relay access denied/);
			await look(page, "letter-refused");
			server.answerTo = () => "250 OK";
			await page.getByRole("button", { name: "M’envoyer une lettre d’essai" }).click();
			await page.waitForURL(/fait=lettre-essai/);

			await page.goto("/-/letters");
			await page.getByRole("button", { name: /^Réessayer/ }).click();
			await page.waitForURL(/fait=lettre/);
			await page.goto("/-/admin");
			assert.doesNotMatch(await main(page).innerText(), /lettre n’a pas pu partir/);

			await page.goto("/-/admin/backups");
			await page.getByRole("button", { name: "Sauvegarder maintenant" }).click();
			await until(page, /Empreinte/);
			await page.getByRole("button", { name: /^L’essayer/ }).first().click();
			await until(page, /Elle est bonne/);
			await look(page, "backups");
			const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^L’emporter/ }).first().click()]);
			assert.match(download.suggestedFilename(), /^site-.*\.zip$/);

			await page.goto("/-/admin/check");
			await page.getByRole("button", { name: "Vérifier maintenant" }).click();
			await until(page, /Tout est bon/);
			await look(page, "check");
			await page.goto("/-/admin/audit");
			await page.getByText("Chercher une personne, un jour").click();
			await page.getByLabel("Quoi").selectOption({ label: "Exports et sauvegardes" });
			await page.getByRole("button", { name: "Afficher" }).click();
			assert.match(await main(page).innerText(), /Sauvegarde emportée/);
			await look(page, "audit");
			await page.goto("/-/admin/jobs");
			await look(page, "jobs");
			await page.goto("/-/admin/disk");
			await look(page, "disk");
			await page.goto("/-/confirm?next=/-/admin/backups");
			await look(page, "confirm");
			const newcomer = await new Client(site).signIn("contributor");
			await newcomer.send(await newcomer.form("/-/new/page", "/-/new/"), { titre: `Bonus ${how}`, texte: "Casino en ligne, bonus garanti, https://casino-bonus.example/fr https://a.example https://b.example" });
			await page.goto("/-/proposals");
			assert.match(await main(page).innerText(), /Une règle simple y voit une réclame/);
			await look(page, "proposals");
			await page.goto("/-/moderation/spam");
			await look(page, "spam");
			assert.deepEqual([desk.watch.errors, desk.watch.foreign], [[], []]);
			await desk.context.close();
		});
		it(`how long the log is kept is chosen, and the log says so (${how})`, async () => {
			const desk = await visit(browser, site, screen, { script }), { page } = desk;
			await signIn(page, "administrator");
			await page.goto("/-/admin/settings");
			const asked = page.getByRole("group", { name: "Combien de temps le journal est gardé" });
			const other = (await asked.getByLabel("Deux ans").isChecked()) ? "Six mois" : "Deux ans";
			await asked.getByLabel(other).check();
			await page.getByRole("button", { name: "Enregistrer comptes et licence" }).click();
			await page.waitForURL(/fait=reglages/);
			assert.ok(await asked.getByLabel(other).isChecked());
			if (script) await accessible(page);
			await shoot(page, `admin-log-duration-${screen}${script ? "" : "-bare"}`);
			assert.match(await main(page).innerText(), /Combien de temps le journal est gardé/);
			await page.goto("/-/admin/audit");
			assert.match(await main(page).innerText(), other === "Deux ans" ? /Combien de temps\s: 24 mois/ : /Combien de temps\s: 6 mois/);
			if (script) await accessible(page);
			await shoot(page, `admin-log-${screen}${script ? "" : "-bare"}`);
			const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "En tableau" }).click()]);
			assert.match(file.suggestedFilename(), /\.csv$/);
			assert.deepEqual([desk.watch.errors, desk.watch.foreign], [[], []]);
			await desk.context.close();
		});
	}
}, {
	env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" },
	prepare: (dir) => writeFile(join(dir, "settings.conf"), `base_url = https://parvis.example\nmail = ${server.url}\nmail_from = portail@ailleurs.example\nbackups = never\n`),
});
