// Proof of security, row by row of docs/security.md: what nothing else tests. Forged forms and hostile words are in
// forgery_test.ts, roles in rights_test.ts, sessions in account_test.ts.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { Client, raw } from "../support/client.js";
import { text } from "../support/html.js";
import { makeZip } from "../support/make_zip.js";
import { copySite, onSite, people, run, runOk, scratchFolder, source } from "../support/program.js";
import { add, token } from "../support/records.js";

interface Route {
	method: string;
	pattern: string;
}

async function routes(): Promise<Route[]> {
	const { out } = await runOk(["rights", "--routes"], { env: { LC_ALL: "en" } });
	return out.trim().split("\n").map((line) => line.split("\t")).map(([method, pattern]) => ({ method: method!, pattern: pattern! }));
}

// Each parameter of an address in turn, the others left as a word that fits any.
function* filled(pattern: string, value: string): Generator<string> {
	const names = pattern.match(/:\w+/g) ?? [];
	for (const name of names) yield pattern.replace(name, value).replace(/:\w+/g, "page");
}

const leaked = /root:x:0:0|SQLite format 3|\[core\]\s+repositoryformatversion|mail_password|AddressSanitizer|runtime error/;

onSite("addresses", (site) => {
	let administrator: Client, all: Route[];
	before(async () => {
		administrator = await new Client(site).signIn("administrator");
		all = (await routes()).filter(({ pattern }) => pattern.includes(":") && !pattern.includes("/language/"));
	});

	it("path traversal: no parameter of any address leads to a file", async () => {
		const ways = ["..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2fparvis.conf", "..%5c..%5csite.db", "....%2f%2fsite.db", "%2fetc%2fpasswd", "..%00.zip", "site.db", "%252e%252e%252fsite.db", "..;%2fsite.db"];
		for (const { method, pattern } of all)
			for (const way of ways)
				for (const path of filled(pattern, way)) {
					const answer = method === "GET" ? await administrator.get(path) : await new Client(site).post(path, {}, { Origin: site.origin });
					assert.ok(answer.status < 500, `${method} ${path}: ${answer.status}`);
					assert.doesNotMatch(answer.body, leaked, path);
				}
	});

	it("injection: no parameter and no query key reaches the database as words of its own", async () => {
		const tricks = ["1%27%20OR%20%271%27%3D%271", "1%3BDROP%20TABLE%20record", "%27%22%29%29%20UNION%20SELECT%201--", "-1", "999999999999999999999999", "1e9", "%24%7B7*7%7D", "%7B%7B7*7%7D%7D", "%25s%25n%25x", "%F0%9F%92%A9", "%E2%80%AE"];
		const keys = ["q", "tri", "vue", "suite", "genre", "avant", "apres", "before", "who", "group", "from", "to", "path", "espace", "taille", "titre", "fait", "de", "c", "m", "since", "next"];
		for (const { method, pattern } of all.filter((route) => route.method === "GET"))
			for (const trick of tricks.slice(0, 6))
				for (const path of filled(pattern, trick)) {
					const answer = await administrator.get(path);
					assert.ok(answer.status < 500, `${method} ${path}: ${answer.status}`);
				}
		for (const page of ["/annuaire", "/-/search", "/-/recent", "/-/admin/audit", "/-/moderation/log", "/-/export/annuaire/csv", "/-/view/espaces/points.json", "/-/new/page", "/-/share", "/"])
			for (const trick of tricks) {
				const answer = await administrator.get(`${page}?${keys.map((key) => `${key}=${trick}`).join("&")}`);
				assert.ok(answer.status < 500, `${page} ${trick}: ${answer.status}`);
				assert.doesNotMatch(answer.body, /syntax error|unrecognized token|no such (table|column)/i);
			}
		assert.equal((await administrator.get("/annuaire")).status, 200);
	});

	it("header injection: no value makes a field of the answer", async () => {
		const split = "x%0d%0aX-Injected:%20oui%0d%0a%0d%0a<b>";
		const paths = [`/-/sign-in?next=/${split}`, `/-/language/fr?next=/${split}`, `/${split}`, `/-/new/page?titre=${split}`, `/-/file/${"0".repeat(64)}/${split}.pdf`, `/-/qr.svg?path=/${split}`, `/-/confirm?next=/${split}`, `/-/export/annuaire/${split}`];
		for (const path of paths) {
			const answer = await administrator.get(path);
			assert.equal(answer.headers["x-injected"], undefined, path);
			assert.ok(!Object.values(answer.headers).some((value) => /[\r\n]/.test(String(value))), path);
		}
		const form = await administrator.form("/-/confirm", "/-/confirm");
		const sent = await administrator.send(form, { again: people.administrator.password, next: "/\r\nX-Injected: oui" });
		assert.equal(sent.headers["x-injected"], undefined);
		const back = await raw(site.port, `GET /-/recent HTTP/1.1\r\nHost: 127.0.0.1:${site.port}\r\nX-Forwarded-Host: a\nX-Injected: b\r\n\r\n`);
		assert.doesNotMatch(back, /^X-Injected/m);
	});

	it("crafted addresses answer at once (regression 15: Fossil 2.27, Etherpad CVE-2020-22782)", async () => {
		const long = [`/${"a".repeat(7000)}`, `/${"a/".repeat(3000)}`, `/-/search?q=${"a".repeat(7000)}`, `/-/search?q=${"%28a%2B%29%2B".repeat(400)}`, `/annuaire?${"genre=x&".repeat(800)}`, `/${"%C3%A9".repeat(1500)}`, `/-/admin/audit?who=${"%20".repeat(2500)}`, `/-/search?q=${"-".repeat(5000)}`, `/-/search?q=${encodeURIComponent("é ".repeat(1200))}`];
		for (const path of long) {
			const begun = performance.now();
			const answer = await administrator.get(path);
			assert.ok(answer.status < 500, `${path.slice(0, 40)}: ${answer.status}`);
			assert.ok(performance.now() - begun < 1500, `${path.slice(0, 40)}: ${performance.now() - begun} ms`);
		}
	});
});

onSite("what is sent", (site) => {
	let member: Client, outsider: Client, administrator: Client, facilitator: Client;
	before(async () => {
		member = await new Client(site).signIn("member");
		outsider = await new Client(site).signIn("outsider");
		administrator = await new Client(site).signIn("administrator");
		facilitator = await new Client(site).signIn("facilitator");
	});
	const more = { level: "4", site: "4", role: "administrator", state: "1", _state: "published", author: "1", actor: "1", person: "1", created: "0", num: "1", id: "0".repeat(26), admin: "1", access: "open", "space-coordination": "3", "space-tours": "3", email_confirmed: "1", compartment: "x", audience: "2", _author: people.administrator.email, by: "1" };

	it("mass assignment: a field that the form does not have changes nothing (author, level, state, space)", async () => {
		await member.send(await member.form("/-/account", "/-/account"), { ...more, name: people.member.name });
		assert.equal((await member.get("/-/people")).status, 403);
		assert.equal((await member.get("/-/admin")).status, 403);
		const made = await add(member, "page", { ...more, titre: "Affectation de masse", texte: "Rien." });
		const history = text((await member.get(`/-/history/${made.id}`)).body);
		assert.match(history, /Maël Membre/);
		assert.doesNotMatch(history, /Camille/);
		await member.send(await member.form(`/-/edit/${made.id}`, "/-/edit/"), { ...more, texte: "Toujours rien." });
		assert.match((await new Client(site).get(made.url)).body, /Toujours rien/);
		// A space that one does not belong to, by the form of another.
		const form = await member.form("/-/new/page?espace=tours", "/-/new/");
		for (const name of ["space", "_space", "espace"]) {
			const answer = await member.send(form, { titre: `Chez l’équipe ${name}`, texte: "Intrus.", [name]: "nulle-part" });
			assert.ok([303, 403, 404, 422].includes(answer.status));
		}
		const closed = await new Client(site).signIn("contributor");
		const intruder = await closed.send(await closed.form("/-/new/page", "/-/new/"), { titre: "Chez les autres", texte: "Intrus.", _space: "coordination", space: "coordination", espace: "coordination" });
		if (intruder.status === 303) assert.doesNotMatch(intruder.location, /coordination/);
	});

	it("mass assignment: a facilitator gives no role on the site, a member none in a space", async () => {
		const members = await facilitator.form("/-/space/tours/members", "/-/space/tours/members");
		await facilitator.send(members, { email: people.contributor.email, level: "4", site: "4" });
		const contributor = await new Client(site).signIn("contributor");
		assert.equal((await contributor.get("/-/people")).status, 403);
		const own = await token(member);
		assert.equal((await member.post("/-/space/tours/members", { _form: own, email: people.outsider.email, level: "3" }, { Origin: site.origin })).status, 403);
		void outsider;
	});

	it("huge and odd bodies: refused in words, at once", async () => {
		const good = await token(administrator);
		const ways: [string, string][] = [
			["one value of 60 kB", `_form=${good}&titre=${"a".repeat(60_000)}&texte=x`],
			["more than the limit", `_form=${good}&titre=x&texte=${"a".repeat(8_000_000)}`],
			["20,000 fields", `_form=${good}&${"a=b&".repeat(20_000)}`],
			["one name 1,000 times", `_form=${good}&${"titre=b&".repeat(1000)}`],
			["no text", `_form=${good}&titre=%ff%fe%00&texte=%c3%28`],
			["brackets", `_form=${good}&titre[]=a&titre[0][x]=b&__proto__[level]=4&constructor=x`],
		];
		for (const [name, body] of ways) {
			const begun = performance.now();
			const answer = await administrator.ask("POST", "/-/new/page", { body, headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: site.origin } }).catch((error: NodeJS.ErrnoException) => ({ status: error.code === "EPIPE" || error.code === "ECONNRESET" ? 413 : 599, body: "" }));
			assert.ok(answer.status < 500, `${name}: ${answer.status}`);
			assert.ok(performance.now() - begun < 3000, name);
		}
	});

	const propose = async (bytes: Buffer, name: string) => facilitator.sendFiles(await facilitator.form("/-/spreadsheet", "/-/spreadsheet"), {}, { file: new File([new Uint8Array(bytes)], name) });
	const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
	const workbook = (sheet: string | Buffer, more: { name: string; data: string | Buffer; says?: number }[] = []) => makeZip([
		{ name: "[Content_Types].xml", data: '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
		{ name: "xl/workbook.xml", data: `<?xml version="1.0"?><workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>` },
		{ name: "xl/_rels/workbook.xml.rels", data: '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' },
		{ name: "xl/worksheets/sheet1.xml", data: sheet }, ...more]);
	const rows = (cell: string) => `<worksheet ${main}><sheetData><row><c t="inlineStr"><is><t>Nom</t></is></c></row><row><c t="inlineStr"><is><t>${cell}</t></is></c></row></sheetData></worksheet>`;

	it("XML: no entity is read, from a file nor a billion times (XXE)", async () => {
		assert.equal((await propose(workbook(rows("Le Bocal")), "honnete.xlsx")).status, 303, "the same without an entity is read");
		const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");
		const odd = [
			`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${rows("&a;")}`,
			`<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/evil.dtd"> %p;]>${rows("x")}`,
			`<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>${rows("&l9;")}`,
			`<!DOCTYPE x SYSTEM "file:///etc/passwd">${rows("x")}`,
		];
		for (const sheet of odd) {
			const begun = performance.now();
			const answer = await propose(workbook(`<?xml version="1.0"?>${sheet}`), "hostile.xlsx");
			const shown = answer.status === 303 ? await facilitator.follow(answer) : answer;
			assert.doesNotMatch(shown.body, leaked);
			assert.notEqual(answer.status, 303, sheet.slice(0, 80));
			assert.ok(performance.now() - begun < 3000);
		}
		const ods = makeZip([{ name: "mimetype", data: "application/vnd.oasis.opendocument.spreadsheet" }, { name: "content.xml", data: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>&a;</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>` }]);
		const answer = await propose(ods, "hostile.ods");
		assert.doesNotMatch(answer.body, leaked);
		assert.notEqual(answer.status, 303);
	});

	it("zip: a bomb, a name that climbs, a header that lies: refused, at once", async () => {
		const huge = Buffer.alloc(400 << 20, 0x20);
		const bombs: [string, Buffer][] = [
			["a sheet of 400 MB", workbook(huge)],
			["that says it has ten bytes", workbook(huge.subarray(0, 200 << 20), [])],
			["a name that climbs", workbook(rows("x"), [{ name: "../../../../tmp/parvis-climbed", data: "x" }])],
			["a lie", makeZip([{ name: "xl/workbook.xml", data: "x", says: 0xfffffff0 }])],
			["40,000 entries", makeZip(Array.from({ length: 40_000 }, (_, i) => ({ name: `x/${i}`, data: "" })))],
			["cut short", workbook(rows("x")).subarray(0, 300)],
		];
		for (const [name, bytes] of bombs) {
			const begun = performance.now();
			const answer = await propose(bytes, "hostile.xlsx");
			assert.ok(answer.status < 500, `${name}: ${answer.status}`);
			assert.ok(performance.now() - begun < 8000, `${name}: ${performance.now() - begun} ms`);
		}
		await assert.rejects(stat("/tmp/parvis-climbed"));
		assert.equal((await new Client(site).get("/-/health")).body, "ok\n");
	});

	it("a picture that is none, a document that is a page: never shown as what it says", async () => {
		const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`;
		const form = await member.form("/-/new/structure", "/-/new/");
		for (const [name, content] of [["a.svg", svg], ["a.html", "<script>alert(1)</script>"], ["a.jpg", svg], ["../../a.jpg", "GIF89a<script>"], ["a.php", "<?php system($_GET[0]);"]] as const)
			for (const field of ["photo", "photos", "image", "documents", "fichiers", "logo"]) {
				const answer = await member.sendFiles(form, { nom: `Fichier ${name}`, genre: "association" }, { [field]: new File([content], name) });
				assert.ok(answer.status < 500);
			}
		const home = await new Client(site).get("/annuaire");
		assert.doesNotMatch(home.body, /<script>alert/);
	});
}, { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

describe("backups that are none", () => {
	it("bombs, climbing names, tables of others: refused before anything is written", async () => {
		const place = await scratchFolder();
		const description = JSON.stringify({ format: 1, schema: 1, made: 0, tables: [], files: 0 });
		const files: [string, Buffer][] = [
			["bomb", makeZip([{ name: "backup.json", data: Buffer.alloc(300 << 20, 0x20) }])],
			["climb", makeZip([{ name: "backup.json", data: description }, { name: "files/../../../parvis-climbed", data: "x" }])],
			["other", makeZip([{ name: "backup.json", data: description.replace('"tables":[]', '"tables":[{"name":"session","rows":1,"size":1,"sha256":"00"}]') }, { name: "table/session.jsonl", data: "[]" }])],
			["empty", Buffer.alloc(0)],
			["text", Buffer.from("not a zip")],
			["unsealed", makeZip([{ name: "backup.json", data: description }])],
		];
		for (const [name, bytes] of files) {
			const file = join(place, `${name}.zip`), to = join(place, name);
			await writeFile(file, bytes);
			const begun = performance.now();
			const ran = await run(["restore", file, to]);
			assert.equal(ran.status, 1, `${name}: ${ran.out}${ran.err}`);
			assert.doesNotMatch(ran.err, /Sanitizer|runtime error/);
			assert.ok(performance.now() - begun < 8000, name);
			await assert.rejects(stat(join(to, "site.db")), name);
		}
		await rm(place, { recursive: true });
	});
});

describe("the sources", () => {
	const files = execFileSync("git", ["ls-files", "src"], { cwd: source, encoding: "utf8" }).split("\n").filter((name) => /\.[ch]$/.test(name));
	const read = (name: string) => readFileSync(join(source, name), "utf8");
	// Strings of C, without comments.
	const strings = (c: string) => c.replace(/\/\*[^]*?\*\//g, "").match(/"(?:[^"\\\n]|\\.)*"/g) ?? [];
	const statement = /^"\s*(SELECT\s|INSERT INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|CREATE (TABLE|INDEX)|DROP\s|ALTER TABLE)/;

	it("SQL stands in *_store.c and in src/store/ only, as literals", () => {
		let found = 0;
		for (const name of files) {
			const sql = strings(read(name)).filter((text) => statement.test(text));
			found += sql.length;
			if (!/_store\.c$|^src\/store\//.test(name)) assert.deepEqual(sql, [], name);
		}
		assert.ok(found > 300, String(found));
	});

	it("no SQL is put together with printf: no conversion in any statement, no text of a variable", () => {
		// That of backups names tables and columns as its own list and the database itself do, never anybody else.
		for (const name of files.filter((file) => /_store\.c$/.test(file) && !file.endsWith("/backup_table_store.c"))) {
			for (const sql of strings(read(name)).filter((text) => statement.test(text))) assert.doesNotMatch(sql, /%[sdluz]/, `${name}: ${sql}`);
			assert.doesNotMatch(read(name), /db_(query|run|int)\((?:[^()]|\([^()]*\))*?err,\s*(?:arena_printf|text|sql)\b/, name);
		}
	});

	it("outgoing requests: one place speaks to mail servers, one to other sites, never of a private network (SSRF)", () => {
		const users = files.filter((name) => /curl_easy|getaddrinfo|\bconnect\(/.test(read(name)));
		// listen.c knocks at a socket of its own, to know whether another program has it.
		assert.deepEqual(users, ["src/net/fetch.c", "src/net/listen.c", "src/net/mail.c"]);
		assert.doesNotMatch(read("src/net/listen.c").replace(/[^]*?\bconnect\(/, "connect("), /^connect\([^;]*AF_INET/);
		// Each connection is looked at as it is made; http/calendar_source_test.ts asks for private addresses.
		const fetch = read("src/net/fetch.c");
		for (const name of ["OPENSOCKETFUNCTION, open_socket", 'PROTOCOLS_STR, "http,https"', 'REDIR_PROTOCOLS_STR, "http,https"', 'PROXY, ""', "TIMEOUT, "])
			assert.ok(fetch.includes(`CURLOPT_${name}`), name);
		const mail = read("src/net/mail.c");
		assert.match(mail, /CURLOPT_PROTOCOLS_STR, "smtp,smtps"/);
		assert.match(mail, /CURLOPT_PROXY, ""/);
		assert.doesNotMatch(mail, /CURLOPT_FOLLOWLOCATION/);
		assert.match(mail, /CURLOPT_TIMEOUT, /);
	});
});

// A vote whose table names who voted would be no secret one (security proof: “ballots”): before there are any, whoever
// adds such a table finds this row.
describe("ballots", () => {
	it("no table holds a vote", () => {
		const tables = execFileSync("git", ["ls-files", "src/store/schema"], { cwd: source, encoding: "utf8" }).split("\n").filter((name) => name.endsWith(".sql")).flatMap((name) => [...readFileSync(join(source, name), "utf8").matchAll(/CREATE (?:VIRTUAL )?TABLE (\w+)/g)].map((m) => m[1]!));
		assert.ok(tables.length > 30, String(tables.length));
		assert.deepEqual(tables.filter((name) => /ballot|vote|poll_answer/.test(name)), []);
	});
});

onSite("what is kept of a visit", (site) => {
	it("the log of requests holds no address of the network", async () => {
		const visitor = new Client(site, { "X-Forwarded-For": "198.51.100.23", Forwarded: "for=198.51.100.24" });
		for (const path of ["/", "/annuaire?q=secretementcherche", "/nulle-part"]) await visitor.get(path);
		await visitor.send(await visitor.form("/-/sign-in", "/-/sign-in"), { email: "personne@nulle.part", password: "faux" });
		const said = site.output() + site.errors();
		assert.match(said, /nulle-part/, "requests are logged");
		assert.doesNotMatch(said, /198\.51\.100\.|127\.0\.0\.1:\d+ |secretementcherche|personne@nulle/);
	});
}, { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

describe("passwords", () => {
	it("check says how long a password takes to try", async () => {
		const dir = await copySite();
		const { out } = await runOk(["check", dir], { env: { PARVIS_PASSWORD_COST: "box" } });
		const took = /Essayer un mot de passe prend du temps \((\d+) ms chacun\)/.exec(out);
		assert.ok(took, out);
		assert.ok(Number(took[1]) >= 1, `${took[1]} ms`);
		await rm(dir, { recursive: true, force: true });
	});
});

describe("docs/security.md", () => {
	it("names tests that exist, and has every row that must hold", () => {
		const document = read("docs/security.md");
		const named = [...document.matchAll(/`(tests\/[\w./-]+)`(?:: “([^”]+)”)?/g)];
		assert.ok(named.length > 40, String(named.length));
		for (const [, file, title] of named) {
			const content = read(file!);
			if (title) assert.ok(content.replace(/\\"/g, '"').includes(title), `${file} has no test “${title}”`);
		}
		for (const row of ["sessions", "CSRF", "XSS", "SQL", "SSRF", "uploads", "XML, zip", "rate limits", "recovery", "second factor", "passwords", "audit", "ballots", "process", "rights", "one writer", "every page", "weight", "erasure", "durations", "consent", "connection data \\(decree 2021-1362\\)"])
			assert.match(document, new RegExp(`^\\| ${row} \\|`, "m"), row);
		for (let i = 1; i <= 17; i++) assert.match(document, new RegExp(`^\\| ${i} \\|`, "m"), `regression ${i}`);
	});
	const read = (name: string) => readFileSync(join(source, name), "utf8");
});
