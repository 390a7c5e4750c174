import "../../threads/background.ts";
import { ImportRequest } from "@whetstone/shared/bank-wire";
import { type Refusal, refusal, refuseInput } from "@whetstone/shared/room/refusal";
import type { Parsed } from "./parsed.ts";
import { readImport } from "./read-import.ts";

/** What a request asks to import, or why it cannot be understood. */
export type Read = { readonly pack: ImportRequest["pack"]; readonly parsed: Parsed } | Refusal;

/** `body` is the request's, an `ImportRequest` as JSON in UTF-8: read here, as parsing twenty megabytes takes long too. */
export default function read({ body, today }: { readonly body: Uint8Array; readonly today: string }): Read {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) return refusal("malformed");
    throw error;
  }
  const asked = ImportRequest.safeParse(value);
  if (!asked.success) return refuseInput(asked.error);
  const { pack, files } = asked.data;
  return { pack, parsed: readImport(files, { today }) };
}
