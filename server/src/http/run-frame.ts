import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

/** Where the frame stands in which programs run; the main page's policy names it. */
export const FRAME_PATH = "/run/frame";

/**
 * All that the frame does: the first message of the page that holds it brings a worker's code and a port, and from there on the two speak
 * over that port alone. What the worker says otherwise is heard by nobody. The program runs in the worker, so the frame's document, which
 * could navigate, is never in its reach. (A worker that is a module would not start here: Chromium fetches none from a blob of nobody's.)
 */
const SCRIPT = `
addEventListener("message", ({ source, data, ports }) => {
  if (source !== parent || ports.length !== 1) return;
  const code = new Blob(["importScripts = undefined;", data], { type: "text/javascript" });
  new Worker(URL.createObjectURL(code)).postMessage(null, [ports[0]]);
}, { once: true });
`;

const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>A program</title><script>${SCRIPT}</script></head>
  <body></body>
</html>
`;

const HASH = createHash("sha256").update(SCRIPT).digest("base64");

/**
 * Under this the frame has an origin that is nobody's: no storage, no cookies, no page of ours within reach. It may run its own script, the
 * workers whose code it is given, and WebAssembly; no text becomes code. It asks no server for anything. A worker of a blob inherits it.
 */
const POLICY = [
  "sandbox allow-scripts",
  "default-src 'none'",
  `script-src 'sha256-${HASH}' blob: 'wasm-unsafe-eval'`,
  "worker-src blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

/** The frame in which programs run, for whoever has a page of ours open. */
export function serveRunFrame(app: FastifyInstance): void {
  app.get(FRAME_PATH, { schema: { hide: true } }, (_request, reply) => {
    // Its origin is nobody's, and no other page shares a process with it for that.
    reply.removeHeader("origin-agent-cluster");
    return reply
      .headers({
        "content-security-policy": POLICY,
        "permissions-policy": "camera=(), geolocation=(), microphone=(), display-capture=()",
        "cache-control": "no-cache",
      })
      .type("text/html; charset=utf-8")
      .send(PAGE);
  });
}
