// Life of a journal as people see it: a WordPress site comes in and is taken back, a story is made known elsewhere, a year
// is told and somebody prefers not to be named.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite, people } from "../support/program.js";
import { add } from "../support/records.js";

onSite("known", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	for (const { screen, script } of ways) {
		const how = `${screen}${script ? "" : ", without JavaScript"}`;
		const look = async (page: Page, name: string) => {
			if (!script) return;
			await accessible(page);
			await shoot(page, `known-${name}-${screen}`);
		};

		it(`a facilitator brings a WordPress site in, looks, keeps, takes back (${how})`, async () => {
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			await signIn(page, "facilitator");
			await page.goto("/-/forms");
			await page.getByRole("link", { name: "Depuis un site WordPress" }).click();
			await page.getByLabel("L’export").setInputFiles(join(process.env.PARVIS_SOURCE!, "tests/unit/features/wxr/journal.xml"));
			await look(page, "1-send");
			await page.getByRole("button", { name: "Examiner" }).click();
			await page.waitForURL(/\/-\/imports\/[0-9a-z]+/);
			// The page turns by itself while the job works, without scripts too.
			const turned = (title: string) => page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor({ timeout: 60_000 });
			await turned("Ce qui viendrait");
			await page.getByText("3 pages seraient ajoutées").waitFor();
			await look(page, "2-look");
			await page.getByRole("button", { name: "Les faire venir" }).click();
			await turned("C’est importé");
			await look(page, "3-result");
			const run = page.url();
			await page.goto("/jardin-ouvre");
			assert.equal(await page.locator("h1").innerText(), "Le jardin ouvre");
			await look(page, "4-story");
			await page.goto(run);
			await page.getByRole("button", { name: "Reprendre ce que cet import a apporté" }).click();
			await turned("C’est repris");
			assert.equal((await page.goto("/jardin-ouvre"))!.status(), 404);
			assert.deepEqual(visited.watch.errors.filter((error) => !/404/.test(error)), []);
			await visited.context.close();
		});

		it(`a member makes a story known elsewhere and notes it (${how})`, async () => {
			const member = await new Client(site).signIn("member");
			const made = await add(member, "recit", { titre: `La fresque ${how}`, texte: "On a peint le mur à douze.", mots: "fresque" });
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			await signIn(page, "member");
			await page.goto(made.url);
			await page.getByRole("link", { name: "Faire connaître" }).click();
			const place = page.locator("details", { hasText: "Mastodon" });
			await place.locator("summary").click();
			const text = await place.locator("textarea").inputValue();
			assert.ok(text.startsWith(`La fresque ${how}`) && text.includes("#fresque") && text.endsWith(`/f/${made.id}`), text);
			await place.getByLabel("Adresse de ce que vous avez publié").fill("https://mastodon.example/@rue/7");
			await look(page, "5-place");
			await place.getByRole("button", { name: /C’est publié là/ }).click();
			await page.locator(".notice").getByText("les autres voient que c’est annoncé là").waitFor();
			assert.equal(await page.getByRole("link", { name: /Voir ce qui est publié/ }).getAttribute("href"), "https://mastodon.example/@rue/7");
			await look(page, "6-noted");
			await page.getByRole("button", { name: /J’y suis passé voir/ }).click();
			await page.locator(".notice").getByText("vous y êtes passé").waitFor();
			assert.deepEqual(visited.watch.errors, []);
			await visited.context.close();
		});

		it(`the portrait of a year names her, until she prefers not (${how})`, async () => {
			const member = await new Client(site).signIn("member");
			await add(member, "recit", { titre: `Un geste ${how}` });
			const visited = await visit(browser, site, screen, { script }), { page } = visited;
			await signIn(page, "member");
			await page.getByRole("contentinfo").getByRole("link", { name: "Grâce à vous" }).click();
			await page.waitForURL("**/-/recognition");
			assert.equal(await page.getByRole("heading", { name: people.member.name }).count(), 1);
			await look(page, "7-year");
			await page.getByRole("button", { name: "Ne pas me nommer ici" }).click();
			await page.locator(".notice").getByText("Votre nom n’y est plus").waitFor();
			assert.equal(await page.getByRole("heading", { name: people.member.name }).count(), 0);
			await page.getByRole("button", { name: "Me nommer ici" }).click();
			await page.locator(".notice").getByText("Votre nom y est désormais").waitFor();
			assert.deepEqual(visited.watch.errors, []);
			await visited.context.close();
		});
	}
});
