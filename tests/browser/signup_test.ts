// An event with one place, on a telephone: a passer-by waits for it without an account, somebody gives it back, she has it;
// at the door the organiser taps once, and prints the sheet. Then: what takes place this week near a neighbourhood.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, type Screen, screens, shoot, signIn, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("signing up to an event", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());
	const date = (days: number) => new Date(Date.now() + days * 864e5);
	const fillDay = async (page: Page, days: number) => {
		const [year, month, day] = date(days).toISOString().slice(0, 10).split("-").map(Number);
		await page.locator('[name="quand.from.day"]').fill(String(day));
		await page.locator('[name="quand.from.month"]').fill(String(month));
		await page.locator('[name="quand.from.year"]').fill(String(year));
	};

	for (const [screen, script] of [["phone", false], ["desktop", true]] as [Screen, boolean][]) {
		if (!(screen in screens)) continue;
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (script) await accessible(page);
			if (script) await shoot(page, `signup-${name}-${screen}`);
		};

		it(`the only place goes from one person to the next, is ticked at the door, and the sheet is printed (${how})`, async () => {
			const title = `La soupe, ${how}`;
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "neighbour");
			await page.goto("/-/new/evenement");
			await page.getByLabel("Quoi", { exact: true }).fill(title);
			await fillDay(page, 3);
			await page.getByText("On s’inscrit : places, liste d’attente, questions").click();
			await page.getByLabel("On s’inscrit ici").check();
			await page.getByLabel("Combien de places").fill("1");
			await page.getByLabel("Quand c’est complet, on peut attendre une place").check();
			await page.getByLabel("On peut s’inscrire sans compte").check();
			await look(page, "form");
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.waitForURL(/fait=cree/);
			const url = page.url().replace(/\?.*/, "");
			assert.match(await page.locator("#signup").innerText(), /1 place libre/);

			const first = await visit(browser, site, screen, { script });
			await signIn(first.page, "member");
			await first.page.goto(url);
			await first.page.locator("#signup").getByRole("link", { name: "S’inscrire" }).click();
			await first.page.locator("main").getByRole("button", { name: "S’inscrire" }).click();
			await first.page.waitForURL(/fait=inscrit\b/);
			await look(first.page, "mine");

			const passing = await visit(browser, site, screen, { script });
			await passing.page.goto(url);
			assert.match(await passing.page.locator("#signup").innerText(), /complet/i);
			await passing.page.locator("#signup").getByRole("link", { name: "Attendre une place" }).click();
			await look(passing.page, "visitor");
			await passing.page.locator("#f-guest-name").fill("Odile de passage");
			await passing.page.waitForTimeout(2100); // faster is taken for a robot
			await passing.page.locator("main").getByRole("button", { name: "Attendre une place" }).click();
			await passing.page.waitForURL(/fait=inscrit-attend/);
			assert.match(await passing.page.locator("main").innerText(), /Vous êtes en liste d’attente/);
			await look(passing.page, "waiting");

			await first.page.getByRole("button", { name: "Je ne peux pas venir" }).click();
			await first.page.waitForURL(/fait=desinscrit/);
			await first.context.close();

			await passing.page.goto(url);
			assert.match(await passing.page.locator("#signup").innerText(), /Votre inscription est notée/);
			await passing.context.close();

			await page.goto(url);
			await page.locator("#signup").getByRole("link", { name: "Qui vient, et la fiche d’émargement" }).click();
			assert.match(await page.locator("main").innerText(), /Odile de passage/);
			await look(page, "board");
			await page.getByRole("button", { name: "Présent – Odile de passage" }).click();
			await page.waitForURL(/#s-\d+$/);
			assert.match(await page.locator("main").innerText(), /Venus\s: 1[\s\S]*1 présent/);
			await look(page, "came");
			const sheet = await page.request.get(new URL((await page.locator("form:has([name=forme])").getAttribute("action"))!, page.url()).href, { params: { forme: "pdf" } });
			assert.equal(sheet.headers()["content-type"], "application/pdf");
			const folder = mkdtempSync(join(tmpdir(), "sheet-"));
			writeFileSync(join(folder, "sheet.pdf"), await sheet.body());
			execFileSync("pdftoppm", ["-r", "40", "-gray", "-singlefile", join(folder, "sheet.pdf"), join(folder, "sheet")]);
			// A4 at 40 points an inch, and something drawn on it: lines over the whole width.
			const picture = readFileSync(join(folder, "sheet.pgm"));
			assert.match(picture.subarray(0, 20).toString("latin1"), /^P5\s+331 468\s/);
			const pixels = picture.subarray(picture.length - 331 * 468);
			const lines = Array.from({ length: 468 }, (_, y) => pixels.subarray(y * 331, (y + 1) * 331).filter((v) => v < 235).length).filter((n) => n > 240).length;
			assert.ok(lines >= 9, `${lines} lines across`); // head, one person, eight empty
			await home.context.close();
		});
	}

	it("the week near a neighbourhood: chosen in a list without JavaScript, kept by the device", async () => {
		const { page, context } = await visit(browser, site, "phone", { script: false });
		await page.goto("/agenda");
		await page.getByRole("link", { name: "Cette semaine près de chez moi" }).click();
		await page.getByLabel("Près de").selectOption({ label: "Sanitas" });
		await page.getByRole("button", { name: "Afficher" }).click();
		assert.match(await page.locator("h1").innerText(), /Cette semaine près de Sanitas/);
		assert.match(await page.locator("main").innerText(), /dans les sept jours|Rien n’est annoncé/);
		await page.getByRole("button", { name: "Commencer par ce lieu la prochaine fois" }).click();
		await page.waitForURL(/fait=choix-gardes/);
		await page.goto("/-/near/agenda");
		assert.match(await page.locator("h1").innerText(), /Cette semaine près de Sanitas/);
		await context.close();
	});

	it("the button asks the device where it is, and the address says it rounded", async () => {
		const { page, context } = await visit(browser, site, "phone", { script: true });
		await context.grantPermissions(["geolocation"], { origin: site.origin });
		await context.setGeolocation({ latitude: 47.385678, longitude: 0.697654 });
		await page.goto("/-/near/agenda");
		await page.getByRole("button", { name: "Là où je suis" }).click();
		await page.waitForURL(/la=47\.386,0\.698/);
		await accessible(page);
		await shoot(page, "near-phone");
		await context.close();
	});
});
