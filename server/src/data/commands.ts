import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KeptDays } from "@whetstone/shared/room/keeping/commands";
import { problemOfJanus } from "../call/janus/janus.ts";
import { type Config, readConfig } from "../config.ts";
import { agesIn } from "../sqlite/ages.ts";
import type { Holdings } from "../sqlite/backup.ts";
import { startFaultOf } from "../start-faults.ts";
import { BackupFault, backUp, backupDirectory, keysFor, newBackup, restore } from "./backup.ts";
import { pathIn } from "./directory.ts";
import { examine } from "./doctor.ts";
import { dryRun } from "./retention.ts";

const DEFAULT_DATA = fileURLToPath(new URL("../../../.data", import.meta.url));

/** `npm run backup`: prints what it did, or why it did not; the status to end with. */
export async function runBackup(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const config = configOf(environment);
  if (!config || args.length > 1) return usage("npm run backup -- [file]");
  const { dataDir, backups } = config;
  const [file = newBackup(backupDirectory(dataDir, backups.directory), Date.now())] = args;
  try {
    const holdings = await backUp(dataDir, file);
    console.log(`Backed up ${dataDir} to ${file}: ${counted(holdings)}.`);
    return 0;
  } catch (error) {
    return failed(error, dataDir);
  }
}

/** `npm run restore`: prints what it did, or why it did not; the status to end with. */
export function runRestore(args: readonly string[], environment: NodeJS.ProcessEnv): number {
  const config = configOf(environment);
  const given = restoreArguments(args);
  if (!config || !given) return usage("DATA_DIR=<an empty directory> npm run restore -- <file> [--keys <file>]");
  const { file } = given;
  try {
    const keys = keysFor(file, given.keys, config.keysCopy);
    const holdings = restore(file, config.dataDir, Date.now(), keys);
    if (keys !== null) console.log(`The keys are those in ${keys}.`);
    console.log(`Restored ${file} into ${config.dataDir}: ${counted(holdings)}.`);
    return 0;
  } catch (error) {
    return failed(error, config.dataDir);
  }
}

/** `npm run doctor`: prints what it found; the status to end with, 0 where all is well. */
export async function runDoctor(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const config = configOf(environment);
  if (!config || args.length > 0) return usage("npm run doctor");
  const { dataDir, backups, media } = config;
  try {
    const { isWell, lines } = await examine(dataDir, backupDirectory(dataDir, backups.directory));
    console.log(lines.join("\n"));
    const problem = media && (await problemOfJanus(media));
    if (media) console.log(problem ?? `The media server at ${media.url} can be used.`);
    return isWell && !problem ? 0 : 1;
  } catch (error) {
    return failed(error, dataDir);
  }
}

function configOf(environment: NodeJS.ProcessEnv): Config | null {
  const read = readConfig(environment, DEFAULT_DATA);
  if ("config" in read) return read.config;
  console.error(["The configuration is wrong.", ...read.problems.map((problem) => `  ${problem}`)].join("\n"));
  return null;
}

/** The data directory that the server uses; null where the configuration is wrong, which is then said. */
export const dataDirOf = (environment: NodeJS.ProcessEnv): string | null => configOf(environment)?.dataDir ?? null;

/** `npm run retention`: prints what would be erased by age and when; the status to end with. */
export async function runRetention(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const config = configOf(environment);
  const given = retentionArguments(args);
  if (!config || !given) return usage("npm run retention [-- --days <a whole number of days from 1 to 36500>]");
  try {
    const days = given.days ?? config.keepDays;
    const lines = await dryRun(agesIn(pathIn(config.dataDir, "database")), days, Date.now());
    if (days === null)
      console.log("No days are set (KEEP_DAYS), and none were given: these are the dates that rooms say.");
    console.log(lines.join("\n"));
    return 0;
  } catch (error) {
    return failed(error, config.dataDir);
  }
}

/** Null where they are not understood. */
function retentionArguments(args: readonly string[]): { readonly days: number | null } | null {
  try {
    const { values } = parseArgs({ args: [...args], options: { days: { type: "string" } } });
    if (values.days === undefined) return { days: null };
    const days = KeptDays.safeParse(Number(values.days));
    return days.success ? { days: days.data } : null;
  } catch {
    return null;
  }
}

/** Null where they are not understood. */
function restoreArguments(args: readonly string[]): { readonly file: string; readonly keys: string | null } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { keys: { type: "string" } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    return file === undefined || more.length > 0 ? null : { file, keys: values.keys ?? null };
  } catch {
    return null;
  }
}

function usage(line: string): number {
  console.error(`Usage: ${line}`);
  return 2;
}

const counted = ({ rooms, commits }: Holdings): string => `${rooms} rooms with ${commits} commits`;

function failed(error: unknown, dataDir: string): number {
  if (error instanceof BackupFault) console.error(error.message);
  else {
    const fault = startFaultOf(error, { dataDir, database: pathIn(dataDir, "database") });
    console.error([fault.message, ...fault.advice.map((line) => `  ${line}`)].join("\n"));
  }
  return 1;
}
