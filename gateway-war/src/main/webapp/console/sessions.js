// Who is connected now; terminate.
import { carryOut } from "./act.js";
import { at, read, remove } from "./api.js";
import { ask } from "./dialog.js";
import { button, el, facts, showList } from "./dom.js";
import { count, outside, time } from "./text.js";
import * as words from "./words.js";

const SHOWN_MAX = 500;

const named = (session) => words.called(session.client.displayName, session.client.id);

export function sessions(root, { refresh }) {
  const intro = el("p", { class: "hint" });
  const list = el("ul", { class: "rows", "aria-label": "Live sessions" });
  root.append(intro, list);

  async function terminate(session) {
    const form = await ask({
      title: "Terminate the session?",
      yes: "Terminate",
      isDangerous: true,
      body: [
        el(
          "p",
          {},
          named(session),
          " is disconnected at once. A client that may connect comes back by itself; to keep it out, revoke its token" +
            " or remove its device.",
        ),
      ],
    });
    if (form !== null) {
      await carryOut(() => remove(at`sessions/${session.id}`), refresh, "Terminated: ", named(session));
    }
  }

  function shown(session) {
    const id = `session-${session.id}`;
    return el(
      "li",
      { "data-row": true, tabindex: "-1", "aria-labelledby": id },
      el(
        "div",
        { class: "row-head" },
        el("h2", { id }, named(session)),
        el("span", { class: "hint" }, "came ", time(session.since)),
      ),
      facts([
        ["Comes from", session.peer === "local" ? "this machine" : outside(session.peer)],
        ["Client", el("span", {}, words.client(session.client.id), " ", outside(session.client.version))],
        ["Machine", outside([session.client.platform, session.client.deviceFamily].filter(Boolean).join(", "))],
        ["Connected as", words.role(session.role)],
        ["Known by", words.method(session.method)],
        ["Device", session.deviceId ? words.device(session.deviceId) : "none"],
      ]),
      session.scopes.length === 0
        ? el("p", { class: "hint" }, "May do nothing but ask how the gateway is.")
        : el("ul", { class: "scopes" }, session.scopes.map((name) => el("li", {}, words.scope(name)))),
      el("div", { class: "buttons" }, button("Terminate", () => terminate(session), { class: "danger", "aria-describedby": id })),
    );
  }

  return {
    load: () => read(`sessions?limit=${SHOWN_MAX}`),
    show({ items, next }) {
      intro.textContent =
        items.length === 0
          ? "Nobody is connected."
          : `${count(items.length, "session")}${next === undefined ? "" : " and more; the newest are shown"}.`;
      showList(list, items, (session) => session.id, shown);
    },
  };
}
