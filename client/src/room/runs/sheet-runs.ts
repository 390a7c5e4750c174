import type { CandidateAsk, PanelAsk } from "@whetstone/shared/room/view/asks";
import type { ShownRun } from "@whetstone/shared/room/view/runs";
import type { Brought } from "./use-run.ts";

/** What of runs a sheet has beside its text. */
export interface SheetRuns {
  /** What the question brings for its program, with the tests that this seat may have. */
  readonly brought: (Brought & { readonly tests: readonly BroughtTest[] }) | undefined;
  readonly lastRun: ShownRun | undefined;
  readonly lastCheck: ShownRun | undefined;
  /** Whether runs with all tests are this seat's to make. */
  readonly checks: boolean;
}

interface BroughtTest {
  readonly name: string;
  readonly code: string;
  readonly isHidden: boolean;
}

export function candidateRuns({ workspace, lastRun }: Pick<CandidateAsk, "workspace" | "lastRun">): SheetRuns {
  const tests = workspace?.tests.map((test) => ({ ...test, isHidden: false })) ?? [];
  return { brought: workspace && { ...workspace, tests }, lastRun, lastCheck: undefined, checks: false };
}

export function panelRuns({ question, lastRun, lastCheck }: PanelAsk, checks: boolean): SheetRuns {
  const { workspace } = question;
  const tests = workspace?.tests.map(({ name, code, visible }) => ({ name, code, isHidden: !visible })) ?? [];
  return { brought: workspace && { ...workspace, tests }, lastRun, lastCheck, checks };
}

/** The names of the tests that the panel alone has. */
export const hiddenIn = (brought: SheetRuns["brought"]): ReadonlySet<string> =>
  new Set((brought?.tests ?? []).filter(({ isHidden }) => isHidden).map(({ name }) => name));
