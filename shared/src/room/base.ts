import { answerOnGround } from "./asks/unsaved.ts";
import type { Command } from "./command.ts";
import { planOnGround } from "./course/unsaved.ts";
import { feedbackOnGround } from "./feedback/unsaved.ts";
import type { Ground } from "./ground.ts";
import { peersOnGround } from "./peers/unsaved.ts";
import { scorecardOnGround } from "./scorecard/unsaved.ts";
import type { View } from "./view/view.ts";

/**
 * The command, with what it was written on where it takes the place of a text or a list of this view: the server merges it by that with what
 * was written elsewhere meanwhile. The view is the one that its writer saw, without the command itself.
 */
export function withBase(view: View, command: Command, ground: Ground): Command {
  switch (view.role) {
    case "candidate":
      return peersOnGround(view, answerOnGround(view, command, ground), ground);
    case "interviewer":
      return peersOnGround(view, scorecardOnGround(view, command, ground), ground);
    case "host":
      return peersOnGround(
        view,
        planOnGround(view, feedbackOnGround(view, scorecardOnGround(view, command, ground), ground), ground),
        ground,
      );
    case "observer":
    case "captioner":
      return command;
    default:
      return view satisfies never;
  }
}
