// Who only reads is given no cookie: nothing is kept about her, and no banner has to ask.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { onSite } from "../support/program.js";

onSite("visitors", (site) => {
	it("get no cookie on any page they come to by links, search and forms to open", async () => {
		const visitor = new Client(site);
		const paths = new Set(["/", "/-/search?q=rabiere", "/-/recent", "/-/recent.atom", "/-/rights", "/-/contribute", "/-/moderation/log", "/-/sign-in", "/-/sign-up", "/-/card", "/-/new/page", "/nulle-part"]);
		for (const path of [...paths].slice(0, 6))
			for (const [, link] of (await visitor.get(path)).body.matchAll(/href="(\/[^"#]*)"/g)) if (!link!.startsWith("/-/language/")) paths.add(link!.replaceAll("&amp;", "&"));
		assert.ok(paths.size > 60, String(paths.size));
		for (const path of paths) assert.equal((await visitor.get(path)).headers["set-cookie"], undefined, path);
		assert.equal(visitor.cookies.size, 0);
	});
});
