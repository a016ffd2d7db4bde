// The stock gateway client, used as a program would use it; it tells what happens as JSON lines on stdout.
//
//   node client.mjs URL IDENTITY-FILE TOKENS-FILE
//
// The shared token, if there is one, comes in the environment variable SHARED_TOKEN. The identity file is made when it
// is missing. Ends when stdin is closed.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { GatewayClient } from "@openclaw/gateway-client";

const [url, identityFile, tokensFile] = process.argv.slice(2);

function say(what, facts) {
  process.stdout.write(JSON.stringify({ what, ...facts }) + "\n");
}

function readJson(file, fallback) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : fallback;
}

// In one move: a client that is ended while it writes must not leave half a file to the next one.
function writeJson(file, value) {
  writeFileSync(`${file}.new`, JSON.stringify(value, null, 2) + "\n", { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function rawPublicKey(publicKeyPem) {
  return Buffer.from(createPublicKey(publicKeyPem).export({ format: "jwk" }).x, "base64url");
}

function loadOrCreateIdentity() {
  const known = readJson(identityFile, null);
  if (known !== null) {
    return known;
  }
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const publicKeyPem = publicKey.export({ type: "spki", format: "pem" });
  const identity = {
    deviceId: createHash("sha256").update(rawPublicKey(publicKeyPem)).digest("hex"),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }),
    publicKeyPem,
  };
  writeJson(identityFile, identity);
  return identity;
}

const tokens = {
  load: ({ deviceId, role }) => readJson(tokensFile, {})[`${deviceId}/${role}`] ?? null,
  store: ({ deviceId, role, token, scopes }) => {
    writeJson(tokensFile, { ...readJson(tokensFile, {}), [`${deviceId}/${role}`]: { token, scopes } });
    say("token-stored", { role, scopes });
  },
  clear: ({ deviceId, role }) => {
    const { [`${deviceId}/${role}`]: _, ...rest } = readJson(tokensFile, {});
    writeJson(tokensFile, rest);
    say("token-cleared", { role });
  },
};

const client = new GatewayClient({
  url,
  token: process.env.SHARED_TOKEN,
  clientName: "cli",
  mode: "cli",
  clientVersion: "1.0.0",
  platform: "linux",
  role: "operator",
  scopes: ["operator.read"],
  minProtocol: 4,
  maxProtocol: 4,
  deviceIdentity: loadOrCreateIdentity(),
  hostDeps: {
    signDevicePayload: (privateKeyPem, payload) =>
      sign(null, Buffer.from(payload, "utf8"), createPrivateKey(privateKeyPem)).toString("base64url"),
    publicKeyRawBase64UrlFromPem: (publicKeyPem) => rawPublicKey(publicKeyPem).toString("base64url"),
    loadDeviceAuthToken: tokens.load,
    storeDeviceAuthToken: tokens.store,
    clearDeviceAuthToken: tokens.clear,
  },
  onConnectError: (error) =>
    say("connect-error", { message: error.message, code: error.gatewayCode, details: error.details ?? null }),
  onReconnectPaused: (paused) => say("paused", paused),
  onClose: (code, reason) => say("close", { code, reason }),
  onHelloOk: (hello) =>
    say("hello", {
      role: hello.auth?.role,
      scopes: hello.auth?.scopes,
      method: hello.auth?.method,
      deviceTokenDelivered: hello.auth?.deviceToken !== undefined,
    }),
  onEvent: (event) => say("event", { event: event.event }),
});

process.stdin.resume();
process.stdin.on("end", () => {
  client.stop();
  process.exit(0);
});

client.start();
