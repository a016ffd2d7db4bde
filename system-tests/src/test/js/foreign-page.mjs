// Pages of any origin in a headless Chromium that try to use the gateway; see browser.mjs.
//
//   node foreign-page.mjs SCREENSHOTS-FOLDER
//
// Every document is made up here, so that a page can have any name and port, also those of the gateway itself. The browser
// takes every name under .test for this machine, as after a DNS rebinding; sockets go to the real gateway.
import { launch, obey, PATIENCE_MS, say } from "./browser.mjs";

const [screenshotsFolder] = process.argv.slice(2);
const DOCUMENT = "<!doctype html><title>page</title>";
const FRAMED = `${DOCUMENT}<iframe sandbox="allow-scripts" srcdoc="${DOCUMENT}"></iframe>`;

// Some versions of Chromium keep public pages from this machine by themselves; the gateway must not need that.
const browser = await launch(
  "--host-resolver-rules=MAP *.test 127.0.0.1",
  "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets",
);
const page = await browser.newPage();
page.setDefaultTimeout(PATIENCE_MS);
await page.route("**/*", (route) =>
  route.fulfill({ contentType: "text/html", body: new URL(route.request().url()).pathname === "/framed" ? FRAMED : DOCUMENT }),
);

/** Runs in the page: says what the Control UI says, with the right token, and tells how it ended. */
function knock({ gateway, token }) {
  return new Promise((resolve) => {
    const socket = new WebSocket(gateway);
    const told = { origin: self.origin, admitted: false, code: "", reason: "", closed: 0 };
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.event === "connect.challenge") {
        const client = { id: "openclaw-control-ui", mode: "webchat", version: "1.0.0", platform: "web" };
        const params = { minProtocol: 4, maxProtocol: 4, client, caps: [], role: "operator", scopes: ["operator.read"], auth: { token } };
        socket.send(JSON.stringify({ type: "req", id: "1", method: "connect", params }));
      } else if (frame.type === "res" && frame.ok) {
        told.admitted = true;
        socket.close();
      } else if (frame.type === "res") {
        told.code = frame.error?.details?.code ?? "";
        told.reason = frame.error?.details?.reason ?? "";
      }
    };
    socket.onclose = ({ code }) => resolve({ ...told, closed: code });
  });
}

const orders = {
  knock: async ({ url, gateway, token }) => {
    await page.goto(url);
    return page.evaluate(knock, { gateway, token });
  },
  // From a frame that has no origin of its own, which browsers call null.
  knockFromSandbox: async ({ url, gateway, token }) => {
    await page.goto(new URL("/framed", url).href);
    const frame = await (await page.waitForSelector("iframe")).contentFrame();
    return frame.evaluate(knock, { gateway, token });
  },
};

say({ value: {} });
await obey(page, orders, screenshotsFolder);
await browser.close();
