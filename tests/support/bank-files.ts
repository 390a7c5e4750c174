import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryFolder } from "./server.ts";

/** A small bank in files: one pack with three questions, of which no two say the same, and a kit of the first two. */

export const PACK = `id: small
title: A small pack
description: For a test.
topics:
  - id: nets
    name: Nets
  - id: data
    name: Data
communication:
  id: communication
  name: Communication
  anchors: [one, two, three, four]
`;

export const question = (id: string, topic = "nets") => `id: ${id}
title: About the ${id}
covers: [A1.1]
topic: ${topic}
level: working
minutes: 6
prompt: |
  What does $x$ do in the ${id}?
hints:
  - Look at $x$.
followUps:
  - ask: Why?
    probes: reasons
  - ask: When not?
    probes: limits
strongAnswer:
  - One.
  - Two.
  - Three.
  - Four.
redFlags:
  - None.
criteria:
  - id: depth
    name: Depth
    anchors:
      - a of ${id}
      - b of ${id}
      - c of ${id}
      - d of ${id}
  - id: practice
    name: Practice
    anchors: [e of ${id}, f of ${id}, g of ${id}, h of ${id}]
references:
  - A paper, 2015
  - A book, 2016
reviewed: 2026-01
`;

export const KIT = `id: short
title: A short one
role: Tester
description: Two questions.
minutes: 20
competencies: [Testing, Judging]
weights:
  - competency: 2
    weight: 2
    reason: It is what the role is for.
phases:
  - kind: introduction
    minutes: 3
  - kind: questions
    minutes: 15
  - kind: wrap_up
    minutes: 2
questions:
  - question: first
    minutes: 6
    probes: [1]
  - question: second
    minutes: 7
    probes: [1, 2]
`;

/** Lists of which the small bank covers the one item; it stands without them, too. */
export const SOURCES = `lists:
  - id: A
    title: List A
    sections:
      - id: A1
        title: Basics
        items:
          - id: A1.1
            text: What does x do?
`;

export const FILES = {
  "small/pack.yaml": PACK,
  "small/nets/first.yaml": question("first"),
  "small/nets/second.yaml": question("second"),
  "small/data/third.yaml": question("third", "data"),
  "small/kits/short.yaml": KIT,
};

export type Files = Readonly<Record<string, string>>;

/** Writes the small bank, some files changed or added, into a folder called `bank` that lasts as long as the test. */
export async function writeBank(changed: Files = {}): Promise<string> {
  const folder = join(await temporaryFolder(), "bank");
  for (const [path, text] of Object.entries({ ...FILES, ...changed })) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** The number of the line in which `text` begins first. */
export function lineOf(file: string, text: string): number {
  const index = file.indexOf(text);
  if (index < 0) throw new Error(`There is no ${text}.`);
  return file.slice(0, index).split("\n").length;
}
