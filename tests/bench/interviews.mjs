// Interviews as people open them, over the HTTP API and the sockets: what the load generators begin with.
import { answerIn, frameIn, LeanSocket } from "./lean-socket.mjs";

const SETTING_UP_AT_ONCE = 16;
const KIT = "ml-engineer-screen";

let nextCommand = 0;
export const newCommandId = () => `c_${(nextCommand++).toString(16).padStart(24, "0")}`;

/** One interview with a question open and two behind it, and the seats' tokens. */
export async function openRoom(/** @type {number} */ port, /** @type {number} */ index) {
  const opened = await post(port, "/api/rooms", {
    title: `Bench ${index}`,
    candidateName: null,
    forRole: "Machine-learning engineer",
    minutes: 45,
    kitId: KIT,
    blindPolicy: "after_own",
    hostName: "Host",
  });
  /** @type {Record<string, string>} */
  const tokens = { host: opened.token };
  for (const { role, secret } of opened.links) {
    if (role !== "host") tokens[role] = (await post(port, "/api/links/join", { secret, name: role })).token;
  }
  const askId = await conduct(port, tokens.host);
  return { askId, tokens };
}

/** Leads a room into its third question, and returns that ask's identifier. */
async function conduct(/** @type {number} */ port, /** @type {string} */ token) {
  const host = await seated(port, token);
  const waiting = host.view.people.filter((/** @type {any} */ person) => !person.admitted);
  for (const { seatId } of waiting) await host.command({ type: "admit", seatId });
  await host.command({ type: "start" });
  for (const { itemId } of host.view.plan.slice(0, 3)) {
    await host.command({ type: "push", source: { kind: "plan", itemId } });
  }
  host.close();
  return host.asked();
}

/** A seat that gives one command after the other; `view` is the first one, `asked` the ask that was pushed last. */
export async function seated(/** @type {number} */ port, /** @type {string} */ token) {
  /** @type {any} */
  let view = null;
  let askId = "";
  let answered = () => {};
  let greeted = () => {};
  const hasView = new Promise((resolve) => {
    greeted = () => resolve(undefined);
  });
  const socket = new LeanSocket(
    port,
    { token },
    {
      onFrame: (bytes) => {
        const frame = frameIn(bytes);
        if (frame.kind === "whole") view = frame.view;
        greeted();
      },
      onAcknowledge: (accepted, text) => {
        if (!accepted) fail(`a room could not be set up: ${text()}`);
        for (const [, path, value] of answerIn(text()).frame?.operations ?? [])
          if (path[0] === "asks" && path.length === 2) askId = value.askId;
        answered();
      },
      onLost: (why) => fail(`a connection was lost: ${why}`),
    },
  );
  const command = (/** @type {unknown} */ body) =>
    new Promise((resolve) => {
      answered = () => resolve(undefined);
      socket.command(JSON.stringify({ commandId: newCommandId(), command: body }));
    });
  await hasView;
  return { view, command, asked: () => askId, close: () => socket.close() };
}

async function post(/** @type {number} */ port, /** @type {string} */ path, /** @type {unknown} */ body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return /** @type {any} */ (await response.json());
}

/** Calls `work` for 0 to `count` - 1, a few at a time. */
export async function atOnce(/** @type {number} */ count, /** @type {(index: number) => Promise<void>} */ work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: SETTING_UP_AT_ONCE }, worker));
}

/** What is measured has no meaning once a command or a connection was lost, so the generator ends at once. */
export function fail(/** @type {string} */ why) {
  console.error(`Load generator: ${why}`);
  process.exit(1);
}
