// Hostile words, rendered by a real browser: executions and refusals of the content policy are counted; there
// are none, since no markup of ours lets them come to that (security.md: XSS).
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser, signIn, visit } from "../support/browser.js";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite } from "../support/program.js";
import { add, edit } from "../support/records.js";

const canary = `'"><img src=x onerror=canary()><svg onload=canary()><script>canary()</script>`;
const rich = [canary, "[lien](javascript:canary())", "![x](javascript:canary())", "<javascript:canary()>", `<a href="javascript:canary()">x</a>`, `[[x|${canary}]]`, `#x${canary}`, `{{vue ${canary}}}`, "[x]: javascript:canary()\n\n[x]", "<iframe srcdoc='<script>parent.canary()</script>'></iframe>", "<style>@import '//evil.example'</style>", "<base href=//evil.example>", "<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action=//evil.example><button>x</button></form>"].join("\n\n");

onSite("hostile words in a browser", (site) => {
	let browser: Browser, paths: string[] = [];
	before(async () => {
		browser = await openBrowser();
		const client = await new Client(site).signIn("neighbour");
		await client.send(await client.form("/-/account", "/-/account"), { name: canary });
		const page = await add(client, "page", { titre: canary, texte: rich, mots: "'\"><svg onload=canary()>" });
		const record = await add(client, "structure", { nom: `Structure ${canary}`.slice(0, 118), genre: "association", presentation: rich, horaires: rich, services: "'\"><svg onload=canary()>", activite: canary, contact: canary.slice(0, 100) });
		await edit(client, page.id, { texte: `${rich}\n\nfin`, _note: canary });
		// Where else words of people go: reports and decisions, proposals, lists kept, templates, forms, file names, accounts, the log.
		const facilitator = await new Client(site).signIn("facilitator"), administrator = await new Client(site).signIn("administrator");
		const take = async (who: Client, path: string, action: string, values: Record<string, string>, files?: Record<string, File>) => {
			const form = await who.form(path, action), answer = files ? await who.sendFiles(form, values, files) : await who.send(form, values);
			assert.ok([200, 303].includes(answer.status), `${path}: ${answer.status} ${text(answer.body).slice(0, 900)}`);
		};
		const short = canary.slice(0, 79);
		await take(client, `/-/report/${record.id}`, "/-/report/", { reason: "4", text: canary });
		await take(facilitator, `/-/moderation/record/${page.id}`, "/-/moderation/record/", { kind: "1", rule: "topic", reason: canary.slice(0, 150) });
		await take(facilitator, "/-/saved/new/annuaire?commune=tours", "/-/saved/new/", { name: short });
		await take(facilitator, "/-/templates/new/page", "/-/templates/new/", { _title: short, _description: canary.slice(0, 150), titre: canary, texte: canary });
		await take(facilitator, "/-/form/outil/settings", "/-/form/outil/settings", { label: short, plural: short, add: short, text: canary.slice(0, 200) });
		await take(facilitator, "/-/spreadsheet", "/-/spreadsheet", {}, { file: new File([`Nom;${canary}\n${canary};${canary}\n`], `${canary.replaceAll("/", "")}.csv`) });
		await take(administrator, "/-/people/new", "/-/people/new", { name: canary.slice(0, 100), email: "canari@test.example" });
		await take(administrator, "/-/admin/settings", "/-/admin/settings/site", { licence: short });
		const word = encodeURIComponent(canary);
		paths = ["/", "/-/recent", "/pages", "/annuaire", "/annuaire?vue=table", "/dernieres-structures", page.url, record.url, `/-/edit/${page.id}`, `/-/edit/${record.id}`, `/-/history/${page.id}`, `/-/search?q=${word}`, "/-/search?q=canary", `/annuaire?q=${word}&tri=${word}&vue=${word}`, `/${word}`, `/-/new/page?titre=${word}`, `/-/sign-in?next=${word}`, "/-/space/tours/members", "/-/account", "/-/moderation", "/-/moderation/log", `/-/moderation/record/${record.id}`, "/-/proposals", "/-/saved", "/-/templates", "/-/forms", "/-/form/outil", "/-/form/outil/history", "/-/contribute", "/outils", "/-/people", "/-/admin", "/-/admin/settings", "/-/admin/audit", `/-/admin/audit?who=${word}&from=${word}&group=${word}`, "/-/admin/disk", "/-/letters", `/-/confirm?next=${word}`];
		const history = (await client.get(`/-/history/${page.id}`)).body;
		const saves = [...new Set([...history.matchAll(/\/-\/history\/[0-9a-z]{26}\/([0-9a-z]{26})/g)].map((m) => m[1]))];
		paths.push(`/-/compare/${page.id}?avant=${saves[1]}&apres=${saves[0]}`, `/-/history/${page.id}/${saves[1]}`);
	});
	after(() => browser?.close());

	for (const who of ["visitor", "facilitator", "administrator"] as const)
		it(`nothing runs, nothing is refused, nothing leaves, for a ${who}`, async () => {
			const visited = await visit(browser, site, "desktop"), { page, context, watch } = visited;
			const ran: string[] = [], refused: string[] = [];
			await page.exposeFunction("canary", () => void ran.push(page.url()));
			await page.exposeFunction("policyRefused", (what: string) => void refused.push(`${page.url()}: ${what}`));
			await context.addInitScript(() => document.addEventListener("securitypolicyviolation", (event) => (globalThis as unknown as { policyRefused(what: string): void }).policyRefused(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
			page.on("dialog", (dialog) => void dialog.dismiss());
			if (who !== "visitor") await signIn(page, who);
			for (const path of paths) {
				await page.goto(path);
				for (const link of await page.locator("main a[href^='javascript' i], main form[action*='evil']").all()) ran.push(`${path}: ${await link.evaluate((el) => el.outerHTML)}`);
				assert.equal(await page.locator("main :is(iframe, object, embed, style, script, base, meta)").count(), 0, path);
			}
			assert.deepEqual(ran, []);
			assert.deepEqual(refused, []);
			assert.deepEqual(watch.foreign, []);
			assert.deepEqual(watch.errors, []);
			await context.close();
		});
});
