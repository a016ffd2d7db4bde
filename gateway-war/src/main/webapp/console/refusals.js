// Connections that were not admitted: why, and what to do.
import { at, readIfThere } from "./api.js";
import { copy } from "./dialog.js";
import { button, el, facts, showList } from "./dom.js";
import { count, duration, outside, shortened, time } from "./text.js";
import * as words from "./words.js";

const SHOWN_MAX = 200;
const ABSENT = "This gateway does not keep refusals. Its log says why each connection was refused.";

const clientOf = (refusal) => refusal.client ?? refusal.seen?.client ?? {};

/** A client as a line: what it says it is, and where it comes from. */
function who(refusal) {
  const client = clientOf(refusal);
  const name = typeof client === "string" ? client : (client.displayName ?? client.id ?? client.clientId);
  const peer = refusal.seen?.address ?? refusal.seen?.peer ?? refusal.peer;
  return el(
    "span",
    {},
    name === undefined ? "a client" : outside(name),
    peer === undefined ? null : [" from ", outside(peer)],
  );
}

/** Names such as lastSeenAt as people write them. */
function spoken(name) {
  return visibleName(name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());
}

const visibleName = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Whatever a value consists of, as text. */
function plain(value) {
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : el("ul", { class: "plain" }, value.map((item) => el("li", {}, plain(item))));
  }
  if (value !== null && typeof value === "object") {
    return facts(Object.entries(value).map(([name, inner]) => [spoken(name), plain(inner)]));
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  return value === null || value === undefined || value === "" ? undefined : outside(value);
}

/** What can be copied of a fix, and what it is for. */
function fixParts(fix) {
  if (typeof fix === "string") {
    return { about: undefined, text: fix };
  }
  const { title, what, about, ...rest } = fix;
  const text = fix.command ?? fix.line ?? fix.config ?? fix.copy ?? fix.text ?? fix.value ?? fix.link;
  const known = title ?? what ?? about;
  return { about: known, text: text ?? (known === undefined ? JSON.stringify(rest) : undefined) };
}

function fixed(fix) {
  const { about, text } = fixParts(fix);
  const lines = text === undefined ? null : el("pre", { tabindex: "0" }, outside(text));
  return el(
    "li",
    { class: "fix" },
    about === undefined ? null : el("p", {}, outside(about)),
    lines === null
      ? null
      : el("div", { class: "copyable" }, lines, button("Copy", () => copy(String(text), lines))),
  );
}

function checkRow(check) {
  const time = check.micros === undefined ? "" : duration(check.micros);
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, outside(check.name ?? check.check)),
    el("td", {}, outside(check.verdict ?? check.answer ?? ""), check.code ? [" ", words.refusal(check.code)] : null),
    el("td", {}, time),
  );
}

function detailOf(refusal) {
  return el(
    "article",
    {},
    el("p", {}, el("a", { href: "#refusals" }, "All refusals")),
    el("h2", {}, words.refusal(refusal.code, refusal.message)),
    facts([
      ["Told to the client", outside(refusal.message ?? "")],
      ["Who", who(refusal)],
      ["How often", count(refusal.count ?? 1, "time")],
      ["First", time(refusal.firstAt)],
      ["Last", time(refusal.lastAt)],
      ["Refusal id", outside(refusal.id)],
    ]),
    (refusal.fixes ?? []).length > 0
      ? [el("h3", {}, "What to do"), el("ul", { class: "fixes" }, refusal.fixes.map(fixed))]
      : null,
    (refusal.checks ?? []).length > 0
      ? [
          el("h3", {}, "What each check said"),
          el("div", { class: "scrolling", tabindex: "0", role: "region", "aria-label": "Checks" },
            el(
              "table",
              {},
              el("thead", {}, el("tr", {}, ["Check", "Verdict", "Time"].map((name) => el("th", { scope: "col" }, name)))),
              el("tbody", {}, refusal.checks.map(checkRow)),
            )),
        ]
      : null,
    refusal.seen ? [el("h3", {}, "What was seen"), plain(refusal.seen)] : null,
  );
}

function line(refusal) {
  const id = `refusal-${refusal.id}`;
  return el(
    "li",
    { "data-row": true, tabindex: "-1", "aria-labelledby": id },
    el(
      "div",
      { class: "row-head" },
      el("h2", { id }, el("a", { href: `#refusals/${encodeURIComponent(refusal.id)}` }, words.refusal(refusal.code, refusal.message))),
      el("span", { class: "hint" }, refusal.count > 1 ? `${count(refusal.count, "time")}, last ` : "", time(refusal.lastAt)),
    ),
    facts([
      ["Who", who(refusal)],
      ["Told to the client", outside(refusal.message ?? "")],
      ["Device", refusal.deviceId ? shortened(refusal.deviceId) : undefined],
    ]),
  );
}

export function refusals(root, { detail }) {
  const intro = el("p", { class: "hint" });
  const list = el("ul", { class: "rows", "aria-label": "Refusals" });
  const one = el("div", {});
  root.append(intro, detail === "" ? list : one);
  return detail === ""
    ? {
        load: () => readIfThere(`refusals?limit=${SHOWN_MAX}`),
        show(answer) {
          const items = answer?.items ?? [];
          intro.textContent =
            answer === null ? ABSENT : items.length === 0 ? "Nobody was refused." : `${count(items.length, "refusal")}, the last first.`;
          showList(list, items, (refusal) => refusal.id, line);
        },
      }
    : {
        load: () => readIfThere(at`refusals/${detail}`),
        show(refusal) {
          intro.textContent = refusal === null ? "This refusal is not kept here (any more)." : "";
          showList(one, refusal === null ? [] : [refusal], (known) => known.id, detailOf);
        },
      };
}
