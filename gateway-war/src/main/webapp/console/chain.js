// The admission chain: each check with its figures, and admissions over time.
import { carryOut } from "./act.js";
import { create, read, readIfThere } from "./api.js";
import { chart } from "./chart.js";
import { copy } from "./dialog.js";
import { button, el, facts, showList } from "./dom.js";
import { count, duration, outside, time } from "./text.js";
import * as words from "./words.js";

const FIGURES = [
  ["asked", "asked"],
  ["passed", "passed"],
  ["identified", "identified"],
  ["absent", "had nothing to go by"],
  ["vetoed", "refused"],
  ["failed", "failed"],
];

function figuresOf(figures) {
  return el(
    "ul",
    { class: "figures" },
    FIGURES.filter(([member]) => figures[member] > 0 || member === "asked").map(([member, name]) =>
      el("li", {}, el("strong", {}, figures[member].toLocaleString("en")), " ", name),
    ),
    figures.asked > 0
      ? el("li", {}, "half within ", el("strong", {}, duration(figures.p50Micros)), ", 99 % within ",
          el("strong", {}, duration(figures.p99Micros)))
      : null,
  );
}

function failureOf(failure) {
  return failure === undefined
    ? null
    : el("p", { class: "bad" }, "Failed last ", time(failure.at), ": ", outside(failure.summary));
}

function exampleOf(example) {
  return el("li", {}, time(example.at), ": ", outside(example.client), " from ", outside(example.peer), " – ",
    words.refusal(example.code, example.message));
}

function originsOf({ origins, otherOrigins, originsLine }) {
  if (origins.length === 0) {
    return null;
  }
  const line = originsLine === undefined ? null : el("pre", {}, outside(originsLine));
  return el(
    "div",
    {},
    el("p", {}, "Pages that came in, and whose origin it does not allow:"),
    el("ul", { class: "plain" },
      origins.map(({ origin, times, lastAt }) =>
        el("li", {}, outside(origin), ` – ${count(times, "time")}, last `, time(lastAt)))),
    otherOrigins > 0 ? el("p", { class: "hint" }, `Others came ${count(otherOrigins, "time")}.`) : null,
    line && el("p", {}, "Leave out of this line the pages that you do not know, and put it into the check's settings:"),
    line && el("div", { class: "copyable" }, line, button("Copy", () => copy(originsLine, line),
      { title: "Copy the line that allows these origins" })),
  );
}

/** What a check in shadow mode would have done. */
function shadowOf(shadow) {
  if (shadow.examined === 0) {
    return el("p", { class: "hint" }, "Has examined nobody yet.");
  }
  const agreed = Math.floor((100 * shadow.agreed) / shadow.examined);
  return el(
    "div",
    {},
    el("p", {}, `Agreed with the chain ${agreed} % of ${count(shadow.examined, "time")}.`),
    facts([
      ["Would have refused who came in", shadow.wouldHaveVetoed > 0 ? String(shadow.wouldHaveVetoed) : undefined],
      ["Would have let in who was refused", shadow.wouldHaveLetIn > 0 ? String(shadow.wouldHaveLetIn) : undefined],
      ["Failed", shadow.failed > 0 ? String(shadow.failed) : undefined],
    ]),
    shadow.examples.length > 0 ? el("ul", { class: "plain" }, shadow.examples.map(exampleOf)) : null,
    originsOf(shadow),
  );
}

function modeOf(check) {
  if (check.mode !== "shadow") {
    return el("span", { class: "mode" }, "decides");
  }
  const until = check.until === undefined ? "" : ` until ${check.until}${check.overdue ? ", which is over" : ""}`;
  return el("span", { class: "mode shadow" }, `shadow: only watched${until}`);
}

function shown(check) {
  const id = `check-${check.check}`;
  return el(
    "li",
    { "data-row": true, tabindex: "-1", "aria-labelledby": id },
    el("div", { class: "row-head" }, el("h2", { id }, outside(check.check)), modeOf(check)),
    el("p", { class: "hint" }, words.check(check.check), ` (${check.plugin.bundled ? "comes with the gateway" : "plugin"}, `,
      outside(check.plugin.version), ")"),
    check.state !== undefined && check.state !== "asked" ? el("p", { class: "bad" }, words.state(check.state)) : null,
    check.figures === undefined ? null : [figuresOf(check.figures), failureOf(check.figures.lastFailure)],
    check.shadow === undefined ? null : shadowOf(check.shadow),
  );
}

function said(texts, kind) {
  return texts.map((text) => el("li", { class: kind }, outside(text)));
}

export function chain(root, { refresh }) {
  const state = el("p", {});
  const problems = el("ul", { class: "plain" });
  const reload = button("Read the files again", () =>
    carryOut(() => create("chain/reload"), refresh, "What is on disk is in force"),
  );
  const admissions = el("div", {});
  const list = el("ol", { class: "rows", "aria-label": "Checks in their order" });
  root.append(state, problems, el("div", { class: "buttons" }, reload), admissions, list);
  return {
    load: () => Promise.all([read("chain"), readIfThere("admission-counts?minutes=60")]),
    show([now, counts]) {
      state.className = now.state === "current" ? "" : "bad";
      state.replaceChildren(
        now.state === "current"
          ? "What is on disk is in force, put there "
          : "What is on disk cannot be used; in force is what was put there ",
        time(now.since),
      );
      problems.replaceChildren(...said(now.problems, "bad"), ...said(now.warnings, "warning"));
      const charts = counts === null || counts.items.length === 0 ? [] : [counts];
      const isOpen = admissions.querySelector("details")?.open;
      showList(admissions, charts, () => "chart", (known) => chart(known.items, isOpen));
      showList(list, now.checks, (check) => check.check, shown);
    },
  };
}
