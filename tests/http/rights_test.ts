// Who may do what, walked over every route: role × object, against a matrix written here by hand from the
// rule (design: visitor 0, contributor 1, member 2, facilitator 3, administrator 4; unreadable is absent).
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, it } from "node:test";
import { type Answer, Client } from "../support/client.js";
import { type Pairs, text } from "../support/html.js";
import { onSite, people, type PersonName, runOk } from "../support/program.js";
import { add, edit, type Made, token, trash } from "../support/records.js";

// Columns of the matrix. The outsider is a member of the team's closed space only; the host looks after the
// open space only; the contributor has no role anywhere; the last three have theirs in both spaces.
const roles = ["visitor", "contributor", "outsider", "host", "member", "facilitator", "administrator"] as const;
type Role = (typeof roles)[number];

// own: in the open space, by the reader; other: there, by a neighbour; team: in the closed space, by the
// facilitator; then in the open space, by the neighbour: in the trash, a draft, archived; none: an id that
// names nothing.
const objects = ["own", "other", "team", "trash", "draft", "archived", "none"] as const;
type Object = (typeof objects)[number];

interface Case {
	id: string;
	version: string;
	slug: string; // of the record
	token: string;
	person: string; // id of the neighbour's account
}

interface Row {
	path: (c: Case) => string;
	// What is sent; from the page's own form when it can be opened.
	body?: (c: Case) => Record<string, string>;
	form?: (c: Case) => string;
	expect: Partial<Record<Object, string>>; // one status for each role, in their order
}

const GONE = "404 404 404 404 404 404 404";
const READ: Row["expect"] = {
	own: "- 200 200 200 200 200 200", other: "200 200 200 200 200 200 200", team: "404 404 200 404 200 200 200",
	trash: "404 404 404 200 404 200 200", none: GONE,
};
// Opening a form: a visitor is led to sign in, whatever is there.
const OPEN: Row["expect"] = {
	own: "- 200 200 200 200 200 200", other: "303 200 200 200 200 200 200", team: "303 404 200 404 200 200 200",
	trash: "303 404 404 200 404 200 200", none: "303 404 404 404 404 404 404",
};
const SEND: Row["expect"] = {
	own: "- 303 303 303 303 303 303", other: "401 303 303 303 303 303 303", team: "401 404 303 404 303 303 303",
	trash: "401 404 404 303 404 303 303", none: "401 404 404 404 404 404 404",
};
// Trash is for facilitators and for one's own.
const DELETE_OPEN: Row["expect"] = {
	own: "- 200 200 200 200 200 200", other: "303 403 403 200 403 200 200", team: "303 404 403 404 403 200 200",
	trash: "303 404 404 200 404 200 200", none: "303 404 404 404 404 404 404",
};
const DELETE_SEND: Row["expect"] = {
	own: "- 303 303 303 303 303 303", other: "401 403 403 303 403 303 303", team: "401 404 403 404 403 303 303",
	trash: "401 404 404 303 404 303 303", none: "401 404 404 404 404 404 404",
};
const TALK: Row["expect"] = {
	own: "- 200 200 200 200 200 200", other: "200 200 200 200 200 200 200", team: "404 404 200 404 200 200 200",
	trash: "404 404 404 403 404 403 403", draft: "404 404 404 403 404 403 403", archived: "403 403 403 403 403 403 403", none: GONE,
};
// Erasing for ever is for who looks after the space, her own pages or not.
const ERASE_OPEN: Row["expect"] = {
	own: "- 403 403 200 403 200 200", other: "303 403 403 200 403 200 200", team: "303 403 403 404 403 200 200",
	trash: "303 403 403 200 403 200 200", draft: "303 403 403 200 403 200 200", archived: "303 403 403 200 403 200 200", none: "303 403 403 404 403 404 404",
};
const ERASE_SEND = mapped(mapped(ERASE_OPEN, "303", "401"), "200", "422"); // without a reason
const UNREAD = "404 404 404 200 404 200 200"; // by all but facilitators and the author
const SPENT = "410 410 410 410 410 410 410"; // a link that serves no more
// Of pages whose results are not public: who organises a space.
const RESULTS = "303 404 404 200 404 200 200";
const EVERYBODY = { other: "200 200 200 200 200 200 200" };
const SIGNED_IN = { other: "303 200 200 200 200 200 200" };
const ADMINISTRATOR = { other: "303 403 403 403 403 403 200" };
const ADMINISTRATOR_SENDS = { other: "401 403 403 403 403 403 303" };

// One row a route: a route of the program that is not here fails the test, and the other way round.
const matrix: Record<string, Row> = {
	"GET /": { path: () => "/", expect: EVERYBODY },
	// Questionnaires. Answering is everybody's; what was answered is for who looks after the space: surveys_test.ts.
	"GET /-/surveys": { path: () => "/-/surveys", expect: EVERYBODY },
	"GET /-/survey/:form": { path: () => "/-/survey/diagnostic", expect: { other: "200 200 200 200 200 200 200", none: "200 200 200 200 200 200 200" } },
	"POST /-/survey/:form": { path: () => "/-/survey/aucun", body: () => ({}), expect: { none: GONE } },
	"GET /-/survey/:form/thanks": { path: () => "/-/survey/diagnostic/thanks", expect: EVERYBODY },
	"GET /-/resume": { path: () => "/-/resume", expect: EVERYBODY },
	"POST /-/resume": { path: () => "/-/resume", body: () => ({ code: "zzzz-zzzz-zzzz-zzzz" }), expect: { other: "422 422 422 422 422 422 422" } },
	"GET /-/s/:code": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz", expect: { none: GONE } },
	"POST /-/s/:code": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz", body: () => ({ "_go[]": "next" }), expect: { none: GONE } },
	"GET /-/s/:code/review": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz/review", expect: { none: GONE } },
	"POST /-/s/:code/send": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz/send", body: () => ({}), expect: { none: GONE } },
	"GET /-/s/:code/pause": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz/pause", expect: { none: GONE } },
	"POST /-/s/:code/pause": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz/pause", body: () => ({ email: "x@x.example" }), expect: { none: GONE } },
	"GET /-/kiosk/:form": { path: () => "/-/kiosk/diagnostic", expect: EVERYBODY },
	"POST /-/kiosk/:form": { path: () => "/-/kiosk/aucun", body: () => ({}), expect: { none: GONE } },
	"GET /-/kiosk/:form/page": { path: () => "/-/kiosk/aucun/page", expect: { none: GONE } },
	"POST /-/kiosk/:form/page": { path: () => "/-/kiosk/aucun/page", body: () => ({ "_go[]": "drop" }), expect: { none: GONE } },
	"GET /-/kiosk/:form/review": { path: () => "/-/kiosk/aucun/review", expect: { none: GONE } },
	"POST /-/kiosk/:form/send": { path: () => "/-/kiosk/aucun/send", body: () => ({}), expect: { none: GONE } },
	"GET /-/kiosk/:form/thanks": { path: () => "/-/kiosk/diagnostic/thanks", expect: EVERYBODY },
	"GET /-/offline/worker.js": { path: () => "/-/offline/worker.js", expect: EVERYBODY },
	"GET /-/offline/:form": { path: () => "/-/offline/diagnostic", expect: { other: "200 200 200 200 200 200 200", none: "200 200 200 200 200 200 200" } },
	"GET /-/offline/:form/state": { path: () => "/-/offline/diagnostic/state", expect: { other: "200 200 200 200 200 200 200", none: "200 200 200 200 200 200 200" } },
	"GET /-/offline/:form/:version": { path: () => "/-/offline/diagnostic/99", expect: { none: "404 404 404 404 404 404 404" } },
	"POST /-/offline/:form/send": { path: () => "/-/offline/aucun/send", body: () => ({}), expect: { none: GONE } },
	"GET /-/survey/:form/manage": { path: () => "/-/survey/diagnostic/manage", expect: { other: "303 403 403 200 403 200 200", none: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/state": { path: () => "/-/survey/diagnostic/state", body: () => ({ to: "open" }), expect: { other: "401 403 403 303 403 303 303" } },
	"POST /-/survey/:form/trial": { path: () => "/-/survey/diagnostic/trial", body: () => ({}), expect: { other: "401 403 403 303 403 303 303" } },
	"GET /-/survey/:form/enter": { path: () => "/-/survey/diagnostic/enter", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/enter": { path: () => "/-/survey/diagnostic/enter", body: () => ({ channel: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/survey/:form/anonymise": { path: () => "/-/survey/aucun/anonymise", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"POST /-/survey/:form/empty": { path: () => "/-/survey/aucun/empty", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/survey/:form/responses": { path: () => "/-/survey/diagnostic/responses", expect: { other: "303 404 404 200 404 200 200" } },
	"GET /-/survey/:form/export/:format": { path: () => "/-/survey/diagnostic/export/csv", expect: { other: "303 404 404 200 404 200 200" } },
	"GET /-/survey/:form/codebook": { path: () => "/-/survey/diagnostic/codebook", expect: { other: "303 404 404 200 404 200 200" } },
	"GET /-/survey/:form/lss": { path: () => "/-/survey/diagnostic/lss", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/survey/:form/lss/file": { path: () => "/-/survey/diagnostic/lss/file", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/survey/:form/import": { path: () => "/-/survey/diagnostic/import", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/import": { path: () => "/-/survey/diagnostic/import", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/import/:file": { path: () => "/-/survey/diagnostic/import/rien", expect: { other: "303 403 403 404 403 404 404" } },
	"POST /-/survey/:form/import/:file": { path: () => "/-/survey/diagnostic/import/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/answers-in/:id/undo": { path: () => "/-/answers-in/rien/undo", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/survey/:form/campaign": { path: () => "/-/survey/diagnostic/campaign", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/campaign": { path: () => "/-/survey/diagnostic/campaign", body: () => ({ lines: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/letters": { path: () => "/-/survey/diagnostic/letters", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/remind": { path: () => "/-/survey/aucun/remind", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/target/:id": { path: () => "/-/target/00000000000000000000000000", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/target/:id": { path: () => "/-/target/00000000000000000000000000", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"POST /-/target/:id/enter": { path: () => "/-/target/00000000000000000000000000/enter", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"POST /-/target/:id/remove": { path: () => "/-/target/00000000000000000000000000/remove", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	// On paper: paper_test.ts.
	"GET /-/survey/:form/paper": { path: () => "/-/survey/diagnostic/paper", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/paper": { path: () => "/-/survey/diagnostic/paper", body: () => ({ twice: "x" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/paper/pdf": { path: () => "/-/survey/diagnostic/paper/pdf", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/survey/:form/paper/:edition": { path: () => "/-/survey/diagnostic/paper/99", expect: { other: "303 403 403 404 403 404 404" } },
	"GET /-/paper/:form/:edition/:page": { path: () => "/-/paper/diagnostic/1.1/1", expect: { other: "303 303 303 303 303 303 303" } },
	"GET /-/paper/:form/:edition/:page/:code": { path: () => "/-/paper/diagnostic/1.1/1/7kq2-xm0d-9rtw-h3pf", expect: { other: "303 303 303 303 303 303 303" } },
	"GET /-/survey/:form/sheets": { path: () => "/-/survey/diagnostic/sheets", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/sheets": { path: () => "/-/survey/diagnostic/sheets", body: () => ({ sheet: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/sheet/:code": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/sheet/:code": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/sheet/:code/check": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf/check", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/sheet/:code/check": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf/check", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/sheet/:code/compare": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf/compare", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/sheet/:code/compare": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf/compare", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"POST /-/sheet/:code/drop": { path: () => "/-/sheet/7kq2-xm0d-9rtw-h3pf/drop", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/survey/:form/campaign/file": { path: () => "/-/survey/diagnostic/campaign/file", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/campaign/file": { path: () => "/-/survey/diagnostic/campaign/file", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/waves": { path: () => "/-/survey/diagnostic/waves", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/waves": { path: () => "/-/survey/diagnostic/waves", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/wave/:id": { path: () => "/-/wave/00000000000000000000000000", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/wave/:id": { path: () => "/-/wave/00000000000000000000000000", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"POST /-/wave/:id/cancel": { path: () => "/-/wave/00000000000000000000000000/cancel", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"POST /-/wave/:id/posted": { path: () => "/-/wave/00000000000000000000000000/posted", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/survey/:form/calls": { path: () => "/-/survey/diagnostic/calls", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/calls": { path: () => "/-/survey/diagnostic/calls", body: () => ({}), expect: { other: "401 403 403 400 403 400 400" } },
	"GET /-/calls": { path: () => "/-/calls", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/until": { path: () => "/-/survey/diagnostic/until", body: () => ({ closes: "un jour" }), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/target/:id/take": { path: () => "/-/target/00000000000000000000000000/take", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/survey/:form/rates": { path: () => "/-/survey/diagnostic/rates", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/population": { path: () => "/-/survey/diagnostic/population", body: () => ({ population: "sans nombre" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/library": { path: () => "/-/survey/diagnostic/library", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/library": { path: () => "/-/survey/diagnostic/library", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/survey/:form/library/keep": { path: () => "/-/survey/diagnostic/library/keep", body: () => ({}), expect: { other: "401 403 403 400 403 400 400" } },
	"GET /-/response/:id": { path: () => "/-/response/00000000000000000000000000", expect: { none: "303 404 404 404 404 404 404" } },
	"GET /-/response/:id/edit": { path: () => "/-/response/00000000000000000000000000/edit", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/response/:id/edit": { path: () => "/-/response/00000000000000000000000000/edit", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/response/:id/delete": { path: () => "/-/response/00000000000000000000000000/delete", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/surveys/new": { path: () => "/-/surveys/new", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/surveys/new": { path: () => "/-/surveys/new", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/settings": { path: () => "/-/survey/diagnostic/settings", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/settings": { path: () => "/-/survey/diagnostic/settings", body: () => ({ label: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/pages": { path: () => "/-/survey/diagnostic/pages", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/pages": { path: () => "/-/survey/diagnostic/pages", body: () => ({ "if_field-0": "aucune" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/survey/:form/languages": { path: () => "/-/survey/diagnostic/languages", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/survey/:form/languages": { path: () => "/-/survey/diagnostic/languages", body: () => ({ _mark: "x" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /:slug": { path: (c) => `/${c.slug}`, expect: { ...READ, team: GONE, draft: UNREAD, archived: READ["other"]! } }, // the first space's pages only
	"GET /f/:id": { path: (c) => `/f/${c.id}`, expect: mapped(READ, "200", "303") },
	"GET /e/:space/:slug": { path: (c) => `/e/coordination/${c.slug}`, expect: { team: READ["team"]!, other: GONE } },
	// A visitor may propose something where guests are let in: guest_test.ts. Here she comes too fast.
	"GET /-/new/:form": { path: () => "/-/new/page", expect: { other: "200 200 200 200 200 200 200", } },
	"POST /-/new/:form": {
		path: () => "/-/new/page", form: () => "/-/new/page", body: () => ({ titre: "Une page de plus", texte: "Rien." }),
		expect: { other: "422 303 303 303 303 303 303" },
	},
	"GET /-/keep": { path: () => "/-/keep", expect: { other: "303 303 303 303 303 303 303" } },
	"GET /-/proposals": { path: () => "/-/proposals", expect: { other: "303 403 403 200 403 200 200" } },
	// None of these waits.
	"GET /-/refuse/:id": { path: (c) => `/-/refuse/${c.id}`, expect: { own: "- 403 403 404 403 404 404", other: "303 403 403 404 403 404 404", team: "303 403 403 404 403 404 404", none: "303 403 403 404 403 404 404" } },
	"POST /-/refuse/:id": { path: (c) => `/-/refuse/${c.id}`, body: () => ({ reason: "Non" }), expect: { own: "- 403 403 404 403 404 404", other: "401 403 403 404 403 404 404", team: "401 403 403 404 403 404 404", none: "401 403 403 404 403 404 404" } },
	// Nothing of these is kept back.
	"POST /-/kept/:id": { path: (c) => `/-/kept/${c.id}`, body: () => ({ answer: "everybody" }), expect: { own: "- 403 403 404 403 404 404", other: "401 403 403 404 403 404 404", team: "401 404 403 404 403 404 404", none: "401 404 404 404 404 404 404" } },
	// Its author has an account.
	"POST /-/code/:id": { path: (c) => `/-/code/${c.id}`, body: () => ({}), expect: { own: "- 403 403 403 403 403 403", other: "401 403 403 403 403 403 403", team: "401 403 403 404 403 403 403", none: "401 403 403 404 403 404 404" } },
	"GET /-/edit/:id": { path: (c) => `/-/edit/${c.id}`, expect: { ...OPEN, draft: OPEN["trash"]!, archived: OPEN["other"]! } },
	"POST /-/edit/:id": { path: (c) => `/-/edit/${c.id}`, form: (c) => `/-/edit/${c.id}`, body: () => ({}), expect: { ...SEND, archived: SEND["other"]! } },
	"GET /-/history/:id": { path: (c) => `/-/history/${c.id}`, expect: READ },
	"GET /-/history/:id/:save": { path: (c) => `/-/history/${c.id}/${c.version}`, expect: READ },
	"GET /-/compare/:id": { path: (c) => `/-/compare/${c.id}?avant=${c.version}&apres=${c.version}`, expect: READ },
	"POST /-/restore/:id": { path: (c) => `/-/restore/${c.id}`, body: (c) => ({ version: c.version }), expect: SEND },
	// No conflict: the page of the record is shown instead.
	"GET /-/versions/:id": { path: (c) => `/-/versions/${c.id}`, expect: mapped(OPEN, "200", "303") },
	"POST /-/versions/:id": { path: (c) => `/-/versions/${c.id}`, form: (c) => `/-/edit/${c.id}`, body: () => ({}), expect: SEND },
	"GET /-/trash/:id": { path: (c) => `/-/trash/${c.id}`, expect: DELETE_OPEN },
	"POST /-/trash/:id": { path: (c) => `/-/trash/${c.id}`, body: () => ({}), expect: DELETE_SEND },
	"POST /-/untrash/:id": { path: (c) => `/-/untrash/${c.id}`, body: () => ({}), expect: DELETE_SEND },
	"POST /-/archive/:id": { path: (c) => `/-/archive/${c.id}`, body: () => ({}), expect: DELETE_SEND },
	"POST /-/unarchive/:id": { path: (c) => `/-/unarchive/${c.id}`, body: () => ({}), expect: { ...DELETE_SEND, archived: DELETE_SEND["other"]! } },
	// A draft is its author's to publish; what was archived or thrown away comes back by those who may.
	"POST /-/publish/:id": { path: (c) => `/-/publish/${c.id}`, body: () => ({}), expect: { ...DELETE_SEND, archived: DELETE_SEND["other"]! } },
	"GET /-/schedule/:id": { path: (c) => `/-/schedule/${c.id}`, expect: { own: "- 404 404 404 404 404 404", other: "303 404 404 404 404 404 404", draft: OPEN["trash"]!, none: OPEN["none"]! } },
	"POST /-/schedule/:id": { path: (c) => `/-/schedule/${c.id}`, body: () => ({ at: "" }), expect: { own: "- 404 404 404 404 404 404", other: "401 404 404 404 404 404 404", draft: SEND["trash"]!.replaceAll("303", "422"), none: SEND["none"]! } },
	"POST /-/unschedule/:id": { path: (c) => `/-/unschedule/${c.id}`, body: () => ({}), expect: { own: "- 404 404 404 404 404 404", other: "401 404 404 404 404 404 404", draft: SEND["trash"]!, none: SEND["none"]! } },
	"GET /-/move/:id": { path: (c) => `/-/move/${c.id}`, expect: DELETE_OPEN },
	"POST /-/move/:id": { path: (c) => `/-/move/${c.id}`, body: () => ({ space: "" }), expect: mapped(DELETE_SEND, "303", "422") },
	"GET /-/erase/:id": { path: (c) => `/-/erase/${c.id}`, expect: ERASE_OPEN },
	"POST /-/erase/:id": { path: (c) => `/-/erase/${c.id}`, body: () => ({ sure: "1" }), expect: ERASE_SEND },
	"GET /-/erase/:id/:save": { path: (c) => `/-/erase/${c.id}/${c.version}`, expect: { ...ERASE_OPEN, draft: ERASE_OPEN["none"]! } },
	"POST /-/erase/:id/:save": { path: (c) => `/-/erase/${c.id}/${c.version}`, body: () => ({ reason: "mistake" }), expect: { ...ERASE_SEND, draft: ERASE_SEND["none"]! } },
	"GET /-/trash": { path: () => "/-/trash", expect: { other: "303 403 403 200 403 200 200" } },
	// Only what everybody reads is made known elsewhere.
	"GET /-/relay/:id": { path: (c) => `/-/relay/${c.id}`, expect: { own: OPEN["own"]!, other: OPEN["other"]!, team: "303 404 404 404 404 404 404", trash: "303 404 404 404 404 404 404", draft: "303 404 404 404 404 404 404", archived: "303 404 404 404 404 404 404", none: OPEN["none"]! } },
	"POST /-/relay/:id": { path: (c) => `/-/relay/${c.id}`, body: () => ({}), expect: { own: SEND["own"]!.replaceAll("303", "422"), other: SEND["other"]!.replaceAll("303", "422"), team: "401 404 404 404 404 404 404", trash: "401 404 404 404 404 404 404", draft: "401 404 404 404 404 404 404", archived: "401 404 404 404 404 404 404", none: SEND["none"]! } },
	"POST /-/relay/:num/delete": { path: () => "/-/relay/999999/delete", body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	"POST /-/relay/:num/looked": { path: () => "/-/relay/999999/looked", body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/recognition": { path: () => "/-/recognition", expect: EVERYBODY },
	"POST /-/recognition/name": { path: () => "/-/recognition/name", body: () => ({ named: "1" }), expect: { other: "401 303 303 303 303 303 303" } },
	"POST /-/recognition/thank": { path: () => "/-/recognition/thank", body: () => ({ year: "1999" }), expect: { other: "401 403 403 303 403 303 303" } },
	"GET /-/results": { path: () => "/-/results", expect: EVERYBODY },
	"GET /-/results/:form": { path: () => "/-/results/structure", expect: { other: RESULTS } },
	"GET /-/results/:form/cross": { path: () => "/-/results/structure/cross?lignes=genre&colonnes=commune", expect: { other: RESULTS } },
	"GET /-/results/:form/compare": { path: () => "/-/results/structure/compare?par=commune", expect: { other: RESULTS } },
	"GET /-/results/:form/map/:field": { path: () => "/-/results/structure/map/siege", expect: { other: RESULTS } },
	// Who may see pairs is in surveys_test.ts: this form asks nothing again.
	"GET /-/results/:form/pair": { path: () => "/-/results/structure/pair", expect: { other: "303 404 404 404 404 404 404" } },
	"GET /-/results/:form/pair/file/:format": { path: () => "/-/results/structure/pair/file/csv", expect: { other: "303 404 404 404 404 404 404" } },
	"POST /-/results/:form/group": { path: () => "/-/results/structure/group", body: () => ({ name: "" }), expect: { other: "401 403 403 400 403 400 400" } },
	"GET /-/results/:form/texts/:field": { path: () => "/-/results/structure/texts/activite", expect: { other: RESULTS } },
	"GET /-/results/:form/file/:format": { path: () => "/-/results/structure/file/csv", expect: { other: RESULTS } },
	// Reports of results: who may read one is in restitution_test.ts.
	"GET /-/restitutions": { path: () => "/-/restitutions", expect: EVERYBODY },
	"POST /-/restitutions": { path: () => "/-/restitutions", body: () => ({ form: "aucun" }), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/restitution/:id": { path: () => "/-/restitution/00000000000000000000000000", expect: { none: GONE } },
	"POST /-/restitution/:id/state": { path: () => "/-/restitution/00000000000000000000000000/state", body: () => ({ to: "open" }), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/restitution/:id/figures": { path: () => "/-/restitution/00000000000000000000000000/figures", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/restitution/:id/figures": { path: () => "/-/restitution/00000000000000000000000000/figures", body: () => ({ what: "all" }), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/restitution/:id/insert": { path: () => "/-/restitution/00000000000000000000000000/insert", expect: { none: "303 403 403 404 403 404 404" } },
	"POST /-/restitution/:id/code": { path: () => "/-/restitution/00000000000000000000000000/code", body: () => ({ code: "zzzz-zzzz-zzzz-zzzz" }), expect: { none: GONE } },
	"GET /-/restitution/:id/as/:code": { path: () => "/-/restitution/00000000000000000000000000/as/zzzz-zzzz-zzzz-zzzz", expect: { none: GONE } },
	"POST /-/restitution/:id/as/:code": { path: () => "/-/restitution/00000000000000000000000000/as/zzzz-zzzz-zzzz-zzzz", body: () => ({ paragraph: "x", body: "x" }), expect: { none: GONE } },
	"POST /-/restitution/:id/remark": { path: () => "/-/restitution/00000000000000000000000000/remark", body: () => ({ paragraph: "x", body: "x" }), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/restitution/:id/answer": { path: () => "/-/restitution/00000000000000000000000000/answer", body: () => ({ remark: "1", state: "taken" }), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/restitution/:id/screen": { path: () => "/-/restitution/00000000000000000000000000/screen", expect: { none: GONE } },
	"GET /-/restitution/:id/pdf": { path: () => "/-/restitution/00000000000000000000000000/pdf", expect: { none: GONE } },
	"GET /-/restitution/:id/synthesis": { path: () => "/-/restitution/00000000000000000000000000/synthesis", expect: { none: GONE } },
	"POST /-/restitution/:id/synthesis": { path: () => "/-/restitution/00000000000000000000000000/synthesis", body: () => ({}), expect: { none: "401 403 403 404 403 404 404" } },
	"GET /-/restitution/:id/synthesis/pdf": { path: () => "/-/restitution/00000000000000000000000000/synthesis/pdf", expect: { none: GONE } },
	"GET /-/survey/:form/mine": { path: () => "/-/survey/diagnostic/mine", expect: SIGNED_IN },
	"GET /-/s/:code/mine": { path: () => "/-/s/zzzz-zzzz-zzzz-zzzz/mine", expect: { none: GONE } },
	"GET /-/results/:form/elsewhere": { path: () => "/-/results/structure/elsewhere", expect: { other: RESULTS } },
	"POST /-/results/:form/elsewhere": { path: () => "/-/results/structure/elsewhere", body: () => ({}), expect: { other: "401 404 404 422 404 422 422" } },
	"GET /-/form/:form/results": { path: () => "/-/form/structure/results", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/results": { path: () => "/-/form/structure/results", body: () => ({ population: "abc" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/relays": { path: () => "/-/relays", expect: { other: "303 200 200 200 200 200 200" } },
	"GET /-/drafts": { path: () => "/-/drafts", expect: { other: "303 200 200 200 200 200 200" } },
	"GET /-/delete/:id": { path: (c) => `/-/delete/${c.id}`, expect: { own: "- 404 404 404 404 404 404", other: "303 403 403 404 403 404 404", draft: DELETE_OPEN["trash"]!, none: DELETE_OPEN["none"]! } },
	"POST /-/delete/:id": { path: (c) => `/-/delete/${c.id}`, body: () => ({}), expect: { own: "- 404 404 404 404 404 404", other: "401 403 403 404 403 404 404", archived: "401 403 403 404 403 404 404", none: DELETE_SEND["none"]! } },
	// One's own saves, and those of others by who looks after the space.
	"POST /-/undo/:save": { path: (c) => `/-/undo/${c.version}`, body: () => ({ next: "/" }), expect: { ...SEND, other: "401 404 404 303 404 303 303", team: "401 404 404 404 404 303 303" } },
	"GET /-/bulk/:view": { path: () => "/-/bulk/annuaire", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/bulk/:view": { path: () => "/-/bulk/annuaire", body: () => ({ action: "archive" }), expect: { other: "401 403 403 422 403 422 422" } },

	// Templates are organised by who looks after a space. There is none called "rien".
	"GET /-/templates": { path: () => "/-/templates", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/templates/new/:form": { path: () => "/-/templates/new/page", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/templates/new/:form": { path: () => "/-/templates/new/page", body: () => ({ _name: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/templates/edit/:template": { path: () => "/-/templates/edit/rien", expect: { other: "303 403 403 404 403 404 404" } },
	"POST /-/templates/edit/:template": { path: () => "/-/templates/edit/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/templates/delete/:template": { path: () => "/-/templates/delete/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },

	// So is the face of the site.
	"GET /-/site": { path: () => "/-/site", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/site/menu": { path: () => "/-/site/menu", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/site/menu": { path: () => "/-/site/menu", body: () => ({ "menu-n": "1" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/site/identity": { path: () => "/-/site/identity", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/site/identity": { path: () => "/-/site/identity", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/site/home": { path: () => "/-/site/home", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/site/home/preview": { path: () => "/-/site/home/preview", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/site/home/add": { path: () => "/-/site/home/add", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/site/home/add/:kind": { path: () => "/-/site/home/add/view", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/site/home/add/:kind": { path: () => "/-/site/home/add/view", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/site/home/block/:place": { path: () => "/-/site/home/block/0", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/site/home/block/:place": { path: () => "/-/site/home/block/0", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/site/home/move": { path: () => "/-/site/home/move", body: () => ({ place: "0", mark: "x" }), expect: { other: "401 403 403 409 403 409 409" } },
	"POST /-/site/home/remove": { path: () => "/-/site/home/remove", body: () => ({ place: "0", mark: "x" }), expect: { other: "401 403 403 409 403 409 409" } },
	"POST /-/site/home/publish": { path: () => "/-/site/home/publish", body: () => ({ _mark: "x" }), expect: { other: "401 403 403 409 403 409 409" } },
	"POST /-/site/home/discard": { path: () => "/-/site/home/discard", body: () => ({}), expect: { other: "401 403 403 303 403 303 303" } },
	"GET /-/site/history/:what": { path: () => "/-/site/history/menu", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/site/history/:what/:version": { path: () => "/-/site/history/menu/menu.999", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },

	// And views.
	"GET /-/views": { path: () => "/-/views", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/views/new": { path: () => "/-/views/new", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/views/new": { path: () => "/-/views/new", body: () => ({ form: "outil" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/views/edit/:view": { path: () => "/-/views/edit/outils", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/views/edit/:view": { path: () => "/-/views/edit/outils", body: () => ({ form: "outil" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/views/remove/:view": { path: () => "/-/views/remove/outils", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/views/remove/:view": { path: () => "/-/views/remove/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/views/return/:view": { path: () => "/-/views/return/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/views/history/:view": { path: () => "/-/views/history/outils", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/views/history/:view/:version": { path: () => "/-/views/history/outils/999", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },

	// So are forms.
	"GET /-/forms": { path: () => "/-/forms", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/form/:form": { path: () => "/-/form/outil", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/forms/new": { path: () => "/-/forms/new", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/forms/new": { path: () => "/-/forms/new", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/form/:form/settings": { path: () => "/-/form/outil/settings", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/settings": { path: () => "/-/form/outil/settings", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/form/:form/uses": { path: () => "/-/form/outil/uses", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/uses": { path: () => "/-/form/outil/uses", body: () => ({ call: "1", state: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/form/:form/privacy": { path: () => "/-/form/outil/privacy", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/privacy": { path: () => "/-/form/outil/privacy", body: () => ({ months: "un" }), expect: { other: "401 403 403 422 403 422 422" } },
	// Themes in answers and notes: for who looks after the space of a book (coding_test.ts).
	"GET /-/coding": { path: () => "/-/coding", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/coding": { path: () => "/-/coding", body: () => ({ name: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/coding/new": { path: () => "/-/coding/new", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/coding/new": { path: () => "/-/coding/new", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/coding/book/:id": { path: () => "/-/coding/book/00000000000000000000000000", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/coding/book/:id": { path: () => "/-/coding/book/00000000000000000000000000", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/coding/book/:id/delete": { path: () => "/-/coding/book/00000000000000000000000000/delete", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/coding/book/:id/themes": { path: () => "/-/coding/book/00000000000000000000000000/themes", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/coding/book/:id/import": { path: () => "/-/coding/book/00000000000000000000000000/import", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/coding/book/:id/file/:format": { path: () => "/-/coding/book/00000000000000000000000000/file/csv", expect: { none: "303 404 404 404 404 404 404" } },
	"GET /-/coding/theme/:id": { path: () => "/-/coding/theme/00000000000000000000000000", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/coding/theme/:id": { path: () => "/-/coding/theme/00000000000000000000000000", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/coding/theme/:id/act": { path: () => "/-/coding/theme/00000000000000000000000000/act", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/coding/list/:id": { path: () => "/-/coding/list/00000000000000000000000000", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/coding/list/:id/delete": { path: () => "/-/coding/list/00000000000000000000000000/delete", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/coding/list/:id/text": { path: () => "/-/coding/list/00000000000000000000000000/text", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/coding/list/:id/text": { path: () => "/-/coding/list/00000000000000000000000000/text", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/coding/list/:id/differences": { path: () => "/-/coding/list/00000000000000000000000000/differences", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/coding/list/:id/differences": { path: () => "/-/coding/list/00000000000000000000000000/differences", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/coding/list/:id/themes": { path: () => "/-/coding/list/00000000000000000000000000/themes", expect: { none: "303 404 404 404 404 404 404" } },
	"GET /-/coding/list/:id/quotations": { path: () => "/-/coding/list/00000000000000000000000000/quotations", expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/coding/list/:id/quotations": { path: () => "/-/coding/list/00000000000000000000000000/quotations", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"GET /-/coding/list/:id/file/:what/:format": { path: () => "/-/coding/list/00000000000000000000000000/file/themes/csv", expect: { none: "303 404 404 404 404 404 404" } },
	"GET /-/limesurvey": { path: () => "/-/limesurvey", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/limesurvey": { path: () => "/-/limesurvey", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/limesurvey/:file": { path: () => "/-/limesurvey/rien", expect: { other: "303 403 403 404 403 404 404" } },
	"POST /-/limesurvey/:file": { path: () => "/-/limesurvey/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/spreadsheet": { path: () => "/-/spreadsheet", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/spreadsheet": { path: () => "/-/spreadsheet", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/spreadsheet/:file": { path: () => "/-/spreadsheet/rien", expect: { other: "303 403 403 404 403 404 404" } },
	"POST /-/spreadsheet/:file": { path: () => "/-/spreadsheet/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/import": { path: () => "/-/import", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/import": { path: () => "/-/import", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/imports/:run": { path: () => "/-/imports/rien", expect: { other: "303 403 403 404 403 404 404" } },
	"POST /-/imports/:run": { path: () => "/-/imports/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/unimport": { path: () => "/-/unimport", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/lists/new": { path: () => "/-/lists/new", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/lists/new": { path: () => "/-/lists/new", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/list/:list": { path: () => "/-/list/communes", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/list/:list": { path: () => "/-/list/communes", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/list/:list/delete": { path: () => "/-/list/communes/delete", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/form/:form/history": { path: () => "/-/form/outil/history", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/history/:version": { path: () => "/-/form/outil/history/999", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/form/:form/delete": { path: () => "/-/form/structure/delete", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/form/:form/map": { path: () => "/-/form/outil/map", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/form/:form/preview": { path: () => "/-/form/outil/preview", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/form/:form/add": { path: () => "/-/form/outil/add", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/form/:form/add/:type": { path: () => "/-/form/outil/add/text", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/add/:type": { path: () => "/-/form/outil/add/text", body: () => ({ label: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/form/:form/question/:field": { path: () => "/-/form/outil/question/nom", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/question/:field": { path: () => "/-/form/outil/question/nom", body: () => ({ label: "" }), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/form/:form/move/:field": { path: () => "/-/form/outil/move/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/form/:form/retire/:field": { path: () => "/-/form/outil/retire/nom", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/form/:form/retire/:field": { path: () => "/-/form/outil/retire/nom", body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/form/:form/return/:field": { path: () => "/-/form/outil/return/rien", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },

	// Everybody may report what she reads; what is in the trash is seen by those who could do something about it.
	"GET /-/report/:id": { path: (c) => `/-/report/${c.id}`, expect: { ...READ, trash: GONE, draft: GONE, archived: READ["other"]! } },
	"POST /-/report/:id": { path: (c) => `/-/report/${c.id}`, body: () => ({}), expect: mapped({ ...READ, trash: GONE, draft: GONE }, "200", "422") },
	// Whoever may add below what she reads; what is in the trash or archived is talked about no more. A visitor comes too fast here.
	"GET /-/comment/:id": { path: (c) => `/-/comment/${c.id}`, expect: TALK },
	"POST /-/comment/:id": { path: (c) => `/-/comment/${c.id}`, body: () => ({ text: "" }), expect: mapped(TALK, "200", "422") },
	// A feed is what everybody reads, whoever asks.
	"GET /-/comments/:id": { path: (c) => `/-/comments/${c.id}`, expect: { own: "- 200 200 200 200 200 200", other: EVERYBODY.other, archived: EVERYBODY.other, team: GONE, trash: GONE, draft: GONE, none: GONE } },
	"POST /-/thread/:id": { path: (c) => `/-/thread/${c.id}`, body: () => ({}), expect: { own: "- 403 403 303 403 303 303", other: "401 403 403 303 403 303 303", team: "401 403 403 404 403 303 303", none: "401 403 403 404 403 404 404" } },
	// These records are no calls: nothing is answered in private, nothing stands. One's exchanges are one's own.
	"GET /-/answer/:id": { path: (c) => `/-/answer/${c.id}`, expect: mapped(READ, "200", "404") },
	"POST /-/answer/:id": { path: (c) => `/-/answer/${c.id}`, body: () => ({ text: "Oui", "how[]": "private" }), expect: { own: "- 404 404 404 404 404 404", other: "404 404 404 404 404 404 404", team: GONE, none: GONE } },
	"POST /-/call-state/:id": { path: (c) => `/-/call-state/${c.id}`, body: () => ({ "state[]": "fait" }), expect: mapped(SEND, "303", "404") },
	"GET /-/call-thanks/:id": { path: (c) => `/-/call-thanks/${c.id}`, expect: mapped(OPEN, "200", "404") },
	"POST /-/call-thanks/:id": { path: (c) => `/-/call-thanks/${c.id}`, body: () => ({}), expect: mapped(SEND, "303", "404") },
	"GET /-/still": { path: () => "/-/still?c=rien", expect: { other: GONE } },
	"POST /-/still": { path: () => "/-/still?c=rien", body: () => ({ "state[]": "fait" }), expect: { other: GONE } },
	"GET /-/exchanges": { path: () => "/-/exchanges", expect: SIGNED_IN },
	"POST /-/exchanges": { path: () => "/-/exchanges", body: () => ({ email: "rien" }), expect: { other: "401 422 422 422 422 422 422" } },
	"GET /-/exchange/:id": { path: (c) => `/-/exchange/${c.id}`, expect: { other: "303 404 404 404 404 404 404" } },
	"POST /-/exchange/:id": { path: (c) => `/-/exchange/${c.id}`, body: () => ({ text: "Oui" }), expect: { other: "401 404 404 404 404 404 404" } },
	"POST /-/exchange-act/:id": { path: (c) => `/-/exchange-act/${c.id}`, body: () => ({ act: "end" }), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/exchange-report/:id": { path: (c) => `/-/exchange-report/${c.id}`, expect: { other: "303 404 404 404 404 404 404" } },
	"POST /-/exchange-report/:id": { path: (c) => `/-/exchange-report/${c.id}`, body: () => ({ reason: "0" }), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/exchange-stop": { path: () => "/-/exchange-stop?c=rien", expect: { other: GONE } },
	"POST /-/exchange-stop": { path: () => "/-/exchange-stop?c=rien", body: () => ({}), expect: { other: GONE } },
	// Choices kept by one's own browser.
	"GET /-/choices/:view": { path: () => "/-/choices/annuaire?commune=tours", expect: EVERYBODY },
	"POST /-/choices/:view": { path: () => "/-/choices/annuaire", body: () => ({ choices: "commune=tours", "keep[]": "1" }), expect: { other: "303 303 303 303 303 303 303" } },
	"GET /-/share/sheet": { path: (c) => `/-/share/sheet?path=/f/${c.id}`, expect: READ },
	"GET /-/talks": { path: () => "/-/talks", expect: EVERYBODY },
	"GET /-/talks/:space": { path: () => "/-/talks/coordination", expect: { team: READ["team"]! } },
	// Its author and facilitators say that a discussion is solved.
	"POST /-/solve/:id": { path: (c) => `/-/solve/${c.id}`, body: () => ({}), expect: { own: "- 303 303 303 303 303 303", other: "401 403 403 303 403 303 303", team: "401 404 403 404 403 303 303", trash: "401 404 404 403 404 403 403", none: "401 404 404 404 404 404 404" } },
	// These are no comments.
	"GET /-/split/:id": { path: (c) => `/-/split/${c.id}`, expect: { own: "- 403 403 404 403 404 404", other: "303 403 403 404 403 404 404", team: "303 403 403 404 403 404 404", none: "303 403 403 404 403 404 404" } },
	"POST /-/split/:id": { path: (c) => `/-/split/${c.id}`, body: () => ({ title: "Un" }), expect: { own: "- 403 403 404 403 404 404", other: "401 403 403 404 403 404 404", team: "401 403 403 404 403 404 404", none: "401 403 403 404 403 404 404" } },
	"GET /-/names/:id": { path: (c) => `/-/names/${c.id}?q=a`, expect: { other: "303 200 200 200 200 200 200", own: "- 200 200 200 200 200 200", team: "404 404 200 404 200 200 200", none: GONE } },
	// These are no debates.
	"GET /-/position/:id": { path: (c) => `/-/position/${c.id}`, expect: mapped(READ, "200", "404") },
	"POST /-/position/:id": { path: (c) => `/-/position/${c.id}`, body: () => ({ stance: "0", reason: "Oui" }), expect: { own: "- 404 404 404 404 404 404", other: "404 404 404 404 404 404 404", team: GONE, none: GONE } },
	"POST /-/also-end/:id": { path: (c) => `/-/also-end/${c.id}`, body: () => ({ space: "nulle-part" }), expect: { other: "401 404 404 404 404 404 404" } },
	"POST /-/position-remove/:id": { path: (c) => `/-/position-remove/${c.id}`, body: () => ({ position: "1" }), expect: { other: "401 404 404 404 404 404 404" } },
	"POST /-/position-accept/:id": { path: (c) => `/-/position-accept/${c.id}`, body: () => ({ position: "1" }), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/positions/:id": { path: (c) => `/-/positions/${c.id}`, expect: { other: "404 404 404 404 404 404 404" } },
	"POST /-/same-time/:form": { path: () => "/-/same-time/evenement", body: () => ({ titre: "" }), expect: { other: "200 200 200 200 200 200 200" } },
	"POST /-/meeting-item/:id": { path: (c) => `/-/meeting-item/${c.id}`, body: () => ({ item: "", act: "up" }), expect: mapped(SEND, "303", "404") },
	"GET /-/meeting-next/:id": { path: (c) => `/-/meeting-next/${c.id}`, expect: mapped(OPEN, "200", "404") },
	"POST /-/meeting-next/:id": { path: (c) => `/-/meeting-next/${c.id}`, body: () => ({ title: "" }), expect: mapped(SEND, "303", "404") },
	"POST /-/minutes-begin/:id": { path: (c) => `/-/minutes-begin/${c.id}`, body: () => ({}), expect: mapped(SEND, "303", "404") },
	"GET /-/minutes/:id": { path: (c) => `/-/minutes/${c.id}`, expect: mapped(OPEN, "200", "404") },
	"POST /-/minutes/:id": { path: (c) => `/-/minutes/${c.id}`, body: () => ({ form: "tache" }), expect: mapped(SEND, "303", "404") },
	"GET /-/meeting-attendance/:id": { path: (c) => `/-/meeting-attendance/${c.id}`, expect: mapped(OPEN, "200", "404") },
	"POST /-/meeting-attendance/:id": { path: (c) => `/-/meeting-attendance/${c.id}`, body: () => ({ lines: "0" }), expect: mapped(SEND, "303", "404") },
	"GET /-/debate-group/:id": { path: (c) => `/-/debate-group/${c.id}`, expect: mapped(OPEN, "200", "404") },
	"POST /-/debate-group/:id": { path: (c) => `/-/debate-group/${c.id}`, body: () => ({ lines: "1" }), expect: mapped(SEND, "303", "404") },
	// Thanks are for what others wrote and one reads.
	// One does not sign up to these records (signup_test.ts).
	"GET /-/attend/:id": { path: (c) => `/-/attend/${c.id}`, expect: mapped(READ, "200", "404") },
	"POST /-/attend/:id": { path: (c) => `/-/attend/${c.id}`, body: () => ({}), expect: { own: "- 404 404 404 404 404 404", other: GONE, team: GONE, none: GONE } },
	"POST /-/attend-cancel/:id": { path: (c) => `/-/attend-cancel/${c.id}`, body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/attend-leave": { path: () => "/-/attend-leave?c=rien", expect: { other: GONE } },
	"POST /-/attend-leave": { path: () => "/-/attend-leave?c=rien", body: () => ({}), expect: { other: GONE } },
	"GET /-/attendance/:id": { path: (c) => `/-/attendance/${c.id}`, expect: mapped(OPEN, "200", "404") },
	"POST /-/attendance/:id": { path: (c) => `/-/attendance/${c.id}`, body: () => ({ name: "Denise" }), expect: mapped(SEND, "303", "404") },
	"POST /-/attendance-came/:id": { path: (c) => `/-/attendance-came/${c.id}`, body: () => ({ signup: "1", "came[]": "1" }), expect: mapped(SEND, "303", "404") },
	"POST /-/attendance-admit/:id": { path: (c) => `/-/attendance-admit/${c.id}`, body: () => ({ signup: "1" }), expect: mapped(SEND, "303", "404") },
	"POST /-/attendance-remove/:id": { path: (c) => `/-/attendance-remove/${c.id}`, body: () => ({ signup: "1" }), expect: mapped(SEND, "303", "404") },
	"GET /-/attendance-file/:id": { path: (c) => `/-/attendance-file/${c.id}?forme=csv`, expect: mapped(OPEN, "200", "404") },
	"GET /-/near/:view": { path: () => "/-/near/agenda", expect: EVERYBODY },
	"POST /-/near/:view": { path: () => "/-/near/agenda", body: () => ({ la: "47.39,0.69", "keep[]": "1" }), expect: { other: "303 303 303 303 303 303 303" } },
	// Dates to choose from: these records propose none.
	"GET /-/dates/:id": { path: (c) => `/-/dates/${c.id}`, expect: mapped(READ, "200", "404") },
	"POST /-/dates/:id": { path: (c) => `/-/dates/${c.id}`, body: () => ({}), expect: { own: "- 404 404 404 404 404 404", other: "404 404 404 404 404 404 404", team: GONE, none: GONE } },
	"POST /-/dates-withdraw/:id": { path: (c) => `/-/dates-withdraw/${c.id}`, body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/dates-table/:id": { path: (c) => `/-/dates-table/${c.id}`, expect: { other: "404 404 404 404 404 404 404" } },
	"POST /-/choose-date/:id": { path: (c) => `/-/choose-date/${c.id}`, body: () => ({}), expect: mapped(SEND, "303", "404") },
	"POST /-/remind-dates/:id": { path: (c) => `/-/remind-dates/${c.id}`, body: () => ({}), expect: mapped(SEND, "303", "404") },
	"POST /-/thanks/:id": { path: (c) => `/-/thanks/${c.id}`, body: () => ({ thanks: "1" }), expect: { own: "- 403 403 403 403 403 403", other: "401 303 303 303 303 303 303", team: "401 404 303 404 303 403 303", archived: "401 303 303 303 303 303 303", trash: "401 404 404 404 404 404 404", draft: "401 404 404 404 404 404 404", none: "401 404 404 404 404 404 404" } },
	// One's own only; a form to follow needs to name something that one reads.
	"GET /-/news": { path: () => "/-/news", expect: SIGNED_IN },
	"POST /-/news": { path: () => "/-/news", body: (c) => ({ page: c.id }), expect: { other: "401 303 303 303 303 303 303", team: "401 404 303 404 303 303 303" } },
	"GET /-/follows": { path: () => "/-/follows", expect: SIGNED_IN },
	"POST /-/follows": { path: () => "/-/follows", body: () => ({ pace: "9" }), expect: { other: "401 422 422 422 422 422 422" } },
	"POST /-/follow": { path: () => "/-/follow", body: (c) => ({ kind: "0", target: c.id, on: "0" }), expect: { other: "401 303 303 303 303 303 303", team: "401 404 303 404 303 303 303", none: "401 404 404 404 404 404 404" } },
	// A letter's secret is its own right: news_test.ts has true ones.
	"GET /-/stop": { path: () => "/-/stop?c=rien", expect: { other: GONE } },
	"POST /-/stop": { path: () => "/-/stop?c=rien", body: () => ({}), expect: { other: GONE } },
	// Each looks after her own spaces only.
	"GET /-/moderation": { path: () => "/-/moderation", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/moderation/spam": { path: () => "/-/moderation/spam", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/moderation/spam": { path: () => "/-/moderation/spam", body: () => ({ words: "ab" }), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/moderation/log": { path: () => "/-/moderation/log", expect: EVERYBODY },
	"GET /-/moderation/record/:id": { path: (c) => `/-/moderation/record/${c.id}`, expect: { other: "303 403 403 200 403 200 200", team: "303 403 403 404 403 403 200", none: "303 403 403 404 403 404 404" } }, // not her own
	"POST /-/moderation/record/:id": { path: (c) => `/-/moderation/record/${c.id}`, body: () => ({}), expect: { other: "401 403 403 422 403 422 422", team: "401 403 403 404 403 403 422" } },
	"GET /-/moderation/account/:id": { path: (c) => `/-/moderation/account/${c.person}`, expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/moderation/account/:id": { path: (c) => `/-/moderation/account/${c.person}`, body: () => ({}), expect: { other: "401 403 403 422 403 422 422" } },
	"GET /-/moderation/appeal/:num": { path: () => "/-/moderation/appeal/999999", expect: { other: "303 403 403 404 403 404 404" } },
	"POST /-/moderation/appeal/:num": { path: () => "/-/moderation/appeal/999999", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/appeal": { path: () => "/-/appeal?m=999999", expect: { other: "303 404 404 404 404 404 404" } },
	"POST /-/appeal": { path: () => "/-/appeal", body: () => ({ m: "999999" }), expect: { other: "401 404 404 404 404 404 404" } },

	"GET /-/search": { path: () => "/-/search?q=epn", expect: EVERYBODY },
	"GET /-/view/:view/points.json": { path: () => "/-/view/espaces/points.json", expect: EVERYBODY },
	"GET /-/view/:view/map.svg": { path: () => "/-/view/espaces/map.svg", expect: EVERYBODY },
	"GET /-/saved": { path: () => "/-/saved", expect: SIGNED_IN },
	"GET /-/saved/new/:view": { path: () => "/-/saved/new/annuaire", expect: SIGNED_IN },
	"POST /-/saved/new/:view": { path: () => "/-/saved/new/annuaire", body: () => ({ name: "" }), expect: { other: "401 422 422 422 422 422 422" } },
	// Nobody's: a view of the site.
	"POST /-/saved/:view": { path: () => "/-/saved/annuaire", body: () => ({ name: "Volé" }), expect: { other: "401 404 404 404 404 404 404" } },
	"POST /-/saved/:view/delete": { path: () => "/-/saved/annuaire/delete", body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	// Of a page that one may read.
	"GET /-/share": { path: (c) => `/-/share?path=/f/${c.id}`, expect: READ },
	"GET /-/share/card": { path: (c) => `/-/share/card?path=/f/${c.id}`, expect: READ },
	"GET /-/qr.svg": { path: (c) => `/-/qr.svg?path=/f/${c.id}`, expect: READ },
	"GET /-/qr.png": { path: (c) => `/-/qr.png?path=/f/${c.id}`, expect: READ },
	"GET /-/screen/:view": { path: () => "/-/screen/annuaire", expect: EVERYBODY },
	"GET /-/frame/:view": { path: () => "/-/frame/annuaire", expect: EVERYBODY },
	// What visitors read, whoever asks.
	"GET /-/frame/record/:id": { path: (c) => `/-/frame/record/${c.id}`, expect: { own: "- 200 200 200 200 200 200", other: "200 200 200 200 200 200 200", team: GONE, trash: GONE, draft: GONE, none: GONE } },
	"GET /-/oembed": { path: (c) => `/-/oembed?url=https://ailleurs.example/f/${c.id}`, expect: { other: GONE } }, // feeds_test.ts
	"GET /-/search.atom": { path: () => "/-/search.atom?q=epn", expect: EVERYBODY },
	"GET /-/search.json": { path: () => "/-/search.json?q=epn", expect: EVERYBODY },
	"GET /-/feeds": { path: () => "/-/feeds", expect: EVERYBODY },
	"GET /-/recent.json": { path: () => "/-/recent.json", expect: EVERYBODY },
	"GET /-/recent": { path: () => "/-/recent", expect: EVERYBODY },
	"GET /-/recent.atom": { path: () => "/-/recent.atom", expect: EVERYBODY },
	"GET /-/printed": { path: () => "/-/printed", expect: SIGNED_IN },
	"GET /-/printed/note": { path: () => "/-/printed/note?path=/annuaire", expect: SIGNED_IN },
	"POST /-/printed/note": { path: () => "/-/printed/note", body: () => ({ choices: "path=/annuaire", place: "", copies: "1" }), expect: { other: "401 422 422 422 422 422 422" } },
	"POST /-/printed/:num": { path: () => "/-/printed/999999", body: () => ({ act: "gone" }), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/print": { path: () => "/-/print?path=/annuaire", expect: EVERYBODY },
	"GET /-/export/:view/:format": { path: () => "/-/export/annuaire/csv", expect: EVERYBODY },
	"GET /-/contribute/begin": { path: () => "/-/contribute/begin?forme=rien", expect: { other: "404 404 404 404 404 404 404" } },
	"GET /-/contribute": { path: () => "/-/contribute", expect: EVERYBODY },
	"GET /-/shortcuts": { path: () => "/-/shortcuts", expect: EVERYBODY },
	"GET /-/rights": { path: () => "/-/rights", expect: EVERYBODY },
	"GET /-/health": { path: () => "/-/health", expect: EVERYBODY },
	"GET /robots.txt": { path: () => "/robots.txt", expect: EVERYBODY },
	"GET /favicon.ico": { path: () => "/favicon.ico", expect: EVERYBODY },
	"GET /-/language/:lang": { path: () => "/-/language/fr", expect: { other: "303 303 303 303 303 303 303" } },
	"GET /-/asset/:file": { path: () => "/-/asset/nothing.css", expect: { other: GONE } },
	"GET /-/theme/:file": { path: () => "/-/theme/nothing.css", expect: { other: GONE } },
	"GET /-/file/:hash": { path: () => `/-/file/${"0".repeat(64)}`, expect: { other: GONE } },
	"GET /-/file/:hash/:name": { path: () => `/-/file/${"0".repeat(64)}/plan.pdf`, expect: { other: GONE } },

	"GET /-/sign-in": { path: () => "/-/sign-in", expect: { other: "200 303 303 303 303 303 303" } },
	"POST /-/sign-in": { path: () => "/-/sign-in", body: () => ({ email: "x@y.example", password: "faux" }), expect: { other: "422 422 422 422 422 422 422" } },
	"GET /-/sign-in/letter": { path: () => "/-/sign-in/letter", expect: EVERYBODY },
	"POST /-/sign-in/letter": { path: () => "/-/sign-in/letter", body: () => ({ email: "" }), expect: { other: "422 422 422 422 422 422 422" } },
	// Secrets are their own right: joining_test.ts has true ones.
	"GET /-/in": { path: () => "/-/in?c=rien", expect: { other: SPENT } },
	"POST /-/in": { path: () => "/-/in", body: () => ({ c: "rien" }), expect: { other: SPENT } },
	"GET /-/join": { path: () => "/-/join?c=rien", expect: { other: SPENT } },
	"POST /-/join": { path: () => "/-/join", body: () => ({ c: "rien", name: "Moi" }), expect: { other: SPENT } },
	"GET /-/card": { path: () => "/-/card", expect: EVERYBODY },
	"POST /-/card": { path: () => "/-/card", body: () => ({ c: "rien" }), expect: { other: "422 422 422 422 422 422 422" } },
	"GET /-/sign-up": { path: () => "/-/sign-up", expect: EVERYBODY },
	"POST /-/sign-up": { path: () => "/-/sign-up", body: () => ({ name: "" }), expect: { other: "422 422 422 422 422 422 422" } },
	"GET /-/welcome": { path: () => "/-/welcome", expect: SIGNED_IN },
	"GET /-/waiting": { path: () => "/-/waiting", expect: EVERYBODY },
	"POST /-/sign-out": { path: () => "/-/sign-out", expect: {} }, // session_test.ts
	"GET /-/first-run": { path: () => "/-/first-run", expect: { other: GONE } }, // there is an administrator
	"POST /-/first-run": { path: () => "/-/first-run", body: () => ({ code: "", name: "Moi", email: "moi@x.example", password: "un mot de passe long" }), expect: { other: GONE } },
	"GET /-/account": { path: () => "/-/account", expect: SIGNED_IN },
	"POST /-/account": { path: () => "/-/account", expect: { other: "401 303 303 303 303 303 303" }, form: () => "/-/account", body: () => ({}) },
	"POST /-/account/email": { path: () => "/-/account/email", body: () => ({ email: "z@z.example", email_present: "faux" }), expect: { other: "401 422 422 422 422 422 422" } },
	"POST /-/account/password": { path: () => "/-/account/password", body: () => ({ password: "un mot de passe long", password_present: "faux" }), expect: { other: "401 422 422 422 422 422 422" } },
	"POST /-/account/sessions": { path: () => "/-/account/sessions", body: () => ({ session: "0".repeat(64) }), expect: { other: "401 303 303 303 303 303 303" } },

	"POST /-/sign-in/code": { path: () => "/-/sign-in/code", body: () => ({ code: "000000" }), expect: { other: "303 303 303 303 303 303 303" } }, // back to the start: nothing was shown
	// Calendars for other programs: what everybody reads, or a page as who asks reads it; an own one's secret is its own right
	// (calendar_test.ts has true ones, and pages with a date).
	"GET /-/calendar/view/:view": { path: () => "/-/calendar/view/agenda.ics", expect: EVERYBODY },
	"GET /-/calendar/space/:space": { path: () => "/-/calendar/space/tours.ics", expect: EVERYBODY },
	"GET /-/calendar/page/:id": { path: (c) => `/-/calendar/page/${c.id}.ics`, expect: { other: GONE, none: GONE } },
	"GET /-/calendar/own/:token": { path: () => "/-/calendar/own/rien.ics", expect: { other: GONE } },
	"GET /-/subscribe/view/:view": { path: () => "/-/subscribe/view/agenda", expect: EVERYBODY },
	"GET /-/subscribe/space/:space": { path: () => "/-/subscribe/space/tours", expect: EVERYBODY },
	"GET /-/calendar/import": { path: () => "/-/calendar/import", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/calendar/import": { path: () => "/-/calendar/import", body: () => ({ form: "evenement" }), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/calendar/undo/:save": { path: () => "/-/calendar/undo/00000000000000000000000000", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/calendars": { path: () => "/-/calendars", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/calendars": { path: () => "/-/calendars", body: () => ({ url: "rien", form: "evenement" }), expect: { other: "401 403 403 422 403 422 422" } },
	"POST /-/calendars/:num": { path: () => "/-/calendars/999", body: () => ({ what: "pause" }), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/account/calendar": { path: () => "/-/account/calendar", expect: SIGNED_IN },
	"POST /-/account/calendar": { path: () => "/-/account/calendar", body: () => ({ what: "all" }), expect: { other: "401 200 200 200 200 200 200" } },
	"POST /-/account/calendar/end": { path: () => "/-/account/calendar/end", body: () => ({}), expect: { other: "401 303 303 303 303 303 303" } },
	"GET /-/account/data": { path: () => "/-/account/data", expect: SIGNED_IN },
	"POST /-/account/data": { path: () => "/-/account/data", body: () => ({}), expect: { other: "401 200 200 200 200 200 200" } },
	"GET /-/my-data": { path: () => "/-/my-data?c=rien", expect: { other: SPENT } },
	"POST /-/my-data": { path: () => "/-/my-data", body: () => ({ c: "rien" }), expect: { other: SPENT } },
	"GET /-/account/erase": { path: () => "/-/account/erase", expect: SIGNED_IN },
	"POST /-/account/erase": { path: () => "/-/account/erase", body: () => ({ mode: "" }), expect: { other: "401 422 422 422 422 422 422" } },
	"POST /-/account/erase/keep": { path: () => "/-/account/erase/keep", body: () => ({}), expect: { other: "401 303 303 303 303 303 303" } },
	"GET /-/people/:id/erase": { path: (c) => `/-/people/${c.person}/erase`, expect: ADMINISTRATOR },
	"POST /-/people/:id/erase": { path: (c) => `/-/people/${c.person}/erase`, body: () => ({ mode: "" }), expect: { other: "401 403 403 403 403 403 422" } },
	"GET /-/erasures": { path: () => "/-/erasures", expect: ADMINISTRATOR },
	// Nothing waits.
	"GET /-/erasures/:id": { path: (c) => `/-/erasures/${c.person}`, expect: { other: "303 403 403 403 403 403 404" } },
	"POST /-/erasures/:id": { path: (c) => `/-/erasures/${c.person}`, body: () => ({ answer: "no", reason: "Non" }), expect: { other: "401 403 403 403 403 403 404" } },
	"GET /-/account/second-step": { path: () => "/-/account/second-step", expect: SIGNED_IN },
	"POST /-/account/second-step": { path: () => "/-/account/second-step", body: () => ({ code: "000000" }), expect: { other: "401 303 303 303 303 303 303" } },
	"POST /-/account/second-step/end": { path: () => "/-/account/second-step/end", body: () => ({ code: "000000" }), expect: { other: "401 422 422 422 422 422 422" } },
	"POST /-/people/:id/second-step": { path: (c) => `/-/people/${c.person}/second-step`, body: () => ({}), expect: ADMINISTRATOR_SENDS },

	"GET /-/people": { path: () => "/-/people", expect: ADMINISTRATOR },
	"GET /-/people/new": { path: () => "/-/people/new", expect: ADMINISTRATOR },
	"POST /-/people/new": { path: () => "/-/people/new", body: () => ({ name: "", email: "" }), expect: { other: "401 403 403 403 403 403 422" } },
	"GET /-/people/:id": { path: (c) => `/-/people/${c.person}`, expect: ADMINISTRATOR },
	"POST /-/people/:id": { path: (c) => `/-/people/${c.person}`, body: () => ({}), expect: ADMINISTRATOR_SENDS },
	"POST /-/people/:id/password": { path: () => "/-/people/00000000000000000000000000/password", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"POST /-/people/:id/accept": { path: () => "/-/people/00000000000000000000000000/accept", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"POST /-/people/:id/refuse": { path: () => "/-/people/00000000000000000000000000/refuse", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	// Named readers: of a form that is not there, nothing; who reads and who names, in confidential_test.ts.
	"GET /-/readers/:form": { path: () => "/-/readers/aucun", expect: { other: "303 404 404 404 404 404 404" } },
	"POST /-/readers/:form": { path: () => "/-/readers/aucun", body: () => ({ person: "" }), expect: { other: "401 404 404 404 404 404 404" } },
	"POST /-/readers/:form/:person": { path: (c) => `/-/readers/aucun/${c.person}`, body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/readings/:form": { path: () => "/-/readings/aucun", expect: { other: "303 404 404 404 404 404 404" } },
	"GET /-/readings/:form/csv": { path: () => "/-/readings/aucun/csv", expect: { other: "303 404 404 404 404 404 404" } },
	"GET /-/circle/:id": { path: (c) => `/-/circle/${c.id}`, expect: { other: "303 404 404 404 404 404 404", team: "303 404 404 404 404 404 404" } },
	"POST /-/circle/:id": { path: (c) => `/-/circle/${c.id}`, body: () => ({ own: "1" }), expect: { other: "401 404 404 404 404 404 404", team: "401 404 404 404 404 404 404" } },
	"POST /-/circle/:id/:person": { path: (c) => `/-/circle/${c.id}/${c.person}`, body: () => ({}), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/care": { path: () => "/-/care", expect: SIGNED_IN },
	"GET /-/care/:kind/:id": { path: (c) => `/-/care/page/${c.id}`, expect: { own: "- 200 200 200 200 200 200", other: "303 200 200 200 200 200 200", team: "303 404 200 404 200 200 200", none: "303 404 404 404 404 404 404" } },
	"POST /-/care/:kind/:id": { path: (c) => `/-/care/page/${c.id}`, body: () => ({ do: "offer" }), expect: { own: "- 303 303 303 303 303 303", other: "401 403 403 303 403 303 303", team: "401 404 403 404 403 303 303", none: "401 404 404 404 404 404 404" } },
	"GET /-/letters": { path: () => "/-/letters", expect: ADMINISTRATOR },
	"GET /-/letters/:num": { path: () => "/-/letters/999999", expect: { other: "303 403 403 403 403 403 404" } },
	"POST /-/letters/:num/again": { path: () => "/-/letters/999999/again", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"POST /-/letters/:num/drop": { path: () => "/-/letters/999999/drop", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },

	// Who looks after a space sees what waits for her; the rest is for administrators.
	"GET /-/admin": { path: () => "/-/admin", expect: { other: "303 403 403 200 403 200 200" } },
	"GET /-/admin/settings": { path: () => "/-/admin/settings", expect: ADMINISTRATOR },
	"POST /-/admin/settings": { path: () => "/-/admin/settings", body: () => ({ backups_kept: "0" }), expect: { other: "401 403 403 403 403 403 422" } },
	"POST /-/admin/settings/site": { path: () => "/-/admin/settings/site", body: () => ({ licence: "" }), expect: { other: "401 403 403 403 403 403 422" } },
	"POST /-/admin/settings/letter": { path: () => "/-/admin/settings/letter", body: () => ({}), expect: { other: "401 403 403 403 403 403 422" } }, // no mail server
	"GET /-/admin/jobs": { path: () => "/-/admin/jobs", expect: ADMINISTRATOR },
	"POST /-/admin/jobs/:id/again": { path: () => "/-/admin/jobs/999999/again", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"POST /-/admin/jobs/:id/drop": { path: () => "/-/admin/jobs/999999/drop", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"GET /-/legal": { path: () => "/-/legal", expect: EVERYBODY },
	"GET /-/admin/legal": { path: () => "/-/admin/legal", expect: ADMINISTRATOR },
	"POST /-/admin/legal": { path: () => "/-/admin/legal", body: () => ({}), expect: ADMINISTRATOR_SENDS },
	"GET /-/admin/register": { path: () => "/-/admin/register", expect: ADMINISTRATOR },
	"GET /-/admin/register.csv": { path: () => "/-/admin/register.csv", expect: ADMINISTRATOR },
	"GET /-/admin/disk": { path: () => "/-/admin/disk", expect: ADMINISTRATOR },
	"GET /-/admin/backups": { path: () => "/-/admin/backups", expect: ADMINISTRATOR },
	"POST /-/admin/backups": { path: () => "/-/admin/backups", body: () => ({}), expect: ADMINISTRATOR_SENDS },
	"POST /-/admin/backups/:name/test": { path: () => "/-/admin/backups/none.zip/test", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"POST /-/admin/backups/:name/download": { path: () => "/-/admin/backups/none.zip/download", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"POST /-/admin/backups/:name/delete": { path: () => "/-/admin/backups/none.zip/delete", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"GET /-/admin/check": { path: () => "/-/admin/check", expect: ADMINISTRATOR },
	"POST /-/admin/check": { path: () => "/-/admin/check", body: () => ({}), expect: ADMINISTRATOR_SENDS },
	"GET /-/admin/audit": { path: () => "/-/admin/audit", expect: ADMINISTRATOR },
	"POST /-/admin/audit.csv": { path: () => "/-/admin/audit.csv", body: () => ({}), expect: { other: "401 403 403 403 403 403 200" } },
	"GET /-/parent": { path: () => "/-/parent?c=rien", expect: { other: "410 410 410 410 410 410 410" } },
	"POST /-/parent": { path: () => "/-/parent", body: () => ({ c: "rien", answer: "yes" }), expect: { other: "410 410 410 410 410 410 410" } },
	"GET /-/minors": { path: () => "/-/minors", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/minors/:id": { path: (c) => `/-/minors/${c.person}`, body: () => ({ answer: "yes" }), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/account/age": { path: () => "/-/account/age", body: () => ({}), expect: { other: "401 303 303 303 303 303 303" } },
	"GET /-/terms": { path: () => "/-/terms", expect: SIGNED_IN },
	"POST /-/terms": { path: () => "/-/terms", body: () => ({}), expect: { other: "401 303 303 303 303 303 303" } },
	"POST /-/account/terms": { path: () => "/-/account/terms", body: () => ({ terms: "rien", version: "1", yes: "1" }), expect: { other: "401 404 404 404 404 404 404" } },
	"GET /-/terms/:key": { path: () => "/-/terms/rien", expect: { other: "404 404 404 404 404 404 404" } },
	"GET /-/terms/:key/:version": { path: () => "/-/terms/rien/1", expect: { other: "404 404 404 404 404 404 404" } },
	"GET /-/admin/terms": { path: () => "/-/admin/terms", expect: ADMINISTRATOR },
	"GET /-/admin/terms/new": { path: () => "/-/admin/terms/new", expect: ADMINISTRATOR },
	"POST /-/admin/terms/new": { path: () => "/-/admin/terms/new", body: () => ({}), expect: { other: "401 403 403 403 403 403 422" } },
	"GET /-/admin/terms/:key": { path: () => "/-/admin/terms/rien", expect: { other: "303 403 403 403 403 403 404" } },
	"POST /-/admin/terms/:key": { path: () => "/-/admin/terms/rien", body: () => ({}), expect: { other: "401 403 403 403 403 403 404" } },
	"GET /-/confirm": { path: () => "/-/confirm", expect: SIGNED_IN },
	"POST /-/confirm": { path: () => "/-/confirm", body: () => ({ again: "faux" }), expect: { other: "401 422 422 422 422 422 422" } },
	// The team's space is unknown to all but its members; the open one is everybody's. True requests: spaces_test.ts.
	"GET /-/spaces": { path: () => "/-/spaces", expect: EVERYBODY },
	"POST /-/spaces": { path: () => "/-/spaces", body: () => ({ create: "administrators" }), expect: ADMINISTRATOR_SENDS },
	"GET /-/spaces/new": { path: () => "/-/spaces/new", expect: ADMINISTRATOR },
	"POST /-/spaces/new": { path: () => "/-/spaces/new", body: () => ({}), expect: { other: "401 403 403 403 403 403 422" } },
	"GET /e/:space": { path: () => "/e/coordination", expect: { team: "404 404 200 404 200 200 200" } },
	"GET /-/space/:slug/settings": { path: () => "/-/space/coordination/settings", expect: { team: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/settings": { path: () => "/-/space/coordination/settings", body: () => ({}), expect: { team: "401 403 403 404 403 422 422" } },
	"POST /-/space/:slug/delete": { path: () => "/-/space/coordination/delete", body: () => ({}), expect: { team: "401 403 403 403 403 403 400" } }, // it has pages
	"GET /-/space/:slug/join": { path: () => "/-/space/coordination/join", expect: { team: "404 404 200 404 200 200 200" } },
	"POST /-/space/:slug/join": { path: () => "/-/space/coordination/join", body: () => ({}), expect: { team: "401 404 400 404 400 400 400" } }, // by invitation
	"POST /-/space/:slug/withdraw": { path: () => "/-/space/coordination/withdraw", body: () => ({}), expect: { team: "401 404 303 404 303 303 303" } },
	"GET /-/space/:slug/leave": { path: () => "/-/space/coordination/leave", expect: { team: "303 404 200 404 200 200 404" } },
	"POST /-/space/:slug/leave": { path: () => "/-/space/nulle-part/leave", body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/space/:slug/requests/:id": { path: () => "/-/space/coordination/requests/00000000000000000000000000", body: () => ({}), expect: { team: "401 403 403 404 403 404 404" } },
	"GET /-/space/:slug/hand-over": { path: () => "/-/space/coordination/hand-over", expect: { team: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/hand-over": { path: () => "/-/space/coordination/hand-over", body: () => ({}), expect: { team: "401 403 403 404 403 422 422" } },
	// Prepared by the author and by who looks after the space; there is none yet: shareable_test.ts.
	"GET /-/shareable/prepare/:id": { path: (c) => `/-/shareable/prepare/${c.id}`, expect: { own: DELETE_OPEN["own"]!, other: DELETE_OPEN["other"]!, team: DELETE_OPEN["team"]!, none: DELETE_OPEN["none"]! } },
	"POST /-/shareable/prepare/:id": { path: (c) => `/-/shareable/prepare/${c.id}`, body: () => ({}), expect: { own: "- 422 422 422 422 422 422", other: "401 403 403 422 403 422 422", none: DELETE_SEND["none"]! } },
	"GET /-/shareable/:id": { path: (c) => `/-/shareable/${c.id}`, expect: { none: "303 404 404 404 404 404 404" } },
	"POST /-/shareable/:id/ask": { path: (c) => `/-/shareable/${c.id}/ask`, body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/shareable/:id/answer": { path: (c) => `/-/shareable/${c.id}/answer`, body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/shareable/:id/voice": { path: (c) => `/-/shareable/${c.id}/voice`, body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/shareable/:id/publish": { path: (c) => `/-/shareable/${c.id}/publish`, body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/shareable/:id/withdraw": { path: (c) => `/-/shareable/${c.id}/withdraw`, body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	"POST /-/shareable/:id/drop": { path: (c) => `/-/shareable/${c.id}/drop`, body: () => ({}), expect: { none: "401 404 404 404 404 404 404" } },
	// An archive is for who asked for it: archive_test.ts.
	"GET /-/space/:slug/archive": { path: () => "/-/space/coordination/archive", expect: { team: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/archive": { path: () => "/-/space/coordination/archive", body: () => ({}), expect: { team: "401 403 403 404 403 422 422" } },
	"GET /-/space/:slug/archive/:id": { path: () => "/-/space/coordination/archive/00000000000000000000000000", expect: { team: "303 403 403 404 403 404 404" } },
	"POST /-/space/:slug/archive/:id/delete": { path: () => "/-/space/coordination/archive/00000000000000000000000000/delete", body: () => ({}), expect: { team: "401 403 403 404 403 404 404" } },
	"POST /-/space/:slug/close": { path: () => "/-/space/coordination/close", body: () => ({}), expect: { team: "401 403 403 404 403 422 422" } },
	"GET /-/space/:slug/menu": { path: () => "/-/space/coordination/menu", expect: { team: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/menu": { path: () => "/-/space/coordination/menu", body: () => ({ "menu-n": "1" }), expect: { team: "401 403 403 404 403 422 422" } },
	"GET /-/space/:slug/home": { path: () => "/-/space/coordination/home", expect: { team: "303 403 403 404 403 200 200" } },
	"GET /-/space/:slug/home/preview": { path: () => "/-/space/coordination/home/preview", expect: { team: "303 403 403 404 403 200 200" } },
	"GET /-/space/:slug/home/add": { path: () => "/-/space/coordination/home/add", expect: { team: "303 403 403 404 403 200 200" } },
	"GET /-/space/:slug/home/add/:kind": { path: () => "/-/space/coordination/home/add/view", expect: { team: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/home/add/:kind": { path: () => "/-/space/coordination/home/add/view", body: () => ({}), expect: { team: "401 403 403 404 403 422 422" } },
	"GET /-/space/:slug/home/block/:place": { path: () => "/-/space/coordination/home/block/0", expect: { team: "303 403 403 404 403 404 404" } }, // it has no block
	"POST /-/space/:slug/home/block/:place": { path: () => "/-/space/coordination/home/block/0", body: () => ({}), expect: { team: "401 403 403 404 403 404 404" } }, // it has no block
	"POST /-/space/:slug/home/move": { path: () => "/-/space/coordination/home/move", body: () => ({ place: "0", mark: "x" }), expect: { team: "401 403 403 404 403 409 409" } },
	"POST /-/space/:slug/home/remove": { path: () => "/-/space/coordination/home/remove", body: () => ({ place: "0", mark: "x" }), expect: { team: "401 403 403 404 403 409 409" } },
	"POST /-/space/:slug/home/publish": { path: () => "/-/space/coordination/home/publish", body: () => ({ _mark: "x" }), expect: { team: "401 403 403 404 403 409 409" } },
	"POST /-/space/:slug/home/discard": { path: () => "/-/space/coordination/home/discard", body: () => ({}), expect: { team: "401 403 403 404 403 303 303" } },
	"GET /-/space/:slug/history/:what": { path: () => "/-/space/coordination/history/menu", expect: { team: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/history/:what/:version": { path: () => "/-/space/coordination/history/menu/menu.999", body: () => ({}), expect: { team: "401 403 403 404 403 404 404" } },
	"GET /-/dormant": { path: () => "/-/dormant", expect: { other: "303 403 403 200 403 200 200" } },
	"POST /-/dormant": { path: () => "/-/dormant", body: () => ({ months: "12" }), expect: ADMINISTRATOR_SENDS },
	"POST /-/space/:slug/invite": { path: () => "/-/space/coordination/invite", body: () => ({}), expect: { other: "401 403 403 404 403 200 200" } },
	"POST /-/space/:slug/invite/:num/end": { path: () => "/-/space/coordination/invite/999999/end", body: () => ({}), expect: { other: "401 403 403 404 403 303 303" } },
	"POST /-/space/:slug/card": { path: () => "/-/space/coordination/card", body: () => ({ name: "" }), expect: { other: "401 403 403 404 403 422 422" } },
	"POST /-/space/:slug/members/:id/card": { path: () => "/-/space/coordination/members/00000000000000000000000000/card", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"POST /-/space/:slug/members/:id/card/end": { path: () => "/-/space/coordination/members/00000000000000000000000000/card/end", body: () => ({}), expect: { other: "401 403 403 404 403 404 404" } },
	"GET /-/space/:slug/members": { path: () => "/-/space/coordination/members", expect: { team: "303 403 403 404 403 200 200", other: "303 403 403 404 403 200 200" } },
	"POST /-/space/:slug/members": { path: () => "/-/space/coordination/members", body: () => ({ email: "personne@x.example" }), expect: { other: "401 403 403 404 403 422 422" } },
	"POST /-/space/:slug/members/:id": { path: (c) => `/-/space/coordination/members/${c.person}`, body: () => ({ level: "2" }), expect: { other: "401 403 403 404 403 303 303" } },
};

function mapped(expect: Row["expect"], from: string, to: string): Row["expect"] {
	return Object.fromEntries(Object.entries(expect).map(([object, line]) => [object, line!.replaceAll(from, to)]));
}

const host = { email: "accueille@test.example", name: "Hana Accueille", password: "encore un mot de passe" };

async function addHost(dir: string): Promise<void> {
	await runOk(["user", dir, "add", host.email, host.name], { input: `${host.password}\n` });
	await runOk(["user", dir, "facilitator", host.email, "tours"]);
}

async function fileHash(dir: string): Promise<string> {
	const hash = createHash("sha256");
	for (const name of ["site.db", "site.db-wal"]) hash.update(await readFile(join(dir, name)).catch(() => Buffer.alloc(0)));
	return hash.digest("hex");
}

onSite("rights", (site) => {
	const clients = {} as Record<Role, Client>;
	const made = {} as Record<"other" | "team" | "trash" | "draft" | "archived", Made>;
	const own = {} as Record<Role, Made>;
	const tokens = {} as Record<Role, string>;
	let person = "", routes: string[] = [];

	before(async () => {
		for (const role of roles) {
			// Each from an address of her own: tries to sign in are counted by address.
			clients[role] = new Client(site, { "Accept-Language": "fr", "X-Forwarded-For": `192.0.2.${roles.indexOf(role) + 1}` });
			if (role === "host") await clients[role].signInWith(host.email, host.password);
			else if (role !== "visitor") await clients[role].signIn(role as PersonName);
			tokens[role] = role === "visitor" ? "" : await token(clients[role]);
		}
		const neighbour = await new Client(site).signIn("neighbour");
		const twice = async (client: Client, title: string, space = "") => {
			const page = await add(client, "page", { titre: title, texte: "Un premier texte." }, space);
			await edit(client, page.id, { texte: "Un second texte." });
			return page;
		};
		made.other = await twice(neighbour, "Page d’une voisine");
		made.trash = await twice(neighbour, "Page jetée");
		made.team = await twice(clients.facilitator, "Page de l’équipe", "coordination");
		await trash(clients.facilitator, made.trash.id);
		made.archived = await twice(neighbour, "Page archivée");
		made.draft = await add(neighbour, "page", { titre: "Page en brouillon", texte: "Un début.", _state: "draft" });
		await clients.facilitator.post(`/-/archive/${made.archived.id}`, { _form: tokens.facilitator });
		for (const role of roles.slice(1)) own[role] = await twice(clients[role], `Page de ${role}`);
		const list = (await clients.administrator.get("/-/people")).body;
		person = new RegExp(`href="/-/people/([0-9a-z]{26})">${people.neighbour.name.replace(/[()]/g, "\\$&")}`).exec(list)![1]!;
		routes = (await runOk(["rights", "--routes"], { env: { LC_ALL: "en" } })).out.trim().split("\n").map((line) => line.split("\t").slice(0, 2).join(" "));
	});

	const at = (role: Role, object: Object): Case => {
		const it = object === "own" ? own[role] : object === "none" ? undefined : made[object];
		const id = it?.id ?? "0".repeat(26);
		return { id, version: it?.versions[0] ?? "0".repeat(26), slug: it?.url.split("/").pop() ?? "nulle-part", token: tokens[role], person };
	};

	async function ask(role: Role, name: string, row: Row, object: Object): Promise<Answer> {
		const client = clients[role], c = at(role, object);
		if (name.startsWith("GET")) return client.get(row.path(c));
		let pairs: Pairs = [];
		if (row.form) pairs = await client.form(row.form(c), row.path(c).replace("/versions/", "/edit/")).then((form) => form.pairs, () => []);
		const send = () => client.post(row.path(c), { _heads: "", ...Object.fromEntries(pairs), ...row.body?.(c), _form: c.token }, { Origin: site.origin });
		const answer = await send();
		if (answer.status !== 429) return answer;
		await new Promise((done) => setTimeout(done, 3000)); // sixty writes without a breath, then one in 1.8 s
		return send();
	}

	// What a test changed is put back, so that each case finds the same site.
	async function restore(name: string, role: Role, object: Object): Promise<void> {
		const send = (path: string, id: string) => clients.facilitator.post(`${path}/${id}`, { _form: tokens.facilitator });
		const { id } = at(role, object);
		if (/^POST \/-\/(trash|archive)/.test(name) && !/trash|archived/.test(object)) await send("/-/untrash", id);
		if (object === "archived" && name.startsWith("POST")) await send("/-/archive", id);
		if (/^POST \/-\/(untrash|restore|edit|versions|archive|unarchive|publish|undo)/.test(name) && object === "trash") await send("/-/trash", id);
	}

	it("each route says what it needs, and the matrix knows each route", () => {
		assert.deepEqual([...routes].sort(), Object.keys(matrix).sort());
	});

	for (const [name, row] of Object.entries(matrix))
		for (const object of objects) {
			const line = row.expect[object];
			if (!line) continue;
			const wanted = line.split(" ");
			it(`${name} of ${object}`, async () => {
				if (!routes.includes(name)) return assert.fail(`${name} is no route of the program`);
				const got: string[] = [];
				for (const [i, role] of roles.entries()) {
					if (wanted[i] === "-") {
						got.push("-");
						continue;
					}
					const answer = await ask(role, name, row, object);
					got.push(String(answer.status));
					if (role === "visitor" && answer.status === 303 && wanted[i] === "303" && !/language|choices|near|sign-in\/code|\/f\/|\/-\/paper\//.test(name))
						assert.match(answer.location, /^\/-\/sign-in\?next=/, `${name}: visitor`);
					if (answer.status === 303 && name.startsWith("POST")) await restore(name, role, object);
				}
				assert.equal(got.join(" "), line, `${roles.join(" ")}`);
			});
		}

	it("unreadable and absent are the same page", async () => {
		const hidden = await clients.contributor.get(`/-/history/${made.team.id}`);
		const absent = await clients.contributor.get(`/-/history/${"0".repeat(26)}`);
		const mask = (body: string) => body.replace(/<code>[^<]*<\/code>/g, "").replaceAll(made.team.id, "").replaceAll("0".repeat(26), "");
		assert.equal(mask(hidden.body), mask(absent.body));
	});

	it("lists, search and recent changes show nothing of a closed space or of the trash", async () => {
		for (const role of ["visitor", "contributor", "host"] as const)
			for (const path of ["/pages", "/journal-des-pages", "/-/recent", "/-/recent.atom", "/-/export/pages/csv", "/-/export/pages/json", "/-/export/pages/atom", "/-/search?q=equipe", "/-/search?q=page", "/"]) {
				const read = text((await clients[role].get(path)).body);
				assert.doesNotMatch(read, /Page de l’ ?équipe/, `${path} to ${role}`);
				if (role !== "host") assert.doesNotMatch(read, /Page ?jetée|Page en ?brouillon/, `${path} to ${role}`);
			}
		assert.match(text((await clients.member.get("/-/search?q=page%20equipe")).body), /Page de l’ ?équipe/, "members find it");
	});

	it("what is archived stays so when somebody corrects it, until who may brings it back", async () => {
		const { id, url } = made.archived;
		await edit(clients.contributor, id, { texte: "Corrigée dans les archives." });
		assert.match(text((await clients.visitor.get(url)).body), /Corrigée dans les archives/);
		assert.doesNotMatch(text((await clients.visitor.get("/pages")).body), /Page ?archivée/);
		await clients.facilitator.post(`/-/unarchive/${id}`, { _form: tokens.facilitator });
		assert.match(text((await clients.visitor.get("/pages")).body), /Page ?archivée/);
	});

	it("a draft is its author's: published by her, deleted for ever, moved nowhere unasked", async () => {
		const contributor = clients.contributor, send = (path: string, id: string) => contributor.post(`${path}/${id}`, { _form: tokens.contributor });
		const one = await add(contributor, "page", { titre: "Brouillon publié", texte: "x", _state: "draft" });
		assert.equal((await clients.visitor.get(one.url)).status, 404);
		assert.match(text((await contributor.get("/-/drafts")).body), /Brouillon publié/);
		assert.doesNotMatch(text((await clients.member.get("/-/drafts")).body), /Brouillon publié/);
		assert.equal((await send("/-/publish", one.id)).status, 303);
		assert.equal((await clients.visitor.get(one.url)).status, 200);
		const two = await add(contributor, "page", { titre: "Brouillon jeté", texte: "x", _state: "draft" });
		assert.equal((await send("/-/delete", two.id)).status, 303);
		for (const client of [contributor, clients.administrator]) assert.equal((await client.get(two.url)).status, 404);
	});

	it("changing several at once changes only what one may change", async () => {
		const mine = await add(clients.member, "structure", { nom: "À ranger", genre: "association" });
		const answer = await clients.host.post("/-/bulk/annuaire", [["_form", tokens.host], ["action", "trash"], ["fiche", made.team.id], ["fiche", mine.id], ["fiche", "0".repeat(26)]]);
		assert.equal(answer.status, 303);
		assert.equal((await clients.visitor.get(mine.url)).status, 404);
		assert.equal((await clients.member.get(made.team.url)).status, 200);
		const undo = await clients.contributor.post(answer.location.replace(/^.*[?&]\w+=([0-9a-z]{26}).*$/, "/-/undo/$1"), { _form: tokens.contributor });
		assert.notEqual(undo.status, 303, "taking back takes the right to do");
		assert.equal((await clients.visitor.get(mine.url)).status, 404);
	});

	it("moving to a space takes the right to write there, and hides what that space hides", async () => {
		const page = await add(clients.contributor, "page", { titre: "À déménager", texte: "Secret ensuite" });
		const refused = await clients.contributor.post(`/-/move/${page.id}`, { _form: tokens.contributor, space: "coordination" });
		assert.ok([403, 404, 422].includes(refused.status), String(refused.status));
		assert.equal((await clients.visitor.get(page.url)).status, 200);
		assert.equal((await clients.facilitator.post(`/-/move/${page.id}`, { _form: tokens.facilitator, space: "coordination" })).status, 303);
		for (const role of ["visitor", "host"] as const) {
			for (const path of [page.url, `/-/history/${page.id}`, `/f/${page.id}`]) assert.notEqual((await clients[role].follow(await clients[role].get(path))).status, 200, `${path} to ${role}`);
			assert.doesNotMatch(text((await clients[role].get("/-/search?q=demenager")).body), /À déménager/);
		}
		assert.equal((await clients.member.follow(await clients.member.get(page.url))).status, 200);
	});

	it("a field for members is not shown, searched or compared for others", async () => {
		const page = await add(clients.member, "structure", {
			nom: "Structure discrète", genre: "association", contact: "Zéphirine Ombrageuse",
		});
		await edit(clients.member, page.id, { contact: "Zéphirine Crépusculaire" });
		const [latest, first] = (await clients.member.get(`/-/history/${page.id}`)).body.match(/(?<=\/-\/history\/[0-9a-z]{26}\/)[0-9a-z]{26}/g)!.filter((v, i, all) => all.indexOf(v) === i);
		const paths = [page.url, `/-/history/${page.id}`, `/-/history/${page.id}/${latest}`, `/-/compare/${page.id}?avant=${first}&apres=${latest}`, "/-/search?q=zephirine", "/annuaire?q=zephirine", "/-/recent", "/annuaire", "/-/export/annuaire/csv", "/-/export/annuaire/json", "/-/export/annuaire/atom"];
		assert.ok((await clients.member.get(page.url)).body.includes("Crépusculaire"));
		assert.ok((await clients.member.get("/-/search?q=zephirine")).body.includes("Structure discrète"));
		for (const role of ["visitor", "contributor", "outsider"] as const)
			for (const path of paths.concat(role === "visitor" ? [] : [`/-/edit/${page.id}`])) {
				const read = text((await clients[role].get(path)).body);
				assert.doesNotMatch(read, /Ombrageuse|Crépusculaire/, `${path} to ${role}`);
				if (path.includes("zephirine")) assert.doesNotMatch(read, /Structure discrète/, `${path} to ${role}`);
			}
	});

	it("a field that is not the reader's cannot be written either (Decidim CVE-2026-40870)", async () => {
		const page = await add(clients.member, "structure", { nom: "Structure gardée", genre: "association", contact: "Paule", suivi: "" });
		const form = await clients.contributor.form(`/-/edit/${page.id}`, "/-/edit/");
		assert.ok(!form.names.has("contact") && !form.names.has("suivi"));
		await clients.contributor.send(form, { contact: "Intruse", suivi: "Intruse", horaires: "Le mardi" });
		const shown = (await clients.facilitator.get(page.url)).body;
		assert.match(shown, /Paule/);
		assert.match(shown, /Le mardi/);
		assert.doesNotMatch(shown, /Intruse/);
	});

	it("no GET changes the database", async () => {
		const idle = async () => {
			for (let last = "", i = 0; i < 20; i++) {
				const now = await fileHash(site.dir);
				if (now === last) return now;
				last = now;
				await new Promise((done) => setTimeout(done, 100));
			}
			throw new Error("the database changes by itself");
		};
		const was = await idle();
		for (const [name, row] of Object.entries(matrix)) {
			if (!name.startsWith("GET") || !routes.includes(name)) continue;
			// What somebody who signed in takes away leaves a line in the log of who did what, and nothing else.
			const asking = ["GET /-/export/:view/:format", "GET /-/survey/:form/export/:format", "GET /-/print"].includes(name) ? (["visitor"] as const) : roles;
			for (const role of asking) for (const object of objects) if (object !== "own" || role !== "visitor") await clients[role].get(row.path(at(role, object)));
		}
		assert.equal(await idle(), was);
	});
}, { prepare: addHost, env: { PARVIS_TRUSTED_PROXIES: "127.0.0.1" } });
