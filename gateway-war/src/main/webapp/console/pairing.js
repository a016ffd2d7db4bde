// Devices that wait: what they are, where they come from, what they ask for; approve and reject.
import { carryOut } from "./act.js";
import { at, create, readIfThere } from "./api.js";
import { announce } from "./dialog.js";
import { button, el, facts, showList } from "./dom.js";
import { select, selectedRow, wasSeen } from "./keys.js";
import { nodeRequests } from "./nodes.js";
import { count, outside, shortened, time } from "./text.js";
import * as words from "./words.js";

const LABEL_MAX = 64;

const named = (request) => words.called(request.displayName, request.clientId);

function where(request) {
  return request.local ? "this machine" : outside(request.peer);
}

function scopeBoxes(request) {
  if (request.scopes.length === 0) {
    return el("p", { class: "hint" }, "Asks for no scopes.");
  }
  return el(
    "fieldset",
    {},
    el("legend", {}, "May"),
    request.scopes.map((name) =>
      el("label", { class: "choice" }, el("input", { type: "checkbox", value: name, checked: true }), words.scope(name)),
    ),
  );
}

/** A client asks again every few seconds; that makes no new row, or what is typed and ticked in it would be gone. */
const withoutTime = ({ refreshedAt, ...rest }) => rest;

/** What is ticked now: what the operator has seen, also when the device has asked for more meanwhile. */
function approval(row) {
  const label = row.querySelector("input[name=label]").value.trim();
  return {
    scopes: [...row.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value),
    ...(label === "" ? {} : { label }),
  };
}

export function pairing(root, { refresh, detail }) {
  const intro = el("p", { class: "hint" });
  const list = el("ul", { class: "rows", "aria-label": "Devices that wait" });
  root.append(intro, list);
  const nodes = nodeRequests(root, refresh, (row) => after(row));
  const requests = new Map();
  let wanted = detail;

  function after(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    if (next !== null) {
      select(next); // before the focus goes there, which would count as the operator's own choice
      next.focus();
    }
  }

  function decide(row, path, body, done) {
    const request = requests.get(row.dataset.key);
    after(row);
    return carryOut(() => create(`${at`pairing-requests/${request.requestId}`}/${path}`, body), refresh, ...done(request));
  }

  const approve = (row) =>
    decide(row, "approve", approval(row), (request) => [
      "Approved: ",
      named(request),
      " comes in as soon as it asks again",
    ]);
  const reject = (row) => decide(row, "reject", undefined, (request) => ["Rejected: ", named(request)]);

  /** By a key nobody decides about what has just come or changed under his hand. */
  const ifSeen = (act, actOnNode) => (row) => {
    if (wasSeen(row)) {
      return (nodes.isOwn(row) ? actOnNode : act)(row);
    }
    announce("This request has just changed; look at it again");
    return null;
  };

  function shown(request) {
    const id = `request-${request.requestId}`;
    const row = el("li", { "data-row": true, tabindex: "-1", "aria-labelledby": id });
    row.append(
      el(
        "div",
        { class: "row-head" },
        el("h2", { id }, named(request), " ", el("small", {}, words.need(request.reason))),
        el("code", { class: "code", title: "the code that the device shows" }, outside(request.code)),
      ),
      facts([
        ["Comes from", where(request)],
        ["Client", el("span", {}, words.client(request.clientId), " ", outside(request.clientVersion))],
        ["Machine", outside([request.platform, request.deviceFamily].filter(Boolean).join(", "))],
        ["Wants to be", words.role(request.role)],
        ["Device", shortened(request.deviceId)],
        ["Asked last", el("span", { class: "asked" }, time(request.refreshedAt))],
      ]),
      scopeBoxes(request),
      el(
        "div",
        { class: "decision" },
        el(
          "label",
          { class: "name" },
          "Call it ",
          el("input", { name: "label", maxlength: LABEL_MAX, autocomplete: "off", placeholder: "optional" }),
        ),
        button("Approve", () => approve(row), { class: "strong", "aria-describedby": id, "aria-keyshortcuts": "a" }),
        button("Reject", () => reject(row), { class: "danger", "aria-describedby": id, "aria-keyshortcuts": "r" }),
      ),
    );
    return row;
  }

  return {
    load: async (waiting) => [waiting.items, (await readIfThere("node-requests", { items: [] })).items],
    show([items, ofNodes]) {
      intro.textContent =
        items.length === 0
          ? "No device waits. One that asks to be let in is shown here at once."
          : `${count(items.length, "device")} waiting. Approve with a, reject with r, move with j and k.`;
      requests.clear();
      items.forEach((request) => requests.set(request.requestId, request));
      const selected = selectedRow()?.dataset.key;
      showList(list, items, (request) => request.requestId, shown, withoutTime);
      for (const row of list.children) {
        row.querySelector(".asked").replaceChildren(time(requests.get(row.dataset.key).refreshedAt));
      }
      nodes.show(ofNodes);
      const same = [...list.children].find((row) => row.dataset.key === (wanted || selected));
      if (same !== undefined) {
        select(same);
      }
      if (wanted && same !== undefined) { // once: where a link led
        same.scrollIntoView({ block: "center" });
      }
      wanted = "";
    },
    keys: { a: ifSeen(approve, nodes.approve), r: ifSeen(reject, nodes.reject) },
  };
}
