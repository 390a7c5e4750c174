import { describe, expect, test } from "vitest";
import { iceServersFor } from "../../server/src/call/ice-servers.ts";
import { readConfig } from "../../server/src/config.ts";

const NOW = 1_433_895_918_000 - 2 * 3_600_000;

describe("the servers that a browser is given for a call", () => {
  test("are none where none are named", () => {
    expect(iceServersFor("s_000000000001", { urls: [], turnSecret: null }, NOW)).toEqual([]);
  });

  test("are those that are named, with a key for relays that expires and is another for each seat", () => {
    const options = {
      urls: ["turn:relay.example.org", "stun:a.example.org", "stun:b.example.org"],
      turnSecret: "north",
    };
    const [plain, relay, ...more] = iceServersFor("s_000000000001", options, NOW);
    expect(plain).toEqual({ urls: ["stun:a.example.org", "stun:b.example.org"] });
    expect(relay?.username).toMatch(/^1433895918:[0-9a-f]{16}$/);
    expect(more).toEqual([]);
    const other = iceServersFor("s_000000000002", options, NOW)[1];
    expect(other?.credential).not.toBe(relay?.credential);
    expect(iceServersFor("s_000000000001", options, NOW)[1]).toEqual(relay);
  });

  test("have for a password what coturn makes of the name with the same secret", () => {
    // `printf 1433895918:17ac834173178584 | openssl dgst -sha1 -hmac north -binary | base64`
    const relay = iceServersFor("s_000000000001", { urls: ["turn:r.example.org"], turnSecret: "north" }, NOW)[0];
    expect(relay?.credential).toBe("8eIroPrD9KCYuQ0/QmT4pdvZM50=");
  });
});

describe("the configuration of a call", () => {
  const read = (variables: Record<string, string>) => readConfig(variables, "/tmp/data");
  const ice = (variables: Record<string, string>) => {
    const result = read(variables);
    return "config" in result ? result.config.ice : result.problems;
  };

  test("names no server of its own", () => {
    expect(ice({})).toEqual({ urls: [], turnSecret: null });
  });

  test("is a list of addresses and a secret", () => {
    const secret = "as long as it should be";
    expect(
      ice({ ICE_SERVERS: "stun:a.example.org:3478, turns:b.example.org?transport=tcp", TURN_SECRET: secret }),
    ).toEqual({
      urls: ["stun:a.example.org:3478", "turns:b.example.org?transport=tcp"],
      turnSecret: secret,
    });
  });

  test.each(["https://a.example.org", "turn:", "stun:a b", "turn:a.example.org?transport=sctp", "example.org"])(
    "says what is wrong with %s",
    (url) => {
      expect(ice({ ICE_SERVERS: url, TURN_SECRET: "as long as it should be" })).toEqual([
        expect.stringMatching(/^ICE_SERVERS holds ".*", which is none of stun:HOST:PORT/),
      ]);
    },
  );

  test("asks for the secret of a relay", () => {
    expect(ice({ ICE_SERVERS: "turn:a.example.org" })).toEqual([expect.stringMatching(/^TURN_SECRET must be set/)]);
    expect(ice({ ICE_SERVERS: "turn:a.example.org", TURN_SECRET: "short" })).toEqual([
      expect.stringMatching(/^TURN_SECRET must have 16 characters/),
    ]);
  });
});
