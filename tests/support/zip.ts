// Reads a ZIP file (APPNOTE 4.3): the text of each part, by its name.
import { inflateRawSync } from "node:zlib";

export function unzip(bytes: Buffer): Map<string, string> {
	const parts = new Map<string, string>();
	const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
	let at = bytes.readUInt32LE(end + 16);
	for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
		if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error("no central directory entry");
		const method = bytes.readUInt16LE(at + 10);
		const size = bytes.readUInt32LE(at + 20);
		const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number];
		const local = bytes.readUInt32LE(at + 42);
		const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
		const data = bytes.subarray(from, from + size);
		parts.set(bytes.toString("utf8", at + 46, at + 46 + name), (method === 8 ? inflateRawSync(data) : data).toString("utf8"));
		at += 46 + name + extra + comment;
	}
	return parts;
}
