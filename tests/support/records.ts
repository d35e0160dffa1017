// Records made through the forms, as people make them.
import type { Answer, Client } from "./client.js";

export interface Made {
	id: string;
	url: string;
	versions: string[]; // the saves, the latest first
}

// Adds a record through its form; in another space than the first when `space` names it.
export async function add(client: Client, kind: string, values: Record<string, string | string[]>, space = ""): Promise<Made> {
	const form = await client.form(`/-/new/${kind}${space ? `?espace=${space}` : ""}`, "/-/new/");
	const answer = await client.send(form, values);
	if (answer.status !== 303) throw new Error(`adding a ${kind}: ${answer.status}\n${answer.body}`);
	return made(client, answer.location.split("?")[0]!);
}

export async function made(client: Client, url: string): Promise<Made> {
	const page = await client.get(url);
	const id = /href="\/f\/([0-9a-z]{26})"/.exec(page.body)?.[1];
	if (!id) throw new Error(`${url}: ${page.status}, no lasting address`);
	return { id, url, versions: await versions(client, id) };
}

export async function versions(client: Client, id: string): Promise<string[]> {
	const { body } = await client.get(`/-/history/${id}`);
	return [...new Set([...body.matchAll(new RegExp(`/-/history/${id}/([0-9a-z]{26})`, "g"))].map((m) => m[1]!))];
}

export async function edit(client: Client, id: string, values: Record<string, string | string[] | null>): Promise<Answer> {
	return client.send(await client.form(`/-/edit/${id}`, "/-/edit/"), values);
}

export async function trash(client: Client, id: string): Promise<void> {
	const answer = await client.send(await client.form(`/-/trash/${id}`, "/-/trash/"));
	if (answer.status !== 303) throw new Error(`trash: ${answer.status}`);
}

// The token that forms carry for this person.
export async function token(client: Client): Promise<string> {
	const { body } = await client.get("/-/account");
	return /name="_form" value="([^"]*)"/.exec(body)?.[1] ?? "";
}
