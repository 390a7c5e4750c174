import { type BoardElement, BoardEntry } from "@whetstone/shared/workspace/board/element";
import { BOARD_LIMITS } from "@whetstone/shared/workspace/board/limits";
import { outlineOf } from "@whetstone/shared/workspace/board/outline";
import { LONGEST, pictureOf } from "@whetstone/shared/workspace/board/picture";
import { toldOf } from "@whetstone/shared/workspace/board/told";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrow, box, stroke, words } from "../support/boards.ts";

/** A board as a picture, and as lines of words. */

const TAGS = new Set(["svg", "g", "rect", "path", "circle", "ellipse", "text", "tspan"]);
/** What each attribute may say: nothing of it is anybody's words. */
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const COLOUR = /^(?:none|#[\da-f]{6}|[a-z]{3,24})$/;
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
  viewBox: new RegExp(`^${NUMBER}(?: ${NUMBER}){3}$`),
  transform: new RegExp(`^translate\\(${NUMBER} ${NUMBER}\\)(?: rotate\\(${NUMBER} ${NUMBER} ${NUMBER}\\))?$`),
  d: new RegExp(`^(?:[MLQC]${NUMBER}(?: ${NUMBER})+|Z)+$`),
  fill: COLOUR,
  stroke: COLOUR,
  "stroke-linecap": /^round$/,
  "stroke-linejoin": /^round$/,
  "stroke-dasharray": /^\d+ \d+$/,
  "text-anchor": /^(?:start|middle|end)$/,
  "font-family": /^'(?:Noto Sans|DejaVu Sans Mono)', (?:sans-serif|monospace)$/,
  "xml:space": /^preserve$/,
};
const IS_NUMBER = new RegExp(`^${NUMBER}$`);

/** What no XML may hold: control letters but for three, and halves of pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for
const NOT_XML = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** Reads a picture as strictly as it is meant, and gives its words. Throws at anything else than tags and attributes that are known. */
function wordsIn(svg: string): string[] {
  expect(svg).not.toMatch(NOT_XML);
  const open: string[] = [];
  const said: string[] = [];
  let at = 0;
  for (const { 0: whole, 1: closing, 2: name = "", 3: attributes = "", 4: ends, index } of svg.matchAll(
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<>]*")*)(\/?)>/g,
  )) {
    const between = svg.slice(at, index);
    expect(between).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot);)/);
    if (between !== "") said.push(between);
    at = index + whole.length;
    if (closing) expect(open.pop()).toBe(name);
    else {
      expect(TAGS).toContain(name);
      for (const [, key = "", value = ""] of attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
        expect(value, `${key} of ${name}`).toMatch(ATTRIBUTES[key] ?? IS_NUMBER);
      }
      if (!ends) open.push(name);
    }
  }
  expect([open, at]).toEqual([[], svg.length]);
  const signs: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };
  return said.map((words) => words.replace(/&\w+;/g, (sign) => signs[sign] ?? sign));
}

function drawn(...elements: readonly object[]) {
  const read = elements.map((element) => BoardEntry.parse(element)) as BoardElement[];
  const picture = pictureOf(read);
  if (!picture) throw new Error("There is no picture.");
  return { ...picture, words: wordsIn(picture.svg) };
}

const as = (type: string, change: object = {}) => ({ ...box("it", change), type });

describe("a picture of a board", () => {
  test("is none where nothing stands on it", () => {
    expect(pictureOf([])).toBeNull();
  });

  test("shows each kind of shape where it lies, as it was drawn", () => {
    const at = { x: 30, y: -20, width: 200, height: 80 };
    expect(drawn(as("rectangle", at)).svg).toMatch(/translate\(30 -20\)"><rect [^>]*width="200" height="80"\/>/);
    expect(drawn(as("rectangle", { ...at, roundness: { type: 3 } })).svg).toContain('rx="20"');
    expect(drawn(as("rectangle", { ...at, width: 900, height: 900, roundness: { type: 3 } })).svg).toContain('rx="32"');
    expect(drawn(as("ellipse", at)).svg).toMatch(/<ellipse [^>]*cx="100" cy="40" rx="100" ry="40"/);
    expect(drawn(as("diamond", at)).svg).toContain('d="M100 0L200 40L100 80L0 40Z"');
    expect(drawn(as("diamond", { ...at, roundness: { type: 2 } })).svg).toMatch(/d="M[^"]*Q100 0 /);
    const frame = drawn({ ...as("frame", at), name: "System" });
    expect(frame.words).toEqual(["System"]);
    // Drawn to the left and up, it lies as if it had been drawn the other way.
    expect(drawn(as("rectangle", { ...at, x: 230, y: 60, width: -200, height: -80 })).svg).toBe(
      drawn(as("rectangle", at)).svg,
    );
  });

  test("keeps colours, how much they cover, dashes and how it was turned", () => {
    const { svg } = drawn(
      as("rectangle", { backgroundColor: "#A5d8FF", strokeColor: "#f00", strokeStyle: "dashed", opacity: 40 }),
    );
    expect(svg).toContain('fill="#a5d8ff" stroke="#ff0000" stroke-width="2" stroke-dasharray="8 10"');
    expect(svg).toContain('opacity="0.4"');
    expect(drawn(as("rectangle", { backgroundColor: "#a5d8ff80" })).svg).toContain('fill-opacity="0.5"');
    expect(drawn(as("rectangle", { backgroundColor: "#a5d8ff", fillStyle: "hachure" })).svg).toContain(
      'fill="#a5d8ff" fill-opacity="0.4"',
    );
    expect(drawn(as("rectangle")).svg).toMatch(/<rect fill="none" stroke="#1e1e1e"/);
    // What is no colour, though it may stand where one does.
    expect(drawn(as("rectangle", { backgroundColor: "#12345", strokeColor: "#1234567" })).svg).toMatch(
      /<rect fill="none" stroke="#1e1e1e"/,
    );
    const turned = drawn(as("rectangle", { angle: Math.PI / 2 }));
    expect(turned.svg).toContain("rotate(90 100 40)");
    expect([turned.width, turned.height]).toEqual([80 + 36, 200 + 36]);
  });

  test("draws lines through their points: straight, curved, with elbows, and with what they end in", () => {
    const points = [
      [0, 0],
      [100, 0],
      [100, 80],
    ] as [number, number][];
    const line = { points, endArrowhead: null };
    expect(drawn(arrow("it", null, null, line)).svg).toContain('d="M0 0L100 0L100 80"');
    expect(drawn(arrow("it", null, null, { ...line, roundness: { type: 2 } })).svg).toMatch(
      /d="M0 0C[\d. -]+ 100 0C[\d. -]+ 100 80"/,
    );
    expect(drawn(arrow("it", null, null, { ...line, elbowed: true })).svg).toContain(
      'd="M0 0L84 0Q100 0 100 16L100 80"',
    );
    const { elbowed: _, ...bare } = arrow("it", null, null, {
      points: [...points, [0, 0]],
      backgroundColor: "#ffec99",
    });
    expect(drawn({ ...bare, type: "line", endArrowhead: null }).svg).toContain('fill="#ffec99"');
    const shapes = new Set(
      [null, ...HEADS].map((head) => drawn(arrow("it", null, null, { ...line, endArrowhead: head })).svg),
    );
    expect(shapes.size).toBe(HEADS.length + 1);
    // Of both ends, the start points back.
    expect(drawn(arrow("it", null, null, { ...line, startArrowhead: "arrow" })).svg).toContain("L0 0L25 ");
  });

  test("draws a hand's stroke smoothly, and a dot as one", () => {
    expect(drawn(stroke("it", 5)).svg).toMatch(/d="M0 0Q0\.25 [^"]*L1 0\.5"/);
    expect(drawn(stroke("it", 1)).svg).toContain("<circle");
    expect(drawn(stroke("it", 0)).words).toEqual([]);
  });

  test("writes texts line by line, as they are aligned, and the words of an arrow on ground of their own", () => {
    const { svg, words: said } = drawn(
      words("it", "Load\n\n  balancer", { width: 100, height: 75, textAlign: "center", fontSize: 20 }),
    );
    expect(said).toEqual(["Load", "  balancer"]);
    expect(svg).toContain('text-anchor="middle"');
    expect(svg).toMatch(/<tspan x="50" y="19\.5">Load<\/tspan><tspan x="50" y="69\.5">/);
    expect(drawn(words("it", "right", { width: 100, textAlign: "right" })).svg).toMatch(/text-anchor="end".*x="100"/);
    expect(drawn(words("it", "x = 1", { fontFamily: 3 })).svg).toContain("monospace");
    const label = words("l", "miss", { containerId: "to", x: 20, y: 20 });
    expect(drawn(arrow("to", null, null), label).svg).toMatch(/fill="#ffffff" stroke="none"\/><text/);
    expect(drawn(box("to"), label).svg).not.toMatch(/stroke="none"\/><text/);
  });

  test("says every word as a word, in whatever script, and nothing that is no letter", () => {
    const hostile = `</text><script>alert("1")</script><image href='javascript:x' onload=x> & &amp; ]]> <!--`;
    expect(drawn(words("it", hostile)).words).toEqual([hostile]);
    expect(drawn({ ...as("frame"), name: hostile }).words).toEqual([hostile]);
    expect(drawn(words("it", "缓存 캐시 😀 👨‍👩‍👧")).words).toEqual(["缓存 캐시 😀 👨‍👩‍👧"]);
    // Taken for itself, so that its mark stands at its end.
    expect(drawn(words("it", "قاعدة!")).words).toEqual(["\u2068قاعدة!\u2069"]);
    expect(drawn(words("it", "a\0b\u001b[1m\ud83dc\ufffe\u0085")).words).toEqual(["ab[1m\ufffdc"]);
    expect(drawn(words("it", "\0\u0001 \n")).words).toEqual([]);
  });

  test("stays within its size, however far things lie apart, and lines in it can be seen", () => {
    const far = BOARD_LIMITS.far;
    const apart = drawn(box("a", { x: -far, y: -far }), box("b", { x: far, y: far, width: far }));
    expect(apart.width).toBeLessThanOrEqual(LONGEST);
    expect(apart.height).toBeLessThanOrEqual(LONGEST);
    const width = Number(/stroke-width="([\d.]+)"/.exec(apart.svg)?.[1]);
    const across = Number(/viewBox="\S+ \S+ (\S+)/.exec(apart.svg)?.[1]);
    expect((width * apart.width) / across).toBeGreaterThan(0.7);
    const small = drawn(box("a", { width: 1, height: 1 }));
    expect([small.width, small.height]).toEqual([37, 37]);
  });

  test("is a few times as large as the fullest board at the most", () => {
    const lines = Array.from({ length: 13 }, (_, index) => words(`t${index}`, "a\n".repeat(2_499)));
    const signs = Array.from({ length: 29 }, (_, index) => words(`t${index}`, "&".repeat(5_000)));
    const arrows = [0, 1, 2].map((index) =>
      arrow(`s${index}`, null, null, {
        roundness: { type: 2 },
        points: Array.from({ length: 4_000 }, (_, at): [number, number] => [at * 1.01 + index, at * 2.02]),
      }),
    );
    for (const elements of [lines, signs, arrows]) {
      expect(JSON.stringify(elements).length).toBeGreaterThan(180_000);
      expect(drawn(...elements).svg.length).toBeLessThan(4 * BOARD_LIMITS.bytes);
    }
  });

  test("is the same for the same elements, and well formed whatever they are", () => {
    const any = fc.record({
      kind: fc.constantFrom("rectangle", "diamond", "ellipse", "text", "arrow", "freedraw", "frame"),
      x: fc.double({ min: -BOARD_LIMITS.far, max: BOARD_LIMITS.far, noNaN: true }),
      width: fc.double({ min: -BOARD_LIMITS.far, max: BOARD_LIMITS.far, noNaN: true }),
      angle: fc.double({ min: -100, max: 100, noNaN: true }),
      strokeWidth: fc.double({ min: 0.5, max: 20, noNaN: true }),
      opacity: fc.double({ min: 0, max: 100, noNaN: true }),
      roundness: fc.constantFrom(null, { type: 2 }, { type: 3, value: -5 }),
      colour: fc.constantFrom("transparent", "red", "#123", "#1234", "#12345", "#123456", "#12345678", "url"),
      text: fc.string({ unit: "binary", maxLength: 20 }),
      head: fc.constantFrom(null, ...HEADS),
      points: fc.array(
        fc.tuple(
          fc.double({ min: -BOARD_LIMITS.far, max: BOARD_LIMITS.far, noNaN: true }),
          fc.double({ min: -1, max: 1, noNaN: true }),
        ),
        { maxLength: 5 },
      ),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (all) => {
        const elements = all.map(
          ({ kind, x, width, angle, strokeWidth, opacity, roundness, colour, text, head, points }) => {
            const of = {
              x,
              width,
              angle,
              strokeWidth,
              opacity,
              roundness,
              strokeColor: colour,
              backgroundColor: colour,
            };
            if (kind === "text") return words("t", text, of);
            if (kind === "arrow")
              return arrow("a", null, null, { ...of, points, endArrowhead: head, startArrowhead: head });
            if (kind === "freedraw") return { ...stroke("s", 0), ...of, points };
            return { ...as(kind, of), ...(kind === "frame" && { name: text }) };
          },
        );
        const once = drawn(...elements);
        expect(Math.max(once.width, once.height)).toBeLessThanOrEqual(LONGEST);
        expect(drawn(...elements).svg).toBe(once.svg);
      }),
    );
  });
});

const HEADS = [
  "arrow",
  "bar",
  "circle",
  "circle_outline",
  "triangle",
  "triangle_outline",
  "diamond",
  "diamond_outline",
  "crowfoot_one",
  "crowfoot_many",
  "crowfoot_one_or_many",
] as const;

test("a board in lines says what is on it, what joins what, and what no list can say", () => {
  const elements = [
    box("a"),
    words("al", "Load\nbalancer", { containerId: "a" }),
    box("b", { x: 400 }),
    words("t", "a note", { y: 300 }),
    arrow("to", "a", "b"),
    arrow("off", null, "b"),
    stroke("s", 5),
  ];
  expect(toldOf(outlineOf(elements))).toEqual([
    "Load balancer (box)",
    "Load balancer to a box without words",
    "a box without words",
    "a note",
    "nothing to a box without words",
    "1 stroke drawn by hand",
  ]);
  expect(toldOf(outlineOf([]))).toEqual([]);
});
