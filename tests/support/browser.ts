// A real browser, one for each test file: pages at the two sizes of the project, their console, their
// requests and what the content policy refused, kept for the tests to judge.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { people, type PersonName, type Site, source } from "./program.js";

export const screens = {
	phone: { viewport: { width: 360, height: 780 }, colorScheme: "dark", hasTouch: true, isMobile: true },
	desktop: { viewport: { width: 1280, height: 900 }, colorScheme: "light", hasTouch: false, isMobile: false },
} as const;
export type Screen = keyof typeof screens;

// How a journey is made: the hardest way (a phone, no script) and the richest; JOURNEYS=all for the two between.
export const ways = (Object.keys(screens) as Screen[])
	.flatMap((screen) => [true, false].map((script) => ({ screen, script })))
	.filter(({ screen, script }) => process.env.JOURNEYS === "all" || script === (screen === "desktop"));

const folder = join(source, "build/screenshots");

export async function openBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", // half of what the whole browser takes
		args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--disable-dev-shm-usage", "--disable-gpu"],
	});
}

// What a browsing did that no page of ours may do.
export interface Watch {
	errors: string[]; // of scripts, and what the content policy refused
	foreign: string[]; // requests to elsewhere
	requests: number;
}

export interface Visit {
	context: BrowserContext;
	page: Page;
	watch: Watch;
}

export async function visit(
	browser: Browser, site: Site, screen: Screen,
	options: { lang?: "fr" | "en"; script?: boolean; width?: number } = {},
): Promise<Visit> {
	const { viewport, ...rest } = screens[screen];
	const context = await browser.newContext({
		...rest,
		viewport: { ...viewport, width: options.width ?? viewport.width },
		baseURL: site.origin,
		locale: options.lang ?? "fr",
		javaScriptEnabled: options.script ?? true,
		reducedMotion: "reduce",
	});
	context.setDefaultTimeout(10_000);
	const page = await context.newPage();
	const watch: Watch = { errors: [], foreign: [], requests: 0 };
	page.on("pageerror", (error) => watch.errors.push(String(error)));
	page.on("console", (message) => {
		// A page that is not found is also said there, by design.
		if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) watch.errors.push(message.text());
	});
	context.on("request", (request) => {
		watch.requests++;
		if (!request.url().startsWith(`${site.origin}/`) && !/^(data|about):/.test(request.url())) watch.foreign.push(request.url());
	});
	return { context, page, watch };
}

export async function signIn(page: Page, who: PersonName): Promise<void> {
	await page.goto("/-/sign-in");
	await page.fill("#f-email", people[who].email);
	await page.fill("#f-password", people[who].password);
	await page.click("main form button:not([type=button])");
	await page.waitForURL((url) => url.pathname !== "/-/sign-in");
}

// Kept in build/screenshots, for a person to look at; PICTURES=none where nobody will.
export async function shoot(page: Page, name: string, whole = true): Promise<void> {
	if (process.env.PICTURES === "none") return;
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
}

interface Violation {
	id: string;
	nodes: { html: string; failureSummary?: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The accessibility mistakes that axe finds on the page, a line each.
export async function mistakes(page: Page): Promise<string[]> {
	await page.evaluate(axe);
	const violations: Violation[] = await page.evaluate(async () => {
		const run = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }).axe;
		return (await run.run({ resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) }));
	});
	return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.split("\n")[1]?.trim() ?? ""}`));
}

// No mistake that axe knows, nothing wider than the screen. Needs scripts.
export async function accessible(page: Page): Promise<void> {
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	assert.equal(wide, 0, "nothing wider than the screen");
	assert.deepEqual(await mistakes(page), []);
}
