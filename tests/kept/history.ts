import type { Level } from "@whetstone/shared/bank";
import type { BlindPolicy } from "@whetstone/shared/room/scorecard/commands";
import { arrow, boardSheetOf, box, stroke, words } from "../support/boards.ts";
import { sheetOf } from "../support/documents.ts";
import { aRun } from "../support/domain.ts";
import { newId, type Seat } from "../support/seats.ts";
import type { Clock, RoomOptions, TestServer } from "../support/server.ts";
import { House, note, scoreAll } from "./house.ts";
import type { KeptRoom } from "./kept.ts";
import { practised } from "./practice.ts";
import type { Shelf } from "./shelf.ts";

/**
 * Nine days of a server: rooms in which, taken together, everything happened that can happen in one. Each leaves its rooms as they
 * stand at the end; names and texts are in several scripts.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Setting {
  readonly clock: Clock;
  readonly open: (name: string, options: RoomOptions) => Promise<House>;
}

export async function livedThrough(
  server: TestServer,
  key: Record<string, string>,
  clock: Clock,
  shelf: Shelf,
): Promise<KeptRoom[]> {
  const open = (name: string, options: RoomOptions) => House.open(server, key, name, options);
  const setting = { clock, open };
  await shelf.fill();
  const houses = [await decided(setting), await abandoned(setting)];
  clock.advance(DAY);
  houses.push(await replaced(setting));
  clock.advance(DAY);
  houses.push(await withdrawn(setting));
  for (const index of SCREENED.keys()) {
    clock.advance(DAY / 4);
    if (index === REVISED_BEFORE) await shelf.revise();
    houses.push(await screened(setting, index));
  }
  clock.advance(5 * DAY);
  houses.push(await inLobby(setting), await paused(setting), await running(setting), await erased(setting));
  return [...houses, ...(await practised(server, key, clock))].map(({ kept }) => kept);
}

/** Everything that can follow an interview: amended scorecards, three versions of a decision, feedback under its second link. */
async function decided({ clock, open }: Setting): Promise<House> {
  const house = await open("decided", {
    title: "Decided · 決定 ✅",
    candidateName: "مريم",
    forRole: "Staff engineer · 高级工程师",
    kitId: "kept-screen",
  });
  const ines = await house.join("interviewer", "ines", "Ines 伊内斯");
  const ivan = await house.join("interviewer", "ivan", "Ivan Иванович");
  const ira = await house.join("interviewer", "ira", "Ira =1+1");
  const observer = await house.join("observer", "observer", "Otto Ö. 👀");
  const candidate = await house.join("candidate", "candidate", "مريم الزهراء");
  const host = await house.takeOver("host");

  await host.must({ type: "showObservers", shown: true });
  await ines.must(note("Before we began: 👩🏽‍💻 ten years of queues."));
  const [short, first, second] = host.host.plan;
  if (!short || !first || !second) throw new Error("The kit plans three questions.");
  const extra = { itemId: newId("p"), questionId: "third-question", minutes: 3 };
  const items = [second, short, first].map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes }));
  await host.must({ type: "arrangePlan", items: [...items, extra] });
  await host.must({ type: "assignItem", itemId: extra.itemId, seatId: ira.seatId });
  await host.must({ type: "assignItem", itemId: second.itemId, seatId: host.seatId });
  await host.must({ type: "assignItem", itemId: second.itemId, seatId: null });
  await house.renew("interviewer", 30);
  await house.renew("observer", 1);
  await candidate.must({ type: "raiseHand" });
  await host.must({ type: "lowerHand", seatId: candidate.seatId });
  await house.start(candidate);

  clock.advance(2 * MINUTE);
  await host.must({ type: "enterPhase", phase: "questions" });
  const one = await house.push({ kind: "plan", itemId: second.itemId });
  clock.advance(MINUTE);
  await candidate.must({ type: "writeAnswer", askId: one, text: "أولاً: نحدّ الطابور." });
  await ines.must({ type: "reveal", askId: one, kind: "hint", index: 1 });
  await host.must({ type: "reveal", askId: one, kind: "followUp", index: 0 });
  clock.advance(MINUTE);
  await candidate.must({
    type: "writeAnswer",
    askId: one,
    text: "أولاً: نحدّ الطابور 🙂.\n\n```\nqueue.limit(10)\n```\n",
  });
  await host.must({ type: "extendAsk", askId: one, minutes: 3 });
  await ines.must({ type: "tick", askId: one, keyPoint: 2, heard: true });
  await ines.must({ type: "tick", askId: one, keyPoint: 0, heard: true });
  await ines.must({ type: "tick", askId: one, keyPoint: 2, heard: false });
  await ivan.must({ type: "rate", askId: one, criterionId: "depth", level: 4 });
  await ivan.must({ type: "rate", askId: one, criterionId: "depth", level: null });
  const slip = note("Written in the wrong room ❌", { askId: one, ageMs: 30_000 });
  await ivan.must(slip);
  await ivan.must({ type: "removeNote", noteId: slip.noteId });
  await ira.must({ type: "rate", askId: one, criterionId: "practice", level: 1 });
  await ira.must(note("I know the candidate, so I leave.", { askId: one, evidenceFor: "practice", mark: "concern" }));
  await house.remove(ira, "ira");
  await house.renew("interviewer", 7);

  await host.must({ type: "pause" });
  clock.advance(4 * MINUTE);
  await host.must({ type: "resume" });
  await host.must({ type: "extendRoom", minutes: 15 });
  const two = await house.push({ kind: "bank", questionId: "first-question" });
  clock.advance(3 * MINUTE);
  await candidate.must({ type: "writeAnswer", askId: two, text: "答案：限流。" });
  await candidate.must({ type: "writeAnswer", askId: two, text: "答案：限流 🚦，然后告诉发送者。" });
  const three = await house.push({ kind: "typed", prompt: "# Typed · שאלה\n\n- Why $x^2$?\n- `=1+1`", minutes: 4 });
  clock.advance(2 * MINUTE);
  await host.must({ type: "closeAsk", askId: three });
  const mistaken = await house.push({ kind: "typed", prompt: "Asked by a slip of the hand", minutes: 3 });
  await candidate.must({ type: "writeAnswer", askId: mistaken, text: "What I wrote to it" });
  await ines.must(note("Noted on it", { askId: mistaken }));
  await host.must({ type: "takeBackAsk", askId: mistaken });
  await host.must({ type: "reveal", askId: two, kind: "hint", index: 0 });
  await host.must({ type: "takeBackReveal", askId: two, kind: "hint", index: 0 });
  await host.must({ type: "reopenAsk", askId: one });
  const twice = note("Again", { askId: one, evidenceFor: "depth", mark: "strength" });
  await ines.must(twice);
  clock.advance(MINUTE);
  await ines.must({ ...twice, text: 'Again, and better: «обратное давление»\nwith "quotes"', mark: "concern" });
  const moved = await house.takeOver("ines");
  await host.must({ type: "makeHost", seatId: ivan.seatId });
  await ivan.must({ type: "stepBack" });
  await host.must({ type: "lockSeat", seatId: candidate.seatId, locked: true });
  await host.must({ type: "enterPhase", phase: "candidate_questions" });
  clock.advance(2 * MINUTE);
  await candidate.must({ type: "raiseHand" });
  await candidate.must({ type: "lowerHand", seatId: candidate.seatId });
  await host.must({ type: "end" });
  clock.advance(MINUTE);
  await host.must({ type: "reopenRoom" });
  clock.advance(MINUTE);
  await host.must({ type: "end" });
  clock.advance(5 * MINUTE);
  await candidate.must({ type: "writeAnswer", askId: three, text: '=HYPERLINK("late") ⏰' });

  await host.must({ type: "remind" });
  await scoreAll(moved, [3, 2, 4], "Ines: ясно и 清楚");
  await ivan.must({ type: "rate", askId: one, criterionId: "depth", level: 2 });
  await ivan.must({ type: "rate", askId: two, criterionId: "communication", level: 4 });
  await ivan.must(note("Ни о чём", { askId: two }));
  await ivan.must({ type: "writeSummary", text: "Первое" });
  await ivan.must({ type: "writeSummary", text: "Первое, и второе" });
  await ivan.must({ type: "recommend", recommendation: "yes" });
  await ivan.must({ type: "recommend", recommendation: null });
  await scoreAll(host, [4, 3], "Hana: good. 👍🏾");
  await host.must({ type: "rate", askId: three, criterionId: "substance", level: null });
  await submit(clock, ivan, "I had to leave · اضطررت للمغادرة");
  await submit(clock, host, "The typed question was a warm-up.");
  await house.readTogether("host", "ines");
  await submit(clock, moved, null);

  await moved.must({ type: "amendScorecard", reason: "I mixed up two answers." });
  await moved.must({ type: "rate", askId: two, criterionId: "depth", level: 1 });
  await moved.must({ type: "recommend", recommendation: "no" });
  await moved.must({ type: "setConfidence", confidence: "medium" });
  await submit(clock, moved, null);
  await host.must({ type: "amendScorecard", reason: "A second thought." });
  await host.must({ type: "writeSummary", text: "Hana: never mind." });
  await host.must({ type: "dropAmendment" });
  await ivan.must({ type: "amendScorecard", reason: "Ещё раз" });
  await ivan.must({ type: "rate", askId: two, criterionId: "practice", level: 3 });

  await decide(clock, host, "hold", "We need\na second look.");
  await decide(clock, host, "advance", "النظرة الثانية كانت جيدة.");
  await decide(clock, host, "decline", "The place is taken 😔.");
  const words = {
    message: "Thank you, مريم.\n\nYou were **clear**.",
    strengths: ["Good pace 🏃", ""],
    concerns: ["Count first."],
    questions: "levels",
    namesPanel: true,
  } as const;
  await house.writeFeedback({ ...words, strengths: [...words.strengths], concerns: [...words.concerns] });
  await house.publish({ days: 30 });
  clock.advance(MINUTE);
  await house.writeFeedback({ ...words, strengths: ["Good pace 🏃"], concerns: [], questions: "asked" });
  await house.publish("keep");
  clock.advance(MINUTE);
  await house.publish({ days: null });
  await house.writeFeedback({
    ...words,
    message: "Not published yet ✍️",
    strengths: [],
    concerns: [],
    namesPanel: false,
  });
  house.close(ines, moved, ivan, observer, candidate);
  return house;
}

/** Opened, and never entered by anybody. */
async function abandoned({ open }: Setting): Promise<House> {
  const house = await open("abandoned", { title: "Nobody came", candidateName: null, minutes: 60 });
  house.close();
  return house;
}

/** The candidate was replaced, an interviewer removed, and the last scorecard is missing, so that nobody reads another's. */
async function replaced({ clock, open }: Setting): Promise<House> {
  const house = await open("replaced", {
    title: "Replaced · הוחלף",
    blindPolicy: "after_all",
    forRole: "systems ENGINEER",
  });
  const { host } = house;
  const ines = await house.join("interviewer", "ines", "Ines 伊内斯");
  const ivan = await house.join("interviewer", "ivan", "Ivan Иванович");
  const ira = await house.join("interviewer", "ira", "Ira");
  const before = await house.join("candidate", "candidate", "Zoë");
  const items = ["first-question", "second-question"].map((questionId) => ({
    itemId: newId("p"),
    questionId,
    minutes: 5,
  }));
  await host.must({ type: "arrangePlan", items });
  await house.start(before);
  const gone = await house.push({ kind: "bank", questionId: "first-question" });
  await before.must({ type: "writeAnswer", askId: gone, text: "I am not who you think." });
  await ines.must({ type: "rate", askId: gone, criterionId: "depth", level: 1 });
  await ines.must(note("Of the one before", { askId: gone, evidenceFor: "depth" }));
  clock.advance(6 * MINUTE);
  await before.must({ type: "raiseHand" });
  await house.remove(before, "candidate");
  await house.renew("candidate", 30);
  const successor = await house.join("candidate", "candidate", "יעל כהן");
  await host.must({ type: "admit", seatId: successor.seatId });
  const again = await house.push({ kind: "bank", questionId: "first-question" });
  await successor.must({ type: "writeAnswer", askId: again, text: "מגבילים את התור." });
  clock.advance(6 * MINUTE);
  await house.push({ kind: "bank", questionId: "second-question" });
  clock.advance(MINUTE);
  await host.must({ type: "end" });
  await scoreAll(ira, [2], "Ira, before she was removed");
  await house.remove(ira, "ira");
  await scoreAll(host, [3], "Hana on the successor");
  await scoreAll(ines, [2, 4], "Ines on the successor");
  await ivan.must({ type: "rate", askId: again, criterionId: "practice", level: 2 });
  await submit(clock, host, null);
  await submit(clock, ines, null);
  house.close(ines, ivan, successor);
  return house;
}

/** Interviewers never read each other, one was removed after submitting; the feedback was published, published anew, and withdrawn. */
async function withdrawn({ clock, open }: Setting): Promise<House> {
  const house = await open("withdrawn", {
    title: "Withdrawn",
    blindPolicy: "never",
    kitId: "kept-screen",
    minutes: 30,
    candidateName: null,
  });
  const { host } = house;
  const ines = await house.join("interviewer", "ines", "Ines 伊内斯");
  const ivan = await house.join("interviewer", "ivan", "Ivan Иванович");
  const ida = await house.join("interviewer", "ida", "Ida");
  const candidate = await house.join("candidate", "candidate", "Олена");
  await house.start(candidate);
  await house.push({ kind: "bank", questionId: "short-question" });
  clock.advance(7 * MINUTE);
  await house.push({ kind: "bank", questionId: "first-question" });
  clock.advance(5 * MINUTE);
  await host.must({ type: "end" });
  await scoreAll(ines, [4, 3], "Ines in private");
  await scoreAll(ivan, [1, 2], "Иван наедине");
  await scoreAll(host, [2], "Hana");
  await scoreAll(ida, [3, 1, 4], "Ida, who left after submitting");
  for (const seat of [ines, ida, ivan, host]) await submit(clock, seat, null);
  await house.remove(ida, "ida");
  await decide(clock, host, "decline", "Not yet · まだ");
  const words = { strengths: ["Calm"], concerns: ["Depth"], questions: "asked", namesPanel: false } as const;
  const draft = { ...words, strengths: [...words.strengths], concerns: [...words.concerns], message: "Дякуємо." };
  await house.writeFeedback(draft);
  await house.publish({ days: 1 });
  await house.publish({ days: 30 });
  clock.advance(MINUTE);
  await host.must({ type: "withdrawFeedback" });
  house.close(ines, ivan, candidate);
  return house;
}

/** From this one on, the question and the kit are not what they were. */
const REVISED_BEFORE = 5;

const SCREENED: readonly {
  candidate: string;
  policy: BlindPolicy;
  host: readonly [Level, Level, Level];
  ines: readonly [Level, Level, Level];
}[] = [
  { candidate: "Anaïs", policy: "after_all", host: [4, 3, 4], ines: [4, 4, 3] },
  { candidate: "Bà Nội", policy: "after_own", host: [2, 2, 3], ines: [1, 2, 2] },
  { candidate: "Çağla", policy: "never", host: [3, 3, 3], ines: [3, 4, 3] },
  { candidate: "Дарья", policy: "after_all", host: [1, 1, 2], ines: [2, 1, 1] },
  { candidate: "Ελένη", policy: "after_own", host: [4, 4, 4], ines: [3, 4, 4] },
  { candidate: "فاطمة", policy: "never", host: [2, 3, 2], ines: [2, 2, 2] },
  { candidate: "गीता", policy: "after_all", host: [3, 2, 3], ines: [3, 3, 4] },
  { candidate: "花 🌸", policy: "after_own", host: [1, 2, 1], ines: [1, 1, 2] },
  { candidate: "נועה", policy: "after_own", host: [3, 4, 2], ines: [3, 3, 2] },
];

/** One short question, two raters: enough of these, and figures across rooms are shown. */
async function screened({ clock, open }: Setting, index: number): Promise<House> {
  const { candidate: name, policy, host: byHost, ines: byInes } = SCREENED[index] ?? SCREENED[0] ?? raise();
  const house = await open(`screen-${index + 1}`, {
    title: `Screen ${index + 1}`,
    candidateName: name,
    kitId: "kept-screen",
    blindPolicy: policy,
  });
  const { host } = house;
  const ines = await house.join("interviewer", "ines", "Ines 伊内斯");
  const candidate = await house.join("candidate", "candidate", name);
  await house.start(candidate);
  await house.push({ kind: "bank", questionId: "short-question" });
  clock.advance((4 + index) * MINUTE);
  await host.must({ type: "end" });
  await scoreAll(host, byHost, "H");
  await scoreAll(ines, byInes, "I");
  await submit(clock, ines, null);
  await submit(clock, host, null);
  if (index < 3) {
    await decide(clock, host, "advance", "Go");
    await house.writeFeedback({ message: "Hello", strengths: [], concerns: [], questions: "none", namesPanel: false });
    if (index < 2) await house.publish({ days: index === 0 ? 1 : null });
  }
  house.close(ines, candidate);
  return house;
}

/** Nobody is admitted yet; one link is revoked, one renewed twice. */
async function inLobby({ open }: Setting): Promise<House> {
  const house = await open("lobby", { title: "Lobby · ロビー", kitId: "test-kit", candidateName: null });
  const { host } = house;
  const ines = await house.join("interviewer", "ines", "Ines 伊内斯");
  await house.renew("candidate", 7);
  await house.renew("candidate", 1);
  const candidate = await house.join("candidate", "candidate", "👩‍🚀 Cosma");
  await candidate.must({ type: "raiseHand" });
  const link = host.host.links.find(({ role }) => role === "observer");
  if (!link) throw new Error("A room has a link for observers.");
  await host.must({ type: "revokeLink", linkId: link.linkId });
  await ines.must(note("She is early."));
  house.close(ines, candidate);
  return house;
}

/** Stands still with a question open. */
async function paused({ clock, open }: Setting): Promise<House> {
  const house = await open("paused", { title: "Paused", blindPolicy: "after_all", kitId: "test-kit" });
  const { host } = house;
  const ivan = await house.join("interviewer", "ivan", "Ivan Иванович");
  const observer = await house.join("observer", "observer", "Otto");
  const candidate = await house.join("candidate", "candidate", "Cleo");
  await house.start(candidate);
  clock.advance(3 * MINUTE);
  const askId = await house.push({ kind: "bank", questionId: "second-question" });
  await candidate.must({ type: "writeAnswer", askId, text: "Half an ans" });
  await ivan.must({ type: "rate", askId, criterionId: "depth", level: 3 });
  await ivan.must(note("Promising so far", { askId, mark: "strength" }));
  await host.must({ type: "rate", askId, criterionId: "depth", level: 2 });
  await host.must({ type: "reveal", askId, kind: "hint", index: 0 });
  await host.must({ type: "setMeeting", url: "https://meet.example.org/kept" });
  clock.advance(2 * MINUTE);
  await host.must({ type: "pause" });
  house.close(ivan, observer, candidate);
  return house;
}

/** Goes on while everybody asks. */
async function running({ clock, open }: Setting): Promise<House> {
  const house = await open("running", { title: "Running", blindPolicy: "never", minutes: 60, marks: true });
  const { host } = house;
  const ines = await house.join("interviewer", "ines", "Ines 伊内斯");
  const candidate = await house.join("candidate", "candidate", "Cleo");
  const observer = await house.join("observer", "observer", "Otto");
  await host.must({ type: "showObservers", shown: true });
  await house.start(candidate);
  clock.advance(8 * MINUTE);
  const askId = await house.push({ kind: "typed", prompt: "Wie geht es dir? 🙂", minutes: 5 });
  clock.advance(MINUTE);
  await candidate.must({ type: "writeAnswer", askId, text: "Gut, und" });
  const moved = await house.takeOver("candidate");
  await moved.must({ type: "writeAnswer", askId, text: "Gut, und dir" });
  await host.must({ type: "letEdit", panel: false });
  const sheet = await sheetOf(moved, askId);
  await sheet.write(". Und weiter: 数式 \\(e^{i\\pi}\\)");
  await host.until(() => host.openAsk.answer === sheet.text);
  await host.must({ type: "letEdit", panel: true });
  await moved.must({ type: "beginQuiet", askId, minutes: 5 });
  clock.advance(MINUTE);
  await sheet.write(", ungesehen");
  await host.must({ type: "endQuiet", askId });
  await host.until(() => host.openAsk.answer === sheet.text);
  const board = await boardSheetOf(moved, askId);
  await board.draw(
    box("loss"),
    words("word", "损失 ℓ 🙂", { x: 300 }),
    arrow("step", "loss", "word"),
    stroke("hand", 30),
  );
  const fault = { message: "ValueError: 不行", traceback: "File main.py, line 2", line: 2 };
  const pieces = [
    { kind: "printed" as const, isError: false, text: "Hallo 世界\n" },
    { kind: "table" as const, columns: ["a", "b"], rows: [[1, null]], total: 1 },
  ];
  await moved.must({ type: "keepRun", askId, run: aRun({ outcome: "error", fault, pieces, isCut: true }) });
  await ines.must({ type: "keepCheck", askId, run: aRun() });
  for (const mark of [{ kind: "pasted", characters: 640 }, { kind: "left" }, { kind: "back" }] as const)
    await moved.must({ type: "mark", askId, mark, ageMs: 1_000 });
  await house.renew("captioner", 7);
  const captioner = await house.join("captioner", "captioner", "Käthe 字幕");
  await host.must({ type: "letShare", candidate: false });
  await ines.must({ type: "sayAside", lineId: newId("m"), text: "Noch eine Frage? 再问一个 👀" });
  await moved.must({
    type: "sayToAll",
    lineId: newId("m"),
    candidateId: moved.seatId,
    text: "Ich höre nichts · אני לא שומע",
  });
  await host.must({ type: "moveToLobby", seatId: moved.seatId });
  clock.advance(MINUTE);
  await host.must({ type: "admit", seatId: moved.seatId });
  await moved.must({ type: "raiseHand" });
  await ines.must({ type: "rate", askId, criterionId: "communication", level: 4 });
  await ines.must(note("Hier", { askId, evidenceFor: "communication", moment: { askId, elapsedMs: 9 * MINUTE } }));
  await host.must({ type: "letAsk", interviewers: true });
  await ines.must({ type: "push", source: { kind: "typed", prompt: "再问一个?", minutes: 3 }, over: askId });
  house.close(ines, candidate, moved, observer, captioner);
  return house;
}

/** Nothing is left of what was written in it. */
async function erased({ clock, open }: Setting): Promise<House> {
  const house = await open("erased", { title: "Erased · 消", candidateName: "Edda" });
  const { host } = house;
  const candidate = await house.join("candidate", "candidate", "Edda");
  await house.start(candidate);
  await house.push({ kind: "bank", questionId: "short-question" });
  clock.advance(5 * MINUTE);
  await host.must({ type: "end" });
  await house.erase();
  return house;
}

async function submit(clock: Clock, seat: Seat, reason: string | null): Promise<void> {
  clock.advance(MINUTE);
  await seat.must({ type: "submitScorecard", reason });
}

async function decide(
  clock: Clock,
  host: Seat,
  outcome: "advance" | "decline" | "hold",
  rationale: string,
): Promise<void> {
  clock.advance(MINUTE);
  await host.must({ type: "recordDecision", outcome, rationale });
}

function raise(): never {
  throw new Error("Nobody is screened.");
}
