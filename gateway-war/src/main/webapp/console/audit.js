// What was done and decided, by whom and when.
import { address, readIfThere } from "./api.js";
import { button, el, showList } from "./dom.js";
import { outside, time } from "./text.js";
import * as words from "./words.js";

const PAGE = 100;
const ABSENT = "This gateway keeps no audit.";

const OWN = new Set(["seq", "sequence", "id", "at", "time", "type", "actor", "by", "hash", "previous", "previousHash"]);

/** What else an entry says, as one line. */
function rest(entry) {
  return Object.entries(entry)
    .filter(([name, value]) => !OWN.has(name) && value !== null && value !== "")
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(" · ");
}

function actorOf(entry) {
  const actor = entry.actor ?? entry.by;
  if (actor === undefined) {
    return null;
  }
  return el("span", { class: "hint" }, " by ", outside(typeof actor === "object" ? Object.values(actor).join(" ") : actor));
}

function line(entry) {
  return el(
    "li",
    { "data-row": true, tabindex: "-1" },
    el("div", { class: "row-head" },
      el("span", {}, words.event(entry.type), actorOf(entry)),
      el("span", { class: "hint" }, time(entry.at ?? entry.time))),
    el("p", { class: "fine" }, outside(rest(entry))),
  );
}

export function audit(root) {
  const intro = el("p", { class: "hint" });
  const download = el("a", { href: address("audit/export"), download: "gatehouse-audit.jsonl", hidden: true }, "Download all as JSON lines");
  const list = el("ol", { class: "rows", "aria-label": "Audit entries" });
  const more = button("Show more", showMore, { hidden: true });
  root.append(intro, download, list, more);
  let older = [];
  let next;

  /** Pages after the first are read once: what was written does not change. */
  async function showMore() {
    const answer = await readIfThere(`audit?limit=${PAGE}&after=${encodeURIComponent(next)}`, { items: [] });
    older = [...older, ...answer.items];
    next = answer.next;
    showAll();
  }

  let newest = [];
  function showAll() {
    more.hidden = next === undefined;
    const seen = new Set();
    const entries = [...newest, ...older].filter((entry) => !seen.has(keyOf(entry)) && seen.add(keyOf(entry)));
    showList(list, entries, keyOf, line);
  }

  const keyOf = (entry) => entry.seq ?? entry.sequence ?? entry.id ?? JSON.stringify(entry);

  return {
    load: () => readIfThere(`audit?limit=${PAGE}`),
    show(answer) {
      intro.textContent = answer === null ? ABSENT : answer.items.length === 0 ? "Nothing was done yet." : "The newest first.";
      download.hidden = answer === null;
      newest = answer?.items ?? [];
      if (older.length === 0) {
        next = answer?.next;
      }
      showAll();
    },
  };
}
