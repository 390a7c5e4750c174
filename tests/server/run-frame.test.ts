import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { startServer } from "../support/server.ts";

/** The frame in which programs run, as a server sends it: what it may do stands in its headers, and the page names it alone. */

const policyOf = (value: string | null): Map<string, string> =>
  new Map(
    (value ?? "").split(";").map((directive) => {
      const [name = "", ...sources] = directive.trim().split(" ");
      return [name, sources.join(" ")] as const;
    }),
  );

test("the frame has an origin of nobody's, and may ask nobody for anything", async () => {
  const { url } = await startServer();
  const answer = await fetch(`${url}/run/frame`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const page = await answer.text();
  const [, script = ""] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  expect(script).toContain("addEventListener");
  const hash = createHash("sha256").update(script).digest("base64");
  expect(Object.fromEntries(policyOf(answer.headers.get("content-security-policy")))).toEqual({
    sandbox: "allow-scripts",
    "default-src": "'none'",
    "script-src": `'sha256-${hash}' blob: 'wasm-unsafe-eval'`,
    "worker-src": "blob:",
    "connect-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
  });
});

test("a page may hold that frame and no other, and stands in none itself", async () => {
  const { url } = await startServer();
  const policy = policyOf((await fetch(url)).headers.get("content-security-policy"));
  expect(policy.get("frame-src")).toBe(`${url}/run/frame`);
  expect(policy.get("frame-ancestors")).toBe("'none'");
  expect(policy.get("default-src")).toBe("'self'");
});

test("behind a proxy a page names the frame by the address that people open", async () => {
  const { url } = await startServer({
    config: { publicUrl: "https://interviews.example" },
    hostKey: "a key of the host",
  });
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "interviews.example" };
  const policy = policyOf((await fetch(url, { headers })).headers.get("content-security-policy"));
  expect(policy.get("frame-src")).toBe("https://interviews.example/run/frame");
});
