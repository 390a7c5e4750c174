/** The longest texts that are accepted, in UTF-16 code units, and other bounds of one room. */
export const LIMITS = {
  name: 80,
  title: 120,
  prompt: 4_000,
  note: 20_000,
  answer: 20_000,
  summary: 20_000,
  rationale: 20_000,
  reason: 2_000,
  decisions: 100,
  amendments: 50,
  planItems: 60,
  minutes: 480,
  /** Of one stretch of quiet time; it has one at least. */
  quietMinutes: 30,
  /** Of each kind, so that no kind can take the places of another; `waiting` are interviewers whom the host has not let in yet. */
  places: { host: 1, candidate: 1, interviewer: 20, waiting: 10, observer: 20, captioner: 4 },
  notes: 2_000,
  /** Of one ask. */
  marks: 400,
  /** What peers say to each other in text. */
  line: 2_000,
  lines: 1_000,
  /** What one person writes to the panel, and as many to the panel and its candidates. */
  said: 500,
  meeting: 500,
  /** Questions that somebody has had before. */
  had: 5_000,
} as const;
