// Large imports, which a job works at: their page once it has nothing more to do.
import assert from "node:assert/strict";
import type { Answer, Client } from "./client.js";

export async function settled(client: Client, address: string): Promise<Answer> {
	for (let i = 0; i < 600; i++) {
		const page = await client.get(address);
		if (page.status !== 200 || !/<p-run>/.test(page.body)) return page;
		await new Promise((done) => setTimeout(done, 100));
	}
	assert.fail(`${address}: it is not done after a minute`);
}
