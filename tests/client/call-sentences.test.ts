import { expect, test } from "vitest";
import type { CallSnapshot } from "../../client/src/room/call/call.ts";
import { NO_TRACKS } from "../../client/src/room/call/kinds.ts";
import { type Named, unreached } from "../../client/src/room/call/sentences.ts";

/** What is said where somebody cannot be heard or seen. */

const maya: Named = {
  ...{ seatId: "s_maya", name: "Maya", role: "candidate", state: "failed", quality: "lost", isSpeaking: false },
  ...{ sending: { microphone: true, camera: true, screen: false }, received: NO_TRACKS },
};
const call = (change: Partial<CallSnapshot>): CallSnapshot => ({
  ...{ stage: "in", refusal: null, people: [], isSpeaking: false, way: "direct", ownState: null, hasServers: true },
  ...change,
});

test("whoever cannot be reached is named, with what to do where the server has nothing that leads beyond a local network", () => {
  expect(unreached([maya], call({ hasServers: false }))).toEqual([
    expect.stringMatching(/^Maya cannot be reached\. This server has nothing configured .* set ICE_SERVERS\./),
  ]);
  expect(unreached([maya], call({}))).toEqual([
    expect.stringMatching(/^Maya cannot be reached\. Their network or yours/),
  ]);
});

test("nobody is named who is connected, is being connected, or whose connection may heal", () => {
  for (const state of ["connected", "connecting", "interrupted"] as const)
    expect(unreached([{ ...maya, state }], call({ hasServers: false }))).toEqual([]);
});

test("where a call goes through a media server, it is said which half of it does not come through", () => {
  const through = (change: Partial<CallSnapshot>, people = [maya]) =>
    unreached(people, call({ way: "media", ...change }));
  expect(through({ ownState: "failed" })).toEqual([expect.stringContaining("you are not heard or seen")]);
  expect(through({ ownState: "connected" })).toEqual([expect.stringContaining("nothing comes from Maya")]);
  expect(through({ ownState: "connected" }, [])).toEqual([]);
  expect(unreached([], call({ way: "waiting" }))).toEqual([expect.stringContaining("as soon as that is back")]);
});
