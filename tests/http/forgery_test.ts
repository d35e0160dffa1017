// Forged requests and hostile words: forms sent from elsewhere, addresses that lead away, markup in every
// field (security.md: CSRF, XSS; regressions 4, 13).
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { type Pairs, tags } from "../support/html.js";
import { onSite, runOk } from "../support/program.js";
import { add, edit, token, versions } from "../support/records.js";

onSite("forged forms", (site) => {
	let administrator: Client, posts: string[] = [], id = "", good = "";
	before(async () => {
		administrator = await new Client(site).signIn("administrator");
		good = await token(administrator);
		id = (await add(administrator, "page", { titre: "Visée", texte: "Intacte" })).id;
		posts = (await runOk(["rights", "--routes"])).out.split("\n").filter((line) => line.startsWith("POST")).map((line) => line.split("\t")[1]!);
	});
	const path = (pattern: string) =>
		pattern.replace("/people/:id", `/people/${"0".repeat(26)}`).replace(":id", id).replace(":form", "page").replace(":slug", "tours");

	const forged: [name: string, token: string | null, headers: Record<string, string>][] = [
		["without the form's token", null, {}],
		["with an empty token", "", {}],
		["with a wrong token", "0".repeat(32), {}],
		["from another site's page (Origin)", "good", { Origin: "https://evil.example" }],
		["from a page of no origin", "good", { Origin: "null" }],
		["from a page of no origin, elsewhere", "good", { Origin: "null", "Sec-Fetch-Site": "cross-site" }],
		["from the same host on another port", "good", { Origin: "http://127.0.0.1:1" }],
		["from another site (Sec-Fetch-Site)", "good", { "Sec-Fetch-Site": "cross-site" }],
		["from a neighbour's subdomain", "good", { "Sec-Fetch-Site": "same-site" }],
	];
	for (const [name, sent, headers] of forged)
		it(`every form sent ${name} is refused`, async () => {
			for (const pattern of posts) {
				const pairs: Pairs = [["titre", "Forgée"], ["texte", "Forgée"], ["_heads", ""], ["version", "x"]];
				if (sent !== null) pairs.push(["_form", sent === "good" ? good : sent]);
				const answer = await administrator.post(path(pattern), pairs, headers);
				assert.equal(answer.status, 403, `${pattern}: ${answer.status}`);
			}
			assert.match((await administrator.get("/visee")).body, /Intacte/);
		});

	it("a token of one session is nothing in another", async () => {
		const other = await new Client(site).signIn("administrator");
		const answer = await other.post("/-/new/page", { titre: "Volée", texte: "x", _form: good });
		assert.equal(answer.status, 403);
	});

	it("signing in from another site's page is refused too", async () => {
		const answer = await new Client(site).post("/-/sign-in", { email: "admin@demo.example", password: "parvis-demo-admin" }, { Origin: "https://evil.example" });
		assert.equal(answer.status, 403);
		assert.equal(answer.headers["set-cookie"], undefined);
	});

	// Browsers say so of the forms of a page with "Referrer-Policy: no-referrer", as those that a letter's link opens.
	it("a page of ours that tells no other where one comes from sends its forms", async () => {
		const answer = await new Client(site).post("/-/sign-in", { email: "admin@demo.example", password: "parvis-demo-admin" }, { Origin: "null", "Sec-Fetch-Site": "same-origin" });
		assert.equal(answer.status, 303);
	});

	it("a body that is no form changes nothing", async () => {
		for (const type of ["text/plain", "application/json", "application/xml", ""]) {
			const answer = await administrator.ask("POST", "/-/new/page", { body: `_form=${good}&titre=Texte&texte=x`, headers: type ? { "Content-Type": type } : {} });
			assert.ok(answer.status >= 400 && answer.status < 500, `${type}: ${answer.status}`);
		}
	});

	it("“next” never leads away", async () => {
		const away = ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "http:evil.example", "javascript:alert(1)", "/%0d%0aLocation:%20https://evil.example", " //evil.example", "///evil.example", "/x\r\nSet-Cookie: a=b"];
		for (const next of away) {
			const client = new Client(site, { "X-Forwarded-For": `192.0.2.${away.indexOf(next) + 1}` });
			const form = await client.form(`/-/sign-in?next=${encodeURIComponent(next)}`, "/-/sign-in");
			for (const given of [form.pairs.find(([name]) => name === "next")?.[1] ?? "", next]) {
				const { location, status } = await new Client(site, client.defaults).post("/-/sign-in", { email: "membre@demo.example", password: "parvis-demo-membre", next: given });
				assert.equal(status, 303, next);
				assert.equal(new URL(location, site.origin).origin, site.origin, `${next} → ${location}`);
			}
			const { location } = await client.get(`/-/language/en?next=${encodeURIComponent(next)}`);
			assert.equal(new URL(location, site.origin).origin, site.origin, `${next} → ${location}`);
			assert.equal(new URL(location, site.origin).href.startsWith(site.origin), true);
		}
	});
}, { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

// Ways out of text, attribute, address, script and comment: none may make a tag, an attribute that acts,
// or an address that runs.
const canaries = [
	`'"><x-canary onclick=alert(1)><img src=x onerror=alert(1)>`,
	`</textarea></title></script>--><x-canary>`,
	`" onfocus=alert(1) x-canary="' onfocus=alert(1) x-canary='`,
	`javascript:alert(1)//x-canary`,
	`[x](javascript:alert(1)) <x-canary> [[<x-canary>|"><x-canary>]] #"><x-canary> {{vue "><x-canary>}}`,
	`&lt;x-canary&gt; &#60;x-canary&#62; &quot;onfocus=alert(1)`,
];

function check(where: string, html: string): void {
	for (const tag of tags(html)) {
		assert.notEqual(tag.name, "x-canary", `${where}: a tag was made`);
		for (const [name, value] of tag.attributes) {
			assert.ok(!/^on|^x-canary|^style$|^srcdoc$/.test(name), `${where}: <${tag.name} ${name}>`);
			if (/^(href|src|action|formaction|xlink:href)$/.test(name)) assert.doesNotMatch(value, /^[\s\u0000-\u001f]*(javascript|data|vbscript):/i, where);
		}
	}
}

const kinds = ["structure", "espace", "action", "projet", "portrait", "personne_ressource", "groupe", "outil", "glossaire", "quartier", "chiffre", "page"];
const lists = ["/", "/-/recent", "/-/recent.atom", "/-/search?q=canary", "/annuaire", "/annuaire?vue=table", "/annuaire?vue=list", "/espaces-numeriques", "/pages", "/glossaire", "/outils", "/projets", "/quartiers", "/chiffres", "/groupes", "/actions", "/-/calendar/view/actions.ics", "/portraits", "/personnes-ressources"];

// The controls of a form page that take typed words, and a right answer for each of the others.
function controls(body: string): { typed: string[]; chosen: Record<string, string> } {
	const typed: string[] = [], chosen: Record<string, string> = {};
	let select = "";
	for (const { name: kind, attributes } of tags(body)) {
		const name = attributes.get("name") ?? "", type = attributes.get("type") ?? "text", value = attributes.get("value") ?? "";
		if (kind === "select") select = name;
		if (kind === "option" && select && value) chosen[select] ??= value;
		if (!name || name === "q") continue;
		if (kind === "textarea" || (kind === "input" && /^(text|url|email|tel)$/.test(type))) typed.push(name);
		if (kind === "input" && type === "radio" && value) chosen[name] ??= value;
	}
	return { typed, chosen };
}

for (const half of [0, 1])
	onSite(`hostile words in records, ${half + 1}`, (site) => {
		const names = ["facilitator", "administrator", "member", "neighbour", "contributor", "outsider"] as const;
		const clients: Client[] = [];
		before(async () => {
			for (const name of names) clients.push(await new Client(site).signIn(name));
		});

		for (const kind of kinds.filter((_, i) => i % 2 === half))
			it(`in every field of a ${kind}: kept as text on every page that shows it`, async () => {
				for (const [i, canary] of canaries.entries()) {
					const client = clients[(i + kinds.indexOf(kind)) % clients.length]!;
					const page = await client.get(`/-/new/${kind}`);
					const form = await client.form(`/-/new/${kind}`, "/-/new/");
					const { typed, chosen } = controls(page.body);
					const values: Record<string, string> = { ...chosen };
					for (const name of typed) values[name] = canary;
					let answer = await client.send(form, values);
					// Dates, numbers, addresses refuse such words: each then takes shorter ones, a number, nothing.
					const left = new Map(typed.map((name) => [name, [canary.slice(0, 36), "12", ""]]));
					for (let tries = 0; answer.status === 422 && tries < 8; tries++) {
						check(`${kind}, refused`, answer.body);
						for (const [, field] of answer.body.matchAll(/id="f-([a-z_0-9]+)-error"/g))
							for (const name of typed) if (name.split(".")[0] === field) values[name] = left.get(name)!.shift() ?? "";
						answer = await client.send(form, values);
					}
					assert.equal(answer.status, 303, `${kind} ${canary}: ${[...answer.body.matchAll(/class="field-error"[^>]*>(.*?)<\/p>/gs)].map((m) => m[1])}`);
					const url = answer.location.split("?")[0]!;
					const shown = await client.get(url);
					check(url, shown.body);
					const id = /\/f\/([0-9a-z]{26})/.exec(shown.body)![1]!;
					await edit(client, id, { _note: canary, [typed[0]!]: `${canary.slice(0, 60)} 2` });
					const saves = await versions(client, id);
					for (const path of [url, `/-/edit/${id}`, `/-/history/${id}`, `/-/trash/${id}`, `/-/history/${id}/${saves.at(-1)}`, `/-/compare/${id}?avant=${saves.at(-1)}&apres=${saves[0]}`])
						check(path, (await client.get(path)).body);
				}
			});

		it("in every list, the search, the home page and the feed", async () => {
			for (const client of [new Client(site), clients[0]!])
				for (const path of lists) {
					const page = await client.get(path);
					assert.equal(page.status, 200, path);
					check(path, page.body);
				}
		});
	});

onSite("hostile words elsewhere", (site) => {
	it("in a person's name", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		const client = await new Client(site).signIn("neighbour");
		for (const [i, canary] of canaries.entries()) {
			await client.send(await client.form("/-/account", "/-/account"), { name: canary.slice(0, 100) });
			const page = await add(client, "page", { titre: `Signée ${i}`, texte: "x" });
			for (const path of ["/-/account", page.url, `/-/history/${page.id}`, "/-/recent"]) check(path, (await client.get(path)).body);
			check("members", (await facilitator.get("/-/space/tours/members")).body);
		}
	});

	it("in addresses and their queries", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		for (const canary of canaries) {
			const word = encodeURIComponent(canary);
			for (const path of [`/-/search?q=${word}`, `/-/search?q=epn&genre=${word}&suite=${word}`, `/annuaire?q=${word}&tri=${word}&vue=${word}&suite=${word}&genre=${word}&fait=${word}`, `/-/new/page?titre=${word}`, `/-/sign-in?next=/${word}`, `/${word}`, `/e/tours/${word}`, `/-/recent?genre=${word}&suite=${word}`, `/-/language/${word}?next=/${word}`, `/resoudre?${word}=${word}`])
				for (const who of [new Client(site), facilitator]) check(path, (await who.get(path)).body);
		}
	});

	it("in what the browser says of itself", async () => {
		const client = new Client(site, { "Accept-Language": canaries[0]!, "User-Agent": canaries[0]!, Referer: `http://x/${encodeURIComponent(canaries[0]!)}` });
		await client.signIn("member");
		for (const path of ["/-/account", "/nulle-part", "/"]) check(path, (await client.get(path)).body);
	});
});
