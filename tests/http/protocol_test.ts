// What every answer says and how the server takes what it is asked: headers, caches, methods, sizes.
import assert from "node:assert/strict";
import { it } from "node:test";
import { Client, raw } from "../support/client.js";
import { addresses } from "../support/html.js";
import { onSite } from "../support/program.js";

const NOBODY = "00000000000000000000000000"; // an id in good form

onSite("answers", (site) => {
	const visitor = () => new Client(site);

	it("every answer carries the security headers, mistakes too", async () => {
		for (const path of ["/annuaire", "/nulle-part", "/-/health", "/-/new/structure", `/f/${NOBODY}`, "/-/rights", "/annuaire?q=%ff"]) {
			const { headers, status } = await visitor().get(path);
			const policy = headers["content-security-policy"];
			assert.ok(typeof policy === "string", `${path}: ${status}`);
			const rules = new Map(policy.split(";").map((rule) => rule.trim().split(/ (.*)/s).slice(0, 2) as [string, string]));
			assert.equal(rules.get("default-src"), "'none'", path);
			assert.equal(rules.get("script-src"), "'self'", path);
			assert.equal(rules.get("style-src"), "'self'", path);
			assert.equal(rules.get("form-action"), "'self'", path);
			assert.equal(rules.get("base-uri"), "'none'", path);
			assert.equal(rules.get("frame-ancestors"), "'none'", path);
			assert.doesNotMatch(policy, /unsafe|nonce|\*|https?:/);
			assert.equal(headers["x-content-type-options"], "nosniff", path);
			assert.equal(headers["referrer-policy"], "same-origin", path);
			assert.equal(headers["cross-origin-opener-policy"], "same-origin", path);
			assert.equal(headers["server"], undefined, path);
		}
	});

	it("no page holds an inline script, style or handler, nor loads anything from elsewhere", async () => {
		for (const path of ["/annuaire", "/quartiers", "/resoudre", "/aide", "/nulle-part"]) {
			const { body } = await visitor().get(path);
			assert.doesNotMatch(body, /<style|<[^>]+\sstyle=|<[^>]+\son[a-z]+=|javascript:/i, path);
			for (const m of body.matchAll(/<script\b([^>]*)>/g)) assert.match(m[1]!, /src="\/-\/asset\//, path);
			for (const m of body.matchAll(/<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"/g)) assert.match(m[1]!, /^\//, path);
		}
	});

	it("the links of the pages lead somewhere", async () => {
		const client = visitor(), seen = new Set<string>();
		for (const path of ["/annuaire", "/resoudre", "/quartiers", "/bienvenue", "/aide"])
			for (const address of addresses((await client.get(path)).body))
				if (address.startsWith("/") && !address.startsWith("/-/new/")) seen.add(address.split("#")[0]!);
		for (const address of seen) {
			const { status } = await client.get(address);
			assert.ok(status < 400 || status === 401, `${address}: ${status}`);
		}
	});

	it("ETag and If-None-Match: 304 without body; another language, another page", async () => {
		const client = visitor();
		const first = await client.get("/annuaire");
		const tag = String(first.headers["etag"]);
		const again = await client.get("/annuaire", { "If-None-Match": tag });
		assert.equal(again.status, 304);
		assert.equal(again.wire, 0);
		assert.equal(again.headers["etag"], tag);
		assert.match(String(first.headers["vary"]), /Cookie/i);
		const english = await client.get("/annuaire", { "If-None-Match": tag, "Accept-Language": "en" });
		assert.equal(english.status, 200);
		assert.equal((await client.get("/annuaire", { "If-None-Match": "*" })).status, 304);
		assert.equal((await client.get("/annuaire", { "If-None-Match": `"other", W/${tag.replace(/^W\//, "")}` })).status, 304);
	});

	it("HEAD: the same answer without its body", async () => {
		const get = await visitor().get("/annuaire"), head = await visitor().ask("HEAD", "/annuaire");
		assert.equal(head.status, 200);
		assert.equal(head.wire, 0);
		for (const name of ["etag", "content-type", "content-length", "content-security-policy"]) assert.equal(head.headers[name], get.headers[name], name);
	});

	it("gzip for who takes it, and only for who takes it", async () => {
		const plain = await visitor().get("/annuaire"), small = await visitor().get("/annuaire", { "Accept-Encoding": "gzip" });
		assert.equal(plain.headers["content-encoding"], undefined);
		assert.equal(small.headers["content-encoding"], "gzip");
		assert.equal(small.body, plain.body);
		assert.ok(small.wire * 3 < plain.wire, `${small.wire} of ${plain.wire}`);
		assert.match(String(small.headers["vary"]), /Accept-Encoding/i);
		const refused = await visitor().get("/annuaire", { "Accept-Encoding": "gzip;q=0" });
		assert.equal(refused.headers["content-encoding"], undefined);
	});

	it("methods that an address does not take: 405 with Allow", async () => {
		for (const [method, path, allowed] of [["POST", "/annuaire", "GET"], ["GET", `/-/untrash/${NOBODY}`, "POST"], ["DELETE", "/annuaire", "GET"], ["PUT", "/resoudre", "GET"]] as const) {
			const answer = await visitor().ask(method, path, method === "GET" ? {} : { body: "" });
			assert.equal(answer.status, 405, `${method} ${path}`);
			assert.match(String(answer.headers["allow"]), new RegExp(allowed), `${method} ${path}`);
		}
	});

	it("a page that is not here: 404, in the reader's language, with the way back", async () => {
		for (const path of ["/nulle-part", "/e/tours/nulle-part", "/e/atlantide/x", `/f/${NOBODY}`, "/f/zzz", "/-/nothing", "/-/history/zzz", "/ANNUAIRE", "/annuaire/x"]) {
			const answer = await visitor().get(path);
			assert.equal(answer.status, 404, path);
			assert.match(answer.body, /<html lang="fr">/);
			assert.match(answer.body, /href="\/"/);
		}
	});

	it("Host: taken for nothing but links to this very page; ill-formed ones are refused", async () => {
		const answer = await visitor().get("/annuaire", { Host: "evil.example" });
		// Where other sites ask what this very page is, it is named as it was asked for.
		const named = "/-/oembed?url=http%3A%2F%2Fevil.example%2Fannuaire&format=json";
		for (const address of addresses(answer.body)) if (address !== named) assert.doesNotMatch(address, /evil\.example/);
		assert.doesNotMatch((await visitor().get("/annuaire")).body, /evil\.example/);
		assert.match(await raw(site.port, "GET /annuaire HTTP/1.1\r\n\r\n"), /^HTTP\/1\.1 400 /);
		assert.match(await raw(site.port, 'GET /annuaire HTTP/1.1\r\nHost: a"onload=alert(1)\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /);
		assert.match(await raw(site.port, "GET /annuaire HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 400 /);
		assert.match(await raw(site.port, "GET http://evil.example/annuaire HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), /^HTTP\/1\.1 4/);
	});

	it("forwarded fields of a client that is no proxy are not believed", async () => {
		const answer = await visitor().get("/resoudre", { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", Forwarded: "host=evil.example;proto=https" });
		assert.equal(answer.status, 200);
		assert.doesNotMatch(answer.body, /evil\.example|https:\/\/127/);
		assert.equal(answer.headers["strict-transport-security"], undefined);
	});

	it("addresses are cleaned before anything reads them", async () => {
		for (const path of ["/-/asset/../../../../etc/passwd", "/-/asset/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/-/file/..%2f..%2fparvis.db"]) {
			const answer = await visitor().get(path);
			assert.ok(answer.status === 404 || answer.status === 400, `${path}: ${answer.status}`);
			assert.doesNotMatch(answer.body, /root:x:0|SQLite format/);
		}
	});

	it("a query that is far too long, or holds no text, breaks nothing", async () => {
		for (const path of [`/annuaire?q=${"a".repeat(9000)}`, `/annuaire?${"x=1&".repeat(2000)}`, "/annuaire?q=%ff%fe", "/annuaire?suite=%00&tri=%27%3B--", `/annuaire?suite=${"A".repeat(2000)}`, "/annuaire?genre=)&genre=%27", "/annuaire?vue=../x&taille=-1"]) {
			const { status } = await visitor().get(path);
			assert.ok(status < 500, `${path.slice(0, 60)}: ${status}`);
		}
	});

	it("files of the program are kept for ever, under an address made of their content", async () => {
		const page = await visitor().get("/annuaire");
		const files = addresses(page.body).filter((address) => address.startsWith("/-/asset/"));
		assert.ok(files.some((file) => file.includes(".css")) && files.some((file) => file.includes(".js")));
		for (const file of new Set(files.map((f) => f.split("#")[0]!))) {
			const { status, headers } = await visitor().get(file);
			assert.equal(status, 200, file);
			assert.match(String(headers["cache-control"]), /immutable/);
			assert.doesNotMatch(String(headers["content-type"]), /html/);
		}
	});
});
