// A WordPress export brought in by a facilitator without a script: looked at, kept, taken back; by the command line too.
import assert from "node:assert/strict";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Answer, Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { copySite, onSite, run, scratchFolder, serve } from "../support/program.js";
import { settled } from "../support/imports.js";
import { edit, token } from "../support/records.js";

const folder = join(process.env.PARVIS_SOURCE!, "tests/unit/features/wxr");
const exported = () => readFile(join(folder, "journal.xml"), "utf8");
const named = (content: string | Uint8Array<ArrayBuffer>, name: string) => new File([content], name);

onSite("a WordPress export", (site) => {
	let facilitator: Client;
	const visitor = new Client(site);
	before(async () => void (facilitator = await new Client(site).signIn("facilitator")));
	const send = async (xml: string | Uint8Array<ArrayBuffer>, images?: File): Promise<Answer> =>
		facilitator.sendFiles(await facilitator.form("/-/import", "/-/import"), {}, { file: named(xml, "export.xml"), ...(images ? { images } : {}) });
	const look = async (xml: string) => {
		const sent = await send(xml);
		assert.equal(sent.status, 303, text(sent.body));
		return settled(facilitator, sent.location);
	};
	const choose = async (page: Answer, what: string, choices: Record<string, string> = {}) => {
		const sent = await facilitator.send(formOf(page, "/-/imports/"), { ...choices, "what[]": what });
		assert.equal(sent.status, 303, text(sent.body));
		return settled(facilitator, sent.location);
	};
	const bring = (page: Answer) => choose(page, "bring");

	it("is looked at first: what comes, what does not and why; nothing is published", async () => {
		const page = await look(await exported());
		assert.equal(page.status, 200);
		const words = text(page.body);
		assert.match(words, /3 pages seraient ajoutées/);
		assert.match(words, /2 commentaires/);
		assert.match(words, /Le jardin ouvre Récit · 9 mars 2024 · 2 commentaires/);
		assert.match(words, /Qui sommes-nous Page/);
		assert.match(words, /Pas encore dit Récit · brouillon/);
		assert.match(words, /12 Le jardin ouvre non repris : \[contact-form\]/);
		assert.match(words, /94 Menu les entrées de la sorte « nav_menu_item »/);
		assert.match(words, /58 Casino ce commentaire y a été refusé/);
		assert.equal((await visitor.get("/jardin-ouvre")).status, 404);
	});

	it("comes with its words, its threads and its addresses; then all is taken back but what people touched", async () => {
		const page = await look(await exported());
		const done = await bring(page);
		assert.equal(done.status, 200, text(done.body));
		assert.match(text(done.body), /3 pages ont été ajoutées/);
		const story = (await visitor.get("/jardin-ouvre")).body;
		assert.match(story, /<strong>Venez tous<\/strong><br>\s*samedi au <em>jardin<\/em>/);
		assert.match(text(story), /J’y serai/);
		assert.doesNotMatch(story, /private\.example|192\.0\.2/);
		assert.equal((await visitor.get("/qui-sommes-nous")).status, 200);
		assert.equal((await visitor.get("/pas-encore-dit")).status, 404);
		// The same again changes nothing.
		const again = await look(await exported());
		assert.match(text(again.body), /0 page serait ajoutée.*3 sont là comme/);
		assert.doesNotMatch(again.body, /value="bring"/);
		const id = /href="\/f\/([0-9a-z]{26})"/.exec((await visitor.get("/qui-sommes-nous")).body)![1]!;
		await edit(facilitator, id, { texte: "Depuis 1991." });
		const start = await facilitator.get("/-/import");
		assert.match(text(start.body), /https:\/\/regie\.example 3 pages/);
		const undone = await facilitator.send(formOf(start, "/-/unimport"), {});
		assert.match(text((await settled(facilitator, undone.location)).body), /2 pages sont reprises.*1 reste : quelqu’un y a touché depuis/);
		assert.equal((await visitor.get("/jardin-ouvre")).status, 404);
		assert.equal((await visitor.get("/qui-sommes-nous")).status, 200);
	});

	it("refused entries are said before anything is kept; the others come", async () => {
		const bad = (await exported()).replace("https://regie.example</wp:base_blog_url>", "https://autre.example</wp:base_blog_url>").replace("<![CDATA[Pas encore dit]]>", "").replace("0000-00-00 00:00:00", "").replace("<wp:status>draft", "<wp:status>publish");
		const page = await look(bad);
		assert.match(text(page.body), /2 pages seraient ajoutées.*1 reste dehors/);
		assert.equal((await visitor.get("/jardin-ouvre")).status, 404);
		const kept = await bring(page);
		assert.match(text(kept.body), /2 pages ont été ajoutées.*1 reste dehors/);
		assert.equal((await visitor.get("/jardin-ouvre")).status, 200);
	});

	it("what was chosen otherwise is looked at again before it comes; what came is taken back from its page", async () => {
		const xml = (await exported()).replaceAll("https://regie.example", "https://encore.example").replaceAll("jardin-ouvre", "encore-ouvert");
		const page = await look(xml);
		const changed = await choose(page, "bring", { post: "page" });
		assert.match(text(changed.body), /Le jardin ouvre Page · 9 mars 2024|Le jardin ouvre Page/);
		assert.equal((await visitor.get("/encore-ouvert")).status, 404, "only looked at");
		const done = await bring(changed);
		assert.match(text(done.body), /3 pages ont été ajoutées/);
		assert.equal((await visitor.get("/encore-ouvert")).status, 200);
		const gone = await choose(done, "undo");
		assert.match(text(gone.body), /3 pages sont reprises/);
		assert.equal((await visitor.get("/encore-ouvert")).status, 404);
		assert.equal((await visitor.get("/jardin-ouvre")).status, 200, "of another site");
		assert.match(text((await facilitator.get("/-/import")).body), /Vos derniers grands imports/);
	});

	it("a run is taken back without what earlier ones brought: what it changed is as before, and comes again with the next", async () => {
		const first = (await exported()).replaceAll("https://regie.example", "https://trois.example").replaceAll("jardin-ouvre", "trois-ouvre").replaceAll("qui-sommes-nous", "trois-nous");
		const item = /\t<item>\n\t\t<title>Qui sommes-nous[\s\S]*?<\/item>\n/.exec(first)![0];
		const more = item.replace("Qui sommes-nous", "Nos jours d’hiver").replaceAll("trois-nous", "trois-hiver").replace(/<wp:post_id>\d+/, "<wp:post_id>977");
		const second = first.replace("samedi au <em>", "dimanche au <em>").replace(item, item + more);
		const early = await bring(await look(first));
		assert.match(text(early.body), /3 pages ont été ajoutées/);
		const late = await bring(await look(second));
		assert.match(text(late.body), /1 page a été ajoutée.*1 a été changée/);
		assert.match(text(late.body), /Reprendre ce que cet import a apporté.*laisse ce que des imports précédents ont apporté/);
		assert.doesNotMatch(late.body, /Qui sommes-nous/, "it came with the first");
		assert.match(text((await visitor.get("/trois-ouvre")).body), /dimanche au jardin/);
		const back = await choose(late, "undo");
		assert.match(text(back.body), /1 page est reprise.*1 page est de nouveau comme avant cet import/);
		assert.equal((await visitor.get("/trois-hiver")).status, 404);
		assert.match(text((await visitor.get("/trois-ouvre")).body), /samedi au jardin/);
		assert.match(text((await visitor.get("/trois-ouvre")).body), /J’y serai/, "comments of the first");
		assert.equal((await visitor.get("/trois-nous")).status, 200);
		const again = await look(second);
		assert.match(text(again.body), /1 page serait ajoutée.*1 serait changé /);
		// What somebody wrote meanwhile in what a run changed stays hers.
		const later = await bring(again);
		const id = /href="\/f\/([0-9a-z]{26})"/.exec((await visitor.get("/trois-ouvre")).body)![1]!;
		await edit(facilitator, id, { titre: "Le jardin rouvre" });
		await choose(later, "undo");
		const story = text((await visitor.get("/trois-ouvre")).body);
		assert.match(story, /Le jardin rouvre/);
		assert.match(story, /samedi au jardin/);
		// The first one, from its own page: what somebody touched stays.
		const gone = await choose(early, "undo");
		assert.match(text(gone.body), /2 pages sont reprises.*1 reste : quelqu’un y a touché depuis/);
		assert.equal((await visitor.get("/trois-nous")).status, 404);
	});

	it("files that are not what they say: a sentence, no crash, nothing kept", async () => {
		const random = crypto.getRandomValues(new Uint8Array(5000));
		for (const [content, said] of [["bonjour", /ligne 1/], ["<rss></rss>", /ne dit pas sa version/], [random, /ligne/], ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rss>&b;</rss>', /ligne 1/]] as const) {
			const answer = await send(content);
			assert.equal(answer.status, 422);
			assert.match(text(answer.body), said);
			assert.doesNotMatch(answer.body, /root:/);
		}
		const empty = await facilitator.sendFiles(await facilitator.form("/-/import", "/-/import"), {}, {});
		assert.equal(empty.status, 422);
		assert.match(text(empty.body), /Choisissez un fichier/);
		const nozip = await send(await exported(), named("not a zip", "images.zip"));
		assert.equal(nozip.status, 422);
		assert.match(text(nozip.body), /n’est pas un fichier ZIP/);
	});

	it("what is hostile in it is only text", async () => {
		const hostile = (await exported()).replace("<![CDATA[Le jardin ouvre]]>", "<![CDATA[<script>alert(1)</script>]]>")
			.replace("<p><strong>Venez", `<p onclick="alert(1)"><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><script>alert(1)</script><strong>Venez`)
			.replace("https://regie.example</wp:base_blog_url>", "javascript:alert(1)</wp:base_blog_url>").replace("jardin-ouvre", "hostile");
		const page = await look(hostile);
		assert.doesNotMatch(page.body, /<script>alert/);
		const done = await bring(page);
		assert.equal(done.status, 200, text(done.body));
		const story = (await visitor.get("/hostile")).body;
		assert.doesNotMatch(story, /<script>alert|onclick|onerror|href="javascript/);
		assert.doesNotMatch((await facilitator.get("/-/import")).body, /href="javascript/);
	});

	it("is hers who sent it; only who shapes the site brings in", async () => {
		const sent = await send(await exported());
		const administrator = await new Client(site).signIn("administrator");
		assert.equal((await administrator.get(sent.location)).status, 404);
		const member = await new Client(site).signIn("member");
		for (const path of ["/-/import", sent.location]) {
			assert.equal((await member.get(path)).status, 403);
			assert.equal((await member.post(path, { _form: await token(member) })).status, 403);
		}
		assert.equal((await member.post("/-/unimport", { _form: await token(member), source: "wxr:https://regie.example" })).status, 403);
		for (const source of ["", "csv:x", "preset"])
			assert.equal((await facilitator.post("/-/unimport", { _form: await token(facilitator), source })).status, 404);
	});
});

describe("a WordPress export, from the command line", () => {
	let dir = "";
	before(async () => void (dir = await copySite()));
	after(() => rm(dir, { recursive: true, force: true }));

	it("sounds, videos and documents come from the folder beside; a long comment comes whole", async () => {
		const beside = await scratchFolder(), media = join(beside, "uploads");
		await mkdir(join(media, "2024/03"), { recursive: true });
		await copyFile(join(folder, "2024/03/jardin.png"), join(media, "2024/03/jardin.png")).catch(() => {});
		await writeFile(join(media, "2024/03/chant.mp3"), Buffer.concat([Buffer.from("ID3\x03\0\0\0\0\0\0"), Buffer.alloc(2000)]));
		await writeFile(join(media, "2024/03/plan.pdf"), "%PDF-1.4\n%fin\n");
		await writeFile(join(media, "2024/03/faux.mp4"), "pas une video");
		const at = "https://chorale.example/wp-content/uploads/2024/03", words = Array.from({ length: 2400 }, (_, i) => `mot${i}`).join(" ");
		const xml = (await exported()).replaceAll("https://regie.example", "https://chorale.example").replace("jardin-ouvre", "chorale")
			.replace("[contact-form", `[audio mp3="${at}/chant.mp3"][/audio] <a href="${at}/plan.pdf">Le plan</a> <video src="${at}/faux.mp4"></video> <video src="${at}/absent.webm"></video> [contact-form`)
			.replace("J’y serai", words);
		const file = join(beside, "chorale.xml");
		await writeFile(file, xml);
		const made = await run(["import", "wxr", dir, file, "--media", media, "--keep-good"]);
		assert.match(made.out, /faux\.mp4.*n’est pas ce que dit son nom/);
		assert.match(made.out, /absent\.webm.*n’est pas dans le dossier/);
		assert.match(made.out, /plan\.pdf.*aucune question/);
		assert.doesNotMatch(made.out, /\[audio/);
		const site = await serve(dir);
		try {
			const page = await new Client(site).get("/chorale");
			assert.match(page.body, /<audio[^>]*src="[^"]*chant\.mp3"|chant\.mp3/);
			const source = /src="(\/-\/file\/[0-9a-f]{64}\/chant\.mp3)"/.exec(page.body)![1]!;
			assert.equal((await new Client(site).get(source)).headers["content-type"], "audio/mpeg");
			for (const word of ["mot0", "mot1199", "mot2399"]) assert.match(page.body, new RegExp(`\\b${word}\\b`));
		} finally {
			await site.stop();
		}
		const back = await run(["import", "wxr", dir, file, "--media", media, "--undo"]);
		assert.equal(back.status, 0, back.out + back.err);
		await rm(beside, { recursive: true });
	});

	it("rehearsed, brought in with its pictures, again, taken back", async () => {
		const file = join(folder, "journal.xml");
		const bring = (...options: string[]) => run(["import", "wxr", dir, file, "--media", folder, ...options]);
		const counts = (out: string) => out.trim().split("\n").slice(-2).map((line) => line.match(/\d+/g)!.map(Number));
		const rehearsed = await bring("--rehearse");
		assert.equal(rehearsed.status, 0, rehearsed.out + rehearsed.err);
		assert.deepEqual(counts(rehearsed.out), [[3, 0, 0, 0], [2, 2, 3]]);
		assert.match(rehearsed.out, /journal\.xml:12: Le jardin ouvre: /);
		assert.deepEqual(counts((await bring()).out)[0], [3, 0, 0, 0]);
		assert.deepEqual(counts((await bring()).out)[0], [0, 0, 3, 0]);
		const back = await bring("--undo");
		assert.deepEqual(back.out.match(/\d+/g)!.map(Number), [3, 0]);
		assert.deepEqual(counts((await bring("--rehearse")).out)[0], [3, 0, 0, 0]);
	});

	it("what a file holds is never given back as it is to the terminal", async () => {
		const file = join(dir, "hostile.xml");
		await writeFile(file, (await exported()).replace("Menu</title>", "\u009b31m\u202eMenu</title>"));
		const ran = await run(["import", "wxr", dir, file, "--rehearse"]);
		assert.doesNotMatch(ran.out, /[\u009b\u202e\u001b]/);
		assert.equal((await run(["import", "wxr", dir])).status, 2);
		assert.notEqual((await run(["import", "wxr", dir, join(dir, "absent.xml")])).status, 0);
	});
});
