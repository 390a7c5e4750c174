import { Meeting } from "@whetstone/shared/room/call/commands";
import { z } from "zod";
import { type IceOptions, isTurn } from "./call/ice-servers.ts";
import type { MediaServerOptions } from "./call/media-server.ts";
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
      const message = `holds ${JSON.stringify(name)}, which is no address, no range (10.0.0.0/8) and none of loopback, linklocal, uniquelocal.`;
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
/** A variable, with the sentence that says what it may be where it is something else. */
const number = (sentence: string, least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number({ error: sentence }).min(least, sentence).max(most, sentence);
const whole = (sentence: string, least: number, most?: number) => number(sentence, least, most).int(sentence);

const PUBLIC_URL =
  "must be the address alone under which people reach the server, such as https://interviews.example.org";

/** The origin that people open, as pages and links stand at its root; whatever else an address may hold is named, and no password shown. */
const Origin = z
  .url({ protocol: /^https?$/, error: `${PUBLIC_URL}, beginning with https:// or http://.`, abort: true })
  .transform((address, context) => {
    const { origin, username, password, pathname, search, hash } = new URL(address);
    const surplus = [
      ...(username + password === "" ? [] : ["the name and password before its host"]),
      ...(pathname === "/" ? [] : [`the path ${pathname}, as the server answers at the root of a host`]),
      ...(search === "" ? [] : ["the query behind its ?"]),
      ...(hash === "" ? [] : ["what stands behind its #"]),
    ];
    if (surplus.length > 0) {
      const message = `${PUBLIC_URL}. Leave out ${surplus.join("; and ")}: here that is ${origin}.`;
      context.addIssue({ code: "custom", message });
    }
    return origin;
  });

/** STUN and TURN servers, with commas between them; RFC 7064 and RFC 7065. */
const ICE_SERVER = /^(?:stuns?:[^\s,?/]+|turns?:[^\s,?/]+(?:\?transport=(?:udp|tcp))?)$/i;
const IceServers = z
  .string()
  .default("")
  .transform((list, context) => {
    const urls = list.split(",").flatMap((url) => url.trim() || []);
    for (const url of urls.filter((one) => !ICE_SERVER.test(one))) {
      const message = `holds ${JSON.stringify(url)}, which is none of stun:HOST:PORT, turn:HOST:PORT and turns:HOST:PORT?transport=tcp.`;
      context.addIssue({ code: "custom", message });
    }
    return urls;
  });

const MEDIA_SERVER =
  "must be the address of Janus's WebSocket alone, such as ws://127.0.0.1:8188 or wss://media.example.org/janus";

const MediaServer = z.url({ protocol: /^wss?$/, error: `${MEDIA_SERVER}.`, abort: true }).refine((address) => {
  const { username, password, hash } = new URL(address);
  return username + password + hash === "";
}, `${MEDIA_SERVER}: what opens it stands in MEDIA_SERVER_SECRET.`);

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const Environment = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: whole("must be a whole number from 0 to 65535.", 0, 65_535).default(3000),
  DATA_DIR: z.string().optional(),
  PUBLIC_URL: Origin.optional(),
  TRUSTED_PROXIES: Proxies,
  PROXY_HOPS: whole("must be a whole number from 1 to 10.", 1, 10).default(1),
  HOST_KEY: z.string().min(12, "must have 12 characters or more; leave it out, and the server makes one.").optional(),
  LINK_DAYS: whole("must be a whole number of days from 1 to 365.", 1, 365).default(7),
  COMMANDS_PER_SECOND: number("must be a number from 1 up.", 1).default(50),
  ROOM_MEGABYTES: number("must be a number of megabytes from 1 up.", 1).default(64),
  REQUESTS_PER_MINUTE: whole("must be a whole number from 1 up.", 1).default(600),
  CONNECTIONS_PER_ADDRESS: whole("must be a whole number from 10 up.", 10).default(200),
  BACKUP_EVERY_HOURS: number(
    "must be a number of hours from 0.1 to 8760; leave it out for no backups.",
    0.1,
    8_760,
  ).optional(),
  BACKUPS_KEPT: whole("must be a whole number from 1 to 10000.", 1, 10_000).default(7),
  BACKUP_DIR: z.string().optional(),
  KEYS_COPY: z.string().optional(),
  KEEP_DAYS: whole(
    "must be a whole number of days from 1 to 36500; leave it out, and rooms are kept until somebody erases them.",
    1,
    36_500,
  ).optional(),
  ICE_SERVERS: IceServers,
  MEETING_LINK: Meeting.optional(),
  MEDIA_SERVER: MediaServer.optional(),
  MEDIA_SERVER_SECRET: z
    .string()
    .min(16, "must have 16 characters or more, the same as Janus has as its api_secret.")
    .optional(),
  MEDIA_SERVER_ADMIN_KEY: z
    .string()
    .min(16, "must have 16 characters or more, the same as Janus's VideoRoom has as its admin_key.")
    .optional(),
  MEDIA_SERVER_FROM: whole("must be a whole number of people from 1 to 5.", 1, 5).default(5),
  TURN_SECRET: z.string().min(16, "must have 16 characters or more, the same as the TURN server has.").optional(),
  PEER_QUEUE: z.enum(["on", "off"], { error: "must be on or off." }).default("off"),
  LOG_LEVEL: z.enum(LEVELS, { error: `must be one of ${LEVELS.join(", ")}.` }).default("warn"),
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
  readonly backups: {
    /** From one to the next that the server makes by itself; null for none. */
    readonly everyHours: number | null;
    readonly kept: number;
    /** Where they go; null for a folder of the data directory. */
    readonly directory: string | null;
  };
  /** Where the rooms' keys are kept a second time; null for nowhere. */
  readonly keysCopy: string | null;
  /** For how many days after its end a room is kept; null for as long as nobody erases it. */
  readonly keepDays: number | null;
  /** The address of a meeting in another tool that rooms have in place of a call; null for none. */
  readonly meeting: string | null;
  /** What helps browsers in a call to reach each other. */
  readonly ice: IceOptions;
  /** What calls of so many people and more go through; null for nothing. */
  readonly media: (MediaServerOptions & { readonly from: number }) | null;
  /** Whether strangers may find each other as partners to practise with. */
  readonly peerQueue: boolean;
  readonly logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
}

/** The configuration from environment variables, or the sentences that say which of them are wrong. */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  defaultDataDir: string,
): { config: Config } | { problems: string[] } {
  // A variable that is set to nothing is none, as compose files leave them; but a list may be empty.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name === "TRUSTED_PROXIES" || value?.trim() !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    return { problems: [...new Set(sentences)] };
  }
  const values = parsed.data;
  const media = mediaOf(values);
  if (values.ICE_SERVERS.some(isTurn) && values.TURN_SECRET === undefined) {
    return {
      problems: [
        "TURN_SECRET must be set where ICE_SERVERS names a TURN server: it is what opens it, and the server's own configuration has the same.",
      ],
    };
  }
  if (media === "without secret") {
    return {
      problems: [
        "MEDIA_SERVER_SECRET must be set where MEDIA_SERVER names a media server: it is Janus's api_secret, without which whoever reaches Janus could listen.",
      ],
    };
  }
  const reachable = !LOOPBACK.test(values.HOST) || values.PUBLIC_URL !== undefined;
  return {
    config: {
      host: values.HOST,
      port: values.PORT,
      dataDir: values.DATA_DIR ?? defaultDataDir,
      publicUrl: values.PUBLIC_URL ?? null,
      trustedProxies: values.TRUSTED_PROXIES,
      proxyHops: values.PROXY_HOPS,
      hostKey: values.HOST_KEY ?? (reachable ? "generate" : null),
      linkDays: values.LINK_DAYS,
      commandsPerSecond: values.COMMANDS_PER_SECOND,
      roomBytes: values.ROOM_MEGABYTES * 1024 * 1024,
      requestsPerMinute: values.REQUESTS_PER_MINUTE,
      connectionsPerAddress: values.CONNECTIONS_PER_ADDRESS,
      backups: {
        everyHours: values.BACKUP_EVERY_HOURS ?? null,
        kept: values.BACKUPS_KEPT,
        directory: values.BACKUP_DIR ?? null,
      },
      keysCopy: values.KEYS_COPY ?? null,
      keepDays: values.KEEP_DAYS ?? null,
      meeting: values.MEETING_LINK ?? null,
      ice: { urls: values.ICE_SERVERS, turnSecret: values.TURN_SECRET ?? null },
      media,
      peerQueue: values.PEER_QUEUE === "on",
      logLevel: values.LOG_LEVEL,
    },
  };
}

function mediaOf(values: z.infer<typeof Environment>): Config["media"] | "without secret" {
  const { MEDIA_SERVER: url, MEDIA_SERVER_SECRET: secret, MEDIA_SERVER_ADMIN_KEY: adminKey = null } = values;
  if (url === undefined) return null;
  return secret === undefined ? "without secret" : { url, secret, adminKey, from: values.MEDIA_SERVER_FROM };
}
