// differential.mjs CASES SEED COUNT: what C makes of expressions (cases.c) and what the browser's evaluator makes of them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [cases, seed, count] = process.argv.slice(2);
const source = fileURLToPath(new URL("../../../src/web/front/expression.ts", import.meta.url));
const { outputFiles } = await build({ entryPoints: [source], bundle: true, format: "esm", target: "es2021", write: false });
const front = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);

const [names, ...lines] = execFileSync(cases, [seed, count], { maxBuffer: 1 << 30 }).toString().trimEnd().split("\n");
assert.deepEqual(Object.keys(front.functions).sort(), JSON.parse(names).sort(), "the functions of the two");
assert.ok(lines.length >= count * 0.9, `${lines.length} cases were made`);

const seen = new Map();
for (const line of lines) {
	const { text, tree, answers, today, want } = JSON.parse(line);
	const value = (name) => (answers[name] ? front.valueOf(...answers[name]) : null);
	const got = front.textOf(front.work(tree, { value, today }));
	assert.equal(got, want, `seed ${seed}: ${text}\nwith ${JSON.stringify(answers)}`);
	seen.set(want, (seen.get(want) ?? 0) + 1);
}
// Not all of one kind, or nothing would be compared.
assert.ok(seen.size > count / 20 && (seen.get(null) ?? 0) < lines.length * 0.5, "too little is seen");
console.log(`${lines.length} expressions, ${seen.size} different results`);
