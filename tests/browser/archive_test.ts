// A group that has finished takes its space away in one file, and archives it, as people do; then reads the file.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile, mkdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, screens, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add } from "../support/records.js";
import { unzip } from "../support/zip.js";

onSite("archives", (site) => {
	let browser: Browser, folder: string;
	before(async () => {
		browser = await openBrowser();
		folder = await mkdtemp(join(tmpdir(), "archive-"));
	});
	after(async () => {
		await browser?.close();
		await rm(folder, { recursive: true, force: true });
	});
	const main = (page: Page) => page.locator("main");
	const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).first().click();

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const called = `Chantier du ${screen}${script ? "" : " bis"}`;
		const look = async (page: Page, name: string) => {
			if (script) await accessible(page);
			await shoot(page, `archive-${name}-${screen}${script ? "" : "-bare"}`);
		};

		it(`a space is taken away, and archived (${how})`, async () => {
			const chair = await visit(browser, site, screen, { script }), { page } = chair;
			const hand = await new Client(site).signIn("administrator");
			const made = await hand.send(await hand.form("/-/spaces/new", "/-/spaces/new"), { name: called, visibility: "public" });
			const place = made.location.split("?")[0]!;
			await add(hand, "structure", { nom: `La serre de ${called}`, genre: "association", presentation: "Un **beau** texte.\n\n- un\n- deux" }, place.slice("/e/".length));
			await signIn(page, "administrator");
			await page.goto(place);
			await main(page).getByRole("link", { name: "Garder ou archiver" }).click();
			await look(page, "asking");
			await page.getByLabel(/^Pour tout le monde/).check();
			await press(page, "Préparer l’archive");
			const link = main(page).getByRole("link", { name: /^Emporter l’archive/ });
			for (let i = 0; i < 100 && !(await link.count()); i++) {
				await page.waitForTimeout(100);
				await page.reload();
			}
			await look(page, "made");
			const [download] = await Promise.all([page.waitForEvent("download"), link.first().click()]);
			const parts = unzip(await readFile((await download.path())!));

			await page.getByLabel(/^Son histoire/).fill("Trois étés de chantiers.");
			await press(page, "Archiver l’espace");
			await page.waitForURL(/fait=espace-archive/);
			assert.match(await main(page).innerText(), /Cet espace est archivé[\s\S]*Trois étés de chantiers/);
			await look(page, "closed");
			await press(page, "Rouvrir l’espace");
			await page.waitForURL(/fait=reveil/);
			assert.doesNotMatch(await main(page).innerText(), /Cet espace est archivé/);
			await chair.context.close();

			// From the disk, without the site.
			const root = join(folder, `${screen}-${script}`);
			for (const [name, content] of parts) {
				await mkdir(dirname(join(root, name)), { recursive: true });
				await writeFile(join(root, name), content);
			}
			const reader = await visit(browser, site, screen, { script });
			const asked: string[] = [];
			reader.context.on("request", (request) => void (request.url().startsWith("file:") || asked.push(request.url())));
			await reader.page.goto(`file://${root}/index.html`);
			assert.equal(await reader.page.locator("h1").innerText(), called);
			await look(reader.page, "index");
			await reader.page.getByRole("link", { name: "Structures" }).first().click();
			await look(reader.page, "list");
			await reader.page.getByRole("link", { name: `La serre de ${called}` }).click();
			assert.match(await main(reader.page).innerText(), /Un beau texte/);
			await look(reader.page, "page");
			assert.ok((await reader.page.evaluate(() => document.documentElement.scrollWidth)) <= screens[screen].viewport.width);
			assert.deepEqual(asked, []);
			if (!script) assert.deepEqual(reader.watch.errors, []); // axe itself reads style sheets
			await reader.context.close();
		});
	}
});
