// Connections that were not admitted: why, and what to do.
import { at, readIfThere } from "./api.js";
import { copy } from "./dialog.js";
import { button, el, facts, showList } from "./dom.js";
import { count, duration, outside, time } from "./text.js";
import * as words from "./words.js";

const SHOWN_MAX = 200;
const ABSENT = "This gateway does not keep refusals. Its log says why each connection was refused.";

const WHO = { operator: "What you can do", client: "What whoever sits before the client can do" };

function who(client, peer) {
  const name = client === undefined ? "a client that did not say who it is" : words.called(client.displayName, client.id);
  return el("span", {}, name, " from ", outside(peer));
}

function often(refusal) {
  return el("span", { class: "hint" }, refusal.count > 1 ? `${count(refusal.count, "time")}, last ` : "", time(refusal.lastAt));
}

const headline = (refusal) => words.because(refusal.why, refusal.code);

const toldTo = (refusal) => el("p", {}, "It was told: “", outside(refusal.message), "”");

function fixed({ text, copy: copyable }) {
  const lines = copyable === undefined ? null : el("pre", {}, outside(copyable));
  return el(
    "li",
    { class: "fix" },
    el("p", {}, outside(text)),
    lines && el("div", { class: "copyable" }, lines, button("Copy", () => copy(copyable, lines), { title: text })),
  );
}

function fixesOf(fixes) {
  return Object.entries(WHO).flatMap(([person, title]) => {
    const own = fixes.filter((fix) => fix.who === person);
    return own.length === 0 ? [] : [el("h3", {}, title), el("ul", { class: "fixes" }, own.map(fixed))];
  });
}

/** What one check said, and how long it took to say so. */
function said(check) {
  return [
    outside(check.name),
    el(
      "span",
      {},
      words.verdict(check.verdict),
      check.code ? [": ", words.refusal(check.code)] : null,
      el("span", { class: "hint" }, ` in ${duration(check.micros)}`),
    ),
  ];
}

function hopLine(hop) {
  const trust = hop.trusted ? " trusted, " : " not trusted, ";
  return el("li", {}, outside(hop.address), trust, outside(hop.why), " (", outside(hop.source), ")");
}

const listed = (names) => (names.length === 0 ? "none" : outside(names.join(", ")));

function seenOf(seen) {
  const client = seen.client;
  return facts([
    ["Peer", outside(seen.peer)],
    [
      "Counts as",
      el("span", {}, outside(seen.address), seen.local ? ", on this machine: " : ", elsewhere: ", outside(seen.locality)),
    ],
    ["On the way", seen.hops.length === 0 ? undefined : el("ul", { class: "plain" }, seen.hops.map(hopLine))],
    ["Reached by", el("span", {}, outside(seen.scheme), ", ", outside(seen.transport.replaceAll("-", " ")))],
    ["Host", seen.host && outside(seen.host)],
    ["Page", seen.origin && outside(seen.origin)],
    ["Path", outside(seen.path)],
    ["Browser or program", seen.userAgent && outside(seen.userAgent)],
    ["Client", client && el("span", {}, words.client(client.id), " ", outside(client.version))],
    ["Machine", client && outside(client.platform)],
    ["Wants to be", client && words.role(client.role)],
    ["Asks to", client && el("ul", { class: "plain" }, client.scopes.map((name) => el("li", {}, words.scope(name))))],
    ["Device", client?.deviceId && words.device(client.deviceId)],
    ["Its signature", client && outside(client.deviceProof.replaceAll("-", " "))],
    ["Showed", client && listed(client.credentials)],
  ]);
}

const requestLink = (id) => el("a", { href: `#pairing/${encodeURIComponent(id)}` }, outside(id));

function detailOf(refusal) {
  return el(
    "article",
    {},
    el("p", {}, el("a", { href: "#refusals" }, "All refusals")),
    el("h2", {}, headline(refusal)),
    toldTo(refusal),
    facts([
      ["Who", who(refusal.seen.client, refusal.seen.peer)],
      ["How often", count(refusal.count, "time")],
      ["First", time(refusal.firstAt)],
      ["Last", time(refusal.lastAt)],
      ["About", outside(refusal.about)],
      ["Asks for approval", refusal.requestId && requestLink(refusal.requestId)],
      ["Refusal", outside(refusal.id)],
    ]),
    fixesOf(refusal.fixes),
    refusal.checks.length > 0 ? [el("h3", {}, "What each check said"), facts(refusal.checks.map(said))] : null,
    el("h3", {}, "What was seen"),
    seenOf(refusal.seen),
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
      el("h2", { id }, el("a", { href: `#refusals/${encodeURIComponent(refusal.id)}` }, headline(refusal))),
      often(refusal),
    ),
    toldTo(refusal),
    facts([
      ["Who", who(refusal.client, refusal.peer)],
      ["Page", refusal.origin && outside(refusal.origin)],
      ["Device", refusal.deviceId && words.device(refusal.deviceId)],
    ]),
  );
}

function listOf(root, intro) {
  const list = el("ul", { class: "rows", "aria-label": "Refusals" });
  root.append(list);
  return {
    load: () => readIfThere(`refusals?limit=${SHOWN_MAX}`),
    show(answer) {
      const items = answer?.items ?? [];
      const found = items.length === 0 ? "Nobody was refused." : `${count(items.length, "refusal")}, the last first.`;
      intro.textContent = answer === null ? ABSENT : found;
      showList(list, items, (refusal) => refusal.id, line);
    },
  };
}

function one(root, intro, wanted) {
  const place = el("div", {});
  root.append(place);
  return {
    load: () => readIfThere(at`refusals/${wanted}`),
    show(refusal) {
      intro.textContent = refusal === null ? "This refusal is not kept here, or not any more." : "";
      showList(place, refusal === null ? [] : [refusal], (known) => known.id, detailOf);
    },
  };
}

export function refusals(root, { detail }) {
  const intro = el("p", { class: "hint" });
  root.append(intro);
  return detail === "" ? listOf(root, intro) : one(root, intro, detail);
}
