import type { Level } from "@whetstone/shared/bank";
import type { FeedbackDraft } from "@whetstone/shared/feedback";
import { LinkSecret, PublishFeedbackResponse } from "@whetstone/shared/links-wire";
import type { Command } from "@whetstone/shared/room/command";
import type { InvitedRole } from "@whetstone/shared/room/seats/commands";
import { asksOfRound } from "@whetstone/shared/scorecard";
import { newId, newSeat, type Seat } from "../support/seats.ts";
import type { RoomOptions, TestRoom, TestServer } from "../support/server.ts";
import type { Holder, KeptRoom } from "./kept.ts";

/** A room that writes down every secret that is given out in it. */
export class House {
  readonly name: string;
  readonly room: TestRoom;
  readonly #holders: Holder[] = [];
  readonly #links = new Map<InvitedRole, string>();
  readonly #numbers = new Map<string, number>();
  #host: Seat;

  private constructor(name: string, room: TestRoom) {
    this.name = name;
    this.room = room;
    this.#host = room.host;
    this.#hold("host", room.host.token);
    for (const { role, secret } of room.links) {
      this.#hold(this.#numbered(`link-${role}`), secret);
      if (role !== "host") this.#links.set(role, secret);
    }
  }

  static async open(
    server: TestServer,
    key: Record<string, string>,
    name: string,
    options: RoomOptions,
  ): Promise<House> {
    return new House(name, await server.openRoom(options, key));
  }

  get host(): Seat {
    return this.#host;
  }

  get kept(): KeptRoom {
    return { name: this.name, roomId: this.room.roomId, holders: [...this.#holders] };
  }

  /** Comes in by the newest link; `holder` is what the seat is called in what is kept. */
  async join(role: InvitedRole, holder: string, name: string | null): Promise<Seat> {
    const token = await this.room.server.takeSeat(this.#links.get(role) ?? "", name);
    this.#hold(holder, token);
    const seat = await this.#connected(token);
    if (role === "interviewer" || role === "captioner") await this.#letIn(seat);
    return seat;
  }

  async #letIn(seat: Seat): Promise<void> {
    const { seatId } = seat;
    await this.host.must({ type: "admit", seatId });
    await seat.waitFor(() => !("waiting" in seat.shown && seat.shown.waiting));
  }

  /** Opens a taken seat somewhere else, by its own token or by the host's link; the token before is kept too. */
  async takeOver(holder: string): Promise<Seat> {
    const before = this.#holders.findIndex(({ name }) => name === holder);
    const known = this.#holders[before];
    if (!known) throw new Error(`${holder} has no seat in ${this.name}.`);
    const secret = holder === "host" ? this.room.secret("host") : known.secret;
    const token = await this.room.server.takeSeat(secret, null);
    this.#holders[before] = { name: this.#numbered(`${holder}-before`), secret: known.secret };
    this.#hold(holder, token);
    const seat = await this.#connected(token);
    if (holder === "host") this.#host = seat;
    return seat;
  }

  /** What is kept of a seat that was removed goes by another name, so that a successor can have its own. */
  async remove(seat: Seat, holder: string): Promise<void> {
    await this.host.must({ type: "removeSeat", seatId: seat.seatId });
    const at = this.#holders.findIndex(({ name }) => name === holder);
    this.#holders[at] = { name: `${holder}-removed`, secret: seat.token };
  }

  async renew(role: InvitedRole, days: 1 | 7 | 30): Promise<void> {
    const made = LinkSecret.parse((await this.#post("/api/links/renew", { role, days })).body);
    this.#hold(this.#numbered(`link-${role}`), made.secret);
    this.#links.set(role, made.secret);
  }

  async publish(link: "keep" | { readonly days: 1 | 7 | 30 | null }): Promise<void> {
    const body = link === "keep" ? { link } : { link: "new", days: link.days };
    const { link: made } = PublishFeedbackResponse.parse((await this.#post("/api/room/feedback/publish", body)).body);
    if (made) this.#hold(this.#numbered("feedback"), made.secret);
  }

  async erase(): Promise<void> {
    await this.#post("/api/room/erase", {});
  }

  /** Somebody reads the room by the secrets of several of its seats. */
  async readTogether(...holders: readonly string[]): Promise<void> {
    const secrets = this.#holders.filter(({ name }) => holders.includes(name)).map(({ secret }) => secret);
    await this.room.server.post("/api/across/compare", { secrets });
  }

  writeFeedback(feedback: FeedbackDraft): Promise<void> {
    return this.host.must({ type: "writeFeedback", feedback });
  }

  async start(candidate: Seat): Promise<void> {
    await this.host.must({ type: "admit", seatId: candidate.seatId });
    await this.host.must({ type: "start" });
  }

  /** Asks; the ask's identifier. */
  async push(source: Extract<Command, { type: "push" }>["source"]): Promise<string> {
    await this.host.must({ type: "push", source });
    return this.host.openAsk.askId;
  }

  close(...seats: readonly Seat[]): void {
    for (const seat of [this.host, this.room.host, ...seats]) seat.disconnect();
  }

  #post(path: string, body: unknown) {
    return this.room.server.post(path, body, { authorization: `Bearer ${this.host.token}` });
  }

  #connected(token: string): Promise<Seat> {
    return newSeat(this.room.server.url, token).connect();
  }

  #hold(name: string, secret: string): void {
    this.#holders.push({ name, secret });
  }

  #numbered(name: string): string {
    const number = (this.#numbers.get(name) ?? 0) + 1;
    this.#numbers.set(name, number);
    return `${name}-${number}`;
  }
}

export const note = (
  text: string,
  on: Partial<
    Pick<Extract<Command, { type: "writeNote" }>, "noteId" | "askId" | "mark" | "evidenceFor" | "moment" | "ageMs">
  > = {},
): Extract<Command, { type: "writeNote" }> => ({
  type: "writeNote",
  noteId: newId("n"),
  askId: null,
  mark: null,
  evidenceFor: null,
  ageMs: 0,
  ...on,
  text,
});

/** Rates everything that was asked of the last candidate, each with a note behind it, so that nothing is missing. */
export async function scoreAll(seat: Seat, levels: readonly [Level, ...Level[]], words: string): Promise<void> {
  await seat.resync();
  const rateable = asksOfRound(seat.panel).flatMap(({ askId, question }) =>
    question.criteria.map(({ id }) => ({ askId, id })),
  );
  for (const [index, { askId, id }] of rateable.entries()) {
    const level = levels[index % levels.length] ?? levels[0];
    await seat.must({ type: "rate", askId, criterionId: id, level });
    await seat.must(note(`${words} ${id}`, { askId, evidenceFor: id, mark: level > 2 ? "strength" : "concern" }));
  }
  await seat.must({ type: "writeSummary", text: words });
  await seat.must({
    type: "recommend",
    recommendation: (["strong_no", "no", "yes", "strong_yes"] as const)[levels[0] - 1] ?? null,
  });
  await seat.must({ type: "setConfidence", confidence: levels[0] > 2 ? "high" : "low" });
}
