// `npm run schemas`: writes the JSON Schemas of the bank's files beside them, from the zod schemas, so that an editor completes
// and checks a question as it is written. A test holds them to be up to date.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bankSchemas } from "../dist/bank/schemas.js";

for (const [name, schema] of Object.entries(bankSchemas())) {
  writeFileSync(fileURLToPath(new URL(`../../questions/${name}`, import.meta.url)), schema);
}
