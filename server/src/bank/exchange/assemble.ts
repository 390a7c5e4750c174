import {
  draftOfKit,
  draftOfQuestion,
  type Fault,
  kitOfDraft,
  QuestionDraft,
  questionOfDraft,
  unseenFaults,
} from "@whetstone/shared/authored";
import { Identifier, Kit, Pack } from "@whetstone/shared/bank";
import { BANK_LIMITS } from "@whetstone/shared/bank-limits";
import { asName, isVisible, NAME_UNSEEN } from "@whetstone/shared/visible";
import { byCause } from "./one-cause.ts";
import type { Parsed, ParsedKit, ParsedPack, ParsedQuestion, Place, Refused, Topic } from "./parsed.ts";
import { firstSentence, inWords } from "./phrases.ts";
import type { RawQuestion, RawValue, ReadImport } from "./raw.ts";
import { faultsOf, isLack, lackInWords, valueAt } from "./sentences.ts";
import { numbering, slugOf } from "./slug.ts";
import { tidy, tidyQuestion } from "./tidy.ts";

/** What the readers found, as packs, questions and kits of the bank's schemas, with all that is wrong with them. */
export function assemble(raw: ReadImport, today: string): Parsed {
  const refused: Refused[] = [...raw.refused];
  const pack = packOf(raw.packs, refused);
  const topics = new Topics(pack?.pack.topics ?? null);
  const ids = new Ids(raw.questions);
  const questions = raw.questions.flatMap((question) => questionOf(question, { today, topics, ids, refused }) ?? []);
  const kits = kitsOf(raw.kits, refused);
  return {
    pack,
    isPackRefused: raw.packs.length > (pack ? 1 : 0),
    topics: topics.all(),
    questions,
    kits,
    refused: byCause(refused),
    passedOver: raw.passedOver,
    loose: raw.loose,
  };
}

const refuse = (raw: RawValue, path: readonly PropertyKey[], message: string): Refused => ({
  at: raw.place(path),
  field: raw.field(path),
  message,
});

const UNSEEN = "has nothing that can be seen; at least one letter, number or sign is needed";

/** What is said of a fault behind the name of its field. */
const inImport = (message: string, words: string): string => (message === NAME_UNSEEN ? UNSEEN : words);

/** The workspace's own rules are whole sentences behind the field's name; of all other fields the message says what they must be. */
const inQuestion = ([field]: readonly PropertyKey[], message: string): string =>
  field === "workspace" ? message : `must be ${message}`;

const placeInWords = ({ file, line }: Place): string => `${file}:${line}`;

function packOf(packs: readonly RawValue[], refused: Refused[]): ParsedPack | null {
  const [first, ...others] = packs;
  if (!first) return null;
  const start = placeInWords(first.place([]));
  for (const other of others) {
    refused.push(refuse(other, [], `is a second pack beside the one in ${start}; import one at a time`));
  }
  const value = tidy(first.value);
  const parsed = Pack.safeParse(value);
  if (parsed.success) {
    const { title, topics, communication } = parsed.data;
    const unseen = unseenFaults([
      { path: ["title"], name: title },
      ...topics.map(({ name }, at) => ({ path: ["topics", at, "name"], name })),
      { path: ["communication", "name"], name: communication.name },
    ]);
    refused.push(...unseen.map(({ path }) => refuse(first, path, UNSEEN)));
    return unseen.length > 0 ? null : { pack: { ...parsed.data, title: asName(title) }, at: first.place([]) };
  }
  refused.push(...faultsOf(parsed.error, value, "pack").map(({ path, message }) => refuse(first, path, message)));
  return null;
}

interface Context {
  readonly today: string;
  readonly topics: Topics;
  readonly ids: Ids;
  readonly refused: Refused[];
}

function questionOf(raw: RawQuestion, { today, topics, ids, refused }: Context): ParsedQuestion | null {
  const refuseAll = (...faults: Refused[]) => {
    refused.push(...faults);
    return null;
  };
  const value = tidyQuestion(raw.value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refuseAll(refuse(raw, [], "is no question: its fields are missing"));
  }
  const entries = Object.entries(value).filter(([field, part]) => field !== "id" && part !== null);
  const fields = Object.fromEntries(entries);
  const parsed = QuestionDraft.safeParse(fields);
  if (!parsed.success) {
    return refuseAll(
      ...faultsOf(parsed.error, fields, "question").map(({ path, message }) => refuse(raw, path, message)),
    );
  }
  const { topic, draft } = completed(parsed.data, raw, fields, { today, topics });
  if (topics.isUnknown(draft.topic)) {
    return refuseAll(refuse(raw, ["topic"], `${topic} is not a topic of the pack in this import`));
  }
  if (topic.trim() !== "" && !isVisible(topic)) return refuseAll(refuse(raw, ["topic"], UNSEEN));
  if (draft.title === "")
    return refuseAll(refuse(raw, ["title"], "is empty, and so is the prompt; one of them is needed"));
  const id = ids.of(raw, draft.title);
  if ("message" in id) return refuseAll(id);
  const made = questionOfDraft(id.id, draft);
  const given = new Set([...Object.keys(fields), ...(raw.topicName ? ["topic"] : [])]);
  if (fields.title === "") given.delete("title");
  const common = { ...id, given: FIELDS.filter((field) => given.has(field)), at: raw.place([]), pieces: raw.pieces };
  if ("question" in made)
    return { ...common, draft: draftOfQuestion(made.question), question: made.question, lacks: [] };
  const wrong = made.faults.filter((fault) => fault.path[0] !== "id" && !isLack(draft, fault));
  if (wrong.length > 0) {
    return refuseAll(
      ...wrong.map(({ path, message }) => refuse(raw, path, inImport(message, inQuestion(path, message)))),
    );
  }
  return {
    ...common,
    draft,
    question: null,
    lacks: [...new Set(made.faults.map((fault) => lackInWords(draft, fault)))],
  };
}

const FIELDS = QuestionDraft.keyof().options;

/** The draft with what the file leaves to be made: a title, ids of criteria, the topic's id, the month. */
function completed(
  draft: QuestionDraft,
  raw: RawQuestion,
  fields: Readonly<Record<string, unknown>>,
  { today, topics }: Pick<Context, "today" | "topics">,
): { topic: string; draft: QuestionDraft } {
  const topic = raw.topicName ?? draft.topic;
  const beginning = draft.prompt.split(/\n\s*\n/, 1)[0] ?? "";
  const taken = new Set(draft.criteria.map(({ id }) => id));
  const free = numbering((id) => taken.has(id));
  const criteria = draft.criteria.map((criterion) => {
    if (criterion.id !== "" || criterion.name === "") return criterion;
    const id = free(slugOf(criterion.name, "criterion"));
    taken.add(id);
    return { ...criterion, id };
  });
  return {
    topic,
    draft: {
      ...draft,
      criteria,
      title: draft.title || firstSentence(inWords(beginning), BANK_LIMITS.title),
      topic: raw.topicName === null ? topics.byId(draft.topic) : topics.byName(raw.topicName),
      reviewed: fields.reviewed === undefined ? today : draft.reviewed,
    },
  };
}

/** The topics that an import names. Where it brings a pack, there are no others than the pack's. */
class Topics {
  readonly #ofPack: readonly Topic[] | null;
  readonly #found = new Map<string, Topic>();
  /** By name in lower case, the first that has it. */
  readonly #byName = new Map<string, Topic>();
  readonly #ids: ReadonlySet<string>;
  readonly #free = numbering((id) => this.#found.has(id));

  constructor(ofPack: readonly Topic[] | null) {
    this.#ofPack = ofPack;
    this.#ids = new Set(ofPack?.map(({ id }) => id));
    for (const topic of ofPack ?? []) this.#name(topic);
  }

  byId(id: string): string {
    const words = id.replaceAll("-", " ");
    this.#note({ id, name: words.charAt(0).toUpperCase() + words.slice(1) });
    return id;
  }

  /** The identifier of a topic that the file calls by its identifier or by its name. */
  byName(name: string): string {
    if (name === "" || Identifier.safeParse(name).success) return this.byId(name);
    const known = this.#byName.get(name.toLowerCase());
    if (known) return known.id;
    const slug = slugOf(name, "");
    // Names of which no letter can stand in an identifier are told apart by numbers.
    const id = slug || this.#free("topic");
    this.#note({ id, name });
    return id;
  }

  isUnknown(id: string): boolean {
    return id !== "" && this.#ofPack !== null && !this.#ids.has(id);
  }

  all(): readonly Topic[] {
    return this.#ofPack ?? [...this.#found.values()];
  }

  #note(topic: Topic): void {
    const isTopic = Identifier.safeParse(topic.id).success && topic.name.length <= BANK_LIMITS.topicName;
    if (!isTopic || this.#found.has(topic.id)) return;
    this.#found.set(topic.id, topic);
    if (this.#ofPack === null) this.#name(topic);
  }

  #name(topic: Topic): void {
    const name = topic.name.toLowerCase();
    if (!this.#byName.has(name)) this.#byName.set(name, topic);
  }
}

/** The ids of an import's questions. Those that it gives go first, so that none that is made here takes one of them. */
class Ids {
  readonly #given = new Map<string, RawQuestion>();
  readonly #made = new Set<string>();
  readonly #free = numbering((id) => this.#given.has(id) || this.#made.has(id));

  constructor(questions: readonly RawQuestion[]) {
    for (const question of questions) {
      const id = idIn(question);
      if (typeof id === "string" && !this.#given.has(id)) this.#given.set(id, question);
    }
  }

  of(raw: RawQuestion, title: string): { id: string; idGiven: boolean } | Refused {
    const value = idIn(raw);
    if (value === undefined || value === null || value === "") {
      const id = this.#free(slugOf(title, "question"));
      this.#made.add(id);
      return { id, idGiven: false };
    }
    const parsed = Identifier.safeParse(value);
    if (!parsed.success) {
      const [fault] = faultsOf(parsed.error, value, "question");
      return refuse(raw, ["id"], fault?.message ?? "is no identifier");
    }
    const first = this.#given.get(parsed.data);
    return first === raw || !first
      ? { id: parsed.data, idGiven: true }
      : refuse(raw, ["id"], `${parsed.data} is the id of the question in ${placeInWords(first.place(["id"]))} too`);
  }
}

const idIn = ({ value }: RawQuestion): unknown => tidy(valueAt(value, ["id"]));

function kitsOf(kits: readonly RawValue[], refused: Refused[]): ParsedKit[] {
  const places = new Map<string, Place>();
  return kits.flatMap((raw): ParsedKit[] => {
    const value = tidy(raw.value);
    const parsed = Kit.safeParse(value);
    if (!parsed.success) {
      refused.push(...faultsOf(parsed.error, value, "kit").map(({ path, message }) => refuse(raw, path, message)));
      return [];
    }
    const made = kitOfDraft(parsed.data.id, draftOfKit(parsed.data));
    const kit = "kit" in made ? made.kit : parsed.data;
    const first = places.get(kit.id);
    const faults = [...minuteFaults(kit), ...("faults" in made ? made.faults : [])].map(({ path, message }) =>
      refuse(raw, path, inImport(message, message)),
    );
    if (first) faults.push(refuse(raw, ["id"], `${kit.id} is the id of the kit in ${placeInWords(first)} too`));
    places.set(kit.id, first ?? raw.place(["id"]));
    refused.push(...faults);
    const questionsAt = kit.questions.map((_, index) => raw.place(["questions", index, "question"]));
    return faults.length > 0 ? [] : [{ kit, at: raw.place([]), questionsAt }];
  });
}

function minuteFaults({ phases, minutes, questions }: Kit): Fault[] {
  const sum = phases.reduce((total, phase) => total + phase.minutes, 0);
  const budget = phases.find(({ kind }) => kind === "questions")?.minutes ?? 0;
  const planned = questions.reduce((total, question) => total + question.minutes, 0);
  return [
    ...(sum === minutes ? [] : [{ path: ["phases"], message: `add up to ${sum} minutes, but the kit has ${minutes}` }]),
    ...(planned <= budget
      ? []
      : [{ path: ["questions"], message: `take ${planned} minutes, but their phase has ${budget}` }]),
  ];
}
