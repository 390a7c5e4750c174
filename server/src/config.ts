import { z } from "zod";

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

const Environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  DATA_DIR: z.string().optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  HOST_KEY: z.string().min(12).optional(),
  LINK_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  COMMANDS_PER_SECOND: z.coerce.number().min(1).default(50),
  ROOM_MEGABYTES: z.coerce.number().min(1).default(64),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("warn"),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The address under which people reach the server, without a slash at its end; null for the one it listens on. */
  readonly publicUrl: string | null;
  /** What opening a room asks for; "generate" where others than this machine can reach the server and none was given. */
  readonly hostKey: string | "generate" | null;
  readonly linkDays: number;
  readonly commandsPerSecond: number;
  /** What one room may hold, in bytes of its log. */
  readonly roomBytes: number;
  readonly requestsPerMinute: number;
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
      hostKey: values.HOST_KEY ?? (reachable ? "generate" : null),
      linkDays: values.LINK_DAYS,
      commandsPerSecond: values.COMMANDS_PER_SECOND,
      roomBytes: values.ROOM_MEGABYTES * 1024 * 1024,
      requestsPerMinute: values.REQUESTS_PER_MINUTE,
      logLevel: values.LOG_LEVEL,
    },
  };
}
