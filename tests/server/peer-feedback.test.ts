import { JoinResponse } from "@whetstone/shared/links-wire";
import type { PeersView } from "@whetstone/shared/room/view/peers";
import { OpenRoomResponse } from "@whetstone/shared/rooms-wire";
import { expect, test } from "vitest";
import { BoardSheet, boardSheetOf, words } from "../support/boards.ts";
import { aRun } from "../support/domain.ts";
import { PEER_WISHES, peerBank } from "../support/peers.ts";
import { bare, readPdf } from "../support/read-pdf.ts";
import { replay } from "../support/replays.ts";
import { newSeat, type Seat } from "../support/seats.ts";
import { bankOf, startServer } from "../support/server.ts";

/** What each of a pair keeps, as files of a real server. */

interface Pair {
  readonly ana: Seat;
  readonly bo: Seat;
}

/** Words that would be markup in Markdown, in Typst and in HTML. */
const HOSTILE = '⟦a word of Bo⟧ #panic("typst") <script>alert(1)</script> $x^2$';

function peersOf({ view }: Seat): PeersView {
  if (!("peers" in view) || !view.peers) throw new Error("This seat is no peer's.");
  return view.peers;
}

/** Both rounds are over, and each has written of the other. */
async function heldPair(): Promise<Pair> {
  const server = await startServer({ bank: bankOf(peerBank()) });
  const body = { title: "Übung", hostName: "Ana", partners: ["Bo"], wishes: PEER_WISHES };
  const opened = OpenRoomResponse.parse((await server.post("/api/rooms/peers", body)).body);
  const secret = opened.links.find(({ name }) => name === "Bo")?.secret ?? "";
  const joined = JoinResponse.parse((await server.post("/api/links/join", { secret, name: "Bo" })).body);
  const ana = await newSeat(server.url, opened.token).connect();
  const bo = await newSeat(server.url, joined.token).connect();
  for (const seat of [ana, bo]) await seat.must({ type: "tellHad", questionIds: [] });
  await interview(1, ana, bo);
  await interview(2, bo, ana);
  await ana.must({ type: "writeToPeer", roundId: 1, part: "wentWell", text: "⟦a word of Ana⟧" });
  await bo.must({ type: "writeToPeer", roundId: 2, part: "tryNext", text: HOSTILE });
  await bo.must({ type: "rateInterviewing", roundId: 1, criterionId: "clarity", level: 4 });
  return { ana, bo };
}

async function interview(roundId: number, asking: Seat, asked: Seat): Promise<void> {
  const allReady = async () => {
    for (const seat of [asking, asked]) await seat.must({ type: "ready", roundId, isReady: true });
  };
  await asking.until((view) => view.role === "host" && view.plan.length > 0);
  await allReady();
  const [item] = asking.host.plan;
  await asking.must({ type: "push", source: { kind: "plan", itemId: item?.itemId ?? "" } });
  const { askId } = asking.openAsk;
  await asked.must({ type: "writeAnswer", askId, text: `⟦an answer in round ${roundId}⟧` });
  const board = await boardSheetOf(asked, askId);
  expect(await board.draw(words("w", `⟦a board in round ${roundId}⟧`))).toEqual({ ok: true });
  const printed = { kind: "printed", isError: false, text: `⟦a program in round ${roundId}⟧` } as const;
  await asked.must({ type: "keepRun", askId, run: aRun({ pieces: [printed] }) });
  await asking.must({ type: "rate", askId, criterionId: "depth", level: 3 });
  await allReady();
  await asked.until(() => peersOf(asked).past.some((round) => round.roundId === roundId));
}

const markdownOf = async (seat: Seat): Promise<string> => {
  const file = await seat.fetch("/api/room/peer-feedback.md");
  expect(file.status).toBe(200);
  expect(file.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
  return file.text;
};

async function pdfOf(seat: Seat) {
  const response = await fetch(`${seat.url}/api/room/peer-feedback.pdf`, {
    headers: { authorization: `Bearer ${seat.token}` },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/pdf");
  return readPdf(new Uint8Array(await response.arrayBuffer()));
}

test("each keeps their own side as Markdown and PDF, and what the other gave once both have let go", async () => {
  const { ana, bo } = await heldPair();
  await bo.must({ type: "letGo", gives: true });
  const [sealed, sealedPdf] = [await markdownOf(ana), await pdfOf(ana)];
  for (const text of [sealed, sealedPdf.text]) {
    expect(bare(text)).toContain(bare("⟦a word of Ana⟧"));
    expect(bare(text)).toContain(bare("⟦an answer in round 1⟧"));
    expect(bare(text)).not.toContain(bare("⟦a word of Bo⟧"));
    expect(bare(text)).toContain(bare("is sealed until everybody has let go"));
  }
  await ana.must({ type: "letGo", gives: true });
  const [open, openPdf] = [await markdownOf(ana), await pdfOf(ana)];
  for (const text of [open, openPdf.text]) {
    expect(bare(text)).toContain(bare("⟦a word of Bo⟧"));
    expect(bare(text)).toContain(bare("How you interviewed"));
    expect(bare(text)).not.toContain(bare("is sealed"));
  }
  expect(open).toContain("\\<script>alert(1)\\</script>");
  expect(openPdf.text).toContain(bare(HOSTILE));
  expect(openPdf).toMatchObject({
    isTagged: true,
    accessible: "1",
    about: { title: "Übung", author: "Ana", language: "en" },
    outline: expect.arrayContaining(["What you were given", "How you interviewed"].map(bare)),
  });
  expect(await markdownOf(bo)).toContain("⟦a word of Ana⟧");
});

test("what was drawn is kept by both, in words and as a picture", async () => {
  const { ana, bo } = await heldPair();
  for (const [seat, word] of [
    [ana, "⟦a board in round 2⟧"],
    [bo, "⟦a board in round 1⟧"],
  ] as const) {
    expect(await markdownOf(seat)).toContain(
      `#### Board\n\nWhat stands on it, in words. Its picture is in the PDF.\n\n- ${word}\n`,
    );
    const pdf = await pdfOf(seat);
    expect(pdf.pages.join("").split(bare(word))).toHaveLength(3);
    expect(pdf).toMatchObject({ accessible: "1" });
    expect(pdf.roles).toContain("Figure");
  }
  // What one asked and rated stands in one's own side too.
  expect(await markdownOf(ana)).toContain("⟦a board in round 1⟧");
});

test("how programs went is kept by both", async () => {
  const { ana, bo } = await heldPair();
  for (const seat of [ana, bo]) {
    const pdf = (await pdfOf(seat)).pages.join("");
    const text = await markdownOf(seat);
    for (const [roundId, name] of [
      [1, "Bo"],
      [2, "Ana"],
    ] as const) {
      expect(pdf).toContain(bare(`⟦a program in round ${roundId}⟧`));
      expect(text).toMatch(new RegExp(`\nRun by ${name} at .+\n\n\`+text\n⟦a program in round ${roundId}⟧\n`));
    }
  }
});

test("how a board came to be can be read once its round is over, by those who were in it, and it lies open to nobody", async () => {
  const { ana, bo } = await heldPair();
  const others = await heldPair();
  for (const seat of [ana, bo]) {
    for (const { roundId, asks } of peersOf(seat).past) {
      const askId = asks[0]?.askId ?? "";
      const answer = await replay(seat, askId, 0, "board");
      expect(answer).toMatchObject({ ok: true, count: 1, writers: [{ name: roundId === 1 ? "Bo" : "Ana" }] });
      expect(await replay(others.ana, askId, 0, "board")).toMatchObject({ refusal: { reason: "unknown_ask" } });
      const isOver = roundId === 1;
      if (isOver) expect(await new BoardSheet(ana, askId).open()).toMatchObject({ refusal: { reason: "unknown_ask" } });
    }
  }
});

test("the file is called after the practice and whose it is", async () => {
  const { ana } = await heldPair();
  const { headers } = await ana.fetch("/api/room/peer-feedback.md");
  expect(headers.get("content-disposition")).toBe(
    `attachment; filename="whetstone-ubung-ana.md"; filename*=UTF-8''whetstone-${encodeURIComponent("übung-ana")}.md`,
  );
});

test("a panel's room has no such file, and no format but these two is made", async () => {
  const server = await startServer();
  const { host } = await server.openRoom();
  expect(await host.fetch("/api/room/peer-feedback.md")).toMatchObject({
    status: 403,
    body: { reason: "wrong_seat" },
  });
  expect((await host.fetch("/api/room/peer-feedback.xlsx")).body).toMatchObject({ reason: "malformed" });
});
