// Draws the pictures of the demonstration of `agora-de-quartier`: flat shapes, no photograph, nobody's face, so that
// no right is anybody's but ours (CC BY-SA 4.0). Run it again after changing a scene:
//
//	node tools/drawing/draw.mjs presets/agora-de-quartier/demo/pictures
//
// A shape answers, for a point, how far inside it is (more than 0: inside); each pixel is looked at in nine places.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";

const W = 720, H = 480;
const colours = { night: "#123b3a", sky: "#d9ecec", dawn: "#f7e3c3", leaf: "#2f7d4f", grass: "#7fae5a", earth: "#8a5a3b", brick: "#b23a2e", sun: "#f0b93a", sand: "#ecd9b4", water: "#5a97b5", slate: "#4a5a63", white: "#fffdf6", ink: "#1d2a2a", rose: "#d9798a" };
const rgb = (name) => [1, 3, 5].map((i) => parseInt((colours[name] ?? name).slice(i, i + 2), 16));

// ---- Shapes ----
const rect = (x, y, w, h) => ({ box: [x, y, x + w, y + h], has: (px, py) => px >= x && px < x + w && py >= y && py < y + h });
const disc = (x, y, r, rx = r) => ({ box: [x - rx, y - r, x + rx, y + r], has: (px, py) => ((px - x) / rx) ** 2 + ((py - y) / r) ** 2 <= 1 });
const ring = (x, y, r, t) => ({ box: [x - r, y - r, x + r, y + r], has: (px, py) => { const d = Math.hypot(px - x, py - y); return d <= r && d >= r - t; } });
const poly = (...points) => ({
	box: [Math.min(...points.map((p) => p[0])), Math.min(...points.map((p) => p[1])), Math.max(...points.map((p) => p[0])), Math.max(...points.map((p) => p[1]))],
	has: (x, y) => {
		let inside = false;
		for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
			const [ax, ay] = points[i], [bx, by] = points[j];
			if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
		}
		return inside;
	},
});
const line = (ax, ay, bx, by, t) => ({
	box: [Math.min(ax, bx) - t, Math.min(ay, by) - t, Math.max(ax, bx) + t, Math.max(ay, by) + t],
	has: (x, y) => {
		const len = (bx - ax) ** 2 + (by - ay) ** 2, k = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / len));
		return Math.hypot(x - ax - k * (bx - ax), y - ay - k * (by - ay)) <= t / 2;
	},
});

// ---- What comes back ----
const tree = (x, y, s, leaf = "leaf") => [["earth", rect(x - 6 * s, y - 60 * s, 12 * s, 60 * s)], [leaf, disc(x, y - 95 * s, 48 * s)], [leaf, disc(x - 30 * s, y - 75 * s, 32 * s)], [leaf, disc(x + 30 * s, y - 75 * s, 32 * s)]];
const house = (x, y, w, h, wall, roof) => [[wall, rect(x, y - h, w, h)], [roof, poly([x - 12, y - h], [x + w / 2, y - h - w * 0.4], [x + w + 12, y - h])], ["sun", rect(x + w * 0.18, y - h * 0.72, w * 0.22, h * 0.24)], ["sun", rect(x + w * 0.6, y - h * 0.72, w * 0.22, h * 0.24)], ["ink", rect(x + w * 0.4, y - h * 0.4, w * 0.2, h * 0.4)]];
const somebody = (x, y, s, coat) => [[coat, poly([x - 22 * s, y], [x - 16 * s, y - 62 * s], [x + 16 * s, y - 62 * s], [x + 22 * s, y])], ["earth", disc(x, y - 80 * s, 18 * s)]];
const ground = (name, y) => [[name, rect(0, y, W, H - y)]];
const row = (n, fn) => Array.from({ length: n }, (_, i) => fn(i)).flat();
const hills = (name, y) => [[name, disc(160, y + 120, 150, 320)], [name, disc(560, y + 130, 170, 340)]];

// ---- Scenes ----
const scenes = {
	jardin: ["dawn", ["sun", disc(590, 110, 54)], ...hills("grass", 190), ...ground("leaf", 300), ...row(6, (i) => [["earth", poly([60 + i * 105, 480], [130 + i * 85, 320], [165 + i * 85, 320], [120 + i * 105, 480])], ...row(4, (k) => [["grass", disc(138 + i * 85 + (i - 2.5) * k * 6, 335 + k * 38, 9 + k * 2)]])]), ...tree(90, 330, 1.3)],
	portail: ["sky", ...hills("grass", 200), ...ground("sand", 360), ...tree(110, 370, 1.5), ...tree(620, 370, 1.3), ["slate", rect(215, 180, 22, 190)], ["slate", rect(483, 180, 22, 190)], ...row(9, (i) => [["brick", rect(245 + i * 26, 215 - Math.abs(i - 4) * -6, 12, 155)]]), ["brick", rect(237, 330, 246, 12)], ["brick", rect(237, 250, 246, 12)], ["sun", rect(300, 120, 120, 44)]],
	serre: ["sky", ["sun", disc(110, 100, 46)], ...ground("grass", 350), ["white", poly([160, 360], [160, 220], [360, 110], [560, 220], [560, 360])], ...row(5, (i) => [["slate", rect(158 + i * 100, 220 - (i === 2 ? 110 : i % 4 ? 55 : 0), 5, 140 + (i === 2 ? 110 : i % 4 ? 55 : 0))]]), ["slate", rect(160, 218, 402, 5)], ...row(8, (i) => [["leaf", disc(190 + i * 48, 335, 26, 15)], ["brick", rect(178 + i * 48, 340, 24, 22)]])],
	velo: ["sand", ...ground("slate", 395), ["ink", ring(220, 330, 96, 12)], ["ink", ring(500, 330, 96, 12)], ["brick", line(220, 330, 320, 200, 14)], ["brick", line(320, 200, 460, 200, 14)], ["brick", line(460, 200, 360, 330, 14)], ["brick", line(320, 200, 360, 330, 14)], ["brick", line(220, 330, 360, 330, 14)], ["brick", line(450, 160, 500, 330, 14)], ["ink", line(290, 186, 350, 186, 18)], ["ink", line(430, 158, 490, 150, 12)], ["slate", disc(360, 330, 26)], ["sun", disc(360, 330, 12)]],
	fete: ["night", ...row(2, (r) => row(11, (i) => [[["sun", "rose", "white", "grass"][(i + r) % 4], poly([20 + i * 66, 70 + r * 66 + Math.sin(i / 10 * Math.PI) * 38], [60 + i * 66, 70 + r * 66 + Math.sin((i + 0.6) / 10 * Math.PI) * 38], [40 + i * 66, 118 + r * 66 + Math.sin(i / 10 * Math.PI) * 38])]])), ...ground("slate", 400), ["white", poly([90, 360], [630, 360], [670, 410], [50, 410])], ...row(6, (i) => [...somebody(130 + i * 92, 362, 1.1, ["brick", "water", "leaf", "rose", "sun", "grass"][i])]), ["white", rect(50, 372, 620, 40)], ...row(9, (i) => [["sun", disc(95 + i * 66, 380, 7, 22)]])],
	radio: ["rose", ...row(5, (i) => [["white", ring(360, 210, 130 + i * 52, 8)]]), ["ink", rect(350, 300, 20, 130)], ["ink", rect(270, 424, 180, 18)], ["slate", disc(360, 210, 100, 66)], ["ink", rect(296, 205, 128, 10)], ["slate", rect(296, 215, 128, 60)], ...row(4, (i) => [["ink", rect(296, 232 + i * 14, 128, 4)]]), ["slate", disc(360, 275, 62, 64)]],
	banc: ["dawn", ["sun", disc(580, 120, 60)], ...ground("grass", 350), ...tree(210, 365, 2.1), ["earth", rect(330, 300, 280, 18)], ["earth", rect(330, 250, 280, 14)], ["earth", rect(330, 272, 280, 14)], ["ink", rect(350, 318, 14, 62)], ["ink", rect(576, 318, 14, 62)], ["ink", rect(350, 240, 10, 70)], ["ink", rect(580, 240, 10, 70)]],
	marche: ["sky", ...ground("sand", 380), ...row(3, (i) => [...row(6, (k) => [[k % 2 ? "white" : ["brick", "leaf", "water"][i], poly([40 + i * 225 + k * 32, 200], [72 + i * 225 + k * 32, 200], [70 + i * 225 + k * 36, 260], [34 + i * 225 + k * 36, 260])]]), ["earth", rect(40 + i * 225, 320, 200, 60)], ["ink", rect(44 + i * 225, 260, 8, 120)], ["ink", rect(228 + i * 225, 260, 8, 120)], ...row(6, (k) => [[["sun", "brick", "grass"][(k + i) % 3], disc(60 + i * 225 + k * 32, 314, 15)]])])],
	atelier: ["slate", ["sand", rect(60, 60, 600, 300)], ...row(5, (i) => [["earth", rect(110 + i * 120, 100, 10, 90)], [["brick", "ink", "water", "ink", "brick"][i], i % 2 ? ring(115 + i * 120, 110, 26, 10) : rect(90 + i * 120, 92, 50, 26)]]), ["earth", rect(30, 330, 660, 34)], ["ink", rect(70, 364, 24, 116)], ["ink", rect(626, 364, 24, 116)], ["white", rect(300, 250, 130, 80)], ["water", rect(310, 260, 110, 58)], ["brick", poly([480, 330], [560, 330], [545, 270], [495, 270])], ["leaf", disc(520, 250, 34)]],
	livre: ["leaf", ["sun", disc(360, 120, 74)], ["white", poly([360, 190], [120, 230], [120, 400], [360, 360])], ["white", poly([360, 190], [600, 230], [600, 400], [360, 360])], ...row(6, (i) => [["slate", line(150, 262 + i * 22, 330, 232 + i * 22, 4)], ["slate", line(390, 232 + i * 22, 570, 262 + i * 22, 4)]]), ["ink", line(360, 188, 360, 362, 5)]],
	rue: ["sky", ...house(30, 380, 150, 170, "sand", "brick"), ...house(200, 380, 130, 230, "dawn", "slate"), ...house(350, 380, 160, 150, "rose", "slate"), ...house(535, 380, 150, 210, "sand", "brick"), ...ground("slate", 380), ...row(7, (i) => [["white", rect(30 + i * 104, 424, 60, 10)]]), ...somebody(270, 410, 0.8, "leaf"), ...somebody(440, 412, 0.8, "brick")],
	fleuve: ["dawn", ["sun", disc(180, 150, 56)], ...hills("grass", 170), ["water", rect(0, 300, W, 180)], ...row(5, (i) => [["white", line(60 + i * 130, 350 + (i % 3) * 36, 130 + i * 130, 350 + (i % 3) * 36, 5)]]), ["slate", rect(0, 236, W, 26)], ...row(5, (i) => [["slate", rect(70 + i * 145, 250, 22, 90)], ["sand", disc(154 + i * 145, 310, 48, 60)]]), ["water", rect(0, 310, W, 34)]],
};

// ---- PNG (RFC 2083) ----
function crc32(bytes) {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
function chunk(type, data) {
	const out = Buffer.alloc(12 + data.length);
	out.writeUInt32BE(data.length, 0);
	out.write(type, 4, "latin1");
	data.copy(out, 8);
	out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
	return out;
}
function png(pixels) {
	const head = Buffer.alloc(13), raw = Buffer.alloc((W * 3 + 1) * H);
	head.writeUInt32BE(W, 0);
	head.writeUInt32BE(H, 4);
	head.set([8, 2, 0, 0, 0], 8);
	for (let y = 0; y < H; y++) for (let x = 0; x < W * 3; x++) raw[y * (W * 3 + 1) + 1 + x] = Math.round(pixels[y * W * 3 + x]);
	return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(raw, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
function draw([sky, ...shapes]) {
	const pixels = new Float64Array(W * H * 3), base = rgb(sky);
	for (let i = 0; i < pixels.length; i++) pixels[i] = base[i % 3];
	for (const [name, shape] of shapes) {
		const colour = rgb(name), [x0, y0, x1, y1] = shape.box;
		for (let y = Math.max(0, Math.floor(y0)); y < Math.min(H, Math.ceil(y1)); y++)
			for (let x = Math.max(0, Math.floor(x0)); x < Math.min(W, Math.ceil(x1)); x++) {
				let hits = 0;
				for (let k = 0; k < 9; k++) hits += shape.has(x + (k % 3) / 3 + 1 / 6, y + Math.floor(k / 3) / 3 + 1 / 6) ? 1 : 0;
				for (let c = 0; hits && c < 3; c++) { const at = (y * W + x) * 3 + c; pixels[at] += ((colour[c] - pixels[at]) * hits) / 9; }
			}
	}
	return pixels;
}

for (const [name, scene] of Object.entries(scenes)) writeFileSync(join(process.argv[2], `${name}.png`), png(draw(scene)));
