import { areConnected, maySend, whyNotInCall } from "@whetstone/shared/call/rules";
import { getsCaption, whyNotCaption } from "@whetstone/shared/captions/rules";
import { CAPTION_LIMITS, CaptionMessage } from "@whetstone/shared/captions/wire";
import { linkLook } from "@whetstone/shared/room/view/link";
import type { View } from "@whetstone/shared/room/view/view";
import { describe, expect, test } from "vitest";
import { livePanelRoom, panelRoom, type Room, refusalOf } from "../support/domain.ts";
import { peerRoom } from "../support/peers.ts";

const seen = (room: Room, seatId: string): View => {
  const view = room.view(seatId);
  if (!view) throw new Error(`${seatId} sees nothing.`);
  return view;
};

describe("somebody who captions", () => {
  test("comes by a link that no room has before its host makes it, and sees the host alone until they are let in", () => {
    const { room, host } = livePanelRoom({ planned: ["first-question"] });
    room.push("first-question");
    expect(Object.values(room.state.links).map(({ role }) => role)).not.toContain("captioner");
    expect(room.panelView(host)).not.toHaveProperty("captioner");
    const seatId = room.join("captioner", "Cato");
    expect(room.captionerView(seatId)).toEqual({
      role: "captioner",
      you: { seatId, name: "Cato", handRaised: false },
      waiting: true,
      room: { title: "⟦room: title⟧", phase: "lobby" },
      people: [{ seatId: host, name: room.state.seats[host]?.name, role: "host" }],
      ask: null,
    });
    expect(whyNotCaption(seen(room, seatId))).toBe("not_admitted");
    expect(refusalOf(room.act(seatId, { type: "raiseHand" }))).toBe("not_admitted");
  });

  test("sees who is there, and of the open question what stands on the candidate's page", () => {
    const { room, host, ann, bob, candidate } = livePanelRoom();
    const seatId = room.captioner();
    expect(room.captionerView(seatId).ask).toBeNull();
    const askId = room.push("first-question");
    room.must(host, { type: "reveal", askId, kind: "hint", index: 0 });
    room.must(candidate, { type: "writeAnswer", askId, text: "what was answered" });
    const { prompt, revealed } = room.candidateView(candidate).ask ?? {};
    const view = room.captionerView(seatId);
    expect(view.ask).toEqual({ askId, number: 1, prompt, revealed });
    expect(view.room).toEqual({ title: "⟦room: title⟧", phase: "live" });
    expect(view.people.map((person) => person.seatId)).toEqual([host, ann, bob, candidate, seatId]);
    expect(JSON.stringify(view)).not.toContain("what was answered");
    room.must(host, { type: "closeAsk", askId });
    expect(room.captionerView(seatId).ask).toBeNull();
  });

  test("cannot be asked into a room of people who practise with each other", () => {
    const { room } = peerRoom({ people: 2 });
    const link = { linkId: "l_for-a-captioner", role: "captioner", hash: "a".repeat(64), expiresAt: null } as const;
    expect(refusalOf(room.act(room.hostId, { type: "issueLink", link }))).toBe("wrong_seat");
  });

  test("is seen by everybody once let in, and before the candidate comes", () => {
    const { room, host, ann, candidate, observer } = panelRoom();
    const waiting = room.join("captioner", "Wanda");
    const seatId = room.captioner("Cato");
    for (const who of [host, ann, candidate, observer]) {
      expect(seen(room, who).people).toContainEqual(
        expect.objectContaining({ seatId, name: "Cato", role: "captioner" }),
      );
    }
    expect(seen(room, candidate).people.map((person) => person.seatId)).not.toContain(waiting);
    room.must(host, { type: "removeSeat", seatId: candidate });
    const { hash } = room.link("candidate");
    const look = linkLook(room.state, hash, room.now);
    expect(look).toMatchObject({
      company: { people: expect.arrayContaining([{ name: "Cato", role: "captioner", here: true }]) },
    });
  });

  test("raises and lowers their own hand alone", () => {
    const { room, host, candidate } = livePanelRoom();
    const seatId = room.captioner();
    for (const who of [seatId, candidate]) room.must(who, { type: "raiseHand" });
    expect(room.captionerView(seatId).you.handRaised).toBe(true);
    expect(room.panelView(host).people.filter(({ handRaised }) => handRaised)).toHaveLength(2);
    expect(refusalOf(room.act(seatId, { type: "lowerHand", seatId: candidate }))).toBe("wrong_seat");
    room.must(seatId, { type: "lowerHand", seatId });
    expect(room.captionerView(seatId).you.handRaised).toBe(false);
  });

  test("has one of four places, and none among those who wait for the panel", () => {
    const { room } = livePanelRoom();
    for (let i = 0; i < 4; i++) room.join("captioner");
    expect(refusalOf(room.bring(room.link("captioner").hash, room.joining("More")))).toBe("room_full");
    expect(refusalOf(room.bring(room.link("interviewer").hash, room.joining("Ivy")))).toBeNull();
  });

  test("hears everybody in the call and is heard by nobody, until the interview is over", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom();
    const seatId = room.captioner();
    const view = seen(room, seatId);
    expect([whyNotInCall(view), maySend(view)]).toEqual([null, false]);
    for (const who of [host, ann, candidate]) expect(areConnected(view, seen(room, who))).toBe(true);
    expect(areConnected(view, seen(room, observer))).toBe(false);
    room.must(host, { type: "end" });
    expect(whyNotInCall(seen(room, seatId))).toBe("call_over");
    expect(whyNotCaption(seen(room, seatId))).toBe("call_over");
  });
});

describe("a caption", () => {
  const reaches = (room: Room, writer: string, ...all: readonly string[]) =>
    all.filter((reader) => getsCaption(seen(room, writer), seen(room, reader)));

  test("that somebody types reaches everybody who was let in, and a hidden observer too", () => {
    const { room, host, ann, bob, candidate, observer } = panelRoom();
    const [seatId, other] = [room.captioner("Cato"), room.captioner("Cora")];
    expect(reaches(room, seatId, host, ann, bob, candidate, observer, other)).toEqual([
      ...[host, ann, bob, candidate, observer, other],
    ]);
    room.must(host, { type: "removeSeat", seatId: candidate });
    const next = room.join("candidate");
    expect(reaches(room, seatId, next)).toEqual([]);
    room.must(host, { type: "admit", seatId: next });
    expect(reaches(room, seatId, next)).toEqual([next]);
    room.must(host, { type: "start" });
    room.must(host, { type: "end" });
    expect(reaches(room, seatId, next, ann)).toEqual([]);
  });

  test("of one's own device reaches those by whom one would be heard", () => {
    const { room, host, ann, candidate, observer } = livePanelRoom();
    const seatId = room.captioner();
    expect(reaches(room, candidate, host, ann, seatId, observer)).toEqual([host, ann, seatId]);
    expect(reaches(room, ann, host, candidate, observer)).toEqual([host, candidate, observer]);
    room.must(host, { type: "showObservers", shown: true });
    expect(reaches(room, candidate, observer)).toEqual([observer]);
    expect(whyNotCaption(seen(room, observer))).toBe("wrong_seat");
    const waiting = room.join("interviewer", "Ivy");
    expect(reaches(room, candidate, waiting)).toEqual(room.state.seats[waiting]?.admitted ? [waiting] : []);
    room.must(host, { type: "end" });
    expect(reaches(room, ann, host, candidate)).toEqual([host]);
    expect(whyNotCaption(seen(room, candidate))).toBe("call_over");
  });

  test("goes on where people hear each other in another tool", () => {
    const { room, host, candidate } = livePanelRoom();
    const seatId = room.captioner();
    room.must(host, { type: "setMeeting", url: "https://meet.example.org/one" });
    expect(whyNotInCall(seen(room, seatId))).toBe("call_elsewhere");
    expect(reaches(room, seatId, host, candidate)).toEqual([host, candidate]);
    expect(reaches(room, candidate, host, seatId)).toEqual([host, seatId]);
  });

  test("is one line of a length that somebody can say, and turns nothing around", () => {
    const line = { lineId: "t_000000000001", text: "", isFinal: false };
    expect(CaptionMessage.parse({ ...line, text: "one\ntwo\u202ethree" }).text).toBe("one twothree");
    for (const wrong of [{ text: "x".repeat(CAPTION_LIMITS.text + 1) }, { lineId: "__proto__" }, { more: 1 }]) {
      expect(CaptionMessage.safeParse({ ...line, ...wrong }).success).toBe(false);
    }
  });
});
