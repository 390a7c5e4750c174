import type Database from "better-sqlite3";

/**
 * The database driver that fits the running Node, chosen here and nowhere else.
 *
 * better-sqlite3 13 stands on Node-API: its binaries come with the package and fit every Node from 22 on, but it crashes under 20.
 * Version 12 stands on `node::ObjectWrap`. From Node 24.19 on that class takes a hook back when an object is collected, and for
 * this asks V8 for the current context. When marking ends in a task of its own, between two turns of the event loop, there is
 * none, and the process aborts: under a running server as under the tests, and whether or not the statement or database was
 * closed before. So 12 is used where 13 cannot be, on Node 20, whose `ObjectWrap` has no such hook.
 */
const major = Number.parseInt(process.versions.node, 10);
const isOld = major < 22;

/** The package's name in node_modules, and the script of its own that compiles it where it brings no binary that fits. */
export const DRIVER = isOld
  ? { name: "better-sqlite3-node20", compile: "install" }
  : { name: "better-sqlite3", compile: "build-release" };

const chosen = isOld ? await import("better-sqlite3-node20") : await import("better-sqlite3");

export const Driver: typeof Database = chosen.default;
