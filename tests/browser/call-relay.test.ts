import { expect, onTestFinished, test } from "vitest";
import { gone, openRoom, shown, startSite } from "../support/browser.ts";
import { arriveToCall, joinCall, launchWithDevices, untilFlows, waysOf } from "../support/callers.ts";
import { freePort, startTurn } from "../support/turn.ts";

/** People whose networks let them reach each other over a TURN server alone. */

test("a relay that is away is said, tried again, and carries the call once it is there, by credentials of each seat's own", async () => {
  const [secret, port] = ["the secret of a TURN server", await freePort()];
  const site = await startSite({ ice: { urls: [`turn:127.0.0.1:${port}?transport=udp`], turnSecret: secret } });
  const browser = await launchWithDevices();
  onTestFinished(async () => {
    await browser.close();
    await site.close();
  });
  const { secrets } = await openRoom(site);
  const host = await arriveToCall(browser, "Jonas Dahl", { overRelay: true });
  const candidate = await arriveToCall(browser, "Maya Lindqvist", { overRelay: true });
  await host.enterAsHost(site, secrets.host);
  await candidate.join(site, secrets.candidate);
  await host.page.getByRole("button", { name: "Admit and start" }).click();
  await joinCall(host);
  await joinCall(candidate);
  const sentence = /cannot be reached. Their network or yours lets no call through. This page goes on trying./;
  await shown(host.page.getByText(sentence));
  await shown(candidate.page.getByText(sentence));
  await host.shot("call-unreached");
  // The room goes on meanwhile.
  await host.page.getByRole("button", { name: /^Ask/ }).first().click();
  await shown(candidate.page.getByLabel(/^Your answer sheet/));

  const turn = await startTurn(secret, port);
  onTestFinished(() => turn.close());
  await untilFlows(host.page, 1);
  await untilFlows(candidate.page, 1);
  await gone(host.page.getByText(sentence));
  expect([await waysOf(host), await waysOf(candidate)]).toEqual([["relay"], ["relay"]]);
});
