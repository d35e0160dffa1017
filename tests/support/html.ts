// Reads the pages: tags, texts and forms, as a browser would fill and send them.
export interface Tag {
	name: string;
	attributes: Map<string, string>;
	closing: boolean;
	at: number; // just after the tag
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00A0" };

export function decode(text: string): string {
	return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (all, dec, hex, name) =>
		dec ? String.fromCodePoint(Number(dec)) : hex ? String.fromCodePoint(parseInt(hex, 16)) : (named[name] ?? all),
	);
}

// Every tag, in order, by the tokenisation rules of HTML (13.2.5) as far as these pages need: what is
// inside a textarea, title, script or style is text.
export function tags(html: string): Tag[] {
	const found: Tag[] = [];
	let at = 0;
	while ((at = html.indexOf("<", at)) >= 0) {
		if (html.startsWith("<!--", at)) {
			at = html.indexOf("-->", at) + 3;
			if (at === 2) break;
			continue;
		}
		const open = /^<(\/?)([a-z][^\s/>]*)/i.exec(html.slice(at, at + 200));
		if (!open) {
			at++;
			continue;
		}
		const tag: Tag = { name: open[2]!.toLowerCase(), attributes: new Map(), closing: open[1] === "/", at: 0 };
		at = readAttributes(html, at + open[0].length, tag.attributes);
		tag.at = at;
		found.push(tag);
		if (!tag.closing && /^(textarea|title|script|style)$/.test(tag.name)) {
			const end = html.slice(at).search(new RegExp(`</${tag.name}[\\s/>]`, "i"));
			at = end < 0 ? html.length : at + end;
		}
	}
	return found;
}

function readAttributes(html: string, from: number, attributes: Map<string, string>): number {
	const one = /[\s/]*(?:(>)|([^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?)/y;
	one.lastIndex = from;
	for (let m = one.exec(html); m; m = one.exec(html)) {
		if (m[1]) break;
		attributes.set(m[2]!.toLowerCase(), decode(m[3] ?? m[4] ?? m[5] ?? ""));
	}
	return one.lastIndex || html.length;
}

// The text that a person reads, blanks made one.
export function text(html: string): string {
	return decode(
		html
			.replace(/<!--.*?-->/gs, "")
			.replace(/<(script|style|head|svg)\b.*?<\/\1\s*>/gis, " ")
			.replace(/<[^>]*>/g, " "),
	).replace(/[\s\u00A0\u202F]+/g, " ").trim();
}

export function textOf(html: string, tag: string): string {
	const inside = new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, "is").exec(html);
	return inside ? text(inside[1]!) : "";
}

export type Pairs = [name: string, value: string][];

export interface Form {
	method: string;
	action: string;
	pairs: Pairs; // successful controls, without buttons
	buttons: { name: string; value: string }[];
	names: Set<string>; // all controls that a person fills
}

// All the forms of a page, controls attached by form="…" included.
export function forms(html: string): Form[] {
	const found: Form[] = [];
	const byId = new Map<string, Form>();
	let current: Form | undefined;
	const all = tags(html);
	for (const tag of all) {
		if (tag.name !== "form" || tag.closing) continue;
		const form = {
			method: (tag.attributes.get("method") ?? "get").toLowerCase(), action: tag.attributes.get("action") ?? "",
			pairs: [], buttons: [], names: new Set<string>(),
		};
		found.push(form);
		byId.set(tag.attributes.get("id") ?? `form ${found.length}`, form);
	}
	let next = 0;
	for (let i = 0; i < all.length; i++) {
		const tag = all[i]!;
		if (tag.name === "form") current = tag.closing ? undefined : found[next++];
		else if (!tag.closing) {
			const owner = tag.attributes.has("form") ? byId.get(tag.attributes.get("form")!) : current;
			if (owner) readControl(html, all, i, owner);
		}
	}
	return found;
}

function readControl(html: string, all: Tag[], i: number, form: Form): void {
	const { name: kind, attributes, at } = all[i]!;
	const name = attributes.get("name");
	if (kind === "button" && (attributes.get("type") ?? "submit") === "submit")
		form.buttons.push({ name: name ?? "", value: attributes.get("value") ?? "" });
	if (!name || attributes.has("disabled")) return;
	if (kind === "textarea") {
		form.names.add(name);
		form.pairs.push([name, decode(html.slice(at, html.indexOf("</textarea", at)).replace(/^\r?\n/, ""))]);
	} else if (kind === "select") {
		form.names.add(name);
		let chosen: string | undefined, first: string | undefined;
		for (let j = i + 1; all[j] && !(all[j]!.name === "select" && all[j]!.closing); j++) {
			if (all[j]!.name !== "option" || all[j]!.closing) continue;
			first ??= all[j]!.attributes.get("value") ?? "";
			if (all[j]!.attributes.has("selected")) chosen = all[j]!.attributes.get("value") ?? "";
		}
		form.pairs.push([name, chosen ?? first ?? ""]);
	} else if (kind === "input") {
		const type = attributes.get("type") ?? "text";
		if (type !== "hidden") form.names.add(name);
		const ticked = type === "checkbox" || type === "radio";
		if (!ticked) form.pairs.push([name, attributes.get("value") ?? ""]);
		else if (attributes.has("checked")) form.pairs.push([name, attributes.get("value") ?? "on"]);
	}
}

// Every address a page links to, sends to or loads.
export function addresses(html: string): string[] {
	return tags(html).flatMap(({ attributes }) => ["href", "src", "action"].flatMap((name) => attributes.get(name) ?? []));
}
