import type { SeekerView } from "@whetstone/shared/practice/matching/view";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Seeker, type SeekingOptions } from "../../client/src/practice/find/seeking.ts";

/** Looking for a partner on a line that is moved by hand. */

const OUT: SeekerView = { kind: "out", waiting: [], usual: [] };
const WISHES = {
  levels: ["working" as const],
  topics: [],
  minutes: [25 as const],
  language: "en",
  when: { kind: "now" as const },
};
const WAITING: SeekerView = {
  kind: "waiting",
  wishes: WISHES,
  since: 0,
  letGo: [],
  isOpen: true,
  people: 0,
  ahead: 0,
  fitting: 0,
  widenings: [],
  usual: [],
};
const COMMON = { levels: [], topics: [], minutes: [] };
const OFFERED: SeekerView = { kind: "offered", offerId: "o_1", endsAt: 30_000, accepted: false, common: COMMON };
const PAIRED: SeekerView = { kind: "paired", pairId: "d_1", partner: "Bo", room: null };
const SEARCH = { name: "Ana", wishes: WISHES };

function onLine() {
  const handlers = new Map<string, (...told: unknown[]) => void>();
  const sent: { type: string }[] = [];
  const timeAnswers: ((now: number) => void)[] = [];
  let refusal: string | null = null;
  const socket = {
    io: { on: () => {} },
    on: (event: string, handler: () => void) => handlers.set(event, handler),
    timeout: () => ({
      emitWithAck: async (_: string, command: { type: string }) => {
        sent.push(command);
        return refusal === null ? { ok: true } : { ok: false, refusal: { sentence: refusal } };
      },
    }),
    disconnect: () => {},
    emit: (event: string, answer: (now: number) => void) => event === "time" && timeAnswers.push(answer),
  };
  let steady = 0;
  const connect = (() => socket) as unknown as SeekingOptions["connect"];
  const seeker = new Seeker({ connect, steady: () => steady });
  const show = (view: SeekerView, at = 0) => handlers.get("view")?.(view, at);
  const comeBack = () => {
    handlers.get("disconnect")?.();
    handlers.get("connect")?.();
  };
  handlers.get("connect")?.();
  show(OUT);
  return {
    seeker,
    sent,
    show,
    comeBack,
    tellTime: (now: number) => {
      for (const answer of timeAnswers) answer(now);
    },
    wait: (ms: number) => {
      steady += ms;
    },
    refuse: (sentence: string) => {
      refusal = sentence;
    },
  };
}

beforeEach(() => vi.stubGlobal("window", { addEventListener: () => {}, removeEventListener: () => {} }));
afterEach(() => void vi.unstubAllGlobals());

describe("a page that looks for a partner", () => {
  it("enters again by itself where the server has forgotten it, and says why where it may not", async () => {
    const { seeker, sent, show, comeBack, refuse } = onLine();
    await seeker.enter(SEARCH);
    show(WAITING);
    comeBack();
    show(OUT);
    expect(sent).toEqual([
      { type: "enter", ...SEARCH },
      { type: "enter", ...SEARCH },
    ]);
    show(WAITING);
    refuse("Too many look for a partner from here.");
    comeBack();
    show(OUT);
    await vi.waitFor(() => expect(seeker.state().problem).toBe("Too many look for a partner from here."));
    comeBack();
    show(OUT);
    expect(sent).toHaveLength(3);
  });

  it("does not enter again after an offer that it let pass, also where its line was broken meanwhile", async () => {
    for (const breaks of [false, true]) {
      const { seeker, sent, show, comeBack, wait } = onLine();
      await seeker.enter(SEARCH);
      show(OFFERED);
      wait(31_000);
      if (breaks) comeBack();
      show(OUT, 31_000);
      expect(seeker.state()).toMatchObject({ ended: "missed", acceptedHere: false });
      expect(sent).toHaveLength(1);
    }
  });

  it("enters again where the server was started anew in the middle of an offer", async () => {
    const { seeker, sent, show, comeBack, wait } = onLine();
    await seeker.enter(SEARCH);
    show(OFFERED);
    wait(5_000);
    comeBack();
    show(OUT, 5_000);
    expect(seeker.state().ended).toBeNull();
    expect(sent).toHaveLength(2);
  });

  it("learns the server's time anew where the computer slept or its clock was set", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { seeker, show, wait, tellTime } = onLine();
    show(WAITING, 1_000);
    wait(500);
    expect(seeker.serverNow()).toBe(1_500);
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(1_000);
    tellTime(3_601_500);
    wait(500);
    expect(seeker.serverNow()).toBe(3_602_000);
    seeker.close();
  });

  it("looks no more once it left, has a partner, or its hours are over", async () => {
    const left = onLine();
    await left.seeker.enter(SEARCH);
    left.show(WAITING);
    await left.seeker.leave();
    left.show(OUT);
    expect(left.seeker.state().ended).toBeNull();
    const paired = onLine();
    await paired.seeker.enter(SEARCH);
    paired.show(PAIRED);
    paired.comeBack();
    paired.show(OUT);
    expect(paired.sent).toHaveLength(1);
    const over = onLine();
    await over.seeker.enter(SEARCH);
    over.show(WAITING);
    over.show(OUT);
    expect(over.seeker.state().ended).toBe("over");
  });

  it("forgets that it accepted where the other did not, and shows the server's time however its own clock is set", async () => {
    const { seeker, show, wait } = onLine();
    await seeker.enter(SEARCH);
    show(OFFERED, 1_000);
    await seeker.accept("o_1");
    expect(seeker.state().acceptedHere).toBe(true);
    show(WAITING, 2_000);
    expect(seeker.state().acceptedHere).toBe(false);
    wait(500);
    expect(seeker.serverNow()).toBe(2_500);
  });
});
