// Tells when something has changed: by the gateway's stream of events, or, where there is none, by looking every few seconds.
import { address } from "./api.js";
import { EVENT_TYPES } from "./words.js";

const TOGETHER_MS = 150;
const LOOK_MS = 5_000;
const LOOK_ANYWAY_MS = 15_000; // figures change without an event
const TRY_AGAIN_MS = 60_000;

/**
 * Begins to look.
 *
 * @param changed is called when there may be something new
 * @param linked is called with whether the stream is there
 * @returns a function that ends it
 */
export function watch(changed, linked) {
  let stream = null;
  let isOpen = false;
  let soon = 0;
  let lastLook = Date.now();

  function look() {
    lastLook = Date.now();
    changed();
  }

  function lookSoon() {
    clearTimeout(soon);
    soon = setTimeout(look, TOGETHER_MS);
  }

  function open() {
    stream?.close();
    stream = new EventSource(address("events"));
    stream.addEventListener("open", () => {
      isOpen = true;
      linked(true);
      lookSoon(); // for what happened meanwhile
    });
    stream.addEventListener("error", () => {
      isOpen = false;
      linked(false);
    });
    EVENT_TYPES.forEach((type) => stream.addEventListener(type, lookSoon));
  }

  const looking = setInterval(() => {
    if (Date.now() - lastLook >= (isOpen ? LOOK_ANYWAY_MS : LOOK_MS)) {
      look();
    }
  }, 1_000);
  const reopening = setInterval(() => {
    if (stream.readyState === EventSource.CLOSED) {
      open();
    }
  }, TRY_AGAIN_MS);
  open();
  return () => {
    clearInterval(looking);
    clearInterval(reopening);
    clearTimeout(soon);
    stream.close();
  };
}
