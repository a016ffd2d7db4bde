// Makes elements. Text is always a text node: there is no way from here by which text becomes markup.

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An element: el("button", { type: "button", onclick: act }, "Approve"). Attributes that are absent are left out. */
export function el(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** A button that does nothing more while what it does is under way. It keeps the focus, which a disabled one would lose. */
export function button(label, act, attributes = {}) {
  const made = el("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", async () => {
    if (made.ariaBusy === "true") {
      return;
    }
    made.ariaBusy = "true";
    try {
      await act();
    } finally {
      made.ariaBusy = null;
    }
  });
  return made;
}

/** Facts as a list of names and values; those without a value are left out. */
export function facts(pairs) {
  return el(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, value]) => value !== undefined && value !== null && value !== "")
      .map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
  );
}

const shownAs = new WeakMap();

/**
 * Shows a list, and leaves what has not changed as it is, with its focus and what was typed into it.
 *
 * keyOf names an item for ever; render makes the element of one; stateOf is what it is made anew for.
 */
export function showList(container, items, keyOf, render, stateOf = (item) => item) {
  const before = new Map([...container.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = String(keyOf(item));
    const state = JSON.stringify(stateOf(item));
    const known = before.get(key);
    if (known !== undefined && shownAs.get(known) === state) {
      return known;
    }
    const made = render(item);
    made.dataset.key = key;
    made.dataset.shownAt = String(Date.now());
    shownAs.set(made, state);
    return made;
  });
  const kept = new Set(wanted);
  const hadFocus = [...before.values()].find((child) => !kept.has(child) && child.contains(document.activeElement));
  [...container.children].filter((child) => !kept.has(child)).forEach((child) => child.remove());
  wanted.forEach((child, place) => {
    if (container.children[place] !== child) {
      container.insertBefore(child, container.children[place] ?? null);
    }
  });
  if (hadFocus !== undefined) {
    wanted.find((child) => child.dataset.key === hadFocus.dataset.key)?.focus();
  }
}
