// A mail server of our own on a port of the loopback (RFC 5321): takes letters, or refuses them as told.
import { createServer, type Socket } from "node:net";

export interface Taken {
	from: string;
	to: string[];
	raw: string; // as sent, dots undone
}

export interface Smtp {
	url: string;
	taken: Taken[];
	answerTo: (recipient: string) => string; // to RCPT: "250 OK", or a refusal
	stop(): Promise<void>;
	wait(n: number, patience?: number): Promise<void>; // until n letters were taken
}

export async function smtp(): Promise<Smtp> {
	const server = createServer((socket) => talk(socket, smtp));
	const smtp: Smtp = {
		url: "", taken: [], answerTo: () => "250 OK",
		stop: () => new Promise((done) => server.close(() => done())),
		wait: async (n, patience = 10_000) => {
			for (const end = Date.now() + patience; smtp.taken.length < n; await new Promise((done) => setTimeout(done, 20)))
				if (Date.now() > end) throw new Error(`${smtp.taken.length} letters came, not ${n}`);
		},
	};
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	smtp.url = `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
	return smtp;
}

function talk(socket: Socket, smtp: Smtp): void {
	let pending = "", data: string[] | undefined, letter: Taken = { from: "", to: [], raw: "" };
	const say = (line: string) => socket.write(`${line}\r\n`);
	const heed = (line: string) => {
		if (data) {
			if (line !== ".") return void data.push(line.replace(/^\./, ""));
			smtp.taken.push({ ...letter, raw: data.join("\r\n") });
			data = undefined;
			return say("250 Taken");
		}
		const verb = line.slice(0, 4).toUpperCase();
		if (verb === "EHLO" || verb === "HELO") say("250 test.example");
		else if (verb === "MAIL") (letter = { from: /<(.*)>/.exec(line)![1]!, to: [], raw: "" }), say("250 OK");
		else if (verb === "RCPT") {
			const to = /<(.*)>/.exec(line)![1]!, answer = smtp.answerTo(to);
			if (answer.startsWith("2")) letter.to.push(to);
			say(answer);
		} else if (verb === "DATA") (data = []), say("354 Go on");
		else if (verb === "QUIT") say("221 Bye"), socket.end();
		else say(verb === "RSET" ? "250 OK" : "502 Not here");
	};
	socket.setEncoding("utf8").on("error", () => {}).on("data", (text) => {
		const lines = (pending + text).split("\r\n");
		pending = lines.pop()!;
		lines.forEach(heed);
	});
	say("220 test.example ESMTP");
}

export interface Letter {
	headers: Map<string, string>; // decoded (RFC 2047), by name in small letters
	text: string;
	links: string[];
}

// Reads a message: an independent reader (RFC 5322, 2045, 2047), for texts in base64.
export function readLetter(raw: string): Letter {
	const at = raw.indexOf("\r\n\r\n");
	const headers = new Map<string, string>();
	for (const line of raw.slice(0, at).replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
		const [, name, value] = /^([!-9;-~]+): ?(.*)$/.exec(line)!;
		headers.set(name!.toLowerCase(), words(value!));
	}
	const text = Buffer.from(raw.slice(at + 4), "base64").toString("utf8").replace(/\r\n/g, "\n");
	return { headers, text, links: text.match(/https?:\/\/\S+/g) ?? [] };
}

function words(value: string): string {
	return value
		.replace(/(=\?[^?]+\?B\?[^?]*\?=)\s+(?==\?)/gi, "$1")
		.replace(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, "base64").toString("utf8"));
}
