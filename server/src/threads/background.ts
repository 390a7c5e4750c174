import { setPriority } from "node:os";

const BELOW_THE_ROOMS = 10;

// Whatever imports this has the processor only when nobody else wants it, so that running interviews come first where there are fewer cores
// than threads. On Linux a priority belongs to a thread; elsewhere it would be the whole server's, and is left alone.
if (process.platform === "linux") setPriority(BELOW_THE_ROOMS);
