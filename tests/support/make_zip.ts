// Writes a ZIP file (APPNOTE 4.3), with what no honest program would write: for tests of what reads them.
import { deflateRawSync } from "node:zlib";

export interface Part {
	name: string;
	data: Buffer | string;
	says?: number; // the size that its header gives; the true one when left out
}

const table = Array.from({ length: 256 }, (_, n) => {
	for (let i = 0; i < 8; i++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
	return n >>> 0;
});
function sum(data: Buffer): number {
	let c = 0xffffffff;
	for (const byte of data) c = table[(c ^ byte) & 255]! ^ (c >>> 8);
	return (c ^ 0xffffffff) >>> 0;
}

export function makeZip(parts: Part[]): Buffer {
	const local: Buffer[] = [], central: Buffer[] = [];
	let at = 0;
	for (const part of parts) {
		const data = Buffer.from(part.data as Buffer), packed = deflateRawSync(data, { level: 9 }), name = Buffer.from(part.name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(0x800, 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(sum(data), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(part.says ?? data.length, 18);
		common.writeUInt16LE(name.length, 22);
		const head = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, name]);
		const entry = Buffer.alloc(16);
		entry.writeUInt32LE(at, 12);
		central.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common.subarray(0, 24), Buffer.alloc(2), entry.subarray(2), name]));
		local.push(head, packed);
		at += head.length + packed.length;
	}
	const index = Buffer.concat(central), end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(index.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...local, index, end]);
}
