// What the gateway's codes mean, in sentences. A code is never shown alone.
import { outside, shortened } from "./text.js";
import { el } from "./dom.js";

const SCOPES = {
  "operator.read": "see everything",
  "operator.write": "use agents and tools, change what is there",
  "operator.admin": "everything, also settings and other devices",
  "operator.approvals": "decide about commands that wait for an approval",
  "operator.questions": "answer questions of agents",
  "operator.pairing": "let devices in and send them away",
  "operator.talk": "talk by voice",
  "operator.talk.secrets": "read the keys for talking by voice",
  "operator.sessions.read": "read conversations",
  "operator.sessions.write": "take part in conversations",
};

const ROLES = {
  operator: "operator: uses and manages agents",
  node: "node: lends agents its machine",
};

const NEEDS = {
  "not-paired": "is new here",
  "metadata-upgrade": "is known, but says that it is another kind of machine now",
  "role-upgrade": "is known, and asks for another role",
  "scope-upgrade": "is known, and asks to do more",
};

const METHODS = {
  token: "shared gateway token",
  password: "shared gateway password",
  "device-token": "token of its own",
  "bootstrap-token": "invitation",
};

const CLIENTS = {
  cli: "command line",
  "openclaw-control-ui": "Control UI in a browser",
  "openclaw-tui": "terminal interface",
  "webchat-ui": "web chat",
  "openclaw-browser-copilot": "browser copilot",
  "openclaw-macos": "macOS app",
  "openclaw-ios": "iOS app",
  "openclaw-android": "Android app",
  "node-host": "node host",
  "gateway-client": "program with the gateway client",
};

const APPROVALS = {
  owner: "by an operator",
  silent: "without asking, as configured",
  bootstrap: "by an invitation",
};

const REFUSALS = {
  CONTROL_UI_ORIGIN_NOT_ALLOWED: "The page that it came from is not allowed",
  CONTROL_UI_DEVICE_IDENTITY_REQUIRED: "The browser could not show a device, because its page is not secure",
  DEVICE_IDENTITY_REQUIRED: "It showed no device",
  AUTH_REQUIRED: "It showed nothing to be known by",
  AUTH_TOKEN_MISSING: "It sent no gateway token",
  AUTH_TOKEN_MISMATCH: "Its gateway token is not the right one",
  AUTH_TOKEN_NOT_CONFIGURED: "This gateway has no token to compare with",
  AUTH_PASSWORD_MISSING: "It sent no gateway password",
  AUTH_PASSWORD_MISMATCH: "Its gateway password is not the right one",
  AUTH_PASSWORD_NOT_CONFIGURED: "This gateway has no password to compare with",
  AUTH_DEVICE_TOKEN_MISMATCH: "Its own token is not, or no longer, the right one",
  AUTH_BOOTSTRAP_TOKEN_INVALID: "Its setup code is wrong, used or too old",
  AUTH_SCOPE_MISMATCH: "Its token does not carry what it asks for",
  AUTH_RATE_LIMITED: "It tried too often",
  AUTH_UNAUTHORIZED: "Nothing that it showed is good here",
  PAIRING_REQUIRED: "It waits for an approval",
  DEVICE_KEY_CHANGED: "It shows another key than the device that was approved",
  BANNED: "An operator shut it out",
  UNAVAILABLE: "The gateway could not decide",
};

const VERDICTS = {
  pass: "had no objection",
  identified: "knows who it is",
  absent: "had nothing to go by",
  veto: "refused",
  failed: "failed",
};

const CHECKS = {
  "secure-context": "refuses browsers whose page is not secure",
  origin: "refuses pages of origins that are not allowed",
  network: "refuses addresses that are kept out",
  "device-identity": "examines the signature of the device",
  token: "examines tokens, passwords and setup codes",
  pairing: "lets in devices that an operator approved",
};

const STATES = {
  asked: "in use",
  "not-asked-after-failures": "failed several times, and is not asked for a while; connections fail meanwhile",
  "tried-after-failures": "failed several times, and is being tried again",
};

const EVENTS = {
  "pairing.requested": "A device asked to be let in",
  "pairing.widened": "A device that waits asks for more",
  "pairing.approved": "A device was approved",
  "pairing.rejected": "A device was rejected",
  "pairing.expired": "A pairing request expired",
  "device.removed": "A device was removed",
  "device.relabelled": "A device was renamed",
  "device.imported": "A device was imported",
  "device.key-changed": "A device showed another key",
  "token.rotated": "A device token was rotated",
  "token.renewed": "A device token was renewed",
  "token.revoked": "A device token was revoked",
  "invitation.created": "An invitation was made",
  "invitation.redeemed": "An invitation was redeemed",
  "invitation.withdrawn": "An invitation was withdrawn",
  "node.requested": "A node asked to be used",
  "node.widened": "A node that waits offers more",
  "node.approved": "A node was approved",
  "node.rejected": "A node was rejected",
  "node.removed": "A node was removed",
  "node.withdrawn": "A node offers less",
  "ban.created": "Somebody was shut out",
  "ban.removed": "A ban was lifted",
  "session.terminated": "A session was terminated",
  "admission.admitted": "A connection was admitted",
  "admission.refused": "A connection was refused",
  "admission.failed": "A connection could not be decided",
  "refusals.spike": "Many connections are being refused",
  "chain.swapped": "Another chain came into force",
  "chain.failed": "A changed chain could not be put in force",
  "webhook.tested": "A webhook was tested",
  "webhook.retried": "A message of a webhook was tried again",
  "webhook.discarded": "A message of a webhook was discarded",
  "webhook.stopped": "The receiver of a webhook wants no more messages",
  "webhook.started": "A webhook was started again",
  "audit.gap": "Decisions could not be written down",
  "key.created": "An API key was made",
  "key.revoked": "An API key was revoked",
  "gateway.started": "The gateway started",
  "gateway.stopped": "The gateway stopped",
};

/** Every type of event that the gateway tells of. */
export const EVENT_TYPES = Object.keys(EVENTS);

function told(words, code, fallback) {
  return Object.hasOwn(words, code) ? words[code] : fallback;
}

export const client = (id) => told(CLIENTS, id, outside(id));

/** What a client is called: what it calls itself, or else what it is. */
export function called(name, clientId) {
  return name === undefined ? client(clientId) : outside(name);
}

/** A device by its id, as a way to what is known about it. */
export function device(id) {
  return el("a", { href: `#devices/${encodeURIComponent(id)}` }, shortened(id));
}

/** A sentence, and the code beside it for those who look it up. */
function withCode(sentence, code) {
  return el("span", { class: "said" }, sentence, " ", el("code", {}, outside(code)));
}

export const scope = (name) => withCode(told(SCOPES, name, "something that this console does not know"), name);
export const role = (name) => told(ROLES, name, outside(name));
export const need = (name) => told(NEEDS, name, outside(name));
export const method = (name) => told(METHODS, name, outside(name));
export const approvedVia = (name) => told(APPROVALS, name, outside(name));
export const verdict = (name) => told(VERDICTS, name, outside(name));
export const check = (name) => told(CHECKS, name, "a check of a plugin");
export const state = (name) => told(STATES, name, outside(name));
export const refusal = (code, otherwise) =>
  withCode(told(REFUSALS, code, otherwise === undefined ? "Refused" : outside(otherwise)), code);
export const because = (why, code) => withCode(outside(why.charAt(0).toUpperCase() + why.slice(1)), code);
export const event = (type) => withCode(told(EVENTS, type, "Something happened"), type);
