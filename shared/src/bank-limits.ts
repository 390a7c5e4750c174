/** How long the bank's texts may be, in UTF-16 code units. */
export const BANK_LIMITS = {
  identifier: 80,
  title: 120,
  line: 400,
  paragraph: 4_000,
  name: 60,
  topicName: 80,
  item: 12,
  fileName: 60,
  code: 10_000,
  testCode: 4_000,
  output: 4_000,
} as const;

/** How many of each a question needs, and how many it may have. */
export const QUESTION_LISTS = {
  tags: { min: 0, max: 12 },
  aliases: { min: 0, max: 12 },
  hints: { min: 1, max: 3 },
  followUps: { min: 2, max: 4 },
  strongAnswer: { min: 4, max: 8 },
  redFlags: { min: 1, max: 8 },
  criteria: { min: 2, max: 3 },
  references: { min: 0, max: 8 },
  covers: { min: 0, max: 5 },
} as const;

/** How many files and tests a question's workspace may have. */
export const WORKSPACE_LISTS = {
  files: { max: 6 },
  tests: { max: 12 },
} as const;

/** How many of each a kit needs, and how many it may have. */
export const KIT_LISTS = {
  competencies: { min: 1, max: 12 },
  weights: { min: 0, max: 12 },
  phases: { min: 1, max: 4 },
  questions: { min: 1, max: 40 },
} as const;
