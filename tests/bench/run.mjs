// node tests/bench/run.mjs PROGRAM: what the program costs beside others that do the same, in one run, by turns.
// Only ratios mean something, so only ratios are printed; ROUNDS and SECONDS change how long it takes.
import { resolve } from "node:path";
import { answering } from "./answering.mjs";
import { life } from "./life.mjs";
import { many } from "./many.mjs";
import { page } from "./page.mjs";
import { results } from "./results.mjs";
import { stop } from "./servers.mjs";

const program = resolve(process.argv[2] ?? "build/release/parvis");
try {
	await page(program);
	await many(program);
	await life(program);
	await answering(program);
	await results(program);
} finally {
	stop();
}
