// `npm start`: everything from a fresh clone to a running server.
import { prepare } from "./prepare.mjs";

await prepare();
await import("../dist/main.js");
