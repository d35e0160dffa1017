// Views as people use them, in a real browser: pictures, sharing, paper.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser, shoot, signIn, visit } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, type Made } from "../support/records.js";

// A picture of this size, made by the browser.
async function picture(browser: Browser, width: number, height: number): Promise<Buffer> {
	const page = await browser.newPage({ viewport: { width, height } });
	await page.setContent(`<body style="background:linear-gradient(45deg,#276,#fd8)">`);
	const made = await page.screenshot();
	await page.close();
	return made;
}

async function addPicture(page: Page, record: Made, buffer: Buffer, alt: string, legend: string): Promise<void> {
	await page.goto(`/-/edit/${record.id}`);
	await page.setInputFiles("input[type=file]", { name: "photo.png", mimeType: "image/png", buffer });
	await page.getByLabel(/montre/).last().fill(alt);
	await page.getByRole("button", { name: "Enregistrer" }).click();
	await page.waitForURL(/fait=/);
	await page.goto(`/-/edit/${record.id}`);
	await page.getByLabel(/Légende/).fill(legend);
	await page.getByRole("button", { name: "Enregistrer" }).click();
	await page.waitForURL(/fait=/);
}

onSite("views in the browser", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	it("a gallery shows pictures with their words, in the size of the screen, and what has none", async () => {
		const member = await new Client(site).signIn("member");
		const shown = await add(member, "action", { titre: "Action photographiée", domaine: "numerique" });
		await add(member, "action", { titre: "Action sans image", domaine: "mobilite" });
		const writer = await visit(browser, site, "desktop");
		await signIn(writer.page, "member");
		await addPicture(writer.page, shown, await picture(browser, 1600, 1000), "Deux voisines devant un écran", "Salle des fêtes");
		await writer.context.close();
		for (const script of [true, false]) {
			const { context, page, watch } = await visit(browser, site, "phone", { script });
			await page.goto("/actions?vue=gallery");
			const tile = page.locator(".tile", { hasText: "Action photographiée" }), image = tile.locator("img");
			assert.equal(await image.getAttribute("alt"), "Deux voisines devant un écran");
			assert.equal(await image.getAttribute("loading"), "lazy");
			assert.equal(await tile.locator("figcaption").innerText(), "Salle des fêtes");
			await image.scrollIntoViewIfNeeded();
			await page.waitForLoadState("networkidle");
			// 360 px wide: one of the smaller sizes is enough.
			assert.match(await image.evaluate((img: HTMLImageElement) => img.currentSrc), /\/(320|960)$/);
			assert.ok(await image.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0));
			const bare = page.locator(".tile", { hasText: "Action sans image" });
			const sizes = await Promise.all([image, bare.locator(".tile-bare")].map(async (one) => (await one.boundingBox())!));
			assert.deepEqual([sizes[1]!.width, sizes[1]!.height].map(Math.round), [sizes[0]!.width, sizes[0]!.height].map(Math.round));
			// By keyboard: the title is the only link.
			await bare.locator("a").focus();
			await page.keyboard.press("Enter");
			await page.waitForURL(/action-sans-image/);
			if (script) await page.goBack(), await shoot(page, "gallery-phone");
			assert.deepEqual(watch.errors, []);
			await context.close();
		}
	});

	it("a list is given to others: address, code, and what another site pastes", async () => {
		for (const script of [true, false]) {
			const { context, page, watch } = await visit(browser, site, "phone", { script });
			await page.goto("/annuaire?commune=tours");
			await page.getByRole("link", { name: "Partager" }).click();
			assert.equal(await page.getByLabel("À copier").inputValue(), `${site.origin}/annuaire?commune=tours`);
			assert.ok(await page.getByRole("img", { name: "Code" }).isVisible());
			await page.getByRole("link", { name: /Carte à imprimer/ }).click();
			assert.equal(await page.locator("h1").innerText(), "Qui fait quoi");
			await page.getByRole("link", { name: "Retour" }).click();
			assert.deepEqual(watch.errors, []);
			await context.close();
		}
	});

	it("another site shows a view in a frame; its links open in the page around it", async () => {
		const { context, page } = await visit(browser, site, "desktop");
		await page.goto("/-/share?path=/annuaire");
		const snippet = await page.getByLabel("À coller").inputValue();
		const body = `<!doctype html><title>Ailleurs</title>${snippet}<iframe id="whole" src="${site.origin}/annuaire"></iframe>`;
		const other = createServer((_, answer) => void answer.setHeader("Content-Type", "text/html").end(body)).listen(0, "127.0.0.1");
		await once(other, "listening");
		await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
		const frame = page.frameLocator("iframe >> nth=0");
		await frame.getByRole("link", { name: "ACTIVE", exact: true }).waitFor();
		// The page with the site around it is refused.
		assert.equal(await page.frameLocator("#whole").getByRole("link", { name: "ACTIVE", exact: true }).count(), 0);
		await frame.getByRole("link", { name: "ACTIVE", exact: true }).click();
		await page.waitForURL(/\/active$/);
		assert.equal(page.url(), `${site.origin}/active`);
		await context.close();
		other.close();
	});

	it("on paper: no way around, the code at the head, the day and the address at the foot", async () => {
		const { context, page } = await visit(browser, site, "desktop");
		await page.emulateMedia({ media: "print" });
		for (const path of ["/annuaire", "/annuaire?vue=table", "/espaces-numeriques?vue=map", "/actions?vue=timeline", "/annuaire?vue=chart", "/resoudre"]) {
			await page.goto(path);
			for (const gone of [".main-nav", ".thumb-bar", ".footer", ".search", ".layout-switch", ".sort", ".facets", ".pager", ".breadcrumb"])
				for (const one of await page.locator(gone).all()) assert.ok(!(await one.isVisible()), `${path} ${gone}`);
			const code = (await page.locator(".paper-code svg").boundingBox())!, title = (await page.locator("h1").boundingBox())!;
			assert.ok(code.width > 80 && Math.abs(code.y - title.y) < 150, `${path}: ${JSON.stringify(code)}`);
			const foot = await page.locator(".paper-only").innerText();
			assert.match(foot, path === "/resoudre" ? /\/f\/[0-9a-z]{26}/ : /\d{4}/);
			assert.ok(foot.includes(site.origin.replace(/^http:\/\//, "")), foot);
		}
		// A card of A6 is one page (ISO 216: 105 × 148 mm, in points of 1/72 inch).
		await page.goto("/-/share/card?path=/annuaire");
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
		assert.equal([...pdf.matchAll(/\/Type \/Page\b/g)].length, 1);
		const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
		assert.ok(Math.abs(Number(box[1]) - (105 / 25.4) * 72) < 1 && Math.abs(Number(box[2]) - (148 / 25.4) * 72) < 1, box[0]);
		await context.close();
	});
});
