import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { truncate, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./server.ts";

const runs = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;
const mounts = (...args: string[]): boolean => runs("mount", ...args);

/** Whether this machine lets its tests mount a file system of their own: as root on Linux, and in few containers. */
export const canMount = (() => {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
})();

/** A disk of so many KiB, mounted until the test is over. */
export async function smallDisk(kib: number): Promise<{ readonly path: string; readonly makeReadOnly: () => void }> {
  const path = await temporaryFolder();
  if (!mounts("-t", "tmpfs", "-o", `size=${kib}k`, "tmpfs", path)) throw new Error("No disk could be mounted.");
  onTestFinished(() => {
    spawnSync("umount", ["-l", path]);
  });
  return { path, makeReadOnly: () => void mounts("-o", "remount,ro", path) };
}

/** Whether a running process can be kept from writing to files. */
export const canForbidWriting = process.platform === "linux" && runs("prlimit", "--pid", String(process.pid));

/**
 * Has every writing to a file fail in a process, open ones and new ones alike, until the function that this gives is called. A file system
 * with files open for writing cannot be mounted read-only; the size that a file may have is looked at by each writing, as that is.
 */
export function forbidWriting(pid: number): () => void {
  const limit = (bytes: string) => {
    if (!runs("prlimit", "--pid", String(pid), `--fsize=${bytes}:`)) throw new Error("Writing cannot be limited.");
  };
  limit("0");
  return () => limit("unlimited");
}

/** Whether this machine lets its tests make a disk that fails. */
export const canFailDisks = canMount && existsSync("/dev/loop-control") && runs("mkfs.ext4", "-V");

/**
 * A disk of so many MiB that can be made to fail: its file system then becomes read-only by itself, as ext4 does where it finds something
 * wrong, under the files that are open on it. `mend` gives what is on it to be written on; nothing on it may be in use.
 */
export async function failingDisk(
  mib: number,
): Promise<{ readonly path: string; readonly fail: () => Promise<void>; readonly mend: () => void }> {
  const path = await temporaryFolder();
  const image = join(await temporaryFolder(), "disk");
  await writeFile(image, "");
  await truncate(image, mib << 20);
  const mount = () => mounts("-o", "loop,errors=remount-ro", image, path);
  if (!runs("mkfs.ext4", "-q", "-F", image) || !mount()) throw new Error("No disk could be mounted.");
  onTestFinished(() => {
    spawnSync("umount", ["-l", path]);
  });
  const mounted = readFileSync("/proc/mounts", "utf8").split("\n");
  const device = basename(mounted.find((line) => line.split(" ")[1] === path)?.split(" ")[0] ?? "");
  return {
    path,
    fail: () => writeFile(`/sys/fs/ext4/${device}/trigger_fs_error`, "1"),
    mend: () => {
      if (!runs("umount", path)) throw new Error("The disk is in use.");
      runs("e2fsck", "-p", image);
      if (!mount()) throw new Error("The disk could not be mounted again.");
    },
  };
}
