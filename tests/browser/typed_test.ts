// What somebody types is not lost: kept in the browser until the site has it, asked about before the page is left;
// and shown as it would be, with script and without.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, shoot, signIn, type Visit, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("typed", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const title = (page: Page) => page.locator("#f-titre");
	const text = (page: Page) => page.locator("main textarea");
	const kept = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("typed ")).length);
	const untilKept = (page: Page) => page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("typed ")));
	const offer = (page: Page) => page.locator("p-typed .notice");
	const clean = async ({ watch, context }: Visit) => {
		assert.deepEqual(watch.errors, []);
		await context.close();
	};
	async function writer(): Promise<Visit> {
		const visited = await visit(browser, site, "phone");
		await signIn(visited.page, "member");
		await visited.page.goto("/-/new/page");
		await title(visited.page).fill("Compte rendu du 12");
		await text(visited.page).fill("Nous étions douze.");
		await untilKept(visited.page);
		return visited;
	}

	it("after a crash, the form offers what was typed, and takes it up again", async () => {
		const visited = await writer(), { context } = visited;
		await visited.page.close(); // without asking, as a crash
		const page = await context.newPage();
		await page.goto("/-/new/page");
		assert.equal(await title(page).inputValue(), "");
		assert.match(await offer(page).innerText(), /vous avez écrit ici quelque chose/);
		await shoot(page, "typed-offer-phone", false);
		await page.getByRole("button", { name: "Le reprendre" }).click();
		assert.equal(await title(page).inputValue(), "Compte rendu du 12");
		assert.equal(await text(page).inputValue(), "Nous étions douze.");
		assert.equal(await offer(page).count(), 0);
		await clean(visited);
	});
	it("thrown away, it is not offered again", async () => {
		const visited = await writer(), { context } = visited;
		await visited.page.close();
		const page = await context.newPage();
		await page.goto("/-/new/page");
		await page.getByRole("button", { name: "L’effacer" }).click();
		assert.equal(await kept(page), 0);
		await page.reload();
		assert.equal(await offer(page).count(), 0);
		await clean(visited);
	});
	it("once saved, nothing is kept; refused, it is", async () => {
		const visited = await writer(), { page } = visited;
		await title(page).fill("");
		await page.waitForTimeout(600);
		await page.getByRole("button", { name: "Publier" }).click();
		await page.waitForSelector(".error-summary");
		assert.equal(await text(page).inputValue(), "Nous étions douze.");
		assert.equal(await kept(page), 1);
		await title(page).fill("Compte rendu gardé");
		await page.getByRole("button", { name: "Publier" }).click();
		await page.waitForURL(/fait=cree/);
		await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith("typed ")));
		await clean(visited);
	});
	it("the connection is lost while it is sent: it is offered when it comes back", async () => {
		const visited = await writer(), { page, context } = visited;
		await context.setOffline(true);
		await page.getByRole("button", { name: "Publier" }).click().catch(() => {});
		await page.waitForTimeout(500);
		await context.setOffline(false);
		await page.goto("/annuaire");
		assert.equal(await kept(page), 1);
		await page.goto("/-/new/page");
		await page.getByRole("button", { name: "Le reprendre" }).click();
		assert.equal(await text(page).inputValue(), "Nous étions douze.");
		visited.watch.errors.length = 0; // the browser's own, of the lost connection
		await clean(visited);
	});
	it("somebody else on the same machine is offered nothing, and signing out leaves nothing", async () => {
		const visited = await writer(), { page } = visited;
		page.on("dialog", (dialog) => void dialog.accept());
		await page.evaluate(() => document.querySelector<HTMLFormElement>('form[action="/-/sign-out"]')!.requestSubmit());
		await page.waitForURL((url) => !url.pathname.startsWith("/-/new"));
		assert.equal(await kept(page), 0);
		await clean(visited);
	});
	it("what is typed before the script has come is kept too", async () => {
		const visited = await visit(browser, site, "phone"), { page } = visited;
		await signIn(page, "member");
		let come = () => {};
		const late = new Promise<void>((done) => (come = done));
		await page.route(/\/-\/asset\/.*\.js$/, async (route) => {
			await late;
			await route.continue();
		});
		await page.goto("/-/new/page", { waitUntil: "commit" });
		await title(page).fill("Sur une ligne lente");
		assert.equal(await kept(page), 0);
		come();
		await untilKept(page);
		await visited.context.close();
	});
	it("leaving with changes asks first; without, it does not", async () => {
		const visited = await writer(), { page } = visited;
		const asked: string[] = [];
		page.on("dialog", (dialog) => {
			asked.push(dialog.type());
			void dialog.dismiss();
		});
		await page.getByRole("link", { name: "Annuaire" }).first().click();
		await page.waitForTimeout(300);
		assert.deepEqual(asked, ["beforeunload"]);
		assert.match(page.url(), /new\/page/);
		await title(page).fill("");
		await text(page).fill("");
		await page.getByRole("link", { name: "Annuaire" }).first().click();
		await page.waitForURL(/annuaire/);
		assert.equal(asked.length, 1);
		await clean(visited);
	});
	it("taken up again on a record that changed meanwhile, both changes stand", async () => {
		const mine = await visit(browser, site, "desktop"), hers = await visit(browser, site, "desktop");
		await signIn(mine.page, "member");
		await signIn(hers.page, "neighbour");
		const open = async (page: Page) => {
			await page.goto("/centre-social-equinoxe");
			await page.getByRole("link", { name: "Corriger cette page" }).click();
		};
		await open(mine.page);
		await mine.page.locator("[name=activite]").fill("lien social et jardin");
		await untilKept(mine.page);
		await mine.page.close();
		await open(hers.page);
		await hers.page.locator("[name=telephone]").fill("02 47 00 00 00");
		await hers.page.getByRole("button", { name: "Enregistrer la correction" }).click();
		await hers.page.waitForURL(/fait=enregistre/);
		const again = await mine.context.newPage();
		await open(again);
		await again.getByRole("button", { name: "Le reprendre" }).click();
		await again.getByRole("button", { name: "Enregistrer la correction" }).click();
		await again.waitForURL(/fait=reuni/);
		const said = await again.locator("main").innerText();
		assert.match(said, /lien social et jardin/);
		assert.match(said, /02\s47\s00\s00\s00/);
		await clean(mine);
		await clean(hers);
	});

	for (const script of [true, false])
		it(`a preview shows the page as it would be, and saves nothing (${script ? "with" : "without"} JavaScript)`, async () => {
			const visited = await visit(browser, site, script ? "phone" : "desktop", { script }), { page } = visited;
			await signIn(page, "member");
			await page.goto("/-/new/page");
			await title(page).fill("À regarder");
			await text(page).fill("Un **mot** fort, [[La Rabière]].");
			await page.getByRole("button", { name: "Aperçu" }).click();
			const preview = page.locator("#preview");
			await preview.waitFor();
			assert.equal(await preview.locator("h2").innerText(), "À regarder");
			assert.equal(await preview.locator("strong").innerText(), "mot");
			assert.equal(await preview.getByRole("link", { name: "La Rabière" }).getAttribute("href"), "/la-rabiere");
			await shoot(page, `preview-${script ? "phone" : "desktop"}`, false);
			assert.equal(await title(page).inputValue(), "À regarder");
			assert.equal(await text(page).inputValue(), "Un **mot** fort, [[La Rabière]].");
			if (script) {
				await text(page).fill("Un *autre* mot.");
				await page.getByRole("button", { name: "Aperçu" }).click();
				await preview.locator("em").waitFor();
				assert.equal(await preview.count(), 1);
			}
			await page.goto("/a-regarder").catch(() => {});
			assert.equal(await page.locator("h1").innerText() === "À regarder", false);
			visited.watch.errors.length = 0;
			await clean(visited);
		});
});
