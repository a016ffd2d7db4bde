// Text from outside, as people see it.

// What would hide, turn around or overwrite text.
const HIDDEN = new RegExp(
  [
    "[\\u0000-\\u001f\\u007f-\\u009f]", // control characters
    "[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]", // marks of direction
    "[\\u00ad\\u034f\\u180e\\u200b\\u200c\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\ufff9-\\ufffb]", // nothing to see
    "[\\u115f\\u1160\\u17b4\\u17b5\\u3164\\uffa0]", // letters that are blank
    "[\\u2028\\u2029]", // ends of lines
    "[\\u{e0000}-\\u{e007f}]", // tags
    "[\\ud800-\\udfff]", // halves of characters
  ].join("|"),
  "gu",
);

// Joins pictures into one, such as a family; elsewhere it only hides.
const LONE_JOINER = /(?<![\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}\ufe0f])\u200d/gu;

const CONTROL_PICTURES = 0x2400;

function spelled(character) {
  const code = character.codePointAt(0);
  if (code < 0x20) {
    return String.fromCodePoint(CONTROL_PICTURES + code);
  }
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** The same text with every character that cannot be seen made visible. */
export function visible(text) {
  return String(text).replace(HIDDEN, spelled).replace(LONE_JOINER, spelled);
}

/** Text from outside in an element of its own, so that its direction is its own, too. */
export function outside(text) {
  const element = document.createElement("bdi");
  element.textContent = visible(text);
  return element;
}

/** The beginning of something long, such as a device id; the whole is its title. */
export function shortened(text, length = 12) {
  const whole = visible(text);
  if (whole.length <= length) {
    return outside(whole);
  }
  const element = outside(`${whole.slice(0, length)}…`);
  element.title = whole;
  element.className = "mono";
  return element;
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

function ago(instant) {
  const seconds = Math.round((instant - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return Math.abs(seconds) < 10 ? "just now" : relative.format(Math.trunc(seconds / size), unit);
}

/** When something was; undefined for never. */
export function time(instant) {
  if (instant === undefined || instant === null) {
    return undefined;
  }
  const parsed = new Date(instant);
  if (Number.isNaN(parsed.getTime())) {
    return outside(instant);
  }
  const element = document.createElement("time");
  element.dateTime = parsed.toISOString();
  element.title = parsed.toLocaleString("en");
  element.textContent = ago(parsed.getTime());
  return element;
}

/** Lets every time on the page go on. */
export function passTime() {
  for (const element of document.querySelectorAll("time")) {
    element.textContent = ago(Date.parse(element.dateTime));
  }
}

const plural = new Intl.PluralRules("en");

/** "1 device", "2 devices". */
export function count(number, thing) {
  return `${number.toLocaleString("en")} ${thing}${plural.select(number) === "one" ? "" : "s"}`;
}

/** Microseconds as people read them. */
export function duration(micros) {
  if (micros < 1000) {
    return `${micros}\u00a0µs`;
  }
  return micros < 1_000_000 ? `${(micros / 1000).toFixed(1)}\u00a0ms` : `${(micros / 1_000_000).toFixed(1)}\u00a0s`;
}
