import { type AuthoredQuestion, QuestionDraft } from "@whetstone/shared/authored";
import { type RefusalReason, refusal } from "@whetstone/shared/room/refusal";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type DraftAction, DraftSaver, type DraftServer } from "../../client/src/authoring/draft/draft-saver.ts";
import { differingFields, KeptDraftPlace } from "../../client/src/authoring/draft/kept-draft.ts";
import { BLANK_WORKSPACE, blankQuestion } from "../../client/src/authoring/question/question-draft.ts";
import { RequestRefused } from "../../client/src/refusals.ts";
import { MemoryStorage } from "./fakes.ts";

const ID = "q-000000000001";
const BLANK = blankQuestion(Date.UTC(2026, 10, 23));
const titled = (title: string): QuestionDraft => ({ ...BLANK, title });

/** A server that keeps one question, whose answers and requests can get lost. */
class FakeServer implements DraftServer<AuthoredQuestion> {
  record: AuthoredQuestion | null = null;
  readonly requests: string[] = [];
  /** What happens to the next requests: refused, lost on the way, or carried out with the answer lost. */
  readonly fates: (RefusalReason | "request_lost" | "answer_lost")[] = [];
  #gate: Promise<void> = Promise.resolve();

  /** Lets no request through until the returned function is called. */
  hold(): () => void {
    let open = () => {};
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  /** Somebody else saves. */
  changeElsewhere(draft: QuestionDraft): void {
    this.record = { ...this.#held(), draft, revision: this.#held().revision + 1 };
  }

  load(_id: string): Promise<AuthoredQuestion> {
    return this.#answer("load", () => this.#held());
  }

  create(id: string, draft: QuestionDraft): Promise<AuthoredQuestion> {
    return this.#answer("create", () => {
      if (this.record) throw new RequestRefused(refusal("name_taken"));
      return { id, pack: "own", revision: 1, archived: false, changedAt: 0, draft, published: null };
    });
  }

  save(_id: string, revision: number, draft: QuestionDraft): Promise<AuthoredQuestion> {
    return this.#answer(`save ${draft.title}`, () => ({ ...this.#at(revision), draft }));
  }

  act(_id: string, revision: number, action: DraftAction): Promise<AuthoredQuestion> {
    return this.#answer(action, () => ({ ...this.#at(revision), archived: action === "archive" }));
  }

  #held(): AuthoredQuestion {
    if (!this.record) throw new RequestRefused(refusal("unknown_question"));
    return this.record;
  }

  #at(revision: number): AuthoredQuestion {
    const held = this.#held();
    if (held.revision !== revision) throw new RequestRefused(refusal("changed_elsewhere"));
    return { ...held, revision: revision + 1 };
  }

  async #answer(name: string, carryOut: () => AuthoredQuestion): Promise<AuthoredQuestion> {
    this.requests.push(name);
    await this.#gate;
    const fate = this.fates.shift();
    if (fate === "request_lost") throw new RequestRefused(refusal("server_failed"));
    if (fate !== undefined && fate !== "answer_lost") throw new RequestRefused(refusal(fate));
    this.record = structuredClone(carryOut());
    if (fate === "answer_lost") throw new RequestRefused(refusal("server_failed"));
    return structuredClone(this.record);
  }
}

function open(server: FakeServer, storage: Storage) {
  const place = new KeptDraftPlace(storage, "question", ID, QuestionDraft);
  const saver = new DraftSaver<AuthoredQuestion>({
    id: ID,
    own: structuredClone(server.record),
    blank: BLANK,
    server,
    place,
  });
  saver.enter();
  return { saver, place, state: () => saver.getSnapshot() };
}

/** Lets everything happen that is due within the time. */
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function opened() {
  const server = new FakeServer();
  const storage = new MemoryStorage();
  const page = open(server, storage);
  page.saver.edit(titled("first"));
  await pass(1_000);
  server.requests.length = 0;
  return { server, storage, ...page };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a draft that saves itself", () => {
  it("is made at the first pause, and saved at each one after that", async () => {
    const server = new FakeServer();
    const { saver, state } = open(server, new MemoryStorage());
    expect(state().saving).toEqual({ kind: "saved" });
    for (const title of ["f", "fi", "first"]) {
      saver.edit(titled(title));
      await pass(300);
    }
    expect(server.requests).toEqual([]);
    await pass(1_000);
    saver.edit(titled("second"));
    expect(state().saving).toEqual({ kind: "waiting" });
    await pass(1_000);
    expect(server.requests).toEqual(["create", "save second"]);
    expect(state()).toMatchObject({ own: { revision: 2, draft: { title: "second" } }, saving: { kind: "saved" } });
  });

  it("has one save on its way at a time, and then sends the newest only", async () => {
    const { server, saver, state } = await opened();
    const letGo = server.hold();
    for (const title of ["a", "ab", "abc"]) {
      saver.edit(titled(title));
      await pass(1_000);
    }
    expect(server.requests).toEqual(["save a"]);
    expect(state().saving).toEqual({ kind: "saving" });
    letGo();
    await pass(1_000);
    expect(server.requests).toEqual(["save a", "save abc"]);
    expect(state().saving).toEqual({ kind: "saved" });
  });

  it("is kept in the browser from the first keystroke until it is acknowledged", async () => {
    const { server, saver, place } = await opened();
    expect(place.read()).toBeNull();
    saver.edit(titled("unsaved"));
    expect(place.read()).toMatchObject({ revision: 1, draft: { title: "unsaved" } });
    server.fates.push("request_lost");
    await pass(1_000);
    expect(place.read()).toMatchObject({ revision: 1, draft: { title: "unsaved" } });
    await pass(5_000);
    expect(server.record?.draft.title).toBe("unsaved");
    expect(place.read()).toBeNull();
  });

  it("says that it is not saved, and tries again by itself only where that can help", async () => {
    const { server, saver, state } = await opened();
    server.fates.push("key_required");
    saver.edit(titled("a"));
    await pass(60_000);
    expect(state().saving).toMatchObject({ kind: "failed", refusal: { reason: "key_required" } });
    expect(server.requests).toEqual(["save a"]);
    saver.flush();
    await pass(0);
    expect(state().saving).toEqual({ kind: "saved" });
  });

  it("is there again after a reload that came before it was saved, and saves itself", async () => {
    const { server, storage, saver } = await opened();
    server.fates.push("request_lost");
    saver.edit(titled("typed before the reload"));
    saver.leave();
    await pass(60_000);
    const again = open(server, storage);
    expect(again.state().draft.title).toBe("typed before the reload");
    await pass(1_000);
    expect(server.record?.draft.title).toBe("typed before the reload");
    expect(again.state().saving).toEqual({ kind: "saved" });
  });

  it("is made only once when the answer is lost", async () => {
    const server = new FakeServer();
    const { saver, state } = open(server, new MemoryStorage());
    server.fates.push("answer_lost");
    saver.edit(titled("first"));
    await pass(1_000);
    expect(state().saving.kind).toBe("failed");
    await pass(5_000);
    expect(server.requests).toEqual(["create", "create", "load"]);
    expect(state()).toMatchObject({ own: { revision: 1 }, theirs: null, saving: { kind: "saved" } });
  });

  it("takes no save of its own for somebody else's when the answer is lost, also after typing on or a reload", async () => {
    const { server, storage, saver, state } = await opened();
    server.fates.push("answer_lost");
    saver.edit(titled("a"));
    await pass(1_000);
    saver.edit(titled("ab"));
    const again = open(server, storage);
    expect(again.state()).toMatchObject({ draft: { title: "ab" }, theirs: null });
    again.saver.leave();
    await pass(10_000);
    expect(state().theirs).toBeNull();
    expect(server.record?.draft.title).toBe("ab");
  });

  it("lets go of what was kept when the writer goes back to what is saved", async () => {
    const { saver, place, state, server } = await opened();
    saver.edit(titled("other"));
    saver.edit(titled("first"));
    await pass(1_000);
    expect(place.read()).toBeNull();
    expect(state().saving).toEqual({ kind: "saved" });
    expect(server.requests).toEqual([]);
  });

  it("does without a storage that is full or forbidden", async () => {
    const storage = new MemoryStorage();
    storage.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
    const server = new FakeServer();
    const { saver } = open(server, storage);
    saver.edit(titled("first"));
    await pass(1_000);
    expect(server.record?.draft.title).toBe("first");
  });

  it.each(["no JSON", "{}", '{"revision":1,"draft":{"title":7},"sent":[]}'])("ignores a copy of %s", (stored) => {
    const storage = new MemoryStorage();
    storage.setItem(`whetstone.draft.question.${ID}`, stored);
    expect(open(new FakeServer(), storage).state().draft).toEqual(BLANK);
  });
});

describe("two versions of a draft", () => {
  async function conflicting() {
    const page = await opened();
    page.server.changeElsewhere(titled("theirs"));
    page.saver.edit(titled("mine"));
    await pass(1_000);
    return page;
  }

  it("are both kept, and nothing is saved, until one is chosen", async () => {
    const { server, saver, state, place } = await conflicting();
    expect(state()).toMatchObject({ draft: { title: "mine" }, theirs: { draft: { title: "theirs" } } });
    saver.edit(titled("mine, and more"));
    await pass(60_000);
    expect(server.record?.draft.title).toBe("theirs");
    expect(place.read()?.draft.title).toBe("mine, and more");
  });

  it("keeping one's own saves it over the other one, which can be taken back", async () => {
    const { server, saver, state } = await conflicting();
    saver.keepMine();
    await pass(1_000);
    expect(server.record).toMatchObject({ revision: 3, draft: { title: "mine" } });
    expect(state()).toMatchObject({ theirs: null, aside: { title: "theirs" }, saving: { kind: "saved" } });
    saver.swapAside();
    await pass(1_000);
    expect(server.record).toMatchObject({ revision: 4, draft: { title: "theirs" } });
    expect(state().aside?.title).toBe("mine");
    saver.letAsideGo();
    expect(state().aside).toBeNull();
  });

  it("taking the other one saves nothing, and one's own can be taken back", async () => {
    const { server, saver, state, place } = await conflicting();
    saver.takeTheirs();
    await pass(10_000);
    expect(server.record?.revision).toBe(2);
    expect(state()).toMatchObject({ draft: { title: "theirs" }, aside: { title: "mine" }, saving: { kind: "saved" } });
    expect(place.read()).toBeNull();
    saver.swapAside();
    await pass(1_000);
    expect(server.record?.draft.title).toBe("mine");
  });

  it("are noticed on return, when an unsaved copy stands on an older revision", async () => {
    const { server, storage, saver } = await opened();
    server.fates.push("request_lost");
    saver.edit(titled("mine"));
    saver.leave();
    await pass(10_000);
    server.changeElsewhere(titled("theirs"));
    const { state } = open(server, storage);
    await pass(10_000);
    expect(state()).toMatchObject({ draft: { title: "mine" }, theirs: { draft: { title: "theirs" } } });
    expect(server.record?.draft.title).toBe("theirs");
  });

  it("differ in the fields that are named", () => {
    const other = { ...titled("b"), hints: ["A hint"] };
    expect(differingFields(titled("a"), other)).toEqual(["title", "hints"]);
    expect(differingFields(other, structuredClone(other))).toEqual([]);
    const withWorkspace = { ...other, workspace: BLANK_WORKSPACE };
    expect(differingFields(other, withWorkspace)).toEqual(["workspace"]);
    expect(differingFields(withWorkspace, other)).toEqual(["workspace"]);
  });
});

describe("publishing and archiving", () => {
  it("comes after what is unsaved, on its revision", async () => {
    const { server, saver, state } = await opened();
    saver.edit(titled("newest"));
    saver.act("archive");
    await pass(0);
    expect(server.requests).toEqual(["save newest", "archive"]);
    expect(state()).toMatchObject({ own: { revision: 3, archived: true }, saving: { kind: "saved" } });
  });

  it("says why it was refused, and goes on saving", async () => {
    const { server, saver, state } = await opened();
    server.fates.push("not_whole");
    saver.act("publish");
    await pass(0);
    expect(state().actionRefused?.reason).toBe("not_whole");
    saver.edit(titled("after"));
    await pass(1_000);
    expect(server.record?.draft.title).toBe("after");
  });

  it("is not done to a draft that somebody else has changed meanwhile", async () => {
    const { server, saver, state } = await opened();
    server.changeElsewhere(titled("theirs"));
    saver.act("archive");
    await pass(10_000);
    expect(server.record?.archived).toBe(false);
    expect(state().theirs?.draft.title).toBe("theirs");
    saver.takeTheirs();
    await pass(10_000);
    expect(server.record?.archived).toBe(false);
  });
});

describe("what another version of the page kept of a draft", () => {
  const KEY = `whetstone.draft.question.${ID}`;

  it("is shown as text to copy and outlives all saving, until it is let go", async () => {
    const server = new FakeServer();
    const storage = new MemoryStorage();
    storage.setItem(KEY, JSON.stringify({ revision: 1, draft: { headline: "words of another version" }, sent: [] }));
    const { saver, place, state } = open(server, storage);
    expect(place.isKept).toBe(true);
    expect(state().unread).toMatchObject([{ text: "words of another version" }]);
    saver.edit(titled("first"));
    await pass(1_000);
    expect(server.record?.draft.title).toBe("first");
    expect(place.read()).toBeNull();
    expect(storage.getItem(KEY)).toContain("words of another version");
    saver.letUnreadGo(state().unread[0]?.id ?? "");
    expect(state().unread).toEqual([]);
    expect(storage.length).toBe(0);
  });

  it("takes nothing from a draft that can be read, where it is only what was sent before", async () => {
    const server = new FakeServer();
    const storage = new MemoryStorage();
    storage.setItem(
      KEY,
      JSON.stringify({ revision: null, draft: titled("mine"), sent: [{ headline: 7 }, titled("m")] }),
    );
    const { place, state } = open(server, storage);
    expect(state().draft.title).toBe("mine");
    expect(place.read()?.sent).toEqual([titled("m")]);
  });
});
