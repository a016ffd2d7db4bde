// The console by keyboard: rows of a list are moved through, and acted on, with one key.
import { ask } from "./dialog.js";
import { el } from "./dom.js";

// What changed less long ago was not seen by whoever presses a key.
const SEEN_AFTER_MS = 700;
const READY = "ready";

const MOVES = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

const HELP = [
  ["j or ↓", "next row"],
  ["k or ↑", "row before"],
  ["a", "approve the selected request, with what is ticked"],
  ["r", "reject the selected request"],
  ["1 … 6", "go to a page"],
  ["?", "these keys"],
];

function rows() {
  return [...document.querySelectorAll("#main [data-row]")];
}

/** The row that keys act on. */
export function selectedRow() {
  return rows().find((row) => row.classList.contains("selected"));
}

/**
 * Selects a row. Keys act on it once whoever looks at it has had time to read it: at once when he went there himself and it
 * was there before.
 */
export function select(row, isByHand = false) {
  if (row === selectedRow()) {
    return;
  }
  for (const other of rows()) {
    other.classList.toggle("selected", other === row);
    other.classList.remove(READY);
    other.tabIndex = other === row ? 0 : -1;
  }
  const shownFor = Date.now() - Number(row.dataset.shownAt ?? 0);
  setTimeout(
    () => row.classList.toggle(READY, row === selectedRow()),
    isByHand ? Math.max(SEEN_AFTER_MS - shownFor, 0) : SEEN_AFTER_MS,
  );
}

/** Selects the first row where none is: after the list has changed. */
export function selectSomething() {
  if (selectedRow() === undefined && rows().length > 0) {
    select(rows()[0]);
  }
}

function move(step) {
  const all = rows();
  const next = all[Math.min(Math.max(all.indexOf(selectedRow()) + step, 0), all.length - 1)];
  if (next !== undefined) {
    select(next, true);
    next.focus();
  }
}

/** Whether whoever looks at the page has had time to read the row. */
export function wasSeen(row) {
  return row.classList.contains(READY);
}

export function showHelp() {
  return ask({
    title: "Keys",
    yes: "Close",
    no: null,
    body: [
      el(
        "dl",
        { class: "facts" },
        HELP.map(([key, does]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, does))),
      ),
    ],
  });
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]") !== null;
}

/** Listens for keys. An act is what a page does with a key on the selected row. */
export function listen(actOf, goTo) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) {
      return;
    }
    if (event.key === "?") {
      event.preventDefault();
      showHelp();
    } else if (Object.hasOwn(MOVES, event.key) && rows().length > 0) {
      event.preventDefault();
      move(MOVES[event.key]);
    } else if (/^[1-9]$/.test(event.key)) {
      goTo(Number(event.key) - 1);
    } else if (selectedRow() !== undefined) {
      actOf(event.key)?.(selectedRow());
    }
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row !== null) {
      select(row, true);
    }
  });
}
