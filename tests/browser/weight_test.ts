// The first page of the site on the wire: under 60 KB and 15 requests, under 30 KB of scripts (security.md,
// sobriety), counted by the browser itself with an empty cache.
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser, visit } from "../support/browser.js";
import { onSite } from "../support/program.js";

onSite("weight", (site) => {
	let browser: Browser;
	before(async () => void (browser = await openBrowser()));
	after(() => browser?.close());

	for (const path of ["/", "/annuaire", "/resoudre", "/couverture-numerique", "/-/search?q=epn"])
		it(`${path}: under 60 KB on the wire, at most 15 requests`, async () => {
			const { context, page } = await visit(browser, site, "phone");
			const network = await context.newCDPSession(page);
			const seen = new Map<string, { url: string; bytes: number }>();
			await network.send("Network.enable");
			network.on("Network.requestWillBeSent", ({ requestId, request }) => seen.set(requestId, { url: request.url, bytes: 0 }));
			network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
				const request = seen.get(requestId);
				if (request) request.bytes = encodedDataLength;
			});
			await page.goto(path, { waitUntil: "networkidle" });
			const requests = [...seen.values()], sum = (list: typeof requests) => list.reduce((n, { bytes }) => n + bytes, 0);
			const table = requests.map(({ url, bytes }) => `${bytes} ${url}`).join("\n");
			assert.ok(sum(requests) < 60 * 1024, `${sum(requests)} bytes:\n${table}`);
			assert.ok(requests.length <= 15, table);
			assert.ok(sum(requests.filter(({ url }) => url.includes(".js"))) < 30 * 1024, table);
			await context.close();
		});
});
