// A headless Chromium driven by JSON lines: each line on stdin is an order, each line on stdout is its answer. Ends when
// stdin is closed.
import { accessSync, constants, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const PATIENCE_MS = 40_000;

function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  for (const folder of process.env.PATH.split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not this one
      }
    }
  }
  throw new Error(`no Chromium in PATH (looked for ${names.join(", ")}); install the package 'chromium'`);
}

/** Starts the browser; it calls nobody of its own accord. */
export function launch(...more) {
  return chromium.launch({
    executablePath: findChromium(),
    args: [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
      ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
    ],
  });
}

export function say(answer) {
  process.stdout.write(JSON.stringify(answer) + "\n");
}

/** What every page can be told to do; what to click on is said by a selector of Playwright. */
export function pageOrders(page, screenshots) {
  mkdirSync(screenshots, { recursive: true });
  return {
    open: ({ url }) => page.goto(url).then(() => null),
    click: ({ what }) => page.locator(what).click(),
    fill: ({ what, text }) => page.locator(what).fill(text),
    appear: ({ what }) => page.locator(what).first().waitFor({ state: "visible" }),
    disappear: ({ what }) => page.locator(what).first().waitFor({ state: "hidden" }),
    text: ({ what }) => page.locator(what).first().innerText(),
    picture: ({ name }) => page.screenshot({ path: join(screenshots, `${name}.png`) }).then(() => null),
  };
}

/** Carries orders out until there are no more. */
export async function obey(page, orders, screenshots) {
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    try {
      say({ value: (await orders[order.do](order)) ?? null });
    } catch (error) {
      const text = await page.innerText("body").catch(() => "");
      await page.screenshot({ path: join(screenshots, "failed.png") }).catch(() => null);
      say({ error: `${error.message}\nthe page says: ${text}` });
    }
  }
}
