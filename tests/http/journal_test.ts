// Stories: sound and video kept here and played by parts, what is said in them, series and logbooks read in order, what
// became of a story, publication at a chosen time.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { decode, text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit, token } from "../support/records.js";

// What each kind of file begins with (its specification), then anything.
const bytes = (head: string, size = 5000) => new File([Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(size, 7)])], "x");
const named = (name: string, head: string, size?: number) => new File([bytes(head, size)], name);
const MP3 = "ID3\x04\x00", MP4 = "\x00\x00\x00\x18ftypmp42", PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAEElEQVR4nGM4EaUBRww4OQA1Wg954f04QAAAAABJRU5ErkJggg==", "base64");

onSite("journal", (site) => {
	const visitor = new Client(site), member = new Client(site), facilitator = new Client(site);
	before(async () => {
		await member.signIn("member");
		await facilitator.signIn("facilitator");
	});
	const send = async (values: Record<string, string>, files: Record<string, File>, path = "/-/new/recit", client = member): Promise<Answer> =>
		client.sendFiles(await client.form(path, path.replace(/[^/]*$/, "")), values, files);
	const idOf = (body: string) => /href="\/f\/([0-9a-z]{26})"/.exec(body)![1]!;
	const published = async (answer: Answer): Promise<{ url: string; id: string; body: string }> => {
		assert.equal(answer.status, 303, text(answer.body).slice(0, 2000));
		const url = answer.location.split("?")[0]!, { body } = await member.get(url);
		return { url, id: idOf(body), body };
	};

	it("a recording asks for what is said in it, or for a reason; what was typed is kept", async () => {
		const refused = await send({ titre: "Sans paroles", "son.new.legend": "Le marché" }, { "son.new": named("marché.mp3", MP3) });
		assert.equal(refused.status, 422);
		assert.match(text(refused.body), /Écrivez ce qui se dit dans « marché\.mp3 »/);
		assert.match(refused.body, /value="Le marché"/);
		assert.match(refused.body, /name="son\.file" value="[0-9a-f]{64}"/);
		for (const way of ["silent", "later"] as const) {
			const { body } = await published(await send({ titre: `Une raison : ${way}`, [`son.new.${way}`]: "1" }, { "son.new": named("a.mp3", MP3) }));
			assert.match(body, /<audio controls preload="none"/);
			assert.equal(/n’est pas encore écrit/.test(text(body)), way === "later");
		}
	});

	it("only sound and video, by their content and not their name alone", async () => {
		for (const [name, head] of [["a.mp3", "%PDF-1.7"], ["a.mp4", MP3], ["a.pdf", "%PDF-1.7"], ["a.exe", "MZ"], ["a.webm", "<html>"], ["a.svg", "<svg>"]] as const) {
			const answer = await send({ titre: "Autre chose", "son.new.silent": "1" }, { "son.new": named(name, head) });
			assert.equal(answer.status, 422, name);
			assert.ok(text(answer.body).includes(name), name);
		}
		for (const [name, head] of [["b.mp3", "\xff\xfb"], ["b.ogg", "OggS"], ["b.opus", "OggS"], ["b.m4a", "\x00\x00\x00\x18ftypM4A "], ["b.wav", "RIFF\x00\x00\x00\x00WAVE"], ["b.mp4", MP4], ["b.webm", "\x1a\x45\xdf\xa3"]] as const)
			await published(await send({ titre: `Un ${name}`, "son.new.silent": "1" }, { "son.new": named(name, head) }));
	});

	it("a video with its picture; feeds bring it along; the search finds what is said", async () => {
		const made = await published(await send({ titre: "Le film du chantier", genre: "reportage", "son.new.legend": "Le chantier", "son.new.transcript": "On pose la **pergola**." }, { "son.new": named("film.mp4", MP4), "son.new.poster": new File([PNG], "affiche.png") }));
		const [, source, poster] = /<video controls preload="none" playsinline src="([^"]+)" aria-label="Le chantier" poster="([^"]+)">/.exec(made.body)!;
		assert.match(made.body, /<strong>pergola<\/strong>/);
		const picture = await visitor.get(poster!);
		assert.match(String(picture.headers["content-type"]), /^image\//);
		assert.match((await visitor.get("/-/search?q=pergola")).body, /Le film du chantier/);
		const item = JSON.parse((await visitor.get("/-/export/recits/jsonfeed")).body).items.find((i: { title: string }) => i.title === "Le film du chantier");
		assert.deepEqual(item.attachments.map((a: { mime_type: string; size_in_bytes: number }) => [a.mime_type, a.size_in_bytes]), [["video/mp4", 5012]]);
		assert.ok(item.content_html.includes(`<video controls preload="none" src="${site.origin}${source}"`), item.content_html);
		const page = await visitor.get(made.url);
		assert.match(String(page.headers["content-security-policy"]), /media-src 'self';/);
		// The picture goes, the words are corrected, the recording stays.
		await edit(member, made.id, { "son.0.noposter": "1", "son.0.transcript": "On pose la tonnelle." });
		const after = (await visitor.get(made.url)).body;
		assert.ok(after.includes(source!) && after.includes("tonnelle") && !after.includes("poster="));
	});

	// RFC 9110 §14 and §13.1.5.
	it("is sent by parts", async () => {
		const made = await published(await send({ titre: "Un long son", "son.new.silent": "1" }, { "son.new": named("long.ogg", "OggS", 100000) }));
		const url = /src="(\/-\/file\/[^"]+)"/.exec(made.body)![1]!;
		const ask = (headers: Record<string, string>) => visitor.get(url, headers);
		const whole = await ask({}), etag = String(whole.headers.etag), size = 100004;
		assert.equal(whole.status, 200);
		assert.equal(whole.headers["accept-ranges"], "bytes");
		assert.equal(whole.bytes.length, size);
		for (const [range, first, last] of [["bytes=0-0", 0, 0], ["bytes=500-999", 500, 999], ["bytes=100000-", 100000, size - 1], ["bytes=-10", size - 10, size - 1], ["bytes=99999-200000", 99999, size - 1]] as const) {
			const part = await ask({ Range: range });
			assert.equal(part.status, 206, range);
			assert.equal(part.headers["content-range"], `bytes ${first}-${last}/${size}`);
			assert.deepEqual(part.bytes, whole.bytes.subarray(first, last + 1));
		}
		const outside = await ask({ Range: `bytes=${size}-` });
		assert.equal(outside.status, 416);
		assert.equal(outside.headers["content-range"], `bytes */${size}`);
		// Several at once, another unit, nonsense: ignored, as a server may.
		for (const range of ["bytes=0-1,5-6", "lines=1-2", "bytes=5-1", "bytes=a-b"]) {
			const all = await ask({ Range: range });
			assert.equal(all.status, 200, range);
			assert.equal(all.bytes.length, size);
		}
		assert.equal((await ask({ Range: "bytes=0-9", "If-Range": etag })).status, 206);
		assert.equal((await ask({ Range: "bytes=0-9", "If-Range": '"another"' })).status, 200);
		assert.equal((await ask({ Range: "bytes=0-9", "If-None-Match": etag })).status, 304);
	});

	it("a series is read in its order, from its page and from each story", async () => {
		const series = await add(member, "serie", { titre: "Un an au jardin" });
		const url: Record<string, string> = {};
		for (const [title, rank] of [["Récolter", "3"], ["Semer", "1"], ["Arroser", "2"], ["Sans rang", ""]] as const)
			url[title] = (await published(await send({ titre: title, serie: series.id, rang: rank }, {}))).url;
		const list = /<ol class="related related-ordered">(.*?)<\/ol>/s.exec((await visitor.get(series.url)).body)![1]!;
		assert.deepEqual([...list.matchAll(/<strong>(.*?)<\/strong>/g)].map((m) => m[1]), ["Semer", "Arroser", "Récolter", "Sans rang"]);
		const links = async (title: string) => Object.fromEntries([...(await visitor.get(url[title]!)).body.matchAll(/rel="(prev|next)" href="([^"]+)"/g)].map((m) => [m[1], m[2]]));
		assert.deepEqual(await links("Semer"), { next: url["Arroser"] });
		assert.deepEqual(await links("Arroser"), { prev: url["Semer"], next: url["Récolter"] });
		assert.deepEqual(await links("Sans rang"), { prev: url["Récolter"] });
		assert.match(text((await visitor.get(url["Arroser"]!)).body), /2 sur 4 dans Un an au jardin/);
	});

	it("the logbook of a project, by day; a story leads to what became of it, and back", async () => {
		const project = await add(member, "projet", { nom: "La pergola" });
		const late = await published(await send({ titre: "Le toit", genre: "carnet", jour: "2026-03-02", projet: project.id }, {}));
		const early = await published(await send({ titre: "Les plans", genre: "carnet", jour: "2026-01-05", projet: project.id }, {}));
		const page = (await visitor.get(project.url)).body;
		assert.match(page, /<h2>Journal de bord<\/h2>/);
		assert.ok(page.indexOf("Les plans") < page.indexOf("Le toit"));
		assert.match((await visitor.get(early.url)).body, new RegExp(`rel="next" href="${late.url}"`));
		const sequel = await published(await send({ titre: "Deux ans après", avant: early.id }, {}));
		assert.ok((await visitor.get(sequel.url)).body.includes(`href="${early.url}"`));
		const before = (await visitor.get(early.url)).body;
		assert.match(before, /<h2>Ce que c’est devenu<\/h2>/);
		assert.ok(before.includes(`href="${sequel.url}"`));
	});

	it("the order of a series is a choice of its question, in the form editor", async () => {
		const path = "/-/form/recit/question/serie";
		const form = await facilitator.form(path, path);
		assert.equal(form.pairs.find(([name]) => name === "order")?.[1], "rang");
		const { body } = await facilitator.get(path);
		const offered = /<select[^>]*name="order">(.*?)<\/select>/s.exec(body)![1]!;
		assert.deepEqual([...offered.matchAll(/value="([^"]*)"/g)].map((m) => m[1]), ["", "jour", "rang"]);
		const wrong = await facilitator.send(form, { order: "titre" });
		assert.equal(wrong.status, 422);
		const confirmed = async (order: string) => {
			let answer = await facilitator.send(await facilitator.form(path, path), { order });
			if (answer.status === 200) answer = await facilitator.send(formOf(answer, "/-/form/"), { _confirm: "1" });
			assert.equal(answer.status, 303, text(answer.body).slice(0, 1500));
		};
		const series = await add(member, "serie", { titre: "Deux ordres" });
		await published(await send({ titre: "Premier rang", serie: series.id, rang: "1", jour: "2026-05-02" }, {}));
		await published(await send({ titre: "Premier jour", serie: series.id, rang: "2", jour: "2026-05-01" }, {}));
		const order = async () => [...(await visitor.get(series.url)).body.matchAll(/<strong>(Premier \w+)<\/strong>/g)].map((m) => m[1]);
		assert.deepEqual(await order(), ["Premier rang", "Premier jour"]);
		await confirmed("jour");
		assert.deepEqual(await order(), ["Premier jour", "Premier rang"]);
		await confirmed("rang");
		assert.deepEqual(await order(), ["Premier rang", "Premier jour"]);
	});

	it("what some do not read is in no reading order", async () => {
		const series = await add(member, "serie", { titre: "À moitié ouverte" });
		const first = await published(await send({ titre: "Ouverte", serie: series.id, rang: "1" }, {}));
		await published(await send({ titre: "Ouverte aussi", serie: series.id, rang: "3" }, {}));
		await send({ titre: "Réservée", serie: series.id, rang: "2" }, {}, "/-/new/recit?espace=coordination", facilitator);
		const { body } = await visitor.get(first.url);
		assert.ok(!body.includes("Réservée"));
		assert.match(text(body), /1 sur 2 dans À moitié ouverte/);
	});

	it("publication at a chosen time: told on the draft and in the list, taken back in one click", async () => {
		const draft = await add(member, "page", { titre: "Pour plus tard", texte: "Patience", _state: "draft" });
		const path = `/-/schedule/${draft.id}`;
		for (const [at, said] of [["", "quel jour et à quelle heure"], ["demain", "28/11/2026 14:30"], ["2001-01-01T10:00", "passé"], ["2199-01-01T10:00", "deux ans"]] as const) {
			const wrong = await member.send(await member.form(path, path), { at });
			assert.equal(wrong.status, 422, at);
			assert.ok(text(wrong.body).includes(said), at);
			assert.ok(decode(wrong.body).includes(`value="${at}"`));
		}
		const later = new Date(Date.now() + 40 * 24 * 3600 * 1000).toISOString().slice(0, 10);
		const done = await member.send(await member.form(path, path), { at: `${later}T09:05` });
		assert.equal(done.status, 303);
		const page = text((await member.follow(done)).body);
		assert.match(page, /La publication se fera d’elle-même le .*, 9 h 05/);
		assert.match(text((await member.get("/-/drafts")).body), /sera publié le .*, 9 h 05/);
		assert.equal((await visitor.get(draft.url)).status, 404);
		assert.match((await member.get(path)).body, new RegExp(`value="${later}T09:05"`));
		assert.equal((await member.post(`/-/unschedule/${draft.id}`, { _form: await token(member) })).status, 303);
		assert.doesNotMatch(text((await member.get("/-/drafts")).body), /sera publié/);
		assert.equal((await visitor.get(draft.url)).status, 404);
	});

	it("published at once, it has no time any more; what is published has none", async () => {
		const draft = await add(member, "page", { titre: "Finalement tout de suite", texte: "Voilà", _state: "draft" });
		const path = `/-/schedule/${draft.id}`, later = new Date(Date.now() + 24 * 3600 * 1000).toISOString().slice(0, 10);
		await member.send(await member.form(path, path), { at: `${later}T12:00` });
		assert.equal((await member.post(`/-/publish/${draft.id}`, { _form: await token(member) })).status, 303);
		assert.doesNotMatch(text((await member.get(draft.url)).body), /d’elle-même/);
		assert.equal((await member.get(path)).status, 404);
	});
});
