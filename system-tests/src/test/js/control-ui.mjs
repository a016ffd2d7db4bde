// The stock Control UI in a headless Chromium, driven by JSON lines: each line on stdin is an order, each line on stdout
// is its answer. Ends when stdin is closed.
//
//   node control-ui.mjs UI-FOLDER SCREENSHOTS-FOLDER
//
// The files of the UI are served on a free loopback port. The first line says where: {"value": {"port": 12345}}. The
// browser takes the name ui.example for this machine, so that pages can come from elsewhere than from loopback.
import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { launch, obey, pageOrders, PATIENCE_MS, say } from "./browser.mjs";

const [uiFolder, screenshotsFolder] = process.argv.slice(2);
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

const server = createServer(serve);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const browser = await launch("--host-resolver-rules=MAP ui.example 127.0.0.1");
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
  ...pageOrders(page, screenshotsFolder),
  // Goes to another page of the UI as a link in it does, without loading anything anew.
  visit: ({ path }) =>
    page.evaluate((to) => {
      history.pushState({}, "", to);
      dispatchEvent(new PopStateEvent("popstate"));
    }, path),
  seen: async () => seen,
};

say({ value: { port: server.address().port } });
await obey(page, orders, screenshotsFolder);
await browser.close();
server.close();
