// The stock Control UI in a headless Chromium, driven by JSON lines: each line on stdin is an order, each line on stdout
// is its answer. Ends when stdin is closed.
//
//   node control-ui.mjs UI-FOLDER SCREENSHOTS-FOLDER
//
// The files of the UI are served on a free loopback port. The first line says where: {"value": {"port": 12345}}. The
// browser takes the name ui.example for this machine, so that pages can come from elsewhere than from loopback.
import { accessSync, constants, mkdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, extname, join, sep } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const [uiFolder, screenshotsFolder] = process.argv.slice(2);
const PATIENCE_MS = 40_000;
const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

function isFile(file) {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

// The UI's own gateway makes these two changes, so that pages other than / load: absolute references, and the base path.
const index = readFileSync(join(uiFolder, "index.html"), "utf8")
  .replaceAll(/(["'])\.\//g, "$1/")
  .replace("<html ", '<html data-openclaw-control-ui-base-path="" ');

function serve(request, response) {
  const { pathname } = new URL(request.url, "http://ui.example");
  const file = join(uiFolder, pathname);
  if (pathname !== "/" && file.startsWith(uiFolder + sep) && isFile(file)) {
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  } else if (extname(pathname) === "") {
    response.writeHead(200, { "content-type": TYPES[".html"] }).end(index);
  } else {
    response.writeHead(404).end();
  }
}

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

function say(answer) {
  process.stdout.write(JSON.stringify(answer) + "\n");
}

mkdirSync(screenshotsFolder, { recursive: true });
const server = createServer(serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP ui.example 127.0.0.1",
    ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
  ],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.setDefaultTimeout(PATIENCE_MS);

const seen = { loads: 0, crashes: [], connectsAt: [] };
page.on("load", () => (seen.loads += 1));
page.on("crash", () => seen.crashes.push("the page crashed"));
page.on("pageerror", (error) => seen.crashes.push(error.message));
page.on("websocket", (socket) =>
  socket.on("framesent", ({ payload }) => {
    if (String(payload).includes('"method":"connect"')) {
      seen.connectsAt.push(Date.now());
    }
  }),
);

const orders = {
  open: ({ url }) => page.goto(url).then(() => null),
  // Goes to another page of the UI as a link in it does, without loading anything anew.
  visit: ({ path }) =>
    page.evaluate((to) => {
      history.pushState({}, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, path),
  click: ({ what }) => page.locator(what).click(),
  fill: ({ what, text }) => page.locator(what).fill(text),
  appear: ({ what }) => page.locator(what).first().waitFor({ state: "visible" }),
  disappear: ({ what }) => page.locator(what).first().waitFor({ state: "hidden" }),
  text: ({ what }) => page.locator(what).first().innerText(),
  picture: ({ name }) => page.screenshot({ path: join(screenshotsFolder, `${name}.png`) }).then(() => null),
  seen: async () => seen,
};

say({ value: { port: server.address().port } });
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    say({ value: (await orders[order.do](order)) ?? null });
  } catch (error) {
    const text = await page.innerText("body").catch(() => "");
    await page.screenshot({ path: join(screenshotsFolder, "failed.png") }).catch(() => null);
    say({ error: `${error.message}\nthe page says: ${text}` });
  }
}
await browser.close();
server.close();
