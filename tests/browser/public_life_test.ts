// Contributing once: a repair café announced from a phone is on the agenda, the map, the crier, the calendar and a poster; a
// facilitator prints the month and hears when the sheet is wrong; one event shows in several groups.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { named, readCalendar } from "../support/calendar.js";
import { onSite } from "../support/program.js";

onSite("public life", (site) => {
	let browser: Browser;
	before(async () => {
		browser = await openBrowser();
	});
	after(() => browser?.close());
	const words = (pdf: Buffer) => execFileSync("pdftotext", ["-raw", "-", "-"], { input: pdf }).toString().replaceAll(/\s+/g, " ");
	// A Saturday to come.
	const coming = new Date(Date.now() + 30 * 864e5);
	coming.setUTCDate(coming.getUTCDate() + 6 - coming.getUTCDay());
	const saturday = coming.toISOString().slice(0, 10), month = `/agenda?par=mois&le=${saturday.slice(0, 8)}01`;
	const typed = saturday.split("-").reverse().join("/"), told = new Intl.DateTimeFormat("fr", { dateStyle: "full", timeZone: "UTC" }).format(coming).replace(" 1 ", " 1er ");
	const fetched = async (path: string) => Buffer.from(await (await fetch(site.origin + path)).arrayBuffer());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`, title = `Repair café ${how}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `public-life-${name}-${screen}`);
		};
		const here = (page: Page) => page.url().replace(/[?#].*/, "");

		it(`a resident announces a repair café and finds it everywhere; a correction reaches all, printed copies too (${how})`, async () => {
			const home = await visit(browser, site, screen, { script }), { page } = home;
			await signIn(page, "member");
			await page.goto("/-/contribute");
			await look(page, "contribute");
			await page.getByLabel("Quoi", { exact: true }).fill(title);
			await page.getByLabel(/^Où/).fill("Maison de quartier");
			await page.getByLabel(/^Quand/).fill(`${typed} 14 h`);
			await page.getByLabel(/^Qui/).fill("Les Bricoleurs");
			await page.getByRole("button", { name: "Continuer" }).click();
			await page.waitForURL(/\/-\/new\/evenement/);
			await page.locator('input[name="lieu.lat"]').evaluate((e) => e.closest("details")!.setAttribute("open", ""));
			await page.locator('input[name="lieu.lat"]').fill("47.3900");
			await page.locator('input[name="lieu.lon"]').fill("0.6900");
			await look(page, "form");
			await page.getByRole("button", { name: "Publier", exact: true }).click();
			await page.waitForURL(/fait=cree/);
			const url = here(page), path = new URL(url).pathname;
			await look(page, "event");
			for (const where of [month, "/crieur"]) {
				await page.goto(where);
				assert.match(await page.locator("main").innerText(), new RegExp(where === "/crieur" ? "à l’agenda" : title), where);
			}
			assert.match((await fetched("/-/recent.atom")).toString(), new RegExp(title));
			const poster = words(await fetched(`/-/print?path=${encodeURIComponent(path)}&format=a3`)).replaceAll(/[  ]/g, " ");
			for (const part of [title, told, "14 h", "Maison de quartier", "Les Bricoleurs"]) assert.ok(poster.includes(part), `${part} in ${poster}`);
			// Its printer notes where the poster hangs; the hour moves; calendars and the poster's printer hear of it.
			await page.goto(`/-/share?path=${encodeURIComponent(path)}#paper`);
			await page.getByRole("button", { name: "C’est imprimé et affiché" }).click();
			await page.waitForURL(/\/-\/printed\/note/);
			await look(page, "printed-note");
			await page.getByLabel("Où est-elle affichée").fill("Boulangerie");
			await page.getByLabel("Combien d’exemplaires").fill("2");
			await page.getByRole("button", { name: "Noter", exact: false }).click();
			await page.waitForURL(/\/-\/printed\?fait/);
			await page.goto(url);
			await page.getByRole("link", { name: "Corriger cette page" }).click();
			await page.locator('[name="quand.from.time"]').fill("16 h 30");
			await page.getByRole("button", { name: "Enregistrer la correction" }).click();
			await page.waitForURL(/fait=enregistre/);
			assert.match(await page.locator("main").innerText(), /exemplaires imprimés montrent encore l’ancienne version/);
			const event = named(readCalendar((await fetched("/-/calendar/view/agenda.ics")).toString()), title);
			assert.equal(event.startDate.toString(), `${saturday}T16:30:00`);
			await page.goto("/-/printed");
			await look(page, "printed");
			await page.getByRole("button", { name: `Remplacée – ${title}` }).click();
			await page.waitForURL(/affiche-remplacee/);
			assert.deepEqual([home.watch.errors, home.watch.foreign], [[], []]);
			await home.context.close();
		});
	}

	it("a facilitator prints the month: the sheets name each day's events", async () => {
		const home = await visit(browser, site, "desktop"), { page } = home;
		await signIn(page, "facilitator");
		await page.goto(`/-/share?path=${encodeURIComponent(month)}`);
		await accessible(page);
		const query = await page.locator("form.print-form").evaluate((form) => new URLSearchParams(new FormData(form as unknown as HTMLFormElement) as unknown as Record<string, string>).toString());
		const programme = words(await fetched(`/-/print?${query}`));
		assert.ok(programme.includes(told.split(" ").slice(2).join(" ")), programme); // "décembre 2026"
		assert.match(programme, /Clic du mardi/);
		await home.context.close();
	});
});
