// All tests, phase by phase: node tests/run.mjs [phase…]. What each phase printed is kept in
// build/log/<phase>.log; the last line sums them: "N passed, N failed". To add a phase: a row below.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";

const jobs = process.env.JOBS || String(cpus().length);

const phases = [
	{ name: "types", title: "TypeScript types", run: types },
	{ name: "style", title: "style of the C sources, by clang-format", run: (log) => tool(log, "make", ["--silent", "format-check"]) },
	{ name: "asan", title: "C tests and fuzz replay, address and undefined-behaviour sanitizers", run: (log) => unit(log, "asan") },
	{ name: "http", title: "over HTTP", run: (log) => scripts(log, "http") },
	{ name: "browser", title: "in a browser", run: (log) => scripts(log, "browser") },
	{ name: "kill", title: "killed under write load", run: (log) => scripts(log, "kill") },
	{ name: "package", title: "the package for Debian", run: (log) => scripts(log, "package", "release") },
	{ name: "tsan", title: "threads, thread sanitizer", run: threads },
	{ name: "clang", title: "build with clang", run: (log) => build(log, "clang") },
];

// How many files of tests run at once: two on two processors, where Node would run one. Node 18.19 and 20.10 know how.
const [major, minor] = process.versions.node.split(".").map(Number);
const atOnce = major > 20 || (major === 20 && minor >= 10) || (major === 18 && minor >= 19);
const together = (folder) => (atOnce && ["http", "browser"].includes(folder) ? [`--test-concurrency=${Math.max(2, Number(jobs) - 1)}`] : []);

const sanitizers = {
	ASAN_OPTIONS: "detect_stack_use_after_return=1:strict_string_checks=1",
	UBSAN_OPTIONS: "print_stacktrace=1",
	TSAN_OPTIONS: `halt_on_error=1:second_deadlock_stack=1:suppressions=${resolve("tests/support/tsan.supp")}`,
};

// Runs one command; gives its status (null: killed) and all it printed.
function run(log, command, args, env = {}) {
	return new Promise((done) => {
		log.write(`$ ${command} ${args.join(" ")}\n`);
		const child = spawn(command, args, {
			env: { ...process.env, ...sanitizers, ...env },
			stdio: ["ignore", "pipe", "pipe"],
		});
		let output = "";
		const take = (data) => {
			output += data;
			log.write(data);
		};
		child.stdout.setEncoding("utf8").on("data", take);
		child.stderr.setEncoding("utf8").on("data", take);
		child.on("error", (error) => take(`${error.message}\n`));
		child.on("close", (status) => done({ status, output }));
	});
}

const counts = (passed, failed, skipped = 0, names = []) => ({ passed, failed, skipped, names });

// A command that passes or fails as a whole.
async function tool(log, command, args) {
	const { status } = await run(log, command, args);
	return status === 0 ? counts(1, 0) : counts(0, 1, 0, [`${command} ${args.join(" ")}`]);
}

// The front end, then the tests.
async function types(log) {
	const sum = counts(0, 0);
	for (const project of ["tsconfig.json", "tests/tsconfig.json"]) {
		const { passed, failed, names } = await tool(log, "npx", ["tsc", "--noEmit", "-p", project]);
		sum.passed += passed;
		sum.failed += failed;
		sum.names.push(...names);
	}
	return sum;
}

async function build(log, preset, targets = []) {
	const configured = await tool(log, "cmake", ["--preset", preset]);
	if (configured.failed) return configured;
	const only = targets.length ? ["--target", ...targets] : [];
	return tool(log, "cmake", ["--build", `build/${preset}`, "--parallel", jobs, ...only]);
}

// Counts what ctest --verbose printed: the tests inside each cmocka program, else the program itself.
function count(output) {
	const programs = new Map();
	const at = (id) => programs.get(id) ?? programs.set(id, { passed: 0, failed: 0, skipped: 0, names: [] }).get(id);
	const total = counts(0, 0);
	for (const line of output.split("\n")) {
		let m;
		if ((m = /^(\d+): \[ {2}PASSED {2}\] (\d+) test/.exec(line))) at(m[1]).passed += Number(m[2]);
		else if ((m = /^(\d+): \[ {2}SKIPPED \] (\d+) test/.exec(line))) at(m[1]).skipped += Number(m[2]);
		else if ((m = /^(\d+): \[ {2}FAILED {2}\] (\d+) test/.exec(line))) at(m[1]).failed += Number(m[2]);
		else if ((m = /^(\d+): \[ {2}FAILED {2}\] (\S.*)/.exec(line))) at(m[1]).names.push(m[2]);
		else if ((m = /^ *\d+\/\d+ Test +#(\d+): (\S+) [ .]*(.*?) +[\d.]+ sec/.exec(line))) {
			const program = at(m[1]);
			const passed = m[3] === "Passed";
			if (!passed) {
				program.failed ||= 1;
				total.names.push(`${m[2]} (${m[3].replaceAll("*", "")}) ${[...new Set(program.names)].join(", ")}`);
			}
			total.passed += program.passed || (passed && !program.skipped ? 1 : 0);
			total.failed += program.failed;
			total.skipped += program.skipped;
		}
	}
	return total;
}

async function ctest(log, preset, args = [], env = {}) {
	const { status, output } = await run(log, "ctest", [
		"--test-dir", `build/${preset}`, "--verbose", "--no-tests=error", "--timeout", "600", ...args,
	], env);
	const total = count(output);
	if (status !== 0 && !total.failed) return counts(total.passed, 1, total.skipped, [`ctest of ${preset}`]);
	return total;
}

async function unit(log, preset) {
	const built = await build(log, preset);
	return built.failed ? built : ctest(log, preset, ["--parallel", jobs]);
}

// The layers with threads. Address randomisation hides from some kernels' thread sanitizer.
async function threads(log) {
	const layers = ["store", "net", "web"];
	const targets = layers.flatMap((layer) => {
		const folder = `tests/unit/${layer}`;
		const files = existsSync(folder) ? readdirSync(folder) : [];
		return files.filter((file) => file.endsWith("_test.c")).map((file) => `${layer}_${file.slice(0, -2)}`);
	});
	const built = await build(log, "tsan", targets);
	return built.failed ? built : ctest(log, "tsan", ["--tests-regex", `^(${layers.join("|")})/`, "--parallel", jobs]);
}

// tests/<folder>/…_test.ts, bundled one by one, run by node:test against the program as `preset` builds it.
async function scripts(log, folder, preset = "asan") {
	const found = existsSync(`tests/${folder}`) ? readdirSync(`tests/${folder}`, { recursive: false }) : [];
	const tests = found.filter((file) => /[._]test\.ts$/.test(file)).sort();
	if (!tests.length) return counts(0, 0);
	const built = { failed: 0 };
	if (built.failed) return built;
	const out = `build/tests/${folder}`;
	rmSync(out, { recursive: true, force: true });
	const { build: bundle } = await import("esbuild");
	try {
		await bundle({
			entryPoints: tests.map((file) => `tests/${folder}/${file}`), outdir: out, outExtension: { ".js": ".mjs" },
			bundle: true, platform: "node", format: "esm", target: "node18", packages: "external",
			sourcemap: "inline", logLevel: "silent",
		});
	} catch (error) {
		log.write(`${error.message}\n`);
		return counts(0, 1, 0, [`bundling tests/${folder}`]);
	}
	const { status, output } = await run(log, "node", [
		"--enable-source-maps", "--test", "--test-reporter=./tests/support/reporter.mjs", ...together(folder),
		...tests.map((file) => join(out, file.replace(/\.ts$/, ".mjs"))),
	], { PARVIS: process.env.PARVIS || resolve(`build/${preset}/parvis`), PARVIS_SOURCE: resolve(".") });
	const sum = /^(\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(output);
	const total = sum ? counts(...sum.slice(1).map(Number)) : counts(0, 0);
	total.names = [...output.matchAll(/^not ok (.*)$/gm)].map((m) => m[1]);
	if (status !== 0 && !total.failed) total.failed = 1;
	return total;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !phases.some((phase) => phase.name === name));
if (unknown.length) {
	console.error(`There is no phase ${unknown.join(", ")}; there are: ${phases.map((p) => p.name).join(" ")}`);
	process.exit(2);
}

mkdirSync("build/log", { recursive: true });
const sum = counts(0, 0);
for (const phase of phases) {
	if (wanted.length && !wanted.includes(phase.name)) continue;
	const file = `build/log/${phase.name}.log`;
	const log = createWriteStream(file);
	const start = Date.now();
	const { passed, failed, skipped, names } = await phase.run(log);
	await new Promise((done) => log.end(done));
	const seconds = ((Date.now() - start) / 1000).toFixed(0);
	console.log(`${phase.name.padEnd(8)} ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds} s – ${phase.title}`);
	if (failed) {
		for (const name of names) console.log(`  failed: ${name}`);
		const lines = readFileSync(file, "utf8").split("\n").filter((line) => !/^\[\d+\/\d+\] (Building|Linking) /.test(line));
		console.log(lines.slice(-60).map((line) => `  | ${line}`).join("\n"));
		console.log(`  all of it: ${file}`);
	}
	sum.passed += passed;
	sum.failed += failed;
	sum.skipped += skipped;
}
if (sum.skipped) console.log(`${sum.skipped} skipped`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed ? 1 : 0);
