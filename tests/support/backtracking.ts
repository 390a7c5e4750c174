/**
 * A regular expression as the engine tries it: character by character, going back to the last choice where it fails. Slower by far, and it
 * counts: the engine tells nobody how often it goes back, and time proves nothing.
 */

type Part =
  | { readonly kind: "character"; readonly fits: (character: string) => boolean }
  | { readonly kind: "all"; readonly parts: readonly Part[] }
  | { readonly kind: "any"; readonly choices: readonly Part[] }
  | { readonly kind: "group"; readonly index: number; readonly name: string | null; readonly part: Part }
  | { readonly kind: "again"; readonly of: number | string }
  | { readonly kind: "look"; readonly isBehind: boolean; readonly isNegative: boolean; readonly part: Part }
  | { readonly kind: "place"; readonly what: string }
  | {
      readonly kind: "repeat";
      readonly least: number;
      readonly most: number;
      readonly isLazy: boolean;
      readonly part: Part;
    };

/** What was found: its place, and its text. */
type Match = readonly [index: number, text: string];

class TooManySteps extends Error {}

const MOST_STEPS = 2_000_000;
/** Characters of every kind that the tree's expressions tell apart. */
const POOL = "aAzisxFo01 \n\t\r-_.,:;!?\"'“»*`~#$%&()[]{}<>|\\/+=^@é中\u0301…。\uD800\uFEFF";
const NEVER = "\u0001";
const ENDS = ["", NEVER, "\n", `${NEVER}\n`, `\n${NEVER}`];

export class Backtracking {
  readonly #expression: RegExp;
  readonly #whole: Part;
  #text = "";
  #steps = 0;

  constructor(expression: RegExp) {
    this.#expression = expression;
    this.#whole = new Reader(expression).read();
  }

  /** What it finds, all of it where the expression is global, and how many steps that takes. Throws `TooManySteps`. */
  run(text: string): { readonly matches: readonly Match[]; readonly steps: number } {
    this.#text = text;
    this.#steps = 0;
    const matches: Match[] = [];
    for (let from = 0; from <= text.length; ) {
      const end = this.#endOf(from);
      if (end !== null) matches.push([from, text.slice(from, end)]);
      if (end !== null && !this.#expression.global) break;
      from = end === null || end === from ? from + 1 : end;
    }
    return { matches, steps: this.#steps };
  }

  /** Texts that repeat what the expression repeats, behind what leads there, and before what it does not take; `count` times. */
  *hostileTexts(count: number): Generator<string, void, undefined> {
    const characters = [...new Set(this.#characters())].slice(0, 8);
    const units = [...characters, ...characters.flatMap((one) => characters.map((other) => one + other))];
    for (const before of new Set(["", NEVER, ...this.#waysToRepeats()])) {
      for (const unit of units) for (const after of ENDS) yield before + unit.repeat(count) + after;
    }
  }

  #endOf(from: number): number | null {
    let end: number | null = null;
    this.#go(this.#whole, from, new Map(), 1, (at) => {
      end = at;
      return true;
    });
    return end;
  }

  #go(
    part: Part,
    at: number,
    groups: Map<number | string, string>,
    way: 1 | -1,
    then: (at: number) => boolean,
  ): boolean {
    this.#steps += 1;
    if (this.#steps > MOST_STEPS) throw new TooManySteps();
    switch (part.kind) {
      case "character": {
        const character = this.#text[way === 1 ? at : at - 1];
        return character !== undefined && part.fits(character) && then(at + way);
      }
      case "all": {
        const { parts } = part;
        const from = (index: number, place: number): boolean => {
          const next = parts[way === 1 ? index : parts.length - 1 - index];
          return next === undefined
            ? then(place)
            : this.#go(next, place, groups, way, (after) => from(index + 1, after));
        };
        return from(0, at);
      }
      case "any":
        return part.choices.some((choice) => this.#go(choice, at, groups, way, then));
      case "group":
        return this.#go(part.part, at, groups, way, (after) => {
          const names = part.name === null ? [part.index] : [part.index, part.name];
          const before = names.map((name) => [name, groups.get(name)] as const);
          for (const name of names) groups.set(name, this.#text.slice(Math.min(at, after), Math.max(at, after)));
          if (then(after)) return true;
          for (const [name, text] of before) text === undefined ? groups.delete(name) : groups.set(name, text);
          return false;
        });
      case "again": {
        const text = groups.get(part.of) ?? "";
        return this.#text.startsWith(text, at) && then(at + text.length);
      }
      case "look": {
        const found = this.#go(part.part, at, groups, part.isBehind ? -1 : 1, () => true);
        return found !== part.isNegative && then(at);
      }
      case "place":
        return this.#isAt(part.what, at) && then(at);
      case "repeat": {
        const { least, most, isLazy } = part;
        const once = (count: number, place: number): boolean => {
          const more = () =>
            count < most &&
            this.#go(part.part, place, groups, way, (after) =>
              after === place && count >= least ? false : once(count + 1, after),
            );
          const enough = () => count >= least && then(place);
          return isLazy ? enough() || more() : more() || enough();
        };
        return once(0, at);
      }
      default:
        return part satisfies never;
    }
  }

  #isAt(what: string, at: number): boolean {
    const [before, after] = [this.#text[at - 1], this.#text[at]];
    const isEnd = (character: string | undefined) =>
      character === undefined || (this.#expression.multiline && /[\n\r\u2028\u2029]/.test(character));
    if (what === "^") return isEnd(before);
    if (what === "$") return isEnd(after);
    const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character);
    return (isWord(before) !== isWord(after)) === (what === "\\b");
  }

  #characters(): string[] {
    const found: string[] = [];
    walk(this.#whole, (part) => {
      if (part.kind === "character") found.push(...[...POOL].filter(part.fits).slice(0, 2));
    });
    return found;
  }

  /** For each part that repeats without end, a short text that leads there. */
  #waysToRepeats(): string[] {
    const ways: string[] = [];
    const lead = (part: Part, before: string): string => {
      switch (part.kind) {
        case "character":
          return before + ([...POOL].find(part.fits) ?? "");
        case "all":
          return part.parts.reduce((text, one) => lead(one, text), before);
        case "any":
          return part.choices.map((choice) => lead(choice, before))[0] ?? before;
        case "group":
          return lead(part.part, before);
        case "repeat": {
          if (part.most === Number.POSITIVE_INFINITY) ways.push(before);
          const once = lead(part.part, before);
          return part.least === 0 ? before : before + once.slice(before.length).repeat(part.least);
        }
        default:
          return before;
      }
    };
    lead(this.#whole, "");
    return ways;
  }
}

function walk(part: Part, visit: (part: Part) => void): void {
  visit(part);
  if (part.kind === "all") for (const one of part.parts) walk(one, visit);
  else if (part.kind === "any") for (const one of part.choices) walk(one, visit);
  else if ("part" in part) walk(part.part, visit);
}

/** Reads the source of an expression that the engine takes, so that nothing in it is wrong. */
class Reader {
  readonly #source: string;
  readonly #flags: string;
  #at = 0;
  #groups = 0;

  constructor({ source, flags }: RegExp) {
    this.#source = source;
    this.#flags = flags.replace(/[gym]/g, "");
  }

  read(): Part {
    const choices = [this.#sequence()];
    while (this.#takes("|")) choices.push(this.#sequence());
    const [only] = choices;
    return only && choices.length === 1 ? only : { kind: "any", choices };
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at] ?? "")) {
      parts.push(this.#repeated(this.#atom()));
    }
    return { kind: "all", parts };
  }

  #repeated(part: Part): Part {
    const [all, mark, least, comma, most] = this.#takesAll(/([*+?]|\{(\d+)(,?)(\d*)\})/y) ?? [];
    if (all === undefined) return part;
    const bounds = {
      "*": [0, Number.POSITIVE_INFINITY],
      "+": [1, Number.POSITIVE_INFINITY],
      "?": [0, 1],
    }[mark ?? ""] ?? [Number(least), most ? Number(most) : comma ? Number.POSITIVE_INFINITY : Number(least)];
    return { kind: "repeat", least: bounds[0] ?? 0, most: bounds[1] ?? 0, isLazy: this.#takes("?"), part };
  }

  #atom(): Part {
    if (this.#takes("(?:")) return this.#closed(this.read());
    const look = this.#takesAll(/\(\?(<?)([=!])/y);
    if (look) {
      const part = this.#closed(this.read());
      return { kind: "look", isBehind: look[1] === "<", isNegative: look[2] === "!", part };
    }
    const group = this.#takesAll(/\((?:\?<(\w+)>)?/y);
    if (group) {
      this.#groups += 1;
      const [index, name] = [this.#groups, group[1] ?? null];
      return { kind: "group", index, name, part: this.#closed(this.read()) };
    }
    const again = this.#takesAll(/\\(?:k<(\w+)>|([1-9]))/y);
    if (again) return { kind: "again", of: again[1] ?? Number(again[2]) };
    const place = this.#takesAll(/\^|\$|\\[bB]/y);
    if (place) return { kind: "place", what: place[0] };
    const [source = ""] =
      this.#takesAll(/\[(?:[^\]\\]|\\.)*\]|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)|[\s\S]/y) ??
      [];
    const one = new RegExp(`^(?:${source})$`, this.#flags);
    const known = new Map<string, boolean>();
    const fits = (character: string): boolean => {
      const does = known.get(character) ?? one.test(character);
      known.set(character, does);
      return does;
    };
    return { kind: "character", fits };
  }

  #closed(part: Part): Part {
    if (!this.#takes(")")) throw new Error(`No end of a group at ${this.#at} of ${this.#source}`);
    return part;
  }

  #takes(text: string): boolean {
    const does = this.#source.startsWith(text, this.#at);
    if (does) this.#at += text.length;
    return does;
  }

  #takesAll(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}
