// A small HTTP client: one person at one browser. Keeps cookies, fills forms; follows nothing by itself.
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";
import { gunzipSync } from "node:zlib";
import { type Form, type Pairs, forms } from "./html.js";
import { people, type PersonName, type Site } from "./program.js";

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
	bytes: Buffer;
	wire: number; // bytes of the body as sent
	location: string;
}

export interface Asked {
	headers?: Record<string, string>;
	body?: string | Uint8Array;
}

export class Client {
	readonly cookies = new Map<string, string>();
	private agent: Agent;

	// `from`: another address of this machine (127.0.0.2…), for whoever asks for more than one is granted.
	constructor(
		readonly site: Pick<Site, "port" | "origin">,
		readonly defaults: Record<string, string> = { "Accept-Language": "fr" },
		from?: string,
	) {
		this.agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: from });
	}

	ask(method: string, path: string, asked: Asked = {}): Promise<Answer> {
		const headers: Record<string, string> = { ...this.defaults, ...asked.headers };
		if (this.cookies.size && !headers["Cookie"])
			headers["Cookie"] = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
		if (asked.body !== undefined) headers["Content-Length"] = String(Buffer.byteLength(asked.body));
		return new Promise((done, fail) => {
			const rq = request(
				{ host: "127.0.0.1", port: this.site.port, method, path, headers, agent: this.agent, setHost: !headers["Host"] },
				(rs) => {
					const parts: Buffer[] = [];
					rs.on("data", (part) => parts.push(part));
					rs.on("error", fail);
					rs.on("end", () => {
						this.keep(rs.headers["set-cookie"] ?? []);
						const wire = Buffer.concat(parts);
						const whole = rs.headers["content-encoding"] === "gzip" && wire.length ? gunzipSync(wire) : wire;
						done({
							status: rs.statusCode!, headers: rs.headers, body: whole.toString("utf8"), bytes: whole, wire: wire.length,
							location: rs.headers.location ?? "",
						});
					});
				},
			);
			rq.on("error", fail);
			rq.end(asked.body);
		});
	}

	private keep(lines: string[]): void {
		for (const line of lines) {
			const [pair, ...rest] = line.split(";");
			const [name, ...value] = pair!.split("=");
			const gone = rest.some((part) => /^\s*max-age=0\s*$/i.test(part));
			if (gone) this.cookies.delete(name!.trim());
			else this.cookies.set(name!.trim(), value.join("="));
		}
	}

	get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
		return this.ask("GET", path, { headers });
	}

	post(path: string, pairs: Pairs | Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
		const body = new URLSearchParams(pairs).toString();
		return this.ask("POST", path, { body, headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers } });
	}

	// Sends a form of a page with some values changed; null: not sent at all; a list: sent several times.
	send(form: Form, changes: Record<string, string | string[] | null> = {}, headers: Record<string, string> = {}): Promise<Answer> {
		return this.post(form.action, changed(form.pairs, changes), { Origin: this.site.origin, ...headers });
	}

	// The same with files, as a browser sends them (RFC 7578).
	async sendFiles(form: Form, changes: Record<string, string | string[] | null>, files: Record<string, File>): Promise<Answer> {
		const data = new FormData();
		for (const [name, value] of changed(form.pairs, changes)) data.append(name, value);
		for (const [name, file] of Object.entries(files)) data.append(name, file);
		const packed = new Response(data);
		const type = packed.headers.get("Content-Type")!;
		return this.ask("POST", form.action, {
			body: new Uint8Array(await packed.arrayBuffer()), headers: { "Content-Type": type, Origin: this.site.origin },
		});
	}

	// Opens a page and gives its form sent by POST to an address that begins so (any, when not given).
	async form(path: string, action = ""): Promise<Form> {
		const page = await this.get(path);
		return formOf(page, action, path);
	}

	// Goes where the answer says.
	async follow(answer: Answer): Promise<Answer> {
		let at = answer;
		for (let i = 0; i < 5 && at.location; i++) at = await this.get(at.location);
		return at;
	}

	async signIn(who: PersonName): Promise<this> {
		const answer = await this.signInWith(people[who].email, people[who].password);
		if (answer.status !== 303) throw new Error(`${who} cannot sign in: ${answer.status}`);
		return this;
	}

	async signInWith(email: string, password: string): Promise<Answer> {
		const form = await this.form("/-/sign-in", "/-/sign-in");
		return this.send(form, { email, password });
	}
}

export function formOf(page: Answer, action = "", path = ""): Form {
	const all = forms(page.body).filter((form) => form.method === "post");
	const found = action
		? all.find((form) => form.action === action) ?? all.find((form) => form.action.startsWith(action))
		: all.find((form) => !form.action.startsWith("/-/sign-out"));
	if (!found) throw new Error(`no form for ${action || "anything"} on ${path}: status ${page.status}, ${page.location}`);
	return found;
}

export function changed(pairs: Pairs, changes: Record<string, string | string[] | null>): Pairs {
	const kept = pairs.filter(([name]) => !(name in changes));
	for (const [name, value] of Object.entries(changes))
		for (const each of value === null ? [] : Array.isArray(value) ? value : [value]) kept.push([name, each]);
	return kept;
}

// Sends exactly these bytes and gives all that comes back until the server closes, or a while after.
export function raw(port: number, bytes: string | Uint8Array, patience = 1500): Promise<string> {
	return new Promise((done, fail) => {
		const socket = connect(port, "127.0.0.1");
		let all = "";
		const timer = setTimeout(() => socket.destroy(), patience);
		socket.setEncoding("latin1");
		socket.on("data", (part) => (all += part));
		socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" || error.code === "EPIPE" ? undefined : fail(error)));
		socket.on("close", () => {
			clearTimeout(timer);
			done(all);
		});
		socket.write(bytes);
	});
}
