// Who only reads is given no cookie: nothing is kept about her, and no banner has to ask.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { makePages } from "../support/pages.js";
import { onSite } from "../support/program.js";

onSite("visitors", (site) => {
	it("get no cookie on any page they can open", async () => {
		const pages = (await makePages(site)).filter((page) => page.who === "visitor");
		assert.ok(pages.length > 40);
		for (const page of pages) {
			const answer = await new Client(site).get(page.path);
			assert.equal(answer.headers["set-cookie"], undefined, page.path);
		}
	});
});
