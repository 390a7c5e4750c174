import { Kit, Pack, Question, Sources } from "@whetstone/shared/bank";
import { z } from "zod";

/** The JSON Schemas of the bank's files, as texts by file name. */
export function bankSchemas(): Record<string, string> {
  const text = (schema: z.ZodType) => `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`;
  return {
    "question.schema.json": text(Question),
    "pack.schema.json": text(Pack),
    "kit.schema.json": text(Kit),
    "sources.schema.json": text(Sources),
  };
}
