// Approved devices: search, rename, rotate, revoke, remove.
import { carryOut } from "./act.js";
import { alter, at, create, read, remove } from "./api.js";
import { ask, askText } from "./dialog.js";
import { button, el, facts, showList } from "./dom.js";
import { count, outside, shortened, time } from "./text.js";
import * as words from "./words.js";

const PAGE = 200;
const PAGES_MAX = 50;
const LABEL_MAX = 64;

const nameOf = (device) => device.label ?? device.displayName;
const named = (device) => words.called(nameOf(device), device.clientId);

/** Everything that an operator may know a device by, in lower case. */
function searchable(device) {
  return [
    nameOf(device),
    device.displayName,
    device.deviceId,
    device.platform,
    device.deviceFamily,
    device.clientId,
    device.clientVersion,
    device.address,
  ]
    .filter(Boolean)
    .join("\n")
    .toLowerCase();
}

async function all() {
  const items = [];
  let next = "";
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await read(`devices?limit=${PAGE}${next === "" ? "" : `&after=${encodeURIComponent(next)}`}`);
    items.push(...answer.items);
    if (answer.next === undefined) {
      return { items, isWhole: true };
    }
    next = answer.next;
  }
  return { items, isWhole: false };
}

function tokenState(grant) {
  if (grant.tokenRevokedAt !== undefined) {
    return el("span", { class: "bad" }, "revoked ", time(grant.tokenRevokedAt));
  }
  if (grant.tokenLastUsedAt !== undefined) {
    return el("span", {}, "token used ", time(grant.tokenLastUsedAt));
  }
  return grant.tokenIssuedAt === undefined ? "no token yet" : el("span", {}, "token issued ", time(grant.tokenIssuedAt));
}

export function devices(root, { refresh, detail }) {
  const search = el("input", { id: "search", type: "search", autocomplete: "off", "aria-describedby": "found" });
  const found = el("p", { id: "found", class: "hint", role: "status" });
  const list = el("ul", { class: "rows", "aria-label": "Devices" });
  root.append(el("div", { class: "search" }, el("label", { for: "search" }, "Search"), search), found, list);
  search.value = detail;
  let known = { items: [], isWhole: true };
  search.addEventListener("input", () => showFound());

  async function rename(device) {
    const label = await askText({
      title: "Rename the device",
      label: "What to call it",
      value: nameOf(device) ?? "",
      yes: "Rename",
      maxlength: LABEL_MAX,
    });
    if (label !== null && label !== "") {
      await carryOut(() => alter(at`devices/${device.deviceId}`, { label }), refresh, "Renamed to ", outside(label));
    }
  }

  async function confirmed(title, what, yes, work, done) {
    const form = await ask({ title, yes, isDangerous: true, body: [el("p", {}, what)] });
    if (form !== null) {
      await carryOut(work, refresh, done);
    }
  }

  const rotate = (device, grant) =>
    confirmed(
      "Rotate the token?",
      [named(device), " is disconnected, comes back with its old token, and is given a new one."],
      "Rotate",
      () => create(at`devices/${device.deviceId}/tokens/${grant.role}/rotate`),
      "Rotated: the new token goes to the device only",
    );
  const revoke = (device, grant) =>
    confirmed(
      "Revoke the token?",
      [named(device), " is disconnected at once, and has to be approved again to come back."],
      "Revoke",
      () => remove(at`devices/${device.deviceId}/tokens/${grant.role}`),
      "Revoked",
    );
  const forget = (device) =>
    confirmed(
      "Remove the device?",
      [named(device), " is disconnected at once and forgotten; it may ask again like a new one."],
      "Remove",
      () => remove(at`devices/${device.deviceId}`),
      "Removed",
    );

  function grantLine(device, grant, id) {
    return el(
      "div",
      { class: "grant" },
      el("p", {}, words.role(grant.role), " · ", tokenState(grant)),
      el(
        "ul",
        { class: "scopes" },
        grant.scopes.map((name) => el("li", {}, words.scope(name))),
        grant.withheld.map((name) => el("li", { class: "withheld" }, "not: ", words.scope(name))),
      ),
      el(
        "div",
        { class: "buttons" },
        button("Rotate token", () => rotate(device, grant), { "aria-describedby": id }),
        button("Revoke token", () => revoke(device, grant), { class: "danger", "aria-describedby": id }),
      ),
    );
  }

  function shown(device) {
    const id = `device-${device.deviceId}`;
    return el(
      "li",
      { "data-row": true, tabindex: "-1", "aria-labelledby": id },
      el(
        "div",
        { class: "row-head" },
        el("h2", { id }, named(device)),
        el("span", { class: "hint" }, device.lastSeenAt ? ["seen ", time(device.lastSeenAt)] : "never seen"),
      ),
      device.expiresAt ? el("p", { class: "bad" }, "Nobody uses it; it is removed ", time(device.expiresAt)) : null,
      facts([
        ["Calls itself", device.label && device.displayName ? outside(device.displayName) : undefined],
        ["Client", el("span", {}, words.client(device.clientId), " ", outside(device.clientVersion ?? ""))],
        ["Machine", outside([device.platform, device.deviceFamily].filter(Boolean).join(", "))],
        ["Last address", device.address ? outside(device.address) : undefined],
        ["Approved", el("span", {}, words.approvedVia(device.approvedVia), " ", time(device.approvedAt))],
        ["Device", shortened(device.deviceId)],
      ]),
      device.grants.map((grant) => grantLine(device, grant, id)),
      el(
        "div",
        { class: "buttons" },
        button("Rename", () => rename(device), { "aria-describedby": id }),
        button("Remove", () => forget(device), { class: "danger", "aria-describedby": id }),
      ),
    );
  }

  function showFound() {
    const text = search.value.trim().toLowerCase();
    const items = known.items.filter((device) => searchable(device).includes(text));
    found.textContent = `${count(items.length, "device")}${text === "" ? "" : " found"}${
      known.isWhole ? "" : `; only the newest ${known.items.length} are searched`
    }`;
    showList(list, items, (device) => device.deviceId, shown);
  }

  return {
    load: all,
    show(answer) {
      known = answer;
      showFound();
    },
  };
}
