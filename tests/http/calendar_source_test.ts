// Calendars of elsewhere that are followed: what they bring, change, call off and no longer say; those that do not answer;
// addresses of private networks, whatever way they are reached.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";

const year = new Date().getUTCFullYear() + 1;
const calendar = (name: string, ...events: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", `X-WR-CALNAME:${name}`, ...events, "END:VCALENDAR", ""].join("\r\n");
const event = (uid: string, title: string, day: string, ...more: string[]) => ["BEGIN:VEVENT", `UID:${uid}`, `SUMMARY:${title}`, `DTSTART;TZID=Europe/Paris:${day}T183000`, ...more, "END:VEVENT"].join("\r\n");
const PAGE = "/-/calendars";

interface Given { body: string; status?: number; to?: string; asked: number; unchanged: number }

async function give(): Promise<{ server: Server; port: number; files: Map<string, Given>; put: (path: string, body: string, more?: Partial<Given>) => void }> {
	const files = new Map<string, Given>();
	const server = createServer((rq, rs) => {
		const file = files.get(rq.url!);
		if (!file) { rs.writeHead(404).end(); return; }
		file.asked++;
		const tag = `"${Buffer.byteLength(file.body)}-${file.body.length}"`;
		if (file.to) rs.writeHead(302, { Location: file.to }).end();
		else if (rq.headers["if-none-match"] === tag) { file.unchanged++; rs.writeHead(304).end(); }
		else rs.writeHead(file.status ?? 200, { "Content-Type": "text/calendar", ETag: tag }).end(file.body);
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	return { server, port: (server.address() as AddressInfo).port, files, put: (path, body, more = {}) => files.set(path, { asked: 0, unchanged: 0, ...more, body }) };
}

async function follow(client: Client, url: string) {
	return client.send(await client.form(PAGE, PAGE), { url, form: "evenement", space: "tours" });
}

// What the page says of a calendar once its try is over.
async function settled(client: Client, url: string, what: RegExp): Promise<string> {
	for (let i = 0; i < 80; i++) {
		const said = text((await client.get(url)).body);
		if (what.test(said)) return said;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`${url} never says ${what}: ${text((await client.get(url)).body)}`);
}

onSite("calendars that are followed", (site) => {
	let facilitator: Client, given: Awaited<ReturnType<typeof give>>;
	before(async () => {
		given = await give();
		facilitator = await new Client(site).signIn("facilitator");
	});
	after(() => given.server.close());
	const visitor = () => new Client(site);
	const act = async (title: string, what: string) => {
		const { body } = await facilitator.get(PAGE);
		const row = body.split('<li class="row">').find((part) => part.includes(title))!;
		const [, action] = /action="(\/-\/calendars\/\d+)"/.exec(row)!;
		const form = await facilitator.form(PAGE, action!);
		assert.equal((await facilitator.send(form, { what })).status, 303);
	};

	it("its events become pages that say where they come from, and follow what changes there", async () => {
		given.put("/maison.ics", calendar("La Maison", event("a", "Chorale", `${year}0105`), event("b", "Atelier", `${year}0106`), event("c", "Bal", `${year}0107`)));
		const done = await follow(facilitator, `http://127.0.0.1:${given.port}/maison.ics`);
		assert.equal(done.location.split("?")[0], PAGE);
		await settled(facilitator, PAGE, /3 ajoutés/);
		assert.match(text((await visitor().get("/chorale")).body), /Vient du calendrier « La Maison »/);
		assert.match((await visitor().get(`/agenda?le=${year}-01-05`)).body, /Chorale/);
		// Changed, called off, gone.
		given.put("/maison.ics", calendar("La Maison", event("a", "Chorale ouverte", `${year}0112`, "SEQUENCE:1"), event("b", "Atelier", `${year}0106`, "STATUS:CANCELLED")));
		await act("La Maison", "now");
		await settled(facilitator, PAGE, /1 changés?, 0 .*2 annulés/);
		assert.match(text((await visitor().get("/chorale")).body), /Chorale ouverte.*12 janvier/s);
		for (const path of ["/atelier", "/bal"]) assert.equal((await visitor().get(path)).status, 404, path);
		// Nothing new: it answers so, and is not read again.
		const before = given.files.get("/maison.ics")!.unchanged;
		await act("La Maison", "now");
		for (let i = 0; i < 50 && given.files.get("/maison.ics")!.unchanged === before; i++) await new Promise((done) => setTimeout(done, 100));
		assert.equal(given.files.get("/maison.ics")!.unchanged, before + 1);
	});

	it("an event that two calendars have is one page; it stays while one has it", async () => {
		given.put("/voisins.ics", calendar("Les voisins", event("a", "Chorale ouverte", `${year}0112`, "SEQUENCE:1"), event("z", "Troc", `${year}0113`)));
		await follow(facilitator, `http://127.0.0.1:${given.port}/voisins.ics`);
		await settled(facilitator, PAGE, /Les voisins/);
		assert.equal([...(await visitor().get(`/agenda?par=liste&le=${year}-01-12`)).body.matchAll(/<h4><a[^>]*>Chorale ouverte/g)].length, 1);
		const said = text((await visitor().get("/chorale")).body);
		assert.match(said, /La Maison/);
		assert.match(said, /Les voisins/);
		// First it is said how many go; nothing is done yet.
		const row = (await facilitator.get(PAGE)).body.split('<li class="row">').find((part) => part.includes("Les voisins"))!;
		const [, action] = /action="(\/-\/calendars\/\d+)"/.exec(row)!;
		const ask = await facilitator.send(await facilitator.form(PAGE, action!), { what: "remove-events" });
		assert.equal(ask.status, 200);
		assert.match(text(ask.body), /Ne plus suivre « Les voisins » \?.*1 événement qu’il a apporté va à la corbeille/);
		assert.equal((await visitor().get("/troc")).status, 200);
		assert.equal((await facilitator.send(formOf(ask, action!), { what: "remove-events" })).status, 303);
		assert.equal((await visitor().get("/chorale")).status, 200);
		assert.equal((await visitor().get("/troc")).status, 404);
	});

	it("paused, it is not asked; one that fails says why, and is kept", async () => {
		await act("La Maison", "pause");
		assert.match(text((await facilitator.get(PAGE)).body), /en pause/);
		given.put("/casse.ics", "<html>Rien</html>");
		await follow(facilitator, `http://127.0.0.1:${given.port}/casse.ics`);
		await settled(facilitator, PAGE, /Ce n’est pas un calendrier/);
		await follow(facilitator, `http://127.0.0.1:${given.port}/rien.ics`);
		await settled(facilitator, PAGE, /\(404\)/);
		// In the language of who reads it, whatever that of the site was when it failed.
		assert.match(text((await facilitator.ask("GET", PAGE, { headers: { "Accept-Language": "en", Cookie: [...facilitator.cookies].map(([name, value]) => `${name}=${value}`).join("; ") } })).body), /This is not a calendar|It is not a calendar|not a calendar/i);
		given.put("/trop.ics", "BEGIN:VCALENDAR\r\n" + "X-A:b\r\n".repeat(1_600_000));
		await follow(facilitator, `http://127.0.0.1:${given.port}/trop.ics`);
		await settled(facilitator, PAGE, /plus de 10 Mo/);
	});

	it("what is no address is told, with what was typed; nobody else sees the page", async () => {
		for (const url of ["", "maison", "ftp://a.example/x", "https://moi:secret@a.example/x", "file:///etc/passwd", "https:///x", "https://a.example/<x>"]) {
			const answer = await follow(facilitator, url);
			assert.equal(answer.status, 422, url);
			assert.match(answer.body, /id="f-url-error"/);
		}
		assert.equal((await follow(facilitator, `http://127.0.0.1:${given.port}/maison.ics`)).status, 422, "twice");
		const contributor = await new Client(site).signIn("contributor");
		assert.equal((await contributor.get(PAGE)).status, 403);
	});
}, { args: ["--fetch", "anywhere"] });

// As sites are served: nothing of this machine or of a private network is asked, by whatever name or detour.
onSite("calendars of private networks", (site) => {
	it("are not asked for", async () => {
		const given = await give();
		try {
			const facilitator = await new Client(site).signIn("facilitator");
			given.put("/x.ics", calendar("Secret", event("a", "Secret", `${year}0105`)));
			const hosts = [`127.0.0.1:${given.port}`, `localhost:${given.port}`, `[::1]:${given.port}`, `[::ffff:127.0.0.1]:${given.port}`, `0.0.0.0:${given.port}`, `2130706433:${given.port}`, `0x7f.1:${given.port}`, "169.254.169.254", "10.0.0.1", "192.168.1.1"];
			for (const host of hosts) assert.equal((await follow(facilitator, `http://${host}/x.ics`)).status, 303, host);
			for (let i = 0; i < 150; i++) {
				const body = text((await facilitator.get(PAGE)).body);
				if ([...body.matchAll(/réseau privé|ne répond pas/g)].length >= hosts.length) break;
				await new Promise((done) => setTimeout(done, 100));
			}
			const said = text((await facilitator.get(PAGE)).body);
			assert.ok([...said.matchAll(/réseau privé/g)].length >= hosts.length - 1, said);
			assert.equal(given.files.get("/x.ics")!.asked, 0);
			assert.doesNotMatch(said, /Secret/);
		} finally {
			given.server.close();
		}
	});
});
