// A page of a group leaves it without its secret: chosen, agreed to, published, taken back, as people do.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { deflateSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { accessible, openBrowser, shoot, signIn, visit, ways } from "../support/browser.js";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

// Two pictures of one colour each, large enough to be seen, as PNG (W3C PNG, 4.5: truecolour, 8 bits).
function picture(red: number, green: number, blue: number): Uint8Array<ArrayBuffer> {
	const width = 320, height = 200;
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]), out = Buffer.alloc(body.length + 8);
		out.writeUInt32BE(data.length, 0);
		body.copy(out, 4);
		out.writeUInt32BE(crc32(body), body.length + 4);
		return out;
	};
	const crc32 = (bytes: Buffer) => {
		let crc = ~0;
		for (const byte of bytes) {
			crc ^= byte;
			for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
		}
		return ~crc >>> 0;
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(width, 0);
	head.writeUInt32BE(height, 4);
	head.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array.from({ length: width }, () => [red, green, blue]).flat())]);
	const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
	return Uint8Array.from(Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]));
}
const pictures = [picture(190, 80, 40), picture(30, 110, 90)];

onSite("shareable versions", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());
	const main = (page: Page) => page.locator("main");
	const press = (page: Page, name: string | RegExp) => main(page).getByRole("button", { name }).first().click();

	for (const { screen, script } of ways)
		it(`a page leaves its group without its secret (${screen}${script ? "" : ", without JavaScript"})`, async () => {
			const look = async (page: Page, name: string) => {
				if (script) await accessible(page);
				await shoot(page, `shareable-${name}-${screen}${script ? "" : "-bare"}`);
			};
			const called = `Récit ${screen}${script ? "" : " bis"}`;
			const writer = await new Client(site).signIn("facilitator"), other = await new Client(site).signIn("member");
			const source = await add(writer, "page", { titre: called, texte: "Ce qui s’est bien passé.\n\nLe secret de Paul.\n\nLa suite." }, "coordination");
			await edit(other, source.id, { texte: "Ce qui s’est bien passé.\n\nLe secret de Paul.\n\nLa suite, et la fin." });

			const chair = await visit(browser, site, screen, { script }), { page } = chair;
			await signIn(page, "facilitator");
			await page.goto(source.url);
			await main(page).getByRole("link", { name: "Version partageable" }).click();
			await page.getByLabel("Où va-t-elle ?").selectOption("tours");
			await page.getByLabel("Le passage 2 sort").uncheck();
			await look(page, "choosing");
			await press(page, "Voir ce qui serait partagé");
			await page.waitForURL(/fait=partage-prepare/);
			const place = new URL(page.url()).pathname;
			assert.doesNotMatch(await main(page).innerText(), /secret de Paul/);
			await press(page, "Interroger les personnes concernées");
			await page.waitForURL(/fait=partage-demande/);
			await look(page, "asked");

			const member = await visit(browser, site, screen, { script });
			await signIn(member.page, "member");
			await member.page.goto(source.url);
			await main(member.page).getByRole("link", { name: "La voir" }).click();
			await look(member.page, "answering");
			await member.page.getByLabel("Je suis d’accord").check();
			await press(member.page, "Répondre");
			await member.page.waitForURL(/fait=partage-repondu/);

			await page.goto(place);
			await press(page, "La publier");
			await page.waitForURL(/fait=partage-publie/);
			await look(page, "published");
			await main(page).getByRole("link", { name: "Voir la page" }).click();
			const copy = new URL(page.url()).pathname;
			const stranger = await visit(browser, site, screen, { script });
			await stranger.page.goto(copy);
			assert.match(await main(stranger.page).innerText(), /La suite, et la fin/);
			assert.doesNotMatch(await main(stranger.page).innerText(), /secret de Paul/);

			await member.page.goto(place);
			await press(member.page, "Je reprends mon accord");
			await member.page.waitForURL(/fait=partage-repris/);
			await look(member.page, "taken-back");
			assert.equal((await stranger.page.goto(copy))!.status(), 404);
			for (const one of [chair, member, stranger]) {
				assert.deepEqual(one.watch.errors, []);
				await one.context.close();
			}
		});

	for (const { screen, script } of ways)
		it(`of two pictures one goes out, and the other stays inside (${screen}${script ? "" : ", without JavaScript"})`, async () => {
			const look = async (page: Page, name: string) => {
				if (script) await accessible(page);
				await shoot(page, `shareable-${name}-${screen}${script ? "" : "-bare"}`);
			};
			const writer = await new Client(site, { "X-Forwarded-For": "192.0.2.9" }).signIn("facilitator");
			const source = await add(writer, "structure", { nom: `Deux photos ${screen}${script ? "" : " bis"}`, genre: "association" }, "coordination");
			for (const [i, where] of ["la cour", "la salle"].entries()) {
				const sent = await writer.sendFiles(await writer.form(`/-/edit/${source.id}`, "/-/edit/"), { "photos.new.alt": `Une vue de ${where}` }, { "photos.new": new File([pictures[i]!], "vue.png") });
				assert.equal(sent.status, 303);
			}
			const chair = await visit(browser, site, screen, { script }), { page } = chair;
			await signIn(page, "facilitator");
			await page.goto(source.url);
			await main(page).getByRole("link", { name: "Version partageable" }).click();
			await page.getByLabel("Où va-t-elle ?").selectOption("tours");
			const boxes = page.getByRole("checkbox", { name: /Le numéro \d sort.*Photos/ });
			assert.equal(await boxes.count(), 2);
			for (const box of await boxes.all()) assert.ok(!(await box.isChecked()), "no picture goes out by itself");
			await boxes.nth(1).check();
			await look(page, "pictures");
			await press(page, "Voir ce qui serait partagé");
			await page.waitForURL(/fait=partage-prepare/);
			assert.ok(await main(page).getByAltText("Une vue de la salle").count());
			assert.equal(await main(page).getByAltText("Une vue de la cour").count(), 0);
			await look(page, "pictures-chosen");
			await press(page, "La publier");
			await page.waitForURL(/fait=partage-publie/);
			await main(page).getByRole("link", { name: "Voir la page" }).click();
			const copy = new URL(page.url()).pathname, stranger = await visit(browser, site, screen, { script });
			await stranger.page.goto(copy);
			assert.ok(await main(stranger.page).getByAltText("Une vue de la salle").count());
			assert.equal(await main(stranger.page).getByAltText("Une vue de la cour").count(), 0);
			await look(stranger.page, "pictures-outside");
			for (const one of [chair, stranger]) {
				assert.deepEqual(one.watch.errors, []);
				await one.context.close();
			}
		});
}, { args: ["--limits", "none"] }); // several people come in again and again
