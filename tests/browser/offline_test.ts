// A questionnaire in the field: taken away on a telephone, answered without a connection, the tab closed and opened again, sent
// when it is back. Another device meanwhile; refused, corrected, closed, corrected by the team. And what appears, is counted and
// refused on a page of a questionnaire as it is filled in.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, type Visit, visit } from "../support/browser.js";
import { Client, formOf } from "../support/client.js";
import { onSite } from "../support/program.js";

onSite("questionnaires without a connection", (site) => {
	let browser: Browser, facilitator: Client, made = 0;
	before(async () => {
		browser = await openBrowser();
		facilitator = await new Client(site).signIn("facilitator");
	});
	after(() => browser?.close());

	async function make(settings: Record<string, string> = {}): Promise<string> {
		const answer = await facilitator.send(await facilitator.form("/-/surveys/new", "/-/surveys/new"), { label: `Terrain ${++made}`, copy: "trois_questions", ...settings });
		const key = /\/-\/survey\/([a-z0-9_]+)\//.exec(answer.location)![1]!;
		await stand(key, "open");
		return key;
	}
	const stand = async (form: string, to: string) => facilitator.send(formOf(await facilitator.get(`/-/survey/${form}/manage`), `/-/survey/${form}/state`), { to });
	const count = async (form: string) => Number(/<strong>(\d+)<\/strong> réponses? envoyées?/.exec((await facilitator.get(`/-/survey/${form}/manage`)).body)![1]);

	async function takeAway(page: Page, form: string): Promise<void> {
		await page.goto(`/-/offline/${form}`);
		await page.getByRole("button", { name: "Emporter sur cet appareil" }).click();
		await page.getByText("vous pouvez partir sans connexion").waitFor();
	}
	const begin = async (page: Page) => {
		await page.getByRole("button", { name: "Commencer de nouvelles réponses" }).click();
		await page.getByRole("heading", { name: "Là où vous vivez" }).waitFor();
	};
	const next = (page: Page) => page.getByRole("button", { name: "Suivante" }).click();
	async function answer(page: Page, bien: string, idea: string): Promise<void> {
		await page.getByLabel(bien, { exact: true }).check();
		await next(page);
		await page.getByLabel("Un jardin partagé").check();
		await next(page);
		await page.getByLabel(/Une idée pour votre rue/).fill(idea);
		await next(page);
		await page.getByRole("heading", { name: "Relisez vos réponses" }).waitFor();
		await page.getByRole("button", { name: "Terminer" }).click();
	}
	const quiet = ({ watch }: Visit) => assert.deepEqual(watch.errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(error)), []);

	for (const screen of Object.keys(screens) as Screen[])
		it(`taken away, answered without a connection, closed and taken up again, sent when it is back (${screen})`, async () => {
			const form = await make(), device = await visit(browser, site, screen), { context } = device;
			let { page } = device;
			await takeAway(page, form);
			await accessible(page);
			await shoot(page, `offline-${screen}`);
			await context.setOffline(true);
			await begin(page);
			await next(page);
			await page.getByText("Cette réponse est nécessaire").waitFor();
			await accessible(page);
			assert.ok(await page.getByLabel("Que manque-t-il d’abord").isHidden());
			await page.getByLabel("Plutôt non").check();
			await page.getByLabel("Que manque-t-il d’abord").fill("Un banc à l’ombre");
			await shoot(page, `offline-questions-${screen}`);
			await page.waitForTimeout(600);
			await page.close(); // the tab is closed in the middle: nothing is lost
			page = await context.newPage();
			await page.goto(`/-/offline/${form}`);
			await page.getByText("commencées, pas terminées").waitFor();
			await page.locator("[data-list] a").click();
			await page.getByLabel("Que manque-t-il d’abord").waitFor(); // shown once it is filled in
			assert.equal(await page.getByLabel("Que manque-t-il d’abord").inputValue(), "Un banc à l’ombre");
			await answer(page, "Plutôt non", "Un four à pain");
			await page.getByText("terminées, à envoyer").waitFor();
			await page.getByText("elles partiront à son retour").waitFor();
			await begin(page);
			await answer(page, "Oui, tout à fait", "Des arbres");
			await page.getByText("terminées, à envoyer").nth(1).waitFor();
			await accessible(page);
			await shoot(page, `offline-waiting-${screen}`);
			assert.equal(await count(form), 0);
			await context.setOffline(false); // the page hears of it, and sends
			await page.getByText(/Réponses envoyées\s: 2/).waitFor();
			await page.getByText("Aucune réponse sur cet appareil").waitFor();
			assert.equal(await count(form), 2);
			quiet(device);
			await context.close();
		});

	it("two devices; one sends while another does, and its answer is lost on the way: each counts once", async () => {
		const form = await make(), one = await visit(browser, site, "phone"), two = await visit(browser, site, "desktop");
		// Its worker sends nothing by itself, so that the page is seen to do it again.
		await one.page.addInitScript(() => Object.defineProperty(ServiceWorkerRegistration.prototype, "sync", { value: undefined }));
		for (const { page, context } of [one, two]) {
			await takeAway(page, form);
			await context.setOffline(true);
			await begin(page);
			await answer(page, "Non", "Un banc");
			await page.getByText("terminées, à envoyer").waitFor();
		}
		// The site takes them, and the device never hears of it.
		let swallowed = 0;
		await one.context.route(/\/send$/, async (route) => {
			if (swallowed++) return route.continue();
			await route.fetch();
			await route.abort();
		});
		await Promise.all([one.context.setOffline(false), two.context.setOffline(false)]);
		await two.page.getByText(/Réponses envoyées\s: 1/).waitFor();
		await one.page.getByText("elles partiront à son retour").waitFor();
		await one.page.getByRole("button", { name: "Envoyer maintenant" }).click();
		await one.page.getByText(/Réponses envoyées\s: 1/).waitFor();
		assert.equal(await count(form), 2);
		await one.context.close();
		await two.context.close();
	});

	it("closed meanwhile: refused with the reason and kept; sent once it is opened again", async () => {
		const form = await make(), { page, context } = await visit(browser, site, "phone");
		await takeAway(page, form);
		await context.setOffline(true);
		await begin(page);
		await answer(page, "Non", "Un banc");
		await page.getByText("terminées, à envoyer").waitFor();
		await stand(form, "closed");
		await context.setOffline(false);
		await page.getByText("refusées par le site").waitFor();
		assert.match(await page.locator("[data-list] .field-error").innerText(), /Fermé/);
		await accessible(page);
		await shoot(page, "offline-refused");
		await stand(form, "open");
		await page.reload();
		await page.getByRole("button", { name: "Envoyer maintenant" }).click();
		await page.getByText(/Réponses envoyées\s: 1/).waitFor();
		assert.equal(await count(form), 1);
		await context.close();
	});

	it("corrected by the team meanwhile: what is begun keeps its version, what is new has the new question", async () => {
		const form = await make(), { page, context } = await visit(browser, site, "phone");
		await takeAway(page, form);
		await context.setOffline(true);
		await begin(page);
		await page.getByLabel("Non", { exact: true }).check();
		await page.getByRole("button", { name: "S’arrêter là" }).click();
		await page.getByText("commencées, pas terminées").waitFor();
		const path = /href="(\/-\/form\/[a-z0-9_]+\/[a-z]+\/text)"/.exec((await facilitator.get(`/-/form/${form}/add`)).body)![1]!;
		await facilitator.send(await facilitator.form(path, path), { label: "Depuis quand ?", required: "1" });
		await context.setOffline(false);
		await page.reload();
		await page.getByText("Le questionnaire a été corrigé").waitFor();
		await context.setOffline(true);
		await page.locator("[data-list] a").click();
		assert.equal(await page.getByLabel(/Depuis quand/).count(), 0);
		await answer(page, "Non", "Un banc");
		await page.getByText("terminées, à envoyer").waitFor();
		await begin(page);
		assert.equal(await page.getByLabel(/Depuis quand/).count(), 1);
		await page.getByRole("button", { name: "S’arrêter là" }).click();
		await context.setOffline(false);
		await page.getByText(/Réponses envoyées\s: 1/).waitFor();
		assert.equal(await count(form), 1);
		// Erased by one button, the questionnaire with them.
		await page.getByText("Tout effacer de cet appareil").click();
		await page.getByRole("button", { name: "Les effacer" }).click();
		await page.getByText("Il ne reste rien sur cet appareil").waitFor();
		const left = await page.evaluate(async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]);
		assert.deepEqual(left, [[], 0]);
		await context.close();
	});

	it("who looks after it enters what others say, with a name; without https, or without JavaScript, a page says what to do", async () => {
		const form = await make({ anonymity: "named" }), { page, context } = await visit(browser, site, "phone");
		await signIn(page, "facilitator");
		await takeAway(page, form);
		await context.setOffline(true);
		await page.getByLabel("Son nom, ou celui de la structure").fill("Régie du fleuve");
		await begin(page);
		await answer(page, "Non", "Un banc");
		await page.getByRole("link", { name: "Régie du fleuve" }).waitFor();
		await context.setOffline(false);
		await page.getByText(/Reçu/).waitFor();
		assert.match((await facilitator.get(`/-/survey/${form}/responses`)).body, /Régie du fleuve/);
		await context.close();
		const without = await visit(browser, site, "phone", { script: false });
		await without.page.goto(`/-/offline/${form}`);
		await without.page.getByText("le navigateur a besoin de JavaScript").waitFor();
		await without.context.close();
		const plain = await visit(browser, site, "phone");
		await plain.page.addInitScript(() => Object.defineProperty(window, "isSecureContext", { value: false }));
		await plain.page.goto(`/-/offline/${form}`);
		await plain.page.getByText("Ce site est ouvert ici sans https").waitFor();
		await accessible(plain.page);
		await plain.context.close();
	});

	for (const screen of Object.keys(screens) as Screen[])
		it(`on the page of a questionnaire, what is asked appears as one answers (${screen})`, async () => {
			const form = await make(), { page, context, watch } = await visit(browser, site, screen);
			const wishes = `/-/form/${form}/question/envies`;
			assert.equal((await facilitator.send(await facilitator.form(wishes, wishes), { max: "2" })).status, 303);
			await page.goto(`/-/survey/${form}`);
			await page.getByRole("button", { name: "Commencer" }).click();
			const missing = page.getByLabel("Que manque-t-il d’abord");
			await missing.waitFor({ state: "hidden" });
			await page.getByLabel("Plutôt non").check();
			await missing.waitFor();
			assert.equal(await page.getByText("À remplir si").isVisible(), false);
			await accessible(page);
			await shoot(page, `survey-live-${screen}`);
			await page.getByLabel("Oui, tout à fait").check();
			await missing.waitFor({ state: "hidden" });
			await page.getByRole("button", { name: "Suivante" }).click();
			for (const wish of ["Un jardin partagé", "Une fête de rue", "Le journal du quartier"]) await page.getByLabel(wish).check();
			await page.getByText("Cochées\u00a0: 3.").waitFor();
			await page.getByText("Cochez-en 2 au plus\u202f; vous en avez coché 3").waitFor();
			assert.ok(await page.locator(".field-error").isVisible());
			await accessible(page);
			await shoot(page, `survey-counts-${screen}`);
			await page.getByLabel("Une fête de rue").uncheck();
			await page.locator(".field-error").waitFor({ state: "detached" });
			assert.deepEqual(watch.errors, []);
			await context.close();
		});
});
