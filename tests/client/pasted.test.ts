import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asPasted, keyAsPasted } from "../../client/src/browser/pasted.ts";
import { newId } from "../../server/src/room/secrets.ts";
import { propertyRuns } from "../support/courses.ts";

const ROOM = "r_0123456789abcdef01234567";
const SECRET = `${ROOM}.Zm9v-YmFy_QmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVm_`;
const KEY = "AbCdEfGhIjKlMnOpQrStUv-_";

const BEHIND = [
  ...[".", ",", ";", ":", "!", "?", ")", "]", "}", ">", "/", "|", "*", "**", "~", "`", "```", "...", ").", '">'],
  ...[
    '"',
    "'",
    "”",
    "“",
    "„",
    "’",
    "‘",
    "»",
    "«",
    "›",
    "…",
    "。",
    "，",
    "、",
    "）",
    "」",
    "』",
    "】",
    "؟",
    "،",
    "।",
    "—",
  ],
  ..." \t\n\r\u00a0\u2003\u202f\u3000\u2028\u2029\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202e\u2066\u2069",
  ...["\u034f", "\u061c", "\ufe0f", "\u3164", "\u2800", "\u{e0020}", "🙂", "👍🏽"],
];

const escaped = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");

describe("what an address carries", () => {
  it.each(BEHIND.map((junk) => [escaped(junk), junk] as const))("is read without %s behind it", (_escaped, junk) => {
    for (const given of [SECRET, ROOM, "vanishing-gradients"]) {
      expect(asPasted(given + junk)).toBe(given);
      expect(asPasted(given + escaped(junk))).toBe(given);
      expect(asPasted(given + encodeURIComponent(escaped(junk)))).toBe(given);
    }
    expect(keyAsPasted(KEY + junk)).toBe(KEY);
    expect(keyAsPasted(KEY + escaped(junk))).toBe(KEY);
  });

  it.each([
    ["%20", " "],
    ["a line break", "\n"],
    ["a line break of mail", "=\r\n"],
    ["an escaped line break of mail", "%3D%0D%0A"],
    ["a zero width space", "\u200b"],
    ["a soft hyphen", "%C2%AD"],
    ["a byte order mark", "\ufeff"],
    ["a direction mark", "%E2%80%8F"],
  ])("is read without %s within it", (_name, junk) => {
    for (const at of [0, 1, 20, ROOM.length, 40, SECRET.length]) {
      expect(asPasted(SECRET.slice(0, at) + junk + SECRET.slice(at))).toBe(SECRET);
    }
  });

  it.each(["", ".", "%20", "%", "%F", "\u200b)"])("may be nothing: %j", (given) => {
    expect(asPasted(given)).toBe(given.endsWith("F") ? given : "");
  });

  it("keeps what may belong to it, at its end too", () => {
    for (const given of [`${SECRET}_`, `${SECRET}-`, `${SECRET}x`, SECRET.slice(0, -1), SECRET.replace(".", "")]) {
      expect(asPasted(`${given}).`)).toBe(given);
    }
    expect(asPasted(SECRET.replace(".", ","))).not.toBe(SECRET);
    expect(asPasted(SECRET.toLowerCase())).not.toBe(SECRET);
    expect(asPasted(SECRET.replace("Z", "Ｚ"))).not.toBe(SECRET);
  });

  it("keeps a key that an operator chose as it is, whatever it ends in", () => {
    for (const key of ["correct horse, battery!", "ends in a dot.", "(in brackets)", "100% ours"]) {
      expect(keyAsPasted(key)).toBe(key);
      expect(keyAsPasted(` ${encodeURIComponent(key)}%20`)).toBe(key);
    }
  });
});

const ALPHABET = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"];
const letter = fc.constantFrom(...ALPHABET);
const secrets = fc
  .array(letter, { minLength: 43, maxLength: 43 })
  .map((letters) => `${newId("r")}.${letters.join("")}`);
const junk = fc
  .string({ unit: fc.oneof(fc.constantFrom(...BEHIND), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })) })
  .filter((text) => !/[\w%-]/.test(text));
const written = junk.chain((text) => fc.constantFrom(text, escaped(text), encodeURI(text)));

describe("a link with something behind it", () => {
  it("reads as the same link, whatever it is and however it is written", () => {
    fc.assert(
      fc.property(secrets, written, (secret, behind) => assert.equal(asPasted(secret + behind), secret)),
      propertyRuns(2_000),
    );
  });

  it("reads as another one where a letter of our own was added, left out or changed", () => {
    fc.assert(
      fc.property(secrets, written, letter, fc.nat(), fc.nat(2), (secret, behind, added, place, kind) => {
        const at = place % (secret.length + 1);
        const rest = secret.slice(kind === 0 ? at : at + 1);
        const other = secret.slice(0, at) + (kind === 1 ? "" : added) + rest;
        fc.pre(other !== secret);
        assert.notEqual(asPasted(other + behind), secret);
      }),
      propertyRuns(2_000),
    );
  });
});
