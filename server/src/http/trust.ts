import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyAddr from "@fastify/proxy-addr";
import { normalizeIP } from "@fastify/rate-limit";
import { type Refusal, refusal } from "@whetstone/shared/room/refusal";

export interface TrustOptions {
  /** The address under which people reach the server; null for the one it listens on. */
  readonly publicUrl: string | null;
  /** Whether opening a room asks for a key. Without one, only this machine itself is served. */
  readonly hasKey: boolean;
  /** Addresses, ranges (CIDR) and the words `loopback`, `linklocal` and `uniquelocal`. */
  readonly trustedProxies: readonly string[];
  /** How many of them stand one behind the other. */
  readonly proxyHops: number;
}

/** What of a request is believed, and which are not served at all. */
export interface Trust {
  /** Why a request has no business with this server, not even for its pages; null where it has. */
  strangeness(request: IncomingMessage): Refusal | null;
  /** The same for the API and for sockets, which no page of another address may use. */
  refusalOf(request: IncomingMessage): Refusal | null;
  /** The address of whoever asks, as trusted proxies tell it; a whole network of 64 bits counts as one address in IPv6. */
  clientOf(request: IncomingMessage): string;
  /** Whether what the hop at an address says of the one before it is believed; hops are counted from this server. */
  believes(address: string, hop: number): boolean;
  /** Whether an address is a trusted proxy's, which speaks for many. */
  isProxy(address: string): boolean;
  /** The address of a request's sockets, such as `wss://interviews.example`; null where a policy could not name it. */
  socketAddress(request: IncomingMessage): string | null;
  /** The address of one of our pages, for a policy as well. */
  addressOf(request: IncomingMessage, path: string): string | null;
}

/** Headers by which proxies tell for whom they ask, or that they do. */
const TELLING = /^(x-forwarded(-.*)?|x-real-ip|forwarded|via)$/;

/**
 * The names of this machine alone, which nobody else's name server can point elsewhere. A browser knows `localhost` and needs to ask nobody.
 */
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether an address is one of `names`; throws where one of them is neither an address, a range nor a known word. */
export function proxiesNamed(names: readonly string[]): (address: string) => boolean {
  const isNamed = proxyAddr.compile([...names]);
  return (address) => isNamed(address, 0);
}

export function trustOf({ publicUrl, hasKey, trustedProxies, proxyHops }: TrustOptions): Trust {
  const isProxy = proxiesNamed(trustedProxies);
  const believes = (address: string, hop: number): boolean => hop < proxyHops && isProxy(address);
  const publicAddress = publicUrl === null ? null : new URL(publicUrl);
  const isOwnName = ({ hostname }: URL): boolean =>
    LOOPBACK.test(hostname) || (publicAddress ? hostname === publicAddress.hostname : isAddress(hostname));

  /** The address that a request was sent to, without its path; null where it names none. */
  const target = (request: IncomingMessage): URL | null => {
    const url = `${schemeOf(request, isProxy)}://${request.headers.host ?? ""}`;
    return URL.canParse(url) ? new URL(url) : null;
  };
  const strangeness = (request: IncomingMessage): Refusal | null => {
    const at = target(request);
    if (!hasKey && (cameByProxy(request) || at === null || !LOOPBACK.test(at.hostname))) return refusal("only_local");
    if (at !== null && isOwnName(at)) return null;
    return publicUrl === null ? refusal("wrong_host") : refusal("wrong_host", publicUrl);
  };

  const inPolicies = (request: IncomingMessage): URL | null => {
    const at = publicAddress ?? target(request);
    // A policy has no way to write an address of IPv6.
    return at === null || at.hostname.startsWith("[") ? null : at;
  };

  return {
    isProxy,
    believes,
    strangeness,
    refusalOf: (request) => {
      const { origin } = request.headers;
      const own = publicAddress ?? target(request);
      return strangeness(request) ?? (origin === undefined || origin === own?.origin ? null : refusal("wrong_origin"));
    },
    clientOf: (request) => {
      const told = proxyAddr(request, believes);
      // What is no address would be another allowance for each way to write it.
      return normalizeIP(isIP(told) === 0 ? (request.socket.remoteAddress ?? "") : told);
    },
    socketAddress: (request) => {
      const at = inPolicies(request);
      return at && `${at.protocol === "https:" ? "wss" : "ws"}://${at.host}`;
    },
    addressOf: (request, path) => {
      const at = inPolicies(request);
      return at && `${at.origin}${path}`;
    },
  };
}

const isAddress = (hostname: string): boolean => isIP(hostname.replace(/^\[|\]$/g, "")) !== 0;

/** What a trusted proxy says that it was asked by, as this server itself speaks HTTP alone. */
function schemeOf({ headers, socket }: IncomingMessage, isProxy: Trust["isProxy"]): "http" | "https" {
  const said = String(headers["x-forwarded-proto"] ?? "");
  return isProxy(socket.remoteAddress ?? "") && /(^|,)\s*https\s*$/i.test(said) ? "https" : "http";
}

/** No browser speaks HTTP/1.0 any more; some proxies do that say nothing else of themselves. */
const cameByProxy = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === "1.0" || Object.keys(headers).some((name) => TELLING.test(name));
