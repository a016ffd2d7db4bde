// The operators' console in a headless Chromium; see browser.mjs.
//
//   node console.mjs SCREENSHOTS-FOLDER
//
// The first line says that the browser is there: {"value": {}}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch, obey, pageOrders, PATIENCE_MS, say } from "./browser.mjs";

const [screenshotsFolder] = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const GRAVE = ["serious", "critical"];

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.setDefaultTimeout(PATIENCE_MS);

// Whatever a page of the console must never do, or not without a reason that the test knows.
const seen = { crashes: [], violations: [], foreign: [] };
page.on("crash", () => seen.crashes.push("the page crashed"));
page.on("pageerror", (error) => seen.crashes.push(error.message));
page.on("dialog", (dialog) => {
  seen.crashes.push(`a script said: ${dialog.message()}`);
  dialog.dismiss();
});
page.on("console", (message) => {
  if (message.text().includes("Content Security Policy") || message.text().includes("TrustedHTML")) {
    seen.violations.push(message.text());
  }
});
let home = "";
page.on("request", (request) => {
  if (!request.url().startsWith(home) && !request.url().startsWith("data:")) {
    seen.foreign.push(request.url());
  }
});

const orders = {
  ...pageOrders(page, screenshotsFolder),
  open: ({ url }) => {
    home = new URL(url).origin;
    return page.goto(url).then(() => null);
  },
  // Another page of the console, as a link in it does.
  visit: ({ hash }) => page.evaluate((to) => void (location.hash = to), hash),
  press: ({ key }) => page.keyboard.press(key),
  title: () => page.title(),
  scheme: ({ scheme }) => page.emulateMedia({ colorScheme: scheme }),
  width: ({ width }) => page.setViewportSize({ width: Number(width), height: 900 }),
  // How many pixels of the page are beyond its right edge.
  overflow: () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  // What axe finds that keeps people out.
  axe: async () => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    return violations
      .filter((violation) => GRAVE.includes(violation.impact))
      .map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.html} (${node.failureSummary})`).join("; ")}`);
  },
  wholePicture: ({ name }) =>
    page.screenshot({ path: `${screenshotsFolder}/${name}.png`, fullPage: true }).then(() => null),
  visible: ({ text }) => page.evaluate(async (shown) => (await import("./text.js")).visible(shown), text),
  cookies: async () => (await page.context().cookies()).map(({ value, ...rest }) => rest),
  scriptCookies: () => page.evaluate(() => document.cookie),
  seen: async () => seen,
};

say({ value: {} });
await obey(page, orders, screenshotsFolder);
await browser.close();
