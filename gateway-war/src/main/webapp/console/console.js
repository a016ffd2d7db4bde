// The console: signs in, shows the page that is asked for, and keeps it up to date.
import * as api from "./api.js";
import { alarm } from "./dialog.js";
import { el } from "./dom.js";
import { listen, selectSomething, showHelp } from "./keys.js";
import { watch } from "./live.js";
import { audit } from "./audit.js";
import { chain } from "./chain.js";
import { devices } from "./devices.js";
import { pairing } from "./pairing.js";
import { refusals } from "./refusals.js";
import { sessions } from "./sessions.js";
import { showSignIn } from "./sign-in.js";
import { passTime } from "./text.js";

const PAGES = [
  { id: "pairing", title: "Pairing", open: pairing },
  { id: "devices", title: "Devices", open: devices },
  { id: "sessions", title: "Sessions", open: sessions },
  { id: "refusals", title: "Refusals", open: refusals },
  { id: "chain", title: "Chain", open: chain },
  { id: "audit", title: "Audit", open: audit },
];
const TITLE = "Gatehouse console";

const main = document.getElementById("main");
const nav = document.getElementById("pages");
const operator = document.getElementById("operator");
const link = document.getElementById("link");

let page = null; // what is shown
let asks = 0; // how often it was asked what is there
let shown = 0; // which of these answers is shown: one that comes after a later one is not
let unwatch = null;
let trouble = "";

/** The page and what of it, as the part of the address after the # says; anything else is the first page. */
function asked() {
  const [id, ...rest] = location.hash.slice(1).split("/");
  const found = PAGES.find((known) => known.id === id) ?? PAGES[0];
  return { ...found, detail: safelyDecoded(rest.join("/")) };
}

function safelyDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function showPages() {
  nav.replaceChildren(
    el(
      "ul",
      {},
      PAGES.map(({ id, title }) => el("li", {}, el("a", { href: `#${id}`, id: `to-${id}` }, title))),
    ),
  );
}

function showWhere(current) {
  for (const { id } of PAGES) {
    const to = document.getElementById(`to-${id}`);
    if (id === current) {
      to.setAttribute("aria-current", "page");
    } else {
      to.removeAttribute("aria-current");
    }
  }
}

/** How many devices wait: in the title, for a window that is not looked at, and beside the page. */
function showWaiting(number) {
  document.title = number > 0 ? `(${number}) ${TITLE}` : TITLE;
  const to = document.getElementById("to-pairing");
  const badge = number > 0 ? el("span", { class: "badge", "aria-label": `, ${number} waiting` }, String(number)) : "";
  to.replaceChildren("Pairing", badge);
}

function openPage() {
  const { id, title, open, detail } = asked();
  showWhere(id);
  const root = el("section", { "aria-labelledby": "page-title", class: `page ${id}` });
  root.append(el("h1", { id: "page-title" }, title));
  main.replaceChildren(root);
  page = open(root, { refresh, detail });
  return refresh();
}

/** Shows what is there now. */
async function refresh() {
  const asking = page;
  asks += 1;
  const mine = asks;
  try {
    const waiting = await api.read("pairing-requests");
    const answer = await asking.load(waiting);
    if (asking !== page || mine < shown) {
      return;
    }
    shown = mine;
    showWaiting(waiting.items.length);
    page.show(answer);
    selectSomething();
    trouble = "";
  } catch (refusal) {
    if (asking === page) {
      failed(refusal);
    }
  }
}

function failed(refusal) {
  if (refusal.isSignedOut) {
    leave("The session has ended. Sign in again.");
    return;
  }
  if (!(refusal instanceof api.Refused)) {
    throw refusal;
  }
  if (refusal.message !== trouble) { // once, not every few seconds
    trouble = refusal.message;
    alarm(trouble);
  }
}

function showLinked(isLive) {
  link.textContent = isLive ? "live" : "updated every 5 s";
  link.title = isLive ? "What changes is shown at once" : "What changes is shown within five seconds";
}

function enter(session) {
  nav.hidden = false;
  operator.hidden = false;
  document.getElementById("sign-out").title = `signed in with the API key “${session.label}”`;
  unwatch = watch(refresh, showLinked);
  openPage();
}

function leave(why) {
  unwatch?.();
  unwatch = null;
  page = null;
  nav.hidden = true;
  operator.hidden = true;
  document.title = TITLE;
  showSignIn(main, why, enter);
}

async function start() {
  showPages();
  showLinked(false);
  addEventListener("hashchange", () => {
    if (page !== null) {
      openPage();
      main.focus();
    }
  });
  listen(
    (key) => page?.keys?.[key],
    (place) => {
      if (page !== null && PAGES[place] !== undefined) {
        location.hash = PAGES[place].id;
      }
    },
  );
  setInterval(passTime, 10_000);
  document.getElementById("help").addEventListener("click", showHelp);
  document.getElementById("sign-out").addEventListener("click", async () => {
    await api.signOut().catch(() => null); // a session that has ended already
    leave("Signed out.");
  });
  try {
    enter(await api.whoIsSignedIn());
  } catch (refusal) {
    leave(refusal.isSignedOut ? "" : refusal.message);
  }
}

start();
