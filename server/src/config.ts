import { z } from "zod";
import { proxiesNamed } from "./http/trust.ts";

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

/** A list with commas of what `proxiesNamed` knows. */
const Proxies = z
  .string()
  .default("loopback")
  .transform((list, context) => {
    const names = list.split(",").flatMap((name) => name.trim() || []);
    const wrong = names.filter((name) => !isProxyName(name));
    for (const name of wrong) {
      const message = `${JSON.stringify(name)} is no address, no range (10.0.0.0/8) and none of loopback, linklocal, uniquelocal`;
      context.addIssue({ code: "custom", message });
    }
    return names;
  });

function isProxyName(name: string): boolean {
  // It would be read as 0.0.0.1, and is meant as a number of hops.
  if (/^\d+$/.test(name)) return false;
  try {
    proxiesNamed([name]);
    return true;
  } catch {
    return false;
  }
}

const Environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRUSTED_PROXIES: Proxies,
  PROXY_HOPS: z.coerce.number().int().min(1).max(10).default(1),
  HOST_KEY: z.string().min(12).optional(),
  LINK_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  COMMANDS_PER_SECOND: z.coerce.number().min(1).default(50),
  ROOM_MEGABYTES: z.coerce.number().min(1).default(64),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  CONNECTIONS_PER_ADDRESS: z.coerce.number().int().min(10).default(200),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("warn"),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The address under which people reach the server, without a slash at its end; null for the one it listens on. */
  readonly publicUrl: string | null;
  /** Whose word on a client's address and scheme is believed: addresses, ranges, and proxy-addr's words for some. */
  readonly trustedProxies: readonly string[];
  /** How many proxies stand one behind the other. */
  readonly proxyHops: number;
  /** What opening a room asks for; "generate" where others than this machine can reach the server and none was given. */
  readonly hostKey: string | "generate" | null;
  readonly linkDays: number;
  readonly commandsPerSecond: number;
  /** What one room may hold, in bytes of its log. */
  readonly roomBytes: number;
  readonly requestsPerMinute: number;
  /** What one address may have open at once. */
  readonly connectionsPerAddress: number;
  readonly logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
}

/** The configuration from environment variables, or the sentences that say which of them are wrong. */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  defaultDataDir: string,
): { config: Config } | { problems: string[] } {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`) };
  }
  const values = parsed.data;
  const reachable = !LOOPBACK.test(values.HOST) || values.PUBLIC_URL !== undefined;
  return {
    config: {
      host: values.HOST,
      port: values.PORT,
      dataDir: values.DATA_DIR ?? defaultDataDir,
      publicUrl: values.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
      trustedProxies: values.TRUSTED_PROXIES,
      proxyHops: values.PROXY_HOPS,
      hostKey: values.HOST_KEY ?? (reachable ? "generate" : null),
      linkDays: values.LINK_DAYS,
      commandsPerSecond: values.COMMANDS_PER_SECOND,
      roomBytes: values.ROOM_MEGABYTES * 1024 * 1024,
      requestsPerMinute: values.REQUESTS_PER_MINUTE,
      connectionsPerAddress: values.CONNECTIONS_PER_ADDRESS,
      logLevel: values.LOG_LEVEL,
    },
  };
}
