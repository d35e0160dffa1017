// The file for R, read by R itself where there is one: every kind of question is what its answers say, without a warning, whatever
// the language of the machine.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { Client } from "../support/client.js";
import { text } from "../support/html.js";
import { onSite, preset, runOk, scratchFolder } from "../support/program.js";
import { unzip } from "../support/zip.js";

const choice = (key: string, label = key) => ({ key, label });
const steps = [choice("non", "Pas du tout"), choice("peu", "Un peu"), choice("oui", "Tout à fait")];
const fields = [
	{ key: "lieu", type: "choice", label: "Où ?", choices: [choice("etang", "À l’étang"), choice("cite", "« Cité » \"neuve\" \\ 🌳")], other: true, comment: true },
	{ key: "boites", type: "choices", label: "Quoi ?", choices: [choice("a", "Même nom"), choice("b", "Même nom")], other: true },
	{ key: "boites_a", type: "text", label: "Une autre question" },
	{ key: "ordre", type: "ranking", label: "Dans quel ordre ?", choices: [choice("un"), choice("deux"), choice("trois")] },
	{ key: "accord", type: "matrix", label: "D’accord ?", rows: [choice("l1", "Une ligne"), choice("l2", "L’autre")], choices: steps },
	{ key: "cases", type: "matrix", answer: "several", label: "Lesquels ?", rows: [choice("l1"), choice("l2")], choices: steps },
	{ key: "duo", type: "matrix", answer: "two", label: "Deux échelles", rows: [choice("l1")], choices: steps, second: [choice("bien"), choice("mal")] },
	{ key: "sommes", type: "numbers", label: "Combien ?", rows: [choice("h", "Heures"), choice("j", "Jours")] },
	{ key: "note", type: "scale", label: "Une note", from: 0, to: 10 },
	{ key: "age", type: "number", label: "Âge", decimals: 1 },
	{ key: "double", type: "computed", label: "Deux fois", value: "age * 2" },
	{ key: "jour", type: "date", label: "Quand ?" },
	{ key: "heure", type: "date", time: true, label: "À quelle heure ?" },
	{ key: "oui", type: "boolean", label: "Oui ?" },
	{ key: "rien", type: "choice", label: "Jamais répondu", choices: [choice("a"), choice("b")] },
	{ key: "mots", type: "longtext", label: "En quelques mots" },
].map((field) => ({ ...field, page: "p" }));
const form = {
	key: "pour_r", version: 1, label: "Pour R", plural: "Pour R", add: "Répondre", survey: { space: "tours", state: "open", anonymity: "named" },
	pages: [{ key: "p", label: "Page" }], fields, results: { weigh: { lieu: { etang: 50, cite: 50 } } },
};
// As a spreadsheet would have them, in the order of the questions above.
const answers = [
	["lieu", "boites", "boites_a", "ordre", "accord.l1", "accord.l2", "cases.l1", "duo.l1.first", "duo.l1.second", "sommes.h", "sommes.j", "note", "age", "jour", "heure", "oui", "mots"],
	["etang | au nord", "a;b", "x", "deux;un", "oui", "peu", "non;oui", "peu", "mal", "2.5", "0", "10", "41", "2026-03-29", "2026-11-30T14:30", "true", "\"Dit\", =1+1\nà la ligne\t🌳"],
	["etang", "other: une malle", "", "un;deux;trois", "non", "", "", "", "bien", "", "3", "0", "7.5", "", "", "false", "NA"],
	["cite", "", "TRUE", "", "", "oui", "oui", "oui", "", "", "", "", "", "2024-02-29", "", "", ""],
	["etang", "b", "", "trois", "peu", "peu", "", "", "", "1", "1", "5", "", "", "", "true", "Ça va"],
];
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

// What the answers above say, in the words of R; a warning is a mistake.
const expected = String.raw`
options(warn = 2)
sink(nullfile()); source("answers.R"); sink()
is <- function(name, expected) {
	mine <- answers[[name]]; attr(mine, "label") <- NULL
	if (!identical(mine, expected)) { cat(name, "is\n"); str(mine); cat("and should be\n"); str(expected); quit(status = 1) }
}
label <- function(name, expected) if (!identical(attr(answers[[name]], "label"), expected)) { cat(name, "is called", attr(answers[[name]], "label"), "\n"); quit(status = 1) }
steps <- function(...) factor(c(...), levels = c("Pas du tout", "Un peu", "Tout \u00e0 fait"), ordered = TRUE)
stopifnot(nrow(answers) == 4, !anyDuplicated(names(answers)), !exists("d"))
is("lieu", factor(c(1, 1, 2, 1), levels = 1:3, labels = c("\u00c0 l\u2019\u00e9tang", "\u00ab Cit\u00e9 \u00bb \"neuve\" \\ \U0001f333", "Autre")))
is("lieu_comment", c("au nord", NA, NA, NA)); is("lieu_other_text", rep(NA_character_, 4))
is("boites_a", c(TRUE, FALSE, NA, FALSE)); is("boites_b", c(TRUE, FALSE, NA, TRUE)); is("boites_other", c(FALSE, TRUE, NA, FALSE))
is("boites_other_text", c(NA, "une malle", NA, NA)); is("boites_a.2", c("x", NA, "TRUE", NA))
is("ordre_un", c(2L, 1L, NA, NA)); is("ordre_deux", c(1L, 2L, NA, NA)); is("ordre_trois", c(NA, 3L, NA, 1L))
is("accord.l1", steps("Tout \u00e0 fait", "Pas du tout", NA, "Un peu")); is("accord.l2", steps("Un peu", NA, "Tout \u00e0 fait", "Un peu"))
is("cases.l1_non", c(TRUE, NA, FALSE, NA)); is("cases.l1_oui", c(TRUE, NA, TRUE, NA)); is("cases.l2_non", rep(NA, 4))
is("duo.l1.first", steps("Un peu", NA, "Tout \u00e0 fait", NA)); is("duo.l1.second", factor(c("mal", "bien", NA, NA), levels = c("bien", "mal"), ordered = TRUE))
is("sommes.h", c(2.5, NA, NA, 1)); is("sommes.j", c(0, 3, NA, 1)); is("note", c(10, 0, NA, 5)); is("age", c(41, 7.5, NA, NA)); is("double", c(82L, 15L, NA, NA))
is("jour", as.Date(c("2026-03-29", NA, "2024-02-29", NA))); stopifnot(format(answers$heure[1], "%d/%m/%Y %H:%M") == "30/11/2026 14:30", is.na(answers$heure[2]))
is("oui", c(TRUE, FALSE, NA, TRUE)); is("rien", factor(rep(NA, 4), levels = c("a", "b")))
is("mots", c("\"Dit\", =1+1\n\u00e0 la ligne\t\U0001f333", "NA", NA, "\u00c7a va"))
stopifnot(inherits(answers$x_sent, "POSIXct"), abs(as.numeric(Sys.time()) - as.numeric(answers$x_sent)) < 86400)
stopifnot(all.equal(as.vector(answers$x_weight), c(2, 2, 6, 2) / 3)) # half of the population is of each kind
label("lieu", "O\u00f9 ?"); label("boites_b", "Quoi ? \u2013 M\u00eame nom"); label("ordre_un", "Dans quel ordre ? \u2013 un"); label("x_weight", "Poids")
cat("R agrees\n")
`;

const r = spawnSync("Rscript", ["--version"]).status === 0;

onSite("answers for R", (site) => {
	let facilitator: Client;
	before(async () => void (facilitator = await new Client(site).signIn("facilitator")));

	it("are read by R as they were given", { skip: r ? false : "there is no Rscript here" }, async () => {
		const lines = answers.map((row) => row.map(quoted).join(",")).join("\n");
		const path = "/-/survey/pour_r/import";
		const sent = await facilitator.sendFiles(await facilitator.form(path, path), {}, { file: new File([lines], "r.csv") });
		assert.equal(sent.status, 303, text(sent.body));
		const taken = await facilitator.send(await facilitator.form(sent.location, path), { "act[]": "take" });
		assert.equal(taken.status, 303, text(taken.body));
		const file = await facilitator.get("/-/survey/pour_r/export/r"), folder = await scratchFolder();
		for (const [name, part] of unzip(file.bytes)) await writeFile(join(folder, name), part);
		await writeFile(join(folder, "expected.R"), expected);
		for (const LC_ALL of ["C.UTF-8", "C"]) {
			const ran = spawnSync("Rscript", ["--vanilla", "expected.R"], { cwd: folder, encoding: "utf8", env: { ...process.env, LC_ALL } });
			assert.equal(ran.stdout.trim(), "R agrees", `${LC_ALL}: ${ran.stderr}`);
			assert.equal(ran.stderr, "");
		}
		await rm(folder, { recursive: true });
	});
}, { prepare: withForm });

// The demonstration again, with a questionnaire of every kind of question.
async function withForm(dir: string): Promise<void> {
	const presets = await scratchFolder(), own = join(presets, "agora-de-quartier");
	await cp(preset, own, { recursive: true });
	await mkdir(join(own, "forms"), { recursive: true });
	await writeFile(join(own, "forms", "pour_r.json"), JSON.stringify(form));
	await rm(dir, { recursive: true });
	await runOk(["init", dir, "--preset", "agora-de-quartier", "--locale", "fr", "--demo"], { env: { PARVIS_PRESETS: presets } });
	await rm(presets, { recursive: true });
}
