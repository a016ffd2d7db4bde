// What the console asks, and what it says about what it did.
import { el } from "./dom.js";

const SAID_FOR_MS = 8_000;

let forgetting = 0;

function say(place, content) {
  const line = el("p", {}, content);
  document.getElementById(place).replaceChildren(line);
  forgetting = setTimeout(() => line.remove(), SAID_FOR_MS);
}

/** Tells what has happened; screen readers tell it when they are done with what they say. */
export function announce(...content) {
  clearTimeout(forgetting);
  say("news", content);
}

/** Tells what went wrong. */
export function alarm(...content) {
  clearTimeout(forgetting);
  say("alarm", content);
}

/**
 * Asks something, and waits for the answer.
 *
 * @returns the form of the dialog when it was confirmed, else null
 */
export function ask({ title, body = [], yes, no = "Cancel", isDangerous = false }) {
  const heading = el("h2", { id: "dialog-title" }, title);
  const form = el(
    "form",
    { method: "dialog" },
    heading,
    body,
    el(
      "div",
      { class: "buttons" },
      // no button of the form: Enter presses the first one of those
      no === null ? null : el("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, no),
      el("button", { value: "yes", class: isDangerous ? "danger" : "strong" }, yes),
    ),
  );
  const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, form);
  const cameFrom = document.activeElement;
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (cameFrom?.isConnected) {
        cameFrom.focus();
      }
      resolve(dialog.returnValue === "yes" ? form : null);
    });
    dialog.showModal();
  });
}

/** Asks for a text, such as a name. */
export async function askText({ title, label, value, yes, maxlength }) {
  const input = el("input", { id: "dialog-text", name: "text", maxlength, required: true, autocomplete: "off" });
  input.value = value;
  const form = await ask({ title, yes, body: [el("label", { for: "dialog-text" }, label), input] });
  return form === null ? null : input.value.trim();
}

/** Puts a text where it can be pasted from; also on a page without TLS, where browsers have no other way. */
export async function copy(text, element) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (!document.execCommand("copy")) {
      announce("Selected; copy it with the keys of your system");
      return;
    }
  }
  announce("Copied");
}
