// Admissions over time: a bar for each minute.
import { el, svg } from "./dom.js";
import { count } from "./text.js";

const WIDTH = 600;
const HEIGHT = 120;
const KINDS = ["admitted", "refused", "failed"];

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const at = (item) => clock.format(new Date(item.at));
const sum = (items, kind) => items.reduce((total, item) => total + item[kind], 0);

function bar(item, place, width, scale) {
  let top = HEIGHT;
  return KINDS.filter((kind) => item[kind] > 0).map((kind) => {
    const height = Math.max(item[kind] * scale, 1);
    top -= height;
    return svg(
      "rect",
      { class: kind, x: place * width, y: Math.max(top, 0), width: Math.max(width - 1, 0.5), height },
      svg("title", {}, `${at(item)}: ${count(item[kind], "connection")} ${kind}`),
    );
  });
}

function table(items) {
  return el(
    "table",
    {},
    el("thead", {}, el("tr", {}, ["At", ...KINDS].map((name) => el("th", { scope: "col" }, name)))),
    el(
      "tbody",
      {},
      items
        .filter((item) => KINDS.some((kind) => item[kind] > 0))
        .map((item) => el("tr", {}, el("th", { scope: "row" }, at(item)), KINDS.map((kind) => el("td", {}, String(item[kind]))))),
    ),
  );
}

/** The chart of items as GET /admission-counts gives them: a picture, what it says in words, and the numbers, open or not. */
export function chart(items, isOpen = false) {
  const most = Math.max(1, ...items.map((item) => KINDS.reduce((total, kind) => total + item[kind], 0)));
  const width = WIDTH / Math.max(items.length, 1);
  const said = KINDS.map((kind) => `${sum(items, kind).toLocaleString("en")} ${kind}`).join(", ");
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, `${count(items.length, "minute")}: ${said}`),
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": said },
      items.map((item, place) => bar(item, place, width, HEIGHT / most)).flat(),
    ),
    el(
      "ul",
      { class: "legend", "aria-hidden": "true" },
      KINDS.map((kind) => el("li", { class: kind }, kind)),
    ),
    el("details", { open: isOpen }, el("summary", {}, "As numbers"), table(items)),
  );
}
