import type { Command } from "../command.ts";
import type { Ground } from "../ground.ts";
import type { HostView } from "../view/host.ts";

/** A plan that is arranged, with the one that its host saw. */
export function planOnGround({ plan }: HostView, command: Command, ground: Ground): Command {
  if (command.type !== "arrangePlan") return command;
  const names = ground.list(namesOf(command.items), namesOf(plan));
  const base = plan.filter(({ itemId }) => names.includes(itemId));
  return { ...command, base: base.map(({ itemId, questionId, minutes }) => ({ itemId, questionId, minutes })) };
}

const namesOf = (items: readonly { readonly itemId: string }[]): string[] => items.map(({ itemId }) => itemId);
