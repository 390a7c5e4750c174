/** Why the server cannot start: one sentence that says what happened, then what to do about it. */
export class StartFault extends Error {
  readonly advice: readonly string[];

  constructor(sentence: string, advice: readonly string[]) {
    super(sentence);
    this.advice = advice;
  }
}

/** Where the server keeps its data. */
interface Place {
  readonly dataDir: string;
  readonly database: string;
}

const KEPT = "Nothing that was saved is lost by this.";

/** What to say of whatever was thrown at the start; a fault that nobody foresaw is told by its own words, without a stack. */
export function startFaultOf(error: unknown, { dataDir, database }: Place): StartFault {
  if (error instanceof StartFault) return error;
  const { code, path, message } = failureOf(error);
  const from = `npm run restore -- FILE, with a backup and DATA_DIR set to an empty directory`;
  if (/^(ENOSPC|EDQUOT|EFBIG|SQLITE_FULL|SQLITE_IOERR_(WRITE|SHMSIZE|TRUNCATE|FSYNC))/.test(code)) {
    return new StartFault(`The disk is full where ${dataDir} is.`, [`Make room there and start again. ${KEPT}`]);
  }
  if (/^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_PERM|SQLITE_CANTOPEN$)/.test(code)) {
    return new StartFault(`${path ?? dataDir} cannot be written to, or not be read.`, [
      `Let the user that runs the server read and write everything in ${dataDir}, or choose another place with DATA_DIR.`,
    ]);
  }
  if (/^(ENOTDIR|EEXIST)/.test(code)) {
    return new StartFault(`${path ?? dataDir} is a file or leads through one, where a directory should be.`, [
      "Choose another place with DATA_DIR, or move the file away.",
    ]);
  }
  if (/^EISDIR/.test(code)) {
    return new StartFault(`${path ?? "Something"} in ${dataDir} is a directory, where a file should be.`, [
      "Move it away and start again.",
    ]);
  }
  if (code === "SQLITE_NOTADB") {
    return new StartFault(`${database} is no database.`, [
      `Put the right file in its place, or start from a backup: ${from}.`,
    ]);
  }
  if (/^SQLITE_(CORRUPT|IOERR)/.test(code)) {
    return new StartFault(`The database ${database} is damaged, or its disk fails: ${message}.`, [
      `Keep a copy of the file as it is, and start from a backup: ${from}.`,
    ]);
  }
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new StartFault(`Another program holds the database ${database}.`, ["Close that program, and start again."]);
  }
  if (code === "ERR_DLOPEN_FAILED") {
    return new StartFault("The database driver does not load on this Node.", [
      "Start with npm start, which mends that.",
    ]);
  }
  return new StartFault(`The server cannot start: ${message}.`, [`Nothing was changed in ${dataDir}.`]);
}

interface Failure {
  readonly code: string;
  /** Of the file that it is about, where it says so. */
  readonly path: string | null;
  readonly message: string;
}

/** The innermost cause that has a code: what wraps it only says what was being done. */
function failureOf(error: unknown): Failure {
  let failure: Failure = { code: "", path: null, message: String(error) };
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code = "", path = null } = cause as NodeJS.ErrnoException;
    failure = { code, path, message: firstLine(cause.message) };
    if (code !== "") break;
  }
  return failure;
}

const firstLine = (text: string): string => (text.split("\n")[0] ?? "").replace(/\.$/, "");
