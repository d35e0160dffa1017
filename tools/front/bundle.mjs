// bundle.mjs OUT_FOLDER ENTRY…: each .ts and .css entry as one small file for browsers (esbuild).
// An entry of src/web/front/ is named by its file; so is any other: src/features/pad/pad.ts makes
// pad.js. Pictures that style sheets use, and parts that scripts share, get hashed names.
import { readFileSync, rmSync, mkdirSync } from "node:fs";
import { basename, extname } from "node:path";

const [outFolder, ...entries] = process.argv.slice(2);

function stop(message) {
  console.error(`\nFront end: ${message}\n`);
  process.exit(1);
}

async function load() {
  const pinned = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url))).devDependencies.esbuild;
  let esbuild;
  try {
    esbuild = await import("esbuild");
  } catch {
    stop("node_modules is missing. Run `make deps` once, then build again.");
  }
  if (esbuild.version !== pinned)
    stop(`node_modules holds esbuild ${esbuild.version}, package.json wants ${pinned}. Run \`make deps\`.`);
  return esbuild;
}

function names() {
  const named = {};
  for (const entry of entries) {
    const extension = extname(entry);
    const name = basename(entry, extension);
    const out = name + (extension === ".css" ? ".css" : ".js");
    if (named[out]) stop(`${named[out]} and ${entry} would both make ${out}: rename one.`);
    named[out] = entry;
  }
  return named;
}

const esbuild = await load();
const named = names();
rmSync(outFolder, { recursive: true, force: true });
mkdirSync(outFolder, { recursive: true });
const common = {
  outdir: outFolder,
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "eof",
  // Phones of five years ago.
  target: ["chrome90", "firefox90", "safari14.1"],
  assetNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
  publicPath: "/-/asset",
  loader: { ".svg": "file", ".woff2": "file", ".png": "file", ".webp": "file" },
  logLevel: "warning",
};
// A worker is one file: what it shares with pages is in it too.
const isWorker = (out) => out === "worker.js";
const points = (extension) =>
  Object.entries(named)
    .filter(([out]) => out.endsWith(extension) && !isWorker(out))
    .map(([out, entry]) => ({ in: entry, out: out.slice(0, -extension.length) }));
try {
  await esbuild.build({ ...common, entryPoints: points(".js"), format: "esm", splitting: true });
  if (named["worker.js"]) await esbuild.build({ ...common, entryPoints: [{ in: named["worker.js"], out: "worker" }], format: "iife" });
  // Leaflet's own pictures are not used.
  await esbuild.build({ ...common, entryPoints: points(".css"), loader: { ...common.loader, ".png": "empty" } });
} catch {
  stop("esbuild refused the sources (see above). Where a package is missing, run `make deps` once.");
}
