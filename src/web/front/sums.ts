// <p-sums data-total="100"><input inputmode="decimal">…<p class="numbers-total" hidden><output></output><span data-fits>…: the total
// of the numbers typed, said as they change. It is checked when the form is sent, with or without this.

export {}; // a module, loaded when it is wanted

const DIGITS = 9; // after the point: as many as the site keeps

// In units of the last digit, exact; null where it is no number. The site reads what is typed more largely.
function read(text: string): bigint | null {
  const found = /^([-−]?)(\d{1,18})(?:[.,](\d{1,9}))?$/.exec(text.replace(/[\s\u00A0\u202F]/g, ""));
  if (!found) return null;
  const units = BigInt(found[2]! + (found[3] ?? "").padEnd(DIGITS, "0"));
  return found[1] ? -units : units;
}

function written(units: bigint, lang: string): string {
  const whole = (units < 0n ? -units : units).toString().padStart(DIGITS + 1, "0");
  const fraction = whole.slice(-DIGITS).replace(/0+$/, "");
  const grouped = whole.slice(0, -DIGITS).replace(/\B(?=(\d{3})+$)/g, lang === "en" ? "," : "\u202F");
  return (units < 0n ? "-" : "") + grouped + (fraction ? (lang === "en" ? "." : ",") + fraction : "");
}

for (const sums of document.querySelectorAll<HTMLElement>("p-sums")) {
  const line = sums.querySelector<HTMLElement>(".numbers-total");
  if (!line) continue;
  const { lang = "", total = "", most = "" } = sums.dataset;
  const limit = read(total || most);
  const words = new Map([...line.querySelectorAll<HTMLElement>("[data-fits], [data-less], [data-over]")].map((span) => [span, span.textContent ?? ""]));
  const say = (name: string, left: bigint) => {
    for (const [span, text] of words) {
      span.hidden = !(name in span.dataset);
      if (!span.hidden) span.textContent = text.replace("%s", written(left, lang));
    }
  };
  const count = () => {
    const typed = [...sums.querySelectorAll<HTMLInputElement>("input")].map((box) => box.value.trim()).filter(Boolean);
    const numbers = typed.map(read).filter((n): n is bigint => n !== null);
    const sum = numbers.reduce((a, b) => a + b, 0n);
    line.hidden = numbers.length === 0;
    line.querySelector("output")!.textContent = written(sum, lang);
    if (limit === null) return;
    if (sum > limit) say("over", sum - limit);
    else if (total && sum < limit) say("less", limit - sum);
    else say(total ? "fits" : "", 0n);
  };
  sums.addEventListener("input", count);
  count();
}
