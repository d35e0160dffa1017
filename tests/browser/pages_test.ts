// Every kind of page in a real browser: 360 px dark and 1280 px light. No accessibility mistake that axe
// knows, no mistake of HTML, nothing wider than the screen, nothing from elsewhere, no script in trouble.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import type { Browser, Page } from "playwright-core";
import { mistakes, openBrowser, type Screen, screens, shoot, signIn, type Visit, visit } from "../support/browser.js";
import { Client } from "../support/client.js";
import { type Kind, makePages } from "../support/pages.js";
import { onSite, type PersonName, runOk } from "../support/program.js";

const validator = new HtmlValidate(
	new StaticConfigLoader({
		extends: ["html-validate:recommended"],
		rules: {
			// Style of writing that is the templates', not mistakes.
			"no-trailing-whitespace": "off",
			"doctype-style": "off",
			"void-style": "off",
			"no-inline-style": "error",
			"long-title": "off",
			"attribute-boolean-style": "off",
			"attribute-empty-style": "off",
			"no-implicit-button-type": "off",
			"no-raw-characters": "off",
			"tel-non-breaking": "off",
			"no-implicit-input-type": "off",
			"prefer-native-element": ["error", { exclude: ["region"] }],
			"form-dup-name": ["error", { shared: ["radio", "checkbox", "button", "submit"] }],
			"aria-label-misuse": ["error", { allowAnyNamable: true }], // a list may be named
		},
	}),
);

// What is wider than a screen of `width` px, but inside what scrolls by itself.
async function wider(page: Page, width: number): Promise<string[]> {
	await page.setViewportSize({ width, height: 780 });
	const { wide, culprits } = await page.evaluate(() => {
		const root = document.documentElement, limit = root.clientWidth;
		const inside = (el: Element): boolean => {
			for (let at = el.parentElement; at; at = at.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX) && at !== document.body && at !== root) return true;
			return false;
		};
		const culprits = [...document.querySelectorAll("body *")].filter((el) => el.getBoundingClientRect().right > limit + 1 && !inside(el)).slice(0, 3).map((el) => `${el.tagName.toLowerCase()}.${el.className} ${Math.round(el.getBoundingClientRect().right)}`);
		return { wide: root.scrollWidth > limit, culprits };
	});
	return wide ? [`${width} px: ${culprits.join(", ") || "the page scrolls sideways"}`] : [];
}

onSite("pages", (site) => {
	let browser: Browser, kinds: Kind[] = [];
	const visits = new Map<string, Visit>();

	before(async () => {
		// Without an answer on the device this page goes back to the list by itself: offline_test.ts looks at it.
		kinds = (await makePages(site)).filter((kind) => kind.name !== "offline-questions");
		browser = await openBrowser();
	});
	after(() => browser?.close());

	// One browsing for each person and screen, signed in once.
	async function visiting(who: Kind["who"], screen: Screen): Promise<Visit> {
		const key = `${who} ${screen}`;
		let found = visits.get(key);
		if (!found) {
			found = await visit(browser, site, screen);
			if (who !== "visitor") await signIn(found.page, who as PersonName);
			visits.set(key, found);
		}
		return found;
	}

	async function walk(screen: Screen, check: (kind: Kind, visit: Visit) => Promise<string[]>): Promise<void> {
		const wrong: string[] = [];
		for (const kind of kinds) {
			const opened = await visiting(kind.who, screen);
			await opened.page.goto(kind.path);
			for (const line of await check(kind, opened)) wrong.push(`${kind.name} (${kind.path}, ${kind.who}): ${line}`);
		}
		assert.deepEqual(wrong, []);
	}

	it("the walk knows every page of the program", async () => {
		const other = /asset|^\/-\/comments\/|^\/-\/dates-table\/|^\/-\/names\/|^\/-\/calendar\/(view|space|page|own)\/|^\/-\/positions\/|^\/-\/attendance-file\/|qr\.|\.json|oembed|map.svg|theme|\/file\/|favicon|robots|health|language|\.atom|export|print|^\/f\/|^\/e\/|first-run|\/kiosk\/:form\/(page|review)|\/keep$|\.csv$|\/csv$|\/archive\/:id$|contribute\/begin$|\/lss\/file$|^\/-\/offline\/(worker\.js|:form\/(state|:version))$|\/paper\/(pdf|:edition)$|^\/-\/paper\/|^\/-\/restitution\/:id\/(as\/:code|pdf|synthesis\/pdf)$|^\/-\/s\/:code\/mine$/; // keep: guest_test.ts
		const routes = (await runOk(["rights", "--routes"])).out.split("\n").filter((line) => line.startsWith("GET")).map((line) => line.split("\t")[1]!);
		const known = new Set(kinds.map((kind) => kind.route));
		assert.deepEqual(routes.filter((route) => !known.has(route) && !other.test(route)), []);
	});

	it("HTML without mistakes", async () => {
		const clients = new Map<string, Client>();
		const wrong: string[] = [];
		for (const kind of kinds) {
			let client = clients.get(kind.who);
			if (!client) {
				client = new Client(site);
				if (kind.who !== "visitor") await client.signIn(kind.who);
				clients.set(kind.who, client);
			}
			const report = await validator.validateString((await client.get(kind.path)).body);
			for (const result of report.results) for (const m of result.messages) wrong.push(`${kind.name}: ${m.ruleId}: ${m.message} (${m.line}:${m.column} ${m.selector ?? ""})`);
		}
		assert.deepEqual(wrong, []);
	});

	// One visit of a page for all that is looked at there: visits are what the walk costs.
	const widths: Record<Screen, number[]> = { phone: [360, 320], desktop: [1280, 768] };
	describe("accessible, and never wider than its screen", { concurrency: true }, () => {
		for (const screen of Object.keys(screens) as Screen[])
			it(`on a ${screen} (${widths[screen].join(", ")} px)`, async () => {
				await walk(screen, async (kind, { page }) => {
					const found = await mistakes(page);
					await shoot(page, `${kind.name}-${screen}`);
					for (const width of widths[screen]) found.push(...(await wider(page, width)));
					await page.setViewportSize(screens[screen].viewport);
					return found;
				});
			});
	});

	it("nothing comes from elsewhere, no script is in trouble, the content policy refuses nothing", () => {
		const wrong: string[] = [];
		for (const [key, { watch }] of visits) wrong.push(...watch.foreign.map((url) => `${key}: ${url}`), ...watch.errors.map((error) => `${key}: ${error}`));
		assert.deepEqual(wrong, []);
	});

	it("targets are large enough for a finger (WCAG 2.5.8: 24 px), on the main pages", async () => {
		const { page } = await visiting("visitor", "phone");
		const wrong: string[] = [];
		for (const path of ["/", "/annuaire", "/resoudre", "/-/search?q=epn", "/-/sign-in"]) {
			await page.goto(path);
			wrong.push(...(await page.evaluate(() => [...document.querySelectorAll("button, .button, select, input:not([type=hidden]), .thumb-bar a")].filter((el) => {
				const box = el.getBoundingClientRect();
				const label = el.closest("label")?.getBoundingClientRect();
				return box.width > 0 && Math.min(Math.max(box.height, label?.height ?? 0), Math.max(box.width, label?.width ?? 0)) < 24;
			}).map((el) => `${location.pathname}: ${el.outerHTML.slice(0, 120)}`))));
		}
		assert.deepEqual(wrong, []);
	});
});
