import { z } from "zod";

/** Every reason for which a command or a request is refused, with the sentence that a person reads. */
const SENTENCES = {
  malformed: "That request could not be understood. Reload the page and try again.",
  not_for_board:
    "A board takes shapes, lines, text and links to web pages, none of them endless. Pictures, embedded pages and anything else are not taken, and nothing of that was kept.",
  board_full: "The board is full. What came last was not put on it; take something off to go on.",
  board_worn:
    "You have changed this board more often than it can remember, so what came last was not kept. The others can draw on it, and you on the next one.",
  too_long: "That text is too long to save. Shorten it; what you wrote is still here.",
  name_unseen: "A name needs at least one character that can be seen. Write another one.",
  unknown_room: "There is no such room. Check that the whole link was copied.",
  room_newer: "A newer version of this server has written in this room. Update the server to open it; nothing is lost.",
  room_damaged:
    "What is stored of this room has been damaged, so the server does not open it. The operator finds it with npm run doctor, and restores a backup.",
  document_damaged:
    "What is stored of this sheet has been damaged, so it is not opened. The rest of the room goes on, with the last answer that is known. The operator finds it with npm run doctor.",
  room_erased: "What was written in this room has been erased. Nobody can read it any more.",
  room_locked:
    "The key to what is written in this room is not on this server, so the server does not open it. The operator puts the file of keys back; nothing is lost as long as there is one.",
  still_kept: "This room is still kept.",
  unknown_link: "This link is not valid. Check that the whole link was copied, or ask for a new one.",
  link_revoked: "This link was revoked. Ask the host for a new one.",
  link_expired: "This link has expired. Ask the host for a new one.",
  seat_removed: "The host has removed this seat from the room.",
  other_version: "There is a new version of this page. Reload it to go on; what you typed is kept in this browser.",
  seat_locked:
    "The host has locked this seat to the browser that has it. Ask them to unlock it, then open your link again.",
  last_host: "Somebody has to lead the room. Make somebody else a host first.",
  seat_taken_over: "This seat was opened somewhere else. Open your link again to take it back.",
  room_large:
    "This room holds as much text as it can, or your part of it does. Rating, submitting and ending go on; copy what you wrote to keep it.",
  room_full: "Every such place in this room is taken. Ask the host to free one.",
  place_taken:
    "Somebody has taken this place already. If that was you, open the room from the first page of the browser that you took it in, or by the way back that you copied.",
  not_admitted: "The host has not let you in yet. This page goes on by itself when they do.",
  wrong_seat: "Your seat in this room cannot do that.",
  wrong_phase: "That cannot be done at this point of the interview.",
  nobody_admitted: "Admit the candidate first.",
  not_there:
    "The candidate whom this was for is not in the interview just now, so it was not sent. Write it again once they are.",
  unknown_seat: "That person is no longer in the room.",
  unknown_question: "That question is not in the bank any more.",
  unknown_kit: "There is no such kit.",
  unknown_pack: "There is no such pack.",
  unknown_plan_item: "That question is not in the plan any more.",
  unknown_ask: "That question was not asked in this room.",
  unknown_criterion: "That criterion does not belong to this question.",
  unknown_reveal: "There is no such hint, follow-up or key point in this question.",
  unknown_note: "That note does not exist.",
  too_few_questions: "The bank holds too few questions of that kind that you have not had yet.",
  swapped_already: "One question of this round was swapped already, and one is all that can be.",
  already_asked: "That question was asked already. Reopen it instead.",
  asked_meanwhile:
    "Somebody else has just asked a question, so yours was not asked. Look at what is open, and ask yours again if you still want to.",
  reason_missing: "Something is still missing in your scorecard. Add it, or say why you submit without it.",
  call_over: "The interview is over, and so is the call with the candidate.",
  call_full: "Four people are in the call, which is as many as it can hold. You join it when somebody leaves.",
  call_elsewhere: "This room meets in another tool: open the meeting by its link.",
  call_moved: "The call has moved to another tab or device that has your seat.",
  quiet_time:
    "It is quiet time: until it ends, the candidate alone reads and writes here. What they wrote is shown to you then.",
  too_late: "It is too late to take that back.",
  not_submitted: "Your scorecard is not submitted yet, so it can simply be changed.",
  still_blind: "The panel's scorecards are not open to you yet. Submit your own first.",
  feedback_empty: "There is nothing in the feedback yet. Write something before you publish it.",
  feedback_withdrawn: "This feedback was withdrawn. Ask whoever sent you the link.",
  changed_elsewhere: "This was changed somewhere else in the meantime. Nothing is lost: look at both and choose.",
  name_taken: "Something in the bank has that identifier already. Choose another one.",
  not_whole: "This draft cannot be published yet: something is still missing.",
  already_waiting:
    "This browser looks for a partner already. Go on in the tab where it does, or leave the queue there first.",
  address_waits:
    "As many people look for a partner from your network as may at once. Try again when one of them has found theirs.",
  not_waiting: "You are not in the queue for a partner. Enter it to be brought together with somebody.",
  offer_over: "That offer is over. You need do nothing: whoever answered is in the queue.",
  unknown_pair: "There is no such pair of yours here any more.",
  import_refused: "Nothing was imported: mend what is marked, or leave it out, and try again.",
  scorecard_locked: "Your scorecard is submitted. Amend it, with a reason, to change it.",
  wrong_origin: "This request comes from a page of another address than this server's own.",
  wrong_host:
    "This server does not answer under that name. Open it at its own address. Whoever runs it sets that address as PUBLIC_URL, and lets the proxy pass on the name that was asked for (the Host header).",
  only_local:
    "This server is set up for its own machine alone, and this request came through a proxy or by another name. Whoever runs it can let others in: set PUBLIC_URL to the address that people open (and HOST_KEY, to choose the host key), then start it again.",
  key_required: "This server asks for its host key. Open the address that it printed when it started.",
  no_key:
    "This server has no host key, so nobody can be told from anybody else by it. Whoever runs it can set HOST_KEY, and start it again.",
  too_many: "Too many requests at once. Wait a moment; nothing that you typed is lost.",
  too_slow: "That request took too long to arrive and was broken off. Check your network and try again.",
  not_saved: "The server cannot save just now, and changed nothing. Try again in a moment.",
  format_unavailable: "That format cannot be made just now. The others are available.",
  server_busy: "The server has as much to do as it can just now, and did not begin this. Try again in a moment.",
  work_lost: "The server had to break that off, as it took too much memory. Try again, with less at once.",
  work_late: "The server had to break that off, as it took too long. Try again, with less at once.",
  unknown_export: "That export is not here any more. Start it again.",
  nothing_to_export: "None of these rooms can be exported from here. Open one of them by your own link, and try again.",
  own_exports_under_way: "Exports of yours are still being made. Wait until one is ready, or stop one.",
  exports_full: "The server holds as many exports as it can. Try again in half an hour, or export rooms one by one.",
  unknown_page: "There is nothing at this address.",
  server_failed: "The server failed at that. Try again; nothing that you typed is lost.",
} as const satisfies Record<string, string>;

export type RefusalReason = keyof typeof SENTENCES;
export const RefusalReason = z.enum(Object.keys(SENTENCES) as [RefusalReason, ...RefusalReason[]]);

/** Why something was not done: `reason` for programs, `sentence` for people. */
export const Refusal = z.strictObject({ reason: RefusalReason, sentence: z.string() });
export type Refusal = z.infer<typeof Refusal>;

export function refusal(reason: RefusalReason, detail?: string): Refusal {
  return { reason, sentence: detail ? `${SENTENCES[reason]} (${detail})` : SENTENCES[reason] };
}

/** How much of where input is wrong is said, in characters. */
const PLACE_LONGEST = 120;

/** The refusal for input that a schema rejected: an oversized text and an unseen name have reasons of their own, as they can be mended. */
export function refuseInput(error: z.ZodError): Refusal {
  const oversized = error.issues.find((issue) => issue.code === "too_big" && issue.origin === "string");
  const unseen = oversized ? undefined : error.issues.find((issue) => issue.code === "custom" && issue.params?.unseen);
  const issue = oversized ?? unseen ?? error.issues[0];
  // Keys are whatever was sent, as long as it may be.
  const place = issue?.path.map(String).join(".").slice(0, PLACE_LONGEST);
  if (unseen) return refusal("name_unseen", place);
  return refusal(oversized ? "too_long" : "malformed", place);
}
