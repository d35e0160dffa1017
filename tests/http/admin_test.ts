// Administration in the browser: settings, letters that fail, backups made, tried and taken away, work that failed,
// the log of who did what.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Client, formOf } from "../support/client.js";
import { forms, text } from "../support/html.js";
import { copySite, onSite, people, run, runOk, scratchFolder, serve, type Site } from "../support/program.js";
import { add } from "../support/records.js";
import { readLetter, smtp } from "../support/smtp.js";

const SETTINGS = "/-/admin/settings", BACKUPS = "/-/admin/backups";

// What a page says once work in the background is done.
async function until(client: Client, path: string, words: RegExp): Promise<string> {
	let said = "";
	for (let i = 0; i < 400; i++) {
		said = text((await client.get(path)).body);
		if (words.test(said)) return said;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`${path} never says ${words}:\n${said}`);
}

// The form of a page that is sent to exactly this address, or to one that ends so.
async function formTo(client: Client, path: string, action: string) {
	const found = forms((await client.get(path)).body).find((form) => form.method === "post" && form.action.endsWith(action));
	if (!found) throw new Error(`no form for ${action} on ${path}`);
	return found;
}

const log = async (client: Client, query = "") => text((await client.get(`/-/admin/audit${query}`)).body);

onSite("settings in the browser", (site) => {
	let admin: Client;
	before(async () => void (admin = await new Client(site).signIn("administrator")));
	const program = () => formTo(admin, SETTINGS, SETTINGS);
	const set = async (values: Record<string, string>) => admin.send(await program(), values);

	it("what is wrong is said beside its field, and what was typed is kept", async () => {
		const answer = await set({ base_url: "parvis.example/chemin", mail: "http://courrier.example", mail_from: "portail", backups_kept: "0" });
		assert.equal(answer.status, 422);
		const said = text(answer.body);
		assert.match(said, /4 points à corriger/);
		assert.match(said, /https:\/\/parvis\.example, pas « parvis\.example\/chemin »/);
		assert.match(said, /smtp:\/\/ ou smtps:\/\//);
		for (const typed of ["parvis.example/chemin", "http://courrier.example", "portail"]) assert.ok(answer.body.includes(`value="${typed}"`), typed);
		assert.equal(await readFile(join(site.dir, "settings.conf"), "utf8").catch(() => "none"), "none");
	});

	it("a mail server needs the address of the site and of the sender", async () => {
		const said = text((await set({ mail: "smtp://127.0.0.1:2525" })).body);
		assert.match(said, /« mail » a aussi besoin de « mail_from »/);
		assert.match(said, /« mail » a aussi besoin de « base_url »/);
	});

	it("what is saved counts at once, stands in a file for nobody else, and is in the log without its secret", async () => {
		const answer = await set({
			base_url: "https://parvis.example/", mail: "smtp://127.0.0.1:1", mail_from: "portail@parvis.example", mail_user: "portail",
			mail_password: "sésame-ouvre-toi", backups_kept: "3",
		});
		assert.equal(answer.status, 303, text(answer.body));
		const file = join(site.dir, "settings.conf");
		assert.equal((await stat(file)).mode & 0o777, 0o600);
		assert.match(await readFile(file, "utf8"), /^mail_password = sésame-ouvre-toi$/m);
		for (const path of [SETTINGS, "/-/admin/audit", "/-/admin"]) assert.ok(!(await admin.get(path)).body.includes("sésame"), path);
		assert.match(await log(admin, "?group=2"), /Réglage modifié/);
		const config = await runOk(["config", site.dir]);
		assert.match(config.out, /^base_url = https:\/\/parvis\.example$/m);
		assert.match(config.out, /^mail_password = \(caché\)$/m);
		let feed = "";
		for (let i = 0; i < 100 && !feed.includes("https://parvis.example/"); i++) feed = (await admin.get("/-/recent.atom")).body;
		assert.ok(feed.includes("https://parvis.example/"), "links have the new address");
	});

	it("an empty password keeps the one that is there; a box forgets it", async () => {
		await set({ backups_kept: "4" });
		assert.match(await readFile(join(site.dir, "settings.conf"), "utf8"), /^mail_password = /m);
		await set({ forget_mail_password: "1" });
		assert.doesNotMatch(await readFile(join(site.dir, "settings.conf"), "utf8"), /mail_password/);
		await set({ mail_password: "sésame-ouvre-toi" });
	});

	it("another mail server does not get the present one's password", async () => {
		const answer = await set({ mail: "smtp://mechant.example:25" });
		assert.equal(answer.status, 422);
		assert.match(text(answer.body), /tapez son mot de passe/);
		assert.doesNotMatch(await readFile(join(site.dir, "settings.conf"), "utf8"), /mechant/);
		assert.equal((await set({ mail: "smtp://127.0.0.1:2" })).status, 422, "another port is another server");
		assert.equal((await set({ mail: "smtp://127.0.0.1:2", mail_password: "sésame-ouvre-toi" })).status, 303, "she who knows it may give it");
	});

	it("nothing else comes in with the form: what is the operator's, what stands in no field, a second line", async () => {
		const before = await readFile(join(site.dir, "settings.conf"), "utf8");
		const form = await program();
		assert.equal((await admin.send(form, { listen: "0.0.0.0:1", postgres: "host=mechant", workers: "1", trusted_proxies: "0.0.0.0/0", presets: "/etc", metrics: "unix:/tmp/x", level: "4" })).status, 303);
		assert.equal(await readFile(join(site.dir, "settings.conf"), "utf8"), before);
		await admin.send(form, { mail_user: "a\nlisten = 0.0.0.0:1\r\npostgres = x" });
		const after = await readFile(join(site.dir, "settings.conf"), "utf8");
		assert.doesNotMatch(after, /^(listen|postgres)/m);
		assert.equal((await run(["config", site.dir])).status, 0);
	});

	it("what belongs to the site: who may open an account, its licence", async () => {
		const form = await admin.form(SETTINGS, `${SETTINGS}/site`);
		const wrong = await admin.send(form, { licence: "", sign_up: "tous" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /2 points à corriger/);
		assert.equal((await admin.send(form, { licence: "CC BY 4.0", sign_up: "closed" })).status, 303);
		const home = await new Client(site).get("/");
		assert.match(home.body, /CC BY 4\.0/);
		assert.equal((await new Client(site).get("/-/sign-up")).status, 404);
		assert.match(await log(admin, "?group=2"), /Présentation du site modifiée/);
	});
}, { env: { PARVIS_WORKERS: "2" } });

describe("settings that somebody else decides", () => {
	let site: Site, admin: Client;
	before(async () => {
		const dir = await copySite();
		await writeFile(join(dir, "parvis.conf"), "mail_from = operateur@parvis.example\nbackups = never\n");
		site = await serve(dir, { env: { PARVIS_BASE_URL: "https://decide.example" } });
		admin = await new Client(site).signIn("administrator");
	});
	after(async () => {
		await site.stop();
		await rm(site.dir, { recursive: true });
	});

	it("are shown as such, and stay as they are", async () => {
		const page = await admin.get(SETTINGS), said = text(page.body);
		assert.match(said, /https:\/\/decide\.example\s+décidé par PARVIS_BASE_URL/);
		assert.match(said, /Jamais : quelqu’un d’autre s’en charge\s+décidé dans le fichier parvis\.conf/);
		assert.doesNotMatch(page.body, /name="(base_url|backups|mail|mail_password)"/);
		const form = await formTo(admin, SETTINGS, SETTINGS);
		await admin.post(SETTINGS, { _form: form.pairs.find(([name]) => name === "_form")![1], base_url: "https://x.example", mail: "smtp://x.example", backups: "daily", backups_kept: "9" }, { Origin: site.origin });
		assert.equal((await readFile(join(site.dir, "settings.conf"), "utf8")).trim().split("\n").slice(1).join(), "backups_kept = 9");
	});
});

describe("a test letter", () => {
	let site: Site, admin: Client;
	let server: Awaited<ReturnType<typeof smtp>>;
	before(async () => {
		server = await smtp();
		const dir = await copySite();
		await writeFile(join(dir, "settings.conf"), `base_url = https://parvis.example\nmail = ${server.url}\nmail_from = portail@parvis.example\n`);
		site = await serve(dir);
		admin = await new Client(site).signIn("administrator");
	});
	after(async () => {
		await site.stop();
		await server.stop();
		await rm(site.dir, { recursive: true });
	});
	const send = async () => admin.send(await admin.form(SETTINGS, `${SETTINGS}/letter`));

	it("goes to who asks for it", async () => {
		const answer = await send();
		assert.match(answer.location, /fait=lettre-essai/);
		const letter = server.taken.find(({ to }) => to[0] === people.administrator.email)!; // the demonstration has its own
		assert.deepEqual(letter.to, [people.administrator.email]);
		assert.match(readLetter(letter.raw).text, /page des réglages/);
	});
	it("refused: the mail server's own words are shown", async () => {
		server.answerTo = () => "554 5.7.1 <portail@parvis.example>: Sender address rejected <script>alert(1)</script>";
		const answer = await send();
		assert.equal(answer.status, 422);
		assert.match(text(answer.body), /554 5\.7\.1 <portail@parvis\.example>: Sender address rejected/);
		assert.doesNotMatch(answer.body, /<script>alert/);
		assert.match(await log(admin, "?group=7"), /Lettre d’essai/);
	});
	it("a letter that failed is tried again or given up, and forgotten then", async () => {
		server.answerTo = () => "550 5.1.1 No such user";
		const passing = new Client(site);
		await passing.send(await passing.form("/-/sign-in/letter", "/-/sign-in/letter"), { email: people.member.email });
		await until(admin, "/-/letters", /No such user/);
		assert.match(text((await admin.get("/-/admin")).body), /1 lettre n’a pas pu partir/);
		const form = await admin.form("/-/letters", "/-/letters/");
		const drop = await admin.post(form.action.replace(/again$/, "drop"), form.pairs, { Origin: site.origin });
		assert.match(drop.location, /lettre-abandonnee/);
		assert.doesNotMatch(text((await admin.get("/-/letters")).body), /No such user/);
		assert.doesNotMatch(text((await admin.get("/-/admin")).body), /lettre n’a pas/);
	});
});

describe("backups in the browser", () => {
	let site: Site, admin: Client;
	const begun = Date.UTC(2027, 2, 1, 12);
	const args = (minutes: number) => ["--clock", String(begun + minutes * 60_000)];
	before(async () => {
		site = await serve(await copySite(), { args: args(0), env: { PARVIS_BACKUPS: "never" } });
		admin = await new Client(site).signIn("administrator");
	});
	after(async () => {
		await site.stop();
		await rm(site.dir, { recursive: true });
	});
	const act = async (what: string) => admin.send(await formTo(admin, BACKUPS, what));
	const again = async (minutes: number) => {
		const cookies = admin.cookies;
		await site.stop();
		Object.assign(site, await serve(site.dir, { args: args(minutes), env: { PARVIS_BACKUPS: "never" } }));
		admin = new Client(site);
		for (const [name, value] of cookies) admin.cookies.set(name, value);
	};

	it("is made in the background, on a shelf for nobody else", async () => {
		await add(admin, "page", { titre: "Pas encore", texte: "Un début.", _state: "draft" });
		assert.equal((await act(BACKUPS)).status, 303);
		await until(admin, BACKUPS, /Empreinte/);
		const names = await readdir(join(site.dir, "backups"));
		assert.deepEqual(names.sort(), ["site-2027-03-01-120000.zip", "site-2027-03-01-120000.zip.json"]);
		assert.equal((await stat(join(site.dir, "backups"))).mode & 0o777, 0o700);
		for (const name of names) assert.equal((await stat(join(site.dir, "backups", name))).mode & 0o777, 0o600);
	});

	it("is tried: restored aside, checked, deleted", async () => {
		await act("/test");
		const said = await until(admin, BACKUPS, /Elle est bonne/);
		assert.match(said, /chaque vérification est bonne/);
		assert.deepEqual(await readdir(join(site.dir, "tmp")), []);
	});

	it("goes to who has just shown who she is, as it is, and the log says so", async () => {
		const answer = await act("/download");
		assert.equal(answer.status, 200);
		assert.equal(answer.headers["content-disposition"], 'attachment; filename="site-2027-03-01-120000.zip"');
		assert.equal(answer.headers["cache-control"], "no-store");
		const hash = createHash("sha256").update(answer.bytes).digest("hex");
		assert.ok((await admin.get(BACKUPS)).body.includes(hash));
		assert.match(await log(admin, "?group=6"), /Sauvegarde emportée[^]*site-2027-03-01-120000\.zip/);
		const file = join(await scratchFolder(), "emportee.zip"), place = join(await scratchFolder(), "retour");
		await writeFile(file, answer.bytes);
		await runOk(["restore", "--without-ledger", file, place]);
		await runOk(["check", place]);
	});

	it("an hour later the same browser is asked who is there", async () => {
		await again(60);
		const refused = await act("/download");
		assert.equal(refused.status, 403);
		const form = formOf(refused, `${BACKUPS}/`);
		const wrong = await admin.send(form, { again: "pas celui-là" });
		assert.equal(wrong.status, 422);
		assert.match(text(wrong.body), /pas votre mot de passe actuel/);
		assert.equal((await act("/download")).status, 403);
		const before = admin.cookies.get("session");
		const right = await admin.send(form, { again: people.administrator.password });
		assert.equal(right.headers["content-type"], "application/zip");
		assert.notEqual(admin.cookies.get("session"), before, "another session");
		assert.equal((await act("/download")).status, 200);
		const old = new Client(site);
		old.cookies.set("session", before!);
		assert.equal((await old.get(BACKUPS)).status, 303, "the former session is over");
	});

	it("regression 2 and 1: nobody else has it, by no name and no path", async () => {
		const name = "site-2027-03-01-120000.zip";
		for (const path of [`/backups/${name}`, `/-/file/${name}`, `${BACKUPS}/${name}`, `${BACKUPS}/${name}/download`, `/-/asset/..%2f..%2fbackups%2f${name}`])
			assert.ok([303, 400, 404, 405].includes((await new Client(site).get(path)).status), path);
		const form = await admin.form(BACKUPS, BACKUPS);
		for (const bad of ["..%2fparvis.conf", "..%2f..%2f..%2fetc%2fpasswd", "..%2fsite.db", `${name}.json`, `.%2f${name}`, "%00", `${name}%00`, "%2e%2e", "site.zip"])
			for (const what of ["download", "test", "delete"]) {
				const answer = await admin.post(`${BACKUPS}/${bad}/${what}`, form.pairs, { Origin: site.origin });
				assert.ok([400, 404].includes(answer.status), `${bad} ${what}: ${answer.status}`);
			}
		for (const who of ["facilitator", "member"] as const) {
			const client = await new Client(site).signIn(who);
			const token = (await client.form("/-/account", "/-/account")).pairs.find(([key]) => key === "_form")![1];
			assert.equal((await client.post(`${BACKUPS}/${name}/download`, { _form: token }, { Origin: site.origin })).status, 403);
		}
		assert.equal((await new Client(site).post(`${BACKUPS}/${name}/download`, {}, { Origin: site.origin })).status, 401);
		assert.equal((await admin.post(`${BACKUPS}/${name}/download`, form.pairs, { Origin: "https://mechant.example" })).status, 403);
	});

	it("one byte changed: the trial says that it cannot be relied on", async () => {
		const file = join(site.dir, "backups/site-2027-03-01-120000.zip"), bytes = await readFile(file);
		bytes[Math.floor(bytes.length / 2)]! ^= 1;
		await chmod(file, 0o600);
		await writeFile(file, bytes);
		await act("/test");
		await until(admin, BACKUPS, /On ne peut pas s’y fier/);
		assert.match(text((await admin.get("/-/admin")).body), /La dernière sauvegarde essayée n’est pas bonne/);
		assert.match((await act("/delete")).location, /sauvegarde-effacee/);
		assert.deepEqual(await readdir(join(site.dir, "backups")), []);
	});

	it("work that fails is shown with its reason, tried again, given up", async () => {
		await rm(join(site.dir, "backups"), { recursive: true });
		await writeFile(join(site.dir, "backups"), "not a folder");
		await act(BACKUPS);
		const said = await until(admin, "/-/admin/jobs", /Faire une sauvegarde\s+échec/);
		assert.match(said, /1 essai/);
		await rm(join(site.dir, "backups"));
		const page = await formTo(admin, "/-/admin/jobs", "/again");
		assert.match((await admin.send(page)).location, /fait=travail/);
		await until(admin, BACKUPS, /L’emporter/);
		assert.equal((await admin.post("/-/admin/jobs/999999/again", page.pairs, { Origin: site.origin })).status, 404);
		assert.match(await log(admin, "?group=7"), /Tâche relancée/);
	});

	it("the check of the data says what parvis check says", async () => {
		await add(admin, "page", { titre: "Un brouillon", texte: "Pas encore.", _state: "draft" });
		await admin.send(await admin.form("/-/admin/check", "/-/admin/check"));
		await until(admin, "/-/admin/check", /Tout est bon/);
		await site.stop();
		await mkdir(join(site.dir, "files/00"), { recursive: true });
		Object.assign(site, await serve(site.dir, { args: args(61), env: { PARVIS_BACKUPS: "never" } }));
	});
});

describe("backups made by themselves", () => {
	it("the first when the site is a day old, then each day, as many as are kept", async () => {
		const dir = await copySite();
		const kept = async () => (await readdir(join(dir, "backups")).catch(() => [])).filter((name) => name.endsWith(".zip"));
		const day = async (n: number, wanted: number) => {
			const site = await serve(dir, { args: ["--clock", String(Date.now() + n * 86_400_000)], env: { PARVIS_BACKUPS_KEPT: "2" } });
			for (let i = 0; i < 200 && (await kept()).length < wanted; i++) await new Promise((done) => setTimeout(done, 50));
			await new Promise((done) => setTimeout(done, 300));
			await site.stop();
			return kept();
		};
		assert.equal((await day(0.01, 0)).length, 0);
		assert.equal((await day(1.5, 1)).length, 1);
		assert.equal((await day(1.6, 1)).length, 1, "not twice on a day");
		const second = await day(2.7, 2);
		assert.equal(second.length, 2);
		const third = await day(3.9, 3);
		assert.equal(third.length, 2, "the oldest went");
		assert.ok(!third.includes(second.sort()[0]!));
		await rm(dir, { recursive: true });
	});
});

onSite("the log of who did what", (site) => {
	let admin: Client;
	before(async () => void (admin = await new Client(site).signIn("administrator")));

	it("signing in, and failing to, without what was typed", async () => {
		await new Client(site).signInWith(people.member.email, "mot-de-passe-tapé-de-travers");
		await new Client(site).signInWith("mot-de-passe-dans-le-mauvais-champ", "x");
		const said = await log(admin, "?group=0");
		assert.match(said, /Connexion refusée : mauvais mot de passe ou mauvaise adresse – Maël Membre/);
		assert.match(said, /Connexion\s+28|Connexion\s/);
		assert.doesNotMatch(said, /de-travers|mauvais-champ/);
		for (const name of await readdir(site.dir)) {
			if (!name.startsWith("site.db")) continue;
			assert.ok(!(await readFile(join(site.dir, name))).includes("mauvais-champ"), name);
		}
	});

	it("roles, forms, exports by who is signed in, pages deleted", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		await facilitator.get("/-/export/annuaire/csv");
		await new Client(site).get("/-/export/annuaire/csv");
		const settings = await facilitator.form("/-/form/outil/settings", "/-/form/outil/settings");
		assert.equal((await facilitator.send(settings, { add: "Proposer un outil de plus" })).status, 303);
		const said = await log(admin);
		assert.match(said, /Liste exportée[^]*Anouk Anime[^]*format : csv, pages : 30, vue : annuaire/);
		assert.equal(said.match(/Liste exportée/g)!.length, 1, "what everybody reads is nobody's business");
		assert.match(said, /Formulaire enregistré/);
	});

	it("filters by person, kind and day; says when nobody is called so", async () => {
		const hers = await log(admin, `?who=${encodeURIComponent(people.facilitator.email)}`);
		assert.match(hers, /Liste exportée/);
		assert.doesNotMatch(hers.replace(/[^]*Ce qui s’est passé/, ""), /Camille/);
		assert.match(await log(admin, "?who=Personne"), /Personne n’a cette adresse ni ce nom/);
		assert.match(await log(admin, "?from=2001-01-01&to=2001-01-02"), /Rien qui corresponde/);
		assert.match(await log(admin, "?group=99&from=hier&before=-5"), /Connexion/);
	});

	it("older rows are a page further", async () => {
		for (let i = 0; i < 55; i++) await new Client(site, { "X-Forwarded-For": `192.0.2.${i}` }).signInWith("personne@nulle.part", "non");
		const page = await admin.get("/-/admin/audit?group=0");
		const older = /href="(\/-\/admin\/audit[^"]*before=\d+)"/.exec(page.body)![1]!.replaceAll("&amp;", "&");
		const next = await admin.get(older);
		assert.equal(next.status, 200);
		assert.match(text(next.body), /Connexion/);
	});

	it("audit: what people called themselves moves nothing in it, and runs nowhere", async () => {
		const trick = "=HYPERLINK(\"http://x\")\u202Egro <b>x</b>";
		const form = await admin.form("/-/people/new", "/-/people/new");
		assert.equal((await admin.send(form, { name: trick, email: "=cmd@test.example" })).status, 200);
		const page = await admin.get("/-/admin/audit?group=1");
		assert.doesNotMatch(page.body, /<b>x<\/b>|\u202E/);
		const csv = await admin.send(await admin.form("/-/admin/audit", "/-/admin/audit.csv"));
		assert.equal(csv.status, 200);
		assert.match(csv.headers["content-type"]!, /^text\/csv/);
		assert.ok(csv.body.split("\r\n").length > 50);
		assert.doesNotMatch(csv.body, /(^|,)"?=HYPERLINK/m);
		assert.match(await log(admin, "?group=6"), /Ce journal exporté/);
	});

	it("is for administrators alone, and the chain is whole", async () => {
		const facilitator = await new Client(site).signIn("facilitator");
		assert.equal((await facilitator.get("/-/admin/audit")).status, 403);
		assert.equal((await facilitator.get("/-/admin")).status, 200);
		assert.doesNotMatch(text((await facilitator.get("/-/admin")).body), /Sauvegardes|Réglages/);
		assert.equal((await (await new Client(site).signIn("member")).get("/-/admin")).status, 403);
	});

	it("what waits is counted in the menu of who looks after it", async () => {
		const neighbour = await new Client(site).signIn("neighbour");
		const record = /href="(\/f\/[^"]+)"/.exec((await neighbour.get("/annuaire")).body) ?? /\/-\/report\/([^"]+)/.exec((await neighbour.get((/class="card[^]*?href="(\/[^"]+)"/.exec((await neighbour.get("/annuaire")).body))![1]!)).body);
		assert.ok(record);
		const id = record[1]!.replace("/f/", "");
		assert.equal((await neighbour.send(await neighbour.form(`/-/report/${id}`, "/-/report/"), { reason: "2", text: "Réclame" })).status, 303);
		const facilitator = await new Client(site).signIn("facilitator");
		assert.match((await facilitator.get("/")).body, /<span class="count">1<span class="visually-hidden"> chose attend<\/span>/);
		assert.match(text((await facilitator.get("/-/admin")).body), /1 page signalée/);
		assert.doesNotMatch((await neighbour.get("/")).body, /chose attend/);
	});
}, { env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });

describe("old rows of the log", () => {
	it("go after as long as the site says, and what stays is proved", async () => {
		const dir = await copySite();
		let site = await serve(dir);
		let admin = await new Client(site).signIn("administrator");
		const form = await admin.form("/-/admin/settings", "/-/admin/settings/site");
		assert.equal(form.pairs.find(([name]) => name === "audit_months")![1], "12");
		assert.equal((await admin.send(form, { audit_months: "7" })).status, 422);
		assert.equal((await admin.send(form, { audit_months: "6" })).status, 303);
		assert.match(text((await admin.get("/-/admin/audit")).body), /6 mois au moins/);
		assert.match(text((await admin.get("/-/legal")).body), /6 mois au moins, jusqu’à la fin de ce mois/);
		assert.doesNotMatch(await log(admin), /d’avant le/);
		await site.stop();

		site = await serve(dir, { args: ["--clock", String(Date.now() + 250 * 86_400_000)] });
		admin = await new Client(site).signIn("administrator");
		let said = "";
		for (let i = 0; i < 100 && !/Anciennes lignes/.test(said); i++) {
			said = await log(admin);
			await new Promise((done) => setTimeout(done, 100));
		}
		assert.match(said, /Anciennes lignes de ce journal supprimées[^]*d’avant : [^]*lignes : \d+/);
		assert.match(said, /\d+ lignes d’avant le [^]*sont parties/);
		assert.doesNotMatch(said, /Ce que le site dit de lui changé/);
		await site.stop();
		await runOk(["check", dir]);
		await rm(dir, { recursive: true, force: true });
	});
});

describe("work in the background", () => {
	it("has words for each kind", async () => {
		const kinds = (file: string, row: RegExp) => readFile(join(process.env.PARVIS_SOURCE ?? ".", file), "utf8").then((c) => [...c.matchAll(row)].map((match) => match[1]));
		assert.deepEqual((await kinds("src/features/admin/job_web.c", /^\t\{ "([a-z-]+)", N_/gm)).sort(), (await kinds("src/features/jobs.c", /^\t\{ "([a-z-]+)", \w+, /gm)).sort());
	});
});

describe("the table of what is noted", () => {
	it("has every action that the sources note", async () => {
		const source = process.env.PARVIS_SOURCE ?? ".";
		const { execFileSync } = await import("node:child_process");
		const files = execFileSync("git", ["ls-files", "src"], { cwd: source, encoding: "utf8" }).split("\n").filter((name) => name.endsWith(".c"));
		const all = (await Promise.all(files.map((name) => readFile(join(source, name), "utf8")))).join("\n");
		const table = await readFile(join(source, "src/core/audit_action.c"), "utf8");
		const rows = new Set([...table.matchAll(/^\t\{ "([a-z.-]+)", AUDIT_/gm)].map((match) => match[1]));
		const noted = [...all.matchAll(/(?:audit_add|audit_note|people_note|entry_refused|\bnote)\([^;]*?"([a-z]+\.[a-z-]+)"/g)].map((match) => match[1]!);
		assert.ok(noted.length > 20, String(noted.length));
		for (const action of noted) assert.ok(rows.has(action), action);
	});
});
