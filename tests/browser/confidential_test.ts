// Partners follow somebody together, between named persons: the form made confidential, readers named, a page read,
// narrowed, and its journal looked at; who is not named finds nothing.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite, people } from "../support/program.js";

onSite("confidential pages", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");
	const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).first().click();
	const open = (page: Page, name: string | RegExp) => main(page).getByRole("link", { name }).first().click();

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const kind = `Suivi ${screen}${script ? "" : " bis"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `confidential-${name}-${screen}`);
		};

		it(`partners follow somebody together (${how})`, async () => {
			const { page } = await visit(browser, site, screen, { script });
			await signIn(page, "facilitator");
			await page.goto("/-/forms/new?copie=outil");
			await page.getByLabel("Nom d’une seule page", { exact: true }).fill(kind);
			await page.getByLabel("Nom de plusieurs", { exact: true }).fill(`${kind}s`);
			await page.getByLabel("Ce que dit le bouton pour en ajouter une", { exact: true }).fill(`Ouvrir un ${kind}`);
			await press(page, "Créer le formulaire");
			await open(page, "Données personnelles, et durée");
			await page.getByLabel(/^Confidentiel/).check();
			await press(page, "Enregistrer");
			await look(page, "form-refused");
			assert.match(await main(page).innerText(), /ont une fin/);
			await page.getByLabel(/^Mois/).fill("12");
			await page.getByLabel(/effacées pour toujours/).check();
			await look(page, "form");
			await press(page, "Enregistrer");
			await look(page, "form-made");
			await open(page, "Qui lit ces fiches");
			await look(page, "nobody");
			assert.match(await main(page).innerText(), /Personne ne les lit encore/);
			for (const who of [people.member.name, people.neighbour.name]) {
				await page.getByLabel(/^Nom du compte/).fill(who);
				await press(page, "Nommer cette personne");
				await page.waitForURL(/fait=lecteur/);
			}
			await look(page, "named");
			const readers = new URL(page.url()).pathname, form = readers.split("/").pop()!;

			// A partner opens a page, and keeps it for herself and nobody else for now.
			const partner = await visit(browser, site, screen, { script });
			await signIn(partner.page, "member");
			await partner.page.goto(`/-/new/${form}`);
			await partner.page.getByLabel(/^Nom/).first().fill("Une personne accompagnée");
			await press(partner.page, "Publier");
			await partner.page.waitForURL(/fait=cree/);
			await look(partner.page, "page");
			assert.match(await main(partner.page).innerText(), /seules des personnes nommées lisent cette fiche/);
			const address = new URL(partner.page.url()).pathname;
			assert.doesNotMatch(address, /personne/);
			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "neighbour");
			assert.equal((await other.page.goto(address))!.status(), 200);
			await open(partner.page, "Qui la lit");
			await press(partner.page, "La réserver à certaines personnes");
			await partner.page.waitForURL(/fait=cercle/);
			await press(partner.page, `Retirer ce nom – ${people.neighbour.name}`);
			await partner.page.waitForURL(/fait=lecteur-ote/);
			await look(partner.page, "narrow");
			assert.equal((await other.page.goto(address))!.status(), 404);

			// The journal says who read it, which way.
			await partner.page.goto(address);
			await open(partner.page, "Qui l’a lue");
			await look(partner.page, "journal");
			const journal = await main(partner.page).innerText();
			assert.ok(journal.includes(people.neighbour.name));
			assert.match(journal, /sa page/);
			// Who made the form does not read it.
			assert.equal((await page.goto(address))!.status(), 404);
			await page.goto(readers);
			await look(page, "for-facilitator");
		});
	}
});
