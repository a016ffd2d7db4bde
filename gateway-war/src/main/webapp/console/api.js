// Calls of the gateway. Everything is relative to this file, so that no address is ever taken from anywhere else.

const API = new URL("../api/v1/", import.meta.url);
const SESSION = new URL("session", import.meta.url);

let csrf = "";

/** What the gateway said no to, in its own words. */
export class Refused extends Error {
  constructor(status, code, detail) {
    super(detail);
    this.status = status;
    this.code = code;
  }

  get isSignedOut() {
    return this.status === 401;
  }

  get isAbsent() {
    return this.status === 404;
  }
}

async function send(url, options) {
  let answer;
  try {
    answer = await fetch(url, { credentials: "same-origin", cache: "no-store", redirect: "error", ...options });
  } catch {
    throw new Refused(0, "UNREACHABLE", "the gateway does not answer; trying again");
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) {
    throw new Refused(answer.status, body?.code ?? "", body?.detail ?? `the gateway answered ${answer.status}`);
  }
  return body;
}

async function signed(call) {
  const session = await call;
  csrf = session.csrf;
  return session;
}

/** Who is signed in with this browser. */
export function whoIsSignedIn() {
  return signed(send(SESSION, {}));
}

export function signIn(apiKey) {
  return signed(send(SESSION, { method: "POST", headers: { Authorization: `Bearer ${apiKey}` } }));
}

export function signOut() {
  return send(SESSION, { method: "DELETE", headers: { "X-Gatehouse-Csrf": csrf } });
}

/** The address of something of the API, for links and streams. */
export function address(path) {
  return new URL(path, API).href;
}

export function read(path) {
  return send(address(path), {});
}

/** The same, or the fallback where this gateway does not have it. */
export async function readIfThere(path, fallback = null) {
  try {
    return await read(path);
  } catch (refusal) {
    if (refusal.isAbsent) {
      return fallback;
    }
    throw refusal;
  }
}

async function change(method, path, body) {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  const attempt = () =>
    send(address(path), { method, headers: { "X-Gatehouse-Csrf": csrf, ...type }, body: content });
  try {
    return await attempt();
  } catch (refusal) {
    if (refusal.code !== "CSRF_TOKEN_REQUIRED") {
      throw refusal;
    }
    await whoIsSignedIn(); // in another window somebody has signed in anew
    return attempt();
  }
}

export const create = (path, body) => change("POST", path, body);
export const alter = (path, body) => change("PATCH", path, body);
export const remove = (path) => change("DELETE", path);

/** A path with values from outside in it: at`devices/${id}`. */
export function at(parts, ...values) {
  return parts.reduce((path, part, place) => path + encodeURIComponent(values[place - 1]) + part);
}
