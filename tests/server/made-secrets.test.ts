import { describe, expect, test } from "vitest";
import { soughtRooms } from "../../server/src/room/panel-views.ts";
import {
  hashSecret,
  holderIn,
  mintOf,
  newFault,
  newId,
  newVersion,
  roomNamedIn,
} from "../../server/src/room/secrets.ts";

const KEY = Buffer.alloc(32, 7);
const ROOM = "r_0123456789abcdef01234567";
const SECRET_PART = "A-_z".repeat(10).concat("abc");

describe("what one request makes up", () => {
  const made = mintOf(KEY)("host", "c_000000000001");
  const all = (mint = made) => [
    mint.commandId,
    mint.id("s"),
    mint.id("s", "other"),
    mint.key("one"),
    mint.secret(ROOM, "one"),
  ];

  test("is the same when it is asked again under the same name", () => {
    expect(all(mintOf(KEY)("host", "c_000000000001"))).toEqual(all());
  });

  test("is another for another server, another who asks, another request, another room and another name", () => {
    const others = [
      mintOf(Buffer.alloc(32, 8))("host", "c_000000000001"),
      mintOf(KEY)("somebody else", "c_000000000001"),
      mintOf(KEY)("host", "c_000000000002"),
    ];
    const everything = [
      ...all(),
      ...others.flatMap((mint) => all(mint)),
      made.key("two"),
      made.id("l"),
      made.secret(ROOM, "two"),
    ];
    expect(new Set(everything).size).toBe(everything.length);
    expect(made.secret("r_another-room0", "one").split(".")[1]).not.toBe(made.secret(ROOM, "one").split(".")[1]);
  });

  test("is another each time where the request has no name", () => {
    const mint = mintOf(KEY);
    expect(mint("host", undefined).commandId).not.toBe(mint("host", undefined).commandId);
  });

  test("has 96 bits in what is named, and 256 in what is secret", () => {
    for (const id of [made.commandId, made.id("s"), newId("s")]) expect(id).toMatch(/^[cs]_[0-9a-f]{24}$/);
    expect(made.key("one")).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(made.secret(ROOM, "one")).toMatch(/^r_0123456789abcdef01234567\.[A-Za-z0-9_-]{43}$/);
    // NIST's example of SHA-256.
    expect(hashSecret("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

test("versions are drawn from all numbers of 32 bits", () => {
  const versions = Array.from({ length: 1_000 }, newVersion);
  expect(new Set(versions).size).toBeGreaterThan(990);
  expect(versions.every((version) => Number.isInteger(version) && version >= 0 && version < 2 ** 32)).toBe(true);
  expect(Math.max(...versions)).toBeGreaterThan(2 ** 31);
});

test("a secret names its room, and nothing that is longer, shorter or of other letters is one", () => {
  expect(roomNamedIn(`${ROOM}.${SECRET_PART}`)).toBe(ROOM);
  const others = [
    "",
    ROOM,
    `${ROOM}.${SECRET_PART}x`,
    `${ROOM}.${SECRET_PART.slice(1)}`,
    ` ${ROOM}.${SECRET_PART}`,
    `${ROOM}.${SECRET_PART}\n`,
    `${ROOM}.${SECRET_PART.slice(1)}+`,
    `${ROOM} ${SECRET_PART}`,
    `s${ROOM.slice(1)}.${SECRET_PART}`,
    `r_short.${SECRET_PART}`,
    `r_${"x".repeat(41)}.${SECRET_PART}`,
    `r_0123456789ab/.${SECRET_PART}`,
  ];
  expect(others.map(roomNamedIn)).toEqual(others.map(() => null));
});

test("a browser is known by another hash in every room, and a fault by a few letters", () => {
  const holders = [ROOM, "r_another-room0"].flatMap((roomId) => ["one", "other"].map((name) => holderIn(roomId, name)));
  expect(new Set(holders).size).toBe(4);
  for (const holder of holders) expect(holder).toMatch(/^[0-9a-f]{64}$/);
  expect(holderIn(ROOM, "one")).toBe(holders[0]);
  expect([newFault(), newFault()]).toEqual([
    expect.stringMatching(/^[0-9a-f]{8}$/),
    expect.stringMatching(/^[0-9a-f]{8}$/),
  ]);
});

test("secrets are sought by room, each once, and those that are none are counted", () => {
  const other = "r_another-room0";
  const [first, second] = [`${ROOM}.${SECRET_PART}`, `${ROOM}.${SECRET_PART.toLowerCase()}`];
  const sought = soughtRooms([
    first,
    second,
    first,
    "no secret",
    "none either",
    "none either",
    `${other}.${SECRET_PART}`,
  ]);
  expect([...sought.rooms]).toEqual([
    [ROOM, [hashSecret(first), hashSecret(second)]],
    [other, [hashSecret(`${other}.${SECRET_PART}`)]],
  ]);
  expect(sought.malformed).toBe(2);
});
