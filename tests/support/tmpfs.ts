import { spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./server.ts";

const mounts = (...args: string[]): boolean => spawnSync("mount", args).status === 0;

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
