import { BANK_LIMITS, QUESTION_LISTS } from "@whetstone/shared/bank-limits";
import type { Piece } from "./pieces.ts";

interface FollowUp {
  readonly ask: string;
  readonly probes: string;
}

/** The texts that a question's fields have, as far as pieces give them. */
export interface TextFields {
  readonly prompt: string;
  readonly hints: readonly string[];
  readonly followUps: readonly FollowUp[];
  readonly strongAnswer: readonly string[];
  readonly redFlags: readonly string[];
  readonly references: readonly string[];
}

/** What a piece within a question may be. */
type Placed = Exclude<Piece["role"], "heading" | "question" | "out" | "join">;
/** Goes on with the text that came last. */
type Join = (text: string) => void;

/** The texts of a question, while its pieces are put together. */
export class QuestionTexts {
  readonly #prompt: string[];
  readonly #hints: string[] = [];
  readonly #followUps: FollowUp[] = [];
  readonly #answer: string[] = [];
  readonly #redFlags: string[] = [];
  readonly #references: string[] = [];
  #join: Join;

  constructor(question: string) {
    this.#prompt = [question];
    this.#join = joining(this.#prompt);
  }

  add(role: Placed, text: string): void {
    this.#join = this.#added(role, text);
  }

  /** Goes on with the piece before. */
  join(text: string): void {
    this.#join(text);
  }

  /** The fields that anything is said about, and the references that a question has no place for. */
  fields(): { readonly value: Partial<TextFields>; readonly left: readonly string[] } {
    const most = QUESTION_LISTS.references.max;
    const all: TextFields = {
      prompt: this.#prompt.join("\n\n"),
      hints: this.#hints,
      followUps: this.#followUps,
      strongAnswer: this.#answer,
      redFlags: this.#redFlags,
      references: this.#references.slice(0, most),
    };
    const said = Object.entries(all).filter(([field, part]) => field === "prompt" || part.length > 0);
    return { value: Object.fromEntries(said), left: this.#references.slice(most) };
  }

  #added(role: Placed, text: string): Join {
    switch (role) {
      case "followUp":
        return this.#addFollowUp(text);
      case "probes":
        return this.#addProbes(text);
      case "prompt":
        return addText(this.#prompt, text);
      case "hint":
        return addText(this.#hints, text);
      case "answer":
        return addText(this.#answer, text);
      case "redFlag":
        return addText(this.#redFlags, text);
      case "reference":
        return addText(this.#references, text);
      default:
        return role satisfies never;
    }
  }

  #addFollowUp(ask: string): Join {
    const all = this.#followUps;
    all.push({ ask, probes: "" });
    return (more) => {
      const last = all.pop();
      all.push({ ask: `${last?.ask ?? ""}\n${more}`.trim(), probes: last?.probes ?? "" });
    };
  }

  /** A line is all that what a follow-up probes has place for. */
  #addProbes(text: string): Join {
    const all = this.#followUps;
    const last = all.at(-1);
    const probes = last && `${last.probes}\n${text}`.trim();
    if (!last || probes === undefined || probes.length > BANK_LIMITS.line) return addText(this.#answer, text);
    all[all.length - 1] = { ...last, probes };
    return (more) => void this.#addProbes(more);
  }
}

function addText(list: string[], text: string): Join {
  list.push(text);
  return joining(list);
}

const joining =
  (list: string[]): Join =>
  (more) => {
    list.push(`${list.pop() ?? ""}\n${more}`.trim());
  };
