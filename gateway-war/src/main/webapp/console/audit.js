// What was done and decided, by whom and when.
import { address, create, readIfThere, Refused } from "./api.js";
import { alarm, announce } from "./dialog.js";
import { button, el, showList } from "./dom.js";
import { outside, time } from "./text.js";
import * as words from "./words.js";

const PAGE = 100;
const ABSENT = "This gateway keeps no audit.";

/** What else there is to know, as one line. */
function details(data) {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(" · ");
}

function actorOf(actor) {
  const known = [actor?.kind, actor?.label ?? actor?.id].filter(Boolean);
  return known.length === 0 ? null : el("span", { class: "hint" }, " by ", outside(known.join(" ")));
}

function line(entry) {
  const rest = details(entry.data ?? {});
  return el(
    "li",
    { "data-row": true, tabindex: "-1" },
    el(
      "div",
      { class: "row-head" },
      el("span", {}, words.event(entry.type), actorOf(entry.actor)),
      el("span", { class: "hint" }, `no. ${entry.sequence}, `, time(entry.at)),
    ),
    entry.deviceId ? el("p", { class: "fine" }, "Device ", words.device(entry.deviceId)) : null,
    rest === "" ? null : el("p", { class: "fine" }, outside(rest)),
  );
}

async function verify() {
  try {
    const found = await create("audit/verify");
    if (found.whole) {
      announce(`Whole: nothing is missing or changed from no. ${found.first} to no. ${found.last}`);
    } else {
      alarm("The audit is not whole: ", outside(found.problem));
    }
  } catch (refusal) {
    if (!(refusal instanceof Refused)) {
      throw refusal;
    }
    alarm(refusal.message);
  }
}

export function audit(root) {
  const intro = el("p", { class: "hint" });
  const tools = el(
    "div",
    { class: "buttons", hidden: true },
    button("Verify", verify),
    el("a", { href: address("audit/export"), download: "gatehouse-audit.jsonl" }, "Download as JSON lines"),
  );
  const list = el("ol", { class: "rows", "aria-label": "Audit entries" });
  const more = button("Show more", showMore, { hidden: true });
  root.append(intro, tools, list, more);
  let newest = [];
  let older = [];
  let next;

  /** Pages after the first are read once: what was written does not change. */
  async function showMore() {
    const answer = await readIfThere(`audit?limit=${PAGE}&after=${encodeURIComponent(next)}`, { items: [] });
    older = [...older, ...answer.items];
    next = answer.next;
    showAll();
  }

  /** What was the first page before has become older by now; when nothing of it is known, too much came in between. */
  function remember(items) {
    const known = new Set(items.map((entry) => entry.sequence));
    const isContinued = newest.some((entry) => known.has(entry.sequence));
    older = older.length > 0 && isContinued ? [...newest, ...older].filter((entry) => !known.has(entry.sequence)) : [];
    newest = items;
  }

  function showAll() {
    more.hidden = next === undefined;
    const shown = new Map([...newest, ...older].map((entry) => [entry.sequence, entry]));
    showList(list, [...shown.values()], (entry) => entry.sequence, line);
  }

  return {
    load: () => readIfThere(`audit?limit=${PAGE}`),
    show(answer) {
      const items = answer?.items ?? [];
      const found = items.length === 0 ? "Nothing was done yet." : "The newest first.";
      intro.textContent = answer === null ? ABSENT : found;
      tools.hidden = answer === null;
      remember(items);
      if (older.length === 0) {
        next = answer?.next;
      }
      showAll();
    },
  };
}
