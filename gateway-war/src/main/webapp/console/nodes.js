// Nodes that came in, and wait until somebody approves what they may be used for.
import { carryOut } from "./act.js";
import { at, create } from "./api.js";
import { button, el, facts, showList } from "./dom.js";
import { outside, shortened, time } from "./text.js";
import * as words from "./words.js";

const named = (request) => words.called(request.displayName, request.clientId);

function listed(names) {
  return names.length === 0 ? undefined : el("ul", { class: "plain" }, names.map((name) => el("li", {}, outside(name))));
}

function permissions(surface) {
  return Object.entries(surface.permissions).map(([name, isGiven]) => `${name}: ${isGiven ? "yes" : "no"}`);
}

/**
 * The list of these requests.
 *
 * @param decided is called with a row that is about to go
 * @returns show, and what keys do on a row
 */
export function nodeRequests(root, refresh, decided) {
  const heading = el("h2", { id: "nodes-title", class: "part", hidden: true }, "Nodes that ask to be used");
  const list = el("ul", { class: "rows", "aria-labelledby": "nodes-title" });
  root.append(heading, list);
  const requests = new Map();

  function decide(row, path, ...done) {
    const request = requests.get(row.dataset.key);
    decided(row);
    return carryOut(() => create(`${at`node-requests/${request.requestId}`}/${path}`), refresh, ...done, named(request));
  }

  const approve = (row) => decide(row, "approve", "May be used now: ");
  const reject = (row) => decide(row, "reject", "Rejected: ");

  function shown(request) {
    const id = `node-request-${request.requestId}`;
    const row = el("li", { "data-row": true, tabindex: "-1", "aria-labelledby": id });
    row.append(
      el(
        "div",
        { class: "row-head" },
        el("h3", { id }, named(request), " ", el("small", {}, "asks to be used")),
        el("span", { class: "hint" }, time(request.createdAt)),
      ),
      facts([
        ["Comes from", request.local ? "this machine" : outside(request.peer)],
        ["Machine", outside([request.platform, request.deviceFamily].filter(Boolean).join(", "))],
        ["Node", shortened(request.nodeId)],
        ["Commands", listed(request.surface.commands)],
        ["Abilities", listed(request.surface.capabilities)],
        ["Its system allows", listed(permissions(request.surface))],
      ]),
      el(
        "div",
        { class: "buttons" },
        button("Approve", () => approve(row), { class: "strong", "aria-describedby": id, "aria-keyshortcuts": "a" }),
        button("Reject", () => reject(row), { class: "danger", "aria-describedby": id, "aria-keyshortcuts": "r" }),
      ),
    );
    return row;
  }

  return {
    show(items) {
      heading.hidden = items.length === 0;
      requests.clear();
      items.forEach((request) => requests.set(request.requestId, request));
      showList(list, items, (request) => request.requestId, shown);
    },
    isOwn: (row) => list.contains(row),
    approve,
    reject,
  };
}
