// A group makes its space, shapes it, lets somebody in, hands it over and lets it sleep, as people do.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { onSite, people } from "../support/program.js";

onSite("spaces", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");
	const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).first().click();
	const open = (page: Page, name: string | RegExp) => main(page).getByRole("link", { name }).first().click();

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const called = `Jardin du ${screen}${script ? "" : " bis"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `spaces-${name}-${screen}`);
		};

		it(`a space lives its whole life (${how})`, async () => {
			const chair = await visit(browser, site, screen, { script }), { page } = chair;
			await signIn(page, "administrator");
			await page.goto("/-/spaces");
			await open(page, "Créer un espace");
			await press(page, "Créer l’espace");
			await look(page, "new-refused");
			assert.match(await main(page).innerText(), /à corriger/);
			await page.getByLabel("Nom de l’espace", { exact: true }).fill(called);
			await page.getByLabel(/^De quoi il s’agit \(/).fill("Cultiver ensemble derrière l’école.");
			await page.getByLabel(/Une couleur à lui/).check();
			await press(page, "Créer l’espace");
			await page.waitForURL(/fait=espace-cree/);
			await look(page, "made");
			const place = new URL(page.url()).pathname;
			assert.match(await main(page).innerText(), /Une seule personne anime cet espace/);

			// A neighbour asks; she is told yes.
			const other = await visit(browser, site, screen, { script });
			await signIn(other.page, "contributor");
			await other.page.goto("/-/spaces");
			await open(other.page, called);
			assert.match(await main(other.page).innerText(), /Cultiver ensemble/);
			await open(other.page, "Demander à rejoindre");
			await other.page.getByLabel(/Un mot aux personnes/).fill("J’ai une brouette.");
			await look(other.page, "join");
			await press(other.page, "Demander à rejoindre");
			await other.page.waitForURL(/fait=demande-envoyee/);
			await look(other.page, "asked");
			await page.goto(place);
			await open(page, "Répondre");
			assert.match(await main(page).innerText(), /J’ai une brouette/);
			await look(page, "request");
			await press(page, /^Accepter/);
			await page.waitForURL(/fait=demande-acceptee/);

			// Everybody may read it now: what that does is said first.
			await page.goto(place);
			await open(page, "Régler l’espace");
			await page.getByLabel(/^Tout le monde/).check();
			await look(page, "settings");
			await press(page, "Enregistrer");
			assert.match(await main(page).innerText(), /tout le monde lirait/);
			await look(page, "wider");
			await press(page, "Le faire lire par plus de monde");
			await page.waitForURL(/fait=espace-regle/);

			// Handed over in one action.
			await open(page, "Transmettre");
			await page.getByLabel(new RegExp(people.contributor.name)).check();
			await page.getByLabel("Je quitte l’espace").check();
			await look(page, "hand-over");
			await press(page, "Transmettre");
			await page.waitForURL(/fait=transmis/);

			// She writes a page there, then lets it sleep with its story, and wakes it.
			await other.page.goto(place);
			assert.match(await main(other.page).innerText(), /votre rôle\s: animation/);
			await main(other.page).locator("summary", { hasText: "Ajouter quelque chose" }).click();
			await main(other.page).locator("details[open]").getByRole("link", { name: /page|article/i }).first().click();
			await other.page.fill("#f-titre", `Semis du ${screen}${script ? "" : " bis"}`);
			await other.page.fill("#f-texte", "Des radis.");
			await other.page.getByRole("button", { name: "Publier" }).first().click();
			await other.page.waitForURL(/fait=cree/);
			assert.ok(new URL(other.page.url()).pathname.startsWith(`${place}/`));
			await other.page.goto(place);
			await look(other.page, "front");
			await open(other.page, "Mettre en sommeil");
			await other.page.getByLabel("Son histoire").fill("Deux récoltes. Les outils sont au gymnase.");
			await look(other.page, "sleep");
			await press(other.page, "Mettre en sommeil");
			await other.page.waitForURL(/fait=sommeil/);
			await look(other.page, "asleep");
			assert.match(await main(other.page).innerText(), /Deux récoltes/);
			assert.equal(await main(other.page).getByText("Ajouter quelque chose").count(), 0);
			await press(other.page, "Le réveiller");
			await other.page.waitForURL(/fait=reveil/);
			for (const { watch } of [chair, other]) assert.deepEqual([watch.errors, watch.foreign], [[], []]);
			await chair.context.close();
			await other.context.close();
		});
	}
});
