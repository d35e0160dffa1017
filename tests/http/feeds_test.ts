// What other programs take of the site by themselves: Atom (RFC 4287) and JSON Feed 1.1 with the whole content, Open
// Graph, oEmbed 1.0. What they are told is what visitors read, whoever asks.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { decode } from "../support/html.js";
import { people, onSite } from "../support/program.js";
import { add, type Made, trash } from "../support/records.js";

// RFC 3339 §5.6.
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

interface Item {
	id: string;
	url: string;
	title: string;
	content_html?: string;
	content_text?: string;
	summary?: string;
	date_published: string;
	date_modified: string;
	tags?: string[];
	authors?: { name: string }[];
	attachments?: { url: string; mime_type: string; size_in_bytes: number }[];
}

// What the specification of JSON Feed 1.1 asks of every feed.
function jsonFeed(body: string): { title: string; items: Item[]; feed_url: string; home_page_url: string } {
	const feed = JSON.parse(body);
	assert.equal(feed.version, "https://jsonfeed.org/version/1.1");
	assert.equal(typeof feed.title, "string");
	assert.ok(Array.isArray(feed.items));
	const ids = new Set<string>();
	for (const item of feed.items as Item[]) {
		assert.equal(typeof item.id, "string");
		ids.add(item.id);
		assert.ok(item.content_html !== undefined || item.content_text !== undefined, "one of the contents");
		assert.match(item.url, /^http/);
		assert.match(item.date_published, RFC3339);
		assert.match(item.date_modified, RFC3339);
		for (const author of item.authors ?? []) assert.ok(author.name);
		for (const file of item.attachments ?? []) assert.ok(file.url && file.mime_type);
	}
	assert.equal(ids.size, feed.items.length, "ids differ");
	return feed;
}

// RFC 4287 §4.1.1 and §4.1.2: what a feed and each entry must have, once.
function atom(body: string): string[] {
	assert.match(body, /^<\?xml version="1\.0" encoding="utf-8"\?>\n<feed xmlns="http:\/\/www\.w3\.org\/2005\/Atom"/);
	const entries = [...body.matchAll(/<entry>(.*?)<\/entry>/gs)].map((m) => m[1]!), head = body.split("<entry>")[0]!;
	for (const part of [head, ...entries])
		for (const name of ["id", "title", "updated"]) assert.equal(part.match(new RegExp(`<${name}[ >]`, "g"))?.length, 1, name);
	assert.match(head, /<link rel="self" /);
	assert.ok(/<author><name>[^<]+/.test(head), "an author for entries that name none");
	for (const entry of entries) assert.match(entry, /<link rel="alternate" /);
	return entries;
}

// No address of an HTML text that only this site could follow, and nothing that runs or is styled.
function isWhole(html: string): void {
	for (const [, name, value] of html.matchAll(/ (href|src|poster)="([^"]*)"/g)) assert.match(value!, /^(https?:\/\/|mailto:|tel:|geo:)/, `${name} ${value}`);
	assert.doesNotMatch(html, /<(script|style|svg|form|input|button|iframe|link)|\s(on\w+|class|id|style)=/);
}

onSite("feeds", (site) => {
	const visitor = new Client(site), member = new Client(site), facilitator = new Client(site);
	let story: Made, team: Made;
	before(async () => {
		await member.signIn("member");
		await facilitator.signIn("facilitator");
		story = await add(member, "structure", {
			nom: "Récit <entier> & « juste »", genre: "association", services: "jardinage, radio", contact: "Zéphirine Membre",
			presentation: "Un **beau** texte vers [[Résoudre]] et #potager.\n\n## Un titre\n\n{{vue espaces_ouverts}}\n\n- un\n- deux\n\n```\n<script>alert(1)</script>\n```\n\n[ailleurs](https://exemple.org/a?b=1&c=2)",
		});
		team = await add(facilitator, "structure", { nom: "Cachée", genre: "association", presentation: "#potager" }, "coordination");
	});
	const get = async (path: string, client = visitor) => {
		const answer = await client.get(path);
		assert.equal(answer.status, 200, `${path}: ${answer.status}`);
		return answer;
	};
	const heads = (body: string) => Object.fromEntries([...body.matchAll(/<meta property="([^"]+)" content="([^"]*)">/g)].map((m) => [m[1]!, decode(m[2]!)]));
	const alternates = (body: string) => [...body.matchAll(/<link rel="alternate" type="([^"]+)" title="[^"]*" href="([^"]+)">/g)].map((m) => [m[1]!, decode(m[2]!)] as const);

	it("lists, key words and the whole site name their feeds; each is what its type says", async () => {
		for (const path of ["/annuaire", "/annuaire?genre=association", "/-/search?q=potager", "/-/recent"]) {
			const found = alternates((await get(path)).body).filter(([type]) => !type.includes("oembed"));
			assert.deepEqual(found.map(([type]) => type).sort(), path === "/-/recent" ? ["application/atom+xml", "application/feed+json"] : ["application/atom+xml", "application/atom+xml", "application/feed+json", "application/feed+json"], path);
			for (const [type, url] of found) {
				const answer = await get(url);
				assert.ok(String(answer.headers["content-type"]).startsWith(type), url);
				if (type === "application/feed+json") assert.equal(jsonFeed(answer.body).feed_url, `${site.origin}${url}`);
				else atom(answer.body);
			}
		}
	});

	it("JSON Feed: the whole text, with whole addresses", async () => {
		const { items, home_page_url } = jsonFeed((await get("/-/export/annuaire/jsonfeed?genre=association")).body);
		assert.equal(home_page_url, `${site.origin}/annuaire?genre=association`);
		const item = items.find((i) => i.url === `${site.origin}${story.url}`)!;
		assert.equal(item.title, "Récit <entier> & « juste »");
		assert.match(item.content_html!, /<strong>beau<\/strong>/);
		assert.match(item.content_html!, new RegExp(`<a href="${site.origin}/resoudre"`));
		assert.match(item.content_html!, /<li>deux<\/li>/);
		assert.match(item.content_html!, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
		assert.match(item.content_html!, /href="https:\/\/exemple\.org\/a\?b=1&amp;c=2"/);
		assert.doesNotMatch(item.content_html!, /Zéphirine/);
		for (const { content_html } of items) isWhole(content_html!);
		assert.deepEqual(item.tags, ["jardinage", "radio"]);
		assert.deepEqual(item.authors, [{ name: people.member.name }]);
	});

	it("Atom: the same, as an escaped text", async () => {
		const entry = atom((await get("/-/export/annuaire/atom")).body).find((e) => e.includes("Récit"))!;
		const html = decode(/<content type="html">(.*?)<\/content>/s.exec(entry)![1]!);
		assert.match(html, /<strong>beau<\/strong>/);
		isWhole(html);
		assert.match(entry, /<category term="radio"\/>/);
		assert.match(entry, new RegExp(`<author><name>${people.member.name.replace(/[()]/g, "\\$&")}`));
	});

	it("a key word has its feed, of what everybody reads, the latest first", async () => {
		for (const client of [visitor, facilitator]) {
			const { items } = jsonFeed((await get("/-/search.json?q=potager", client)).body);
			assert.deepEqual(items.map((i) => i.url), [`${site.origin}${story.url}`]);
			assert.equal(atom((await get("/-/search.atom?q=potager", client)).body).length, 1);
		}
		const times = jsonFeed((await get("/-/search.json?q=association")).body).items.map((i) => i.date_modified);
		assert.ok(times.length > 3);
		assert.deepEqual(times, [...times].sort().reverse());
		assert.equal((await visitor.get("/-/search.json")).status, 404);
		assert.equal(jsonFeed((await get("/-/search.json?q=xylophone")).body).items.length, 0);
	});

	it("Open Graph: what a shared link shows; nothing of what only some read", async () => {
		const page = heads((await get(story.url)).body);
		// The four that ogp.me requires, but the picture, of which there is none here.
		assert.equal(page["og:title"], "Récit <entier> & « juste »");
		assert.equal(page["og:type"], "article");
		assert.equal(page["og:url"], `${site.origin}${story.url}`);
		assert.match(page["og:description"]!, /^Un beau texte/);
		assert.match(page["article:published_time"]!, RFC3339);
		const list = heads((await get("/annuaire")).body);
		assert.equal(list["og:type"], "website");
		assert.equal(list["og:title"], "Qui fait quoi");
		assert.deepEqual(heads((await get(team.url, facilitator)).body), {});
		assert.deepEqual(alternates((await get(team.url, facilitator)).body).filter(([type]) => type.includes("oembed")), []);
	});

	it("oEmbed 1.0: found from the page, with all that the type “rich” must have", async () => {
		for (const [path, frame] of [[story.url, `/-/frame/record/${story.id}`], ["/annuaire?commune=tours", "/-/frame/annuaire?commune=tours"]] as const) {
			const [, url] = alternates((await get(path)).body).find(([type]) => type === "application/json+oembed")!;
			const answer = await get(url), said = JSON.parse(answer.body);
			assert.match(String(answer.headers["content-type"]), /^application\/json/);
			assert.equal(said.type, "rich");
			assert.equal(said.version, "1.0");
			for (const [name, kind] of [["html", "string"], ["width", "number"], ["height", "number"]] as const) assert.equal(typeof said[name], kind, name);
			const source = decode(/src="([^"]+)"/.exec(said.html)![1]!);
			assert.equal(source, `${site.origin}${frame}`);
			const shown = await get(frame);
			assert.match(String(shown.headers["content-security-policy"]), /frame-ancestors \*/);
			assert.match(shown.body, /<base target="_top">/);
		}
		const small = JSON.parse((await get(`/-/oembed?url=${encodeURIComponent(site.origin + story.url)}&maxwidth=300&maxheight=200`)).body);
		assert.ok(small.width <= 300 && small.height <= 200 && /width="300" height="200"/.test(small.html));
	});

	it("oEmbed refuses what is not here, what only some read, and XML", async () => {
		const ask = async (url: string, more = "") => (await facilitator.get(`/-/oembed?url=${encodeURIComponent(url)}${more}`)).status;
		const gone = await add(facilitator, "structure", { nom: "Jetée ensuite", genre: "association" });
		await trash(facilitator, gone.id);
		for (const url of ["", "https://ailleurs.example/", `${site.origin}.example/annuaire`, `${site.origin}/nulle-part`, site.origin + team.url, `${site.origin}/f/${team.id}`, site.origin + gone.url, `${site.origin}/-/account`, `${site.origin}/`])
			assert.equal(await ask(url), 404, url);
		assert.equal(await ask(site.origin + story.url, "&format=xml"), 501);
		assert.equal(await ask(site.origin + story.url, "&format=json"), 200);
	});

	it("sharing is by plain links, which tell nobody before they are followed", async () => {
		const { body } = await get(`/-/share?path=${story.url}`);
		const links = [...body.matchAll(/<a href="([^"]+)" rel="external noopener noreferrer">/g)].map((m) => decode(m[1]!));
		assert.ok(links.length >= 3);
		for (const link of links) assert.ok(decodeURIComponent(link).includes(`${site.origin}/f/${story.id}`), link);
		assert.match(body, /href="mailto:\?subject=/);
		for (const [, source] of body.matchAll(/ src="([^"]+)"/g)) assert.ok(source!.startsWith("/"), source);
	});
});
