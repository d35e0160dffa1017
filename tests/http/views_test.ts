// What the layouts of a view say, against the files of the demonstration; and to whom.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { Client } from "../support/client.js";
import { csv } from "../support/csv.js";
import { text } from "../support/html.js";
import { onSite, preset } from "../support/program.js";
import { add } from "../support/records.js";

type Point = [rank: number, title: string, url: string, lat: number, lon: number, category: number, approximate: number];

const rows = async (name: string) => csv(await readFile(join(preset, "demo", name), "utf8"));

/** A day of the demonstration: "today-3" is counted from the day of its making, by the clocks of the site. */
function dayOf(day: string): string {
	const counted = /^today([+-]\d+)?$/.exec(day);
	if (!counted) return day;
	const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });
	return new Date(Date.parse(today) + Number(counted[1] ?? 0) * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

onSite("layouts of views", (site) => {
	const visitor = () => new Client(site);
	const points = async (query = "", client = visitor()) => {
		const answer = await client.get(`/-/view/espaces/points.json${query}`);
		assert.equal(answer.status, 200);
		assert.equal(answer.headers["content-type"], "application/json");
		return JSON.parse(answer.body) as { records: number; categories: string[][]; points: Point[] };
	};

	it("points are those of the file, each with its position", async () => {
		const data = await points(), spaces = await rows("spaces.csv"), placed = spaces.filter((row) => row["lat"]);
		assert.equal(data.records, spaces.length);
		const got = data.points.map(([, title, , lat, lon]) => `${title} ${lat} ${lon}`).sort();
		assert.deepEqual(got, placed.map((row) => `${row["name"]} ${Number(row["lat"])} ${Number(row["lon"])}`).sort());
		for (const [, , url] of data.points.slice(0, 3)) assert.equal((await visitor().get(url)).status, 200);
	});

	it("points follow the choices of the page; ranks are places in its list", async () => {
		const closed = (await rows("spaces.csv")).filter((row) => row["status"] === "closed");
		const data = await points("?statut=ferme&vue=map&taille=1");
		assert.equal(data.records, closed.length);
		assert.deepEqual(data.points.map(([, title]) => title), closed.filter((row) => row["lat"]).map((row) => row["name"]));
		const page = (await visitor().get("/espaces-numeriques?vue=map")).body;
		const listed = [...page.matchAll(/<li class="row">.*?<h3><a href="([^"]+)"/gs)].map((m) => m[1]);
		for (const [rank, , url] of (await points()).points) assert.equal(listed[rank - 1], url);
	});

	it("a place of a closed space is on the map of its members only", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		const title = "Local <secret> & discret";
		await add(facilitator, "espace", { nom: title, genre: "epn", statut: "ouvert", "lieu.lat": "47.4", "lieu.lon": "0.7", "lieu.address": "ici" }, "coordination");
		assert.ok((await points("", facilitator)).points.some(([, name]) => name === title));
		for (const client of [visitor(), await new Client(site).signIn("contributor")]) {
			assert.ok(!JSON.stringify(await points("", client)).includes("secret"));
			const drawing = await client.get("/-/view/espaces/map.svg");
			assert.equal((drawing.body.match(/class="mark/g) ?? []).length, (await points("", client)).points.filter((a, i, all) => all.findIndex((b) => b[3] === a[3] && b[4] === a[4]) === i).length);
		}
	});

	it("the drawing runs nothing and names its outlines", async () => {
		const drawing = await visitor().get("/-/view/espaces/map.svg");
		assert.equal(drawing.status, 200);
		assert.match(drawing.headers["content-type"]!, /^image\/svg\+xml/);
		assert.match(String(drawing.headers["content-security-policy"]), /default-src 'none'.*sandbox/);
		assert.match(drawing.body, />Tours<\/text>/);
		assert.doesNotMatch(drawing.body, /<script|onload|href=/);
		assert.match((await visitor().get("/espaces-numeriques?vue=map")).body, /IGN Admin Express/);
	});

	it("a view without places has no map", async () => {
		for (const path of ["/-/view/glossaire/points.json", "/-/view/glossaire/map.svg", "/-/view/rien/points.json"])
			assert.equal((await visitor().get(path)).status, 404, path);
		assert.match((await visitor().get("/glossaire?vue=map")).body, /class="(cards|rows|table)/);
	});

	it("headings count what the file holds", async () => {
		const page = (await visitor().get("/annuaire?grouper=commune&taille=200")).body;
		const heads = [...page.matchAll(/<h3 class="group-head">(.*?)<\/h3>/gs)].map((m) => text(m[1]!).replace(/\s+/g, " ").trim());
		const count = new Map<string, number>();
		for (const row of await rows("structures.csv")) {
			const name = row["commune"] || "Non précisé";
			count.set(name, (count.get(name) ?? 0) + 1);
		}
		assert.deepEqual([...heads].sort(), [...count].map(([name, n]) => `${name} ${n}`).sort());
	});

	it("charts say the figures of the file, in a table and in the drawing", async () => {
		const page = (await visitor().get("/annuaire?vue=chart")).body, count = new Map<string, number>();
		for (const row of await rows("structures.csv")) {
			const name = row["commune"] || "Non précisé";
			count.set(name, (count.get(name) ?? 0) + 1);
		}
		const table = /aria-labelledby="chart-table-1".*?<tbody>(.*?)<\/tbody>/s.exec(page)![1]!;
		const said = [...table.matchAll(/<th scope="row">(.*?)<\/th><td class="number">(\d+)/gs)].map((m) => `${text(m[1]!).trim()} ${m[2]}`);
		assert.deepEqual([...said].sort(), [...count].map(([name, n]) => `${name} ${n}`).sort());
		const drawn = [...page.matchAll(/<svg class="chart".*?<\/svg>/gs)][1]![0];
		assert.deepEqual([...drawn.matchAll(/class="chart-value"[^>]*>(\d+)/g)].map((m) => m[1]), said.map((line) => line.split(" ").pop()));
		const link = /href="(\/annuaire\?commune=tours)"/.exec(table)![1]!;
		assert.match((await visitor().get(link)).body, new RegExp(`>${count.get("Tours")} structures<`));
	});

	it("along time: the latest first, as the view says, with their months", async () => {
		const page = (await visitor().get("/actions?vue=timeline")).body;
		const times = [...page.matchAll(/<time datetime="([\d-]+)"/g)].map((m) => m[1]!);
		const days = (await rows("actions.csv")).map((row) => row["jour"]!).filter(Boolean).map(dayOf);
		assert.deepEqual(times, [...days].sort().reverse());
		assert.ok(page.includes(`<h3 class="group-head">${new Date(times[0]!).toLocaleDateString("fr", { month: "long", year: "numeric", timeZone: "UTC" })}`));
	});
});
