// Reads CSV (RFC 4180): an independent reader, to count and compare what the demonstration shows.
export function csv(text: string): Record<string, string>[] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const m of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
		if (m[0] === "" && m.index === text.length) break;
		row.push(m[1] !== undefined ? m[1].replace(/""/g, '"') : m[2]!);
		if (m[3] !== ",") {
			rows.push(row);
			row = [];
		}
	}
	const [header, ...rest] = rows;
	return rest.filter((r) => r.length > 1 || r[0]).map((r) => Object.fromEntries(header!.map((name, i) => [name, r[i] ?? ""])));
}
