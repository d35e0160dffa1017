// Works out the expressions that the program compiled (src/expression/expression.h): the same values, digit for digit.
// A test compares the two on thousands of expressions; the functions below are the rows of expression_function.c.

/** A number is a bigint of 10^-9, a day the number of days since 1970-01-01, what is missing null. */
export type Value = null | bigint | number | string | boolean | string[] | bigint[];

/** As expression_json writes it: {n} number, {t} text, {q} question, true, false, [function, arguments…]. */
export type Tree = boolean | { n: string } | { t: string } | { q: string } | [string, ...(Tree | Step[])[]];
type Step = ["m"] | ["s", number, number] | ["c", number, ...number[]];

export interface Answers {
  value(name: string): Value;
  today: number;
}

const ONE = 1_000_000_000n;
const LIMIT = ONE * ONE * ONE;
const CHARACTERS = 10_000;
const FIRST_DAY = -719162; // 0001-01-01
const LAST_DAY = 2932896; // 9999-12-31

// ---- Numbers ----

export function readNumber(text: string): bigint | null {
  const m = /^(-?)(\d{1,18})(?:\.(\d{1,9}))?$/.exec(text);
  if (!m) return null;
  const n = BigInt(m[2]! + (m[3] ?? "").padEnd(9, "0"));
  return m[1] ? -n : n;
}

export function numberText(n: bigint): string {
  const digits = (n < 0n ? -n : n).toString().padStart(10, "0");
  const after = digits.slice(-9).replace(/0+$/, "");
  return (n < 0n ? "-" : "") + digits.slice(0, -9) + (after && `.${after}`);
}

const fits = (n: bigint): bigint | null => (n > -LIMIT && n < LIMIT ? n : null);

function quotient(x: bigint, y: bigint): bigint {
  const n = x < 0n ? -x : x;
  const d = y < 0n ? -y : y;
  let whole = n / d;
  if ((n % d) * 2n >= d) whole++;
  return x < 0n !== y < 0n ? -whole : whole;
}

const whole = (n: bigint): number => Number(n / ONE);
const fromWhole = (n: number): bigint => BigInt(n) * ONE;

// ---- Texts ----

const LIGATURES: Record<string, string> = {
  æ: "ae", œ: "oe", ß: "ss", ø: "o", đ: "d", ħ: "h", ı: "i", ł: "l", ŀ: "l", ŋ: "n", ŧ: "t", þ: "th", ð: "d", ĸ: "k",
  ſ: "s", ŉ: "n", ĳ: "ij",
};

function foldCharacter(c: string): string {
  const code = c.codePointAt(0)!;
  if (code === 0xa0 || code === 0x202f || code === 9 || code === 10) return " ";
  if (code === 0x2018 || code === 0x2019) return "'";
  if (code >= 0x2010 && code <= 0x2014) return "-";
  if (code < 0xc0) return code >= 65 && code <= 90 ? c.toLowerCase() : c;
  if (code > 0x17f || c === "×" || c === "÷") return c;
  const small = code === 0x130 ? "i" : c.toLowerCase();
  return LIGATURES[small] ?? small.normalize("NFD")[0]!;
}

const characters = (s: string): string[] => [...s].slice(0, CHARACTERS);
const fold = (s: string): string => characters(s).map(foldCharacter).join("");

/** In the order of the characters' numbers, not of halves of pairs. */
function compareTexts(x: string, y: string): number {
  const a = [...x];
  const b = [...y];
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = a[i]!.codePointAt(0)! - b[i]!.codePointAt(0)!;
    if (order) return order;
  }
  return a.length - b.length;
}

// ---- Days ----

/** Howard Hinnant's civil calendar, as base/date.c has it. */
export function dayOf(y: number, m: number, d: number): number | null {
  if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1) return null;
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  if (d > [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]!) return null;
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yoe = year - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
}

export function civil(day: number): [number, number, number] {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const m = mp < 10 ? mp + 3 : mp - 9;
  return [yoe + era * 400 + (m <= 2 ? 1 : 0), m, doy - Math.floor((153 * mp + 2) / 5) + 1];
}

export function readDay(text: string): number | null {
  const m = /^(\d{4})-(\d\d)-(\d\d)(?:T|$)/.exec(text);
  return m ? dayOf(+m[1]!, +m[2]!, +m[3]!) : null;
}

const pad = (n: number, size: number): string => String(n).padStart(size, "0");

function dayText(day: number): string {
  const [y, m, d] = civil(day);
  return `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
}

function movedDay(from: number, by: number): number | null {
  const day = from + by;
  return day < FIRST_DAY || day > LAST_DAY ? null : day;
}

function yearsBetween(from: number, to: number): number {
  const [y1, m1, d1] = civil(from);
  const [y2, m2, d2] = civil(to);
  return y2 - y1 - (m2 < m1 || (m2 === m1 && d2 < d1) ? 1 : 0);
}

// ---- Patterns ----

/** All the ways at once, character by character: no way is tried twice. */
function matches(steps: Step[], text: string): boolean {
  const seen = new Array<number>(steps.length).fill(-1);
  let turn = 0;
  let list: number[] = [];
  const reach = (step: number): void => {
    while (seen[step] !== turn) {
      const s = steps[step]!;
      seen[step] = turn;
      if (s[0] !== "s") {
        list.push(step);
        return;
      }
      reach(s[1]);
      step = s[2];
    }
  };
  reach(0);
  for (const c of text) {
    const code = c.codePointAt(0)!;
    const now = list;
    if (now.length === 0) return false;
    list = [];
    turn++;
    for (const step of now) {
      const s = steps[step]!;
      if (s[0] !== "c") continue;
      let found = false;
      for (let i = 2; i < s.length && !found; i += 2) found = code >= (s[i] as number) && code <= (s[i + 1] as number);
      if (found !== (s[1] === 1)) reach(step + 1);
    }
  }
  return list.some((step) => steps[step]![0] === "m");
}

// ---- Functions ----

const isList = (v: Value): v is string[] | bigint[] => Array.isArray(v);
const numbersOf = (args: Value[]): bigint[] =>
  args.flatMap((v) => (typeof v === "bigint" ? [v] : isList(v) ? (v as bigint[]) : []));

function compare(x: Value, y: Value): number {
  if (typeof x === "string") return compareTexts(fold(x), fold(y as string));
  return x! < y! ? -1 : x! > y! ? 1 : 0;
}

function equal(x: Value, y: Value): boolean {
  if (x === null || y === null) return false;
  if (!isList(x) && isList(y)) return equal(y, x);
  if (isList(x)) return typeof y === "string" && (x as Value[]).some((key) => typeof key === "string" && compare(key, y) === 0);
  return typeof x === typeof y && compare(x, y) === 0;
}

/** The order of two, undefined when there is none. */
function order(args: Value[]): number | undefined {
  const [x, y] = args as [Value, Value];
  return x === null || typeof x !== typeof y || isList(x) ? undefined : compare(x, y);
}

function total(args: Value[]): { sum: bigint; count: number } | null {
  const all = numbersOf(args);
  let sum = 0n;
  for (const n of all) {
    sum += n;
    if (fits(sum) === null) return null;
  }
  return all.length ? { sum, count: all.length } : null;
}

function extreme(args: Value[], sign: number): Value {
  const all: Value[] = args.flatMap((v) => (isList(v) ? (v as Value[]) : v === null ? [] : [v]));
  return all.reduce<Value>((best, v) => (best === null || compare(v, best) * sign > 0 ? v : best), null);
}

function joined(args: Value[]): Value {
  const parts: string[] = [];
  for (const v of args.slice(1).flatMap((one) => (isList(one) ? (one as Value[]) : [one]))) {
    if (v === null) continue;
    parts.push(textOf(v)!);
  }
  return characters(parts.join(args[0] as string)).join("") || null;
}

const number2 = (work: (x: bigint, y: bigint) => bigint | null) => ([x, y]: Value[]): Value =>
  typeof x === "bigint" && typeof y === "bigint" ? work(x, y) : null;
const number1 = (work: (x: bigint) => bigint | null) => ([x]: Value[]): Value => (typeof x === "bigint" ? work(x) : null);
const day1 = (part: number) => ([x]: Value[]): Value => (typeof x === "number" ? fromWhole(civil(x)[part]!) : null);

export const functions: Record<string, (args: Value[], answers: Answers, steps?: Step[]) => Value> = {
  or: ([x, y]) => x === true || y === true,
  and: ([x, y]) => x === true && y === true,
  not: ([x]) => x !== true,
  "=": ([x, y]) => equal(x!, y!),
  "!=": ([x, y]) => !equal(x!, y!),
  "<": (args) => (order(args) ?? 1) < 0,
  "<=": (args) => (order(args) ?? 1) <= 0,
  ">": (args) => (order(args) ?? -1) > 0,
  ">=": (args) => (order(args) ?? -1) >= 0,
  in: ([x, ...values]) => values.some((v) => equal(x!, v)),
  "+": ([x, y]) => {
    if (typeof x === "number" && typeof y === "bigint") return movedDay(x, whole(y));
    if (typeof y === "number" && typeof x === "bigint") return movedDay(y, whole(x));
    return typeof x === "bigint" && typeof y === "bigint" ? fits(x + y) : null;
  },
  "-": ([x, y]) => {
    if (typeof x === "number" && typeof y === "number") return fromWhole(x - y);
    if (typeof x === "number" && typeof y === "bigint") return movedDay(x, -whole(y));
    return typeof x === "bigint" && typeof y === "bigint" ? fits(x - y) : null;
  },
  "*": number2((x, y) => fits(quotient(x * y, ONE))),
  "/": number2((x, y) => (y ? fits(quotient(x * ONE, y)) : null)),
  minus: number1((x) => -x),
  if: ([test, x, y]) => (test === true ? x! : y!),
  empty: ([x]) => x === null,
  count: (args) =>
    fromWhole(args.reduce<number>((n, v) => n + (v === null || v === false ? 0 : isList(v) ? v.length : 1), 0)),
  sum: (args) => total(args)?.sum ?? null,
  mean: (args) => {
    const t = total(args);
    return t && fits(quotient(t.sum * ONE, fromWhole(t.count)));
  },
  min: (args) => extreme(args, -1),
  max: (args) => extreme(args, 1),
  round: ([x, digits]) => {
    if (typeof x !== "bigint" || digits === null) return null;
    const kept = digits === undefined ? 0 : Math.min(9, Math.max(0, whole(digits as bigint)));
    const unit = 10n ** BigInt(9 - kept);
    return fits(quotient(x, unit) * unit);
  },
  whole: number1((x) => (x / ONE) * ONE),
  abs: number1((x) => (x < 0n ? -x : x)),
  length: ([x]) => (typeof x === "string" ? fromWhole(characters(x).length) : null),
  contains: ([x, y]) => (isList(x!) ? equal(x, y!) : typeof x === "string" && typeof y === "string" && fold(x).includes(fold(y))),
  matches: ([x], _answers, steps) => typeof x === "string" && matches(steps!, fold(x)),
  join: (args) => (args[0] === null ? null : joined(args)),
  date: (args) => {
    if (args.length === 1) return typeof args[0] === "string" ? readDay(args[0]) : null;
    if (args.some((v) => typeof v !== "bigint")) return null;
    const [y, m, d] = args.map((v) => whole(v as bigint));
    return dayOf(y!, m!, d!);
  },
  today: (_args, answers) => answers.today,
  year: day1(0),
  month: day1(1),
  day: day1(2),
  years: ([x, y]) => {
    if (typeof x !== "number" || typeof y !== "number") return null;
    return fromWhole(x <= y ? yearsBetween(x, y) : -yearsBetween(y, x));
  },
};

// ---- The tree ----

export function work(tree: Tree, answers: Answers): Value {
  if (typeof tree === "boolean") return tree;
  if (!Array.isArray(tree)) {
    if ("n" in tree) return readNumber(tree.n);
    if ("t" in tree) return tree.t;
    const value = answers.value(tree.q);
    return value === "" || (isList(value) && value.length === 0) ? null : value;
  }
  const [name, ...args] = tree;
  if (name === "matches") return functions.matches!([work(args[0] as Tree, answers)], answers, args[1] as Step[]);
  return functions[name]!(args.map((arg) => work(arg as Tree, answers)), answers);
}

/** As expression_value_text. */
export function textOf(value: Value): string | null {
  if (value === null) return null;
  if (typeof value === "bigint") return numberText(value);
  if (typeof value === "number") return dayText(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "string") return value;
  return (value as Value[]).map(textOf).join("\n");
}

/** A text that the server sent, of a type that expression.h names, as a value. */
export function valueOf(type: string, text: string): Value {
  if (text === "") return null;
  switch (type) {
    case "number":
      return readNumber(text);
    case "date":
      return readDay(text);
    case "yes_no":
      return text === "true" ? true : text === "false" ? false : null;
    case "several":
      return text.split("\n");
    case "numbers":
      return text.split("\n").flatMap((line) => readNumber(line) ?? []);
    default:
      return text;
  }
}
