// For node --test: one line a test, why it failed, and at the end "N passed, N failed, N skipped". Only
// leaves count: a suite, or a file (a test too for Node 18), counts when it fails by itself.
export default async function* reporter(events) {
	const below = []; // results seen under each depth since its last one
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for await (const { type, data } of events) {
		if (type === "test:stdout" || type === "test:stderr") yield data.message;
		if (type !== "test:pass" && type !== "test:fail") continue;
		const children = below[data.nesting + 1];
		below.length = data.nesting + 1;
		const own = (below[data.nesting] ??= { failed: 0 });
		const failed = type === "test:fail";
		if (failed) own.failed++;
		if (children && !(failed && children.failed === 0)) continue;
		const outcome = data.skip !== undefined ? "skipped" : failed ? "failed" : "passed";
		sum[outcome]++;
		const milliseconds = Math.round(data.details?.duration_ms ?? 0);
		yield `${outcome === "failed" ? "not ok" : outcome === "skipped" ? "skip" : "ok"} ${data.name} (${milliseconds} ms)\n`;
		if (failed) {
			const error = data.details?.error;
			yield `${error?.cause?.stack ?? error?.stack ?? error}\n`;
		}
	}
	yield `${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`;
}
