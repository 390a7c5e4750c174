import { KitDraft, QuestionDraft } from "@whetstone/shared/authored";
import type { Existing, ExistingKit, ExistingPack, ExistingQuestion } from "./plan.ts";

/** What the bank has under an identifier. `own` tells what users wrote from what stands in files. */
export type Name =
  | { readonly kind: "question"; readonly id: string; readonly pack: string; readonly own: boolean }
  | { readonly kind: "kit"; readonly id: string; readonly own: boolean }
  | { readonly kind: "pack"; readonly id: string; readonly title: string; readonly own: boolean };

/** Questions and kits of the users' own, as they are now. */
export interface Drafts {
  readonly questions: readonly (readonly [id: string, ExistingQuestion])[];
  readonly kits: readonly (readonly [id: string, ExistingKit])[];
}

/**
 * The bank as it is answered to a thread: all names, and of what is asked for with them and may be changed, in a second round, the drafts. Until
 * those are there, empty ones stand for them.
 */
export class AnsweredBank implements Existing {
  readonly #target: string;
  readonly #questions = new Map<string, ExistingQuestion>();
  readonly #kits = new Map<string, ExistingKit>();
  readonly #packs = new Map<string, ExistingPack>();
  readonly #wantedQuestions = new Set<string>();
  readonly #wantedKits = new Set<string>();

  /** `target` is the pack that the import goes into. */
  constructor(target: string) {
    this.#target = target;
  }

  /** Of two with one identifier, the later counts. */
  learn(names: readonly Name[]): void {
    for (const name of names) {
      switch (name.kind) {
        case "question":
          this.#questions.set(name.id, { ...name, question: null, draft: NO_QUESTION });
          break;
        case "kit":
          this.#kits.set(name.id, { ...name, kit: null, draft: NO_KIT });
          break;
        case "pack":
          this.#packs.set(name.id, name);
          break;
        default:
          name satisfies never;
      }
    }
  }

  read({ questions, kits }: Drafts): void {
    for (const [id, question] of questions) this.#questions.set(id, question);
    for (const [id, kit] of kits) this.#kits.set(id, kit);
  }

  /** Whose drafts were missing. */
  wanted(): { readonly questions: readonly string[]; readonly kits: readonly string[] } {
    return { questions: [...this.#wantedQuestions], kits: [...this.#wantedKits] };
  }

  question(id: string): ExistingQuestion | undefined {
    const found = this.#questions.get(id);
    if (found?.own && found.pack === this.#target) this.#wantedQuestions.add(id);
    return found;
  }

  kit(id: string): ExistingKit | undefined {
    const found = this.#kits.get(id);
    if (found?.own) this.#wantedKits.add(id);
    return found;
  }

  pack(id: string): ExistingPack | undefined {
    return this.#packs.get(id);
  }
}

const NO_QUESTION = QuestionDraft.parse({});
const NO_KIT = KitDraft.parse({});
