/**
 * Lets no memory of WebAssembly in this worker grow beyond so many bytes. An interpreter that asks for more is told that there is none, as
 * on a machine that has no more, and says so to its program.
 */
export function limitMemory(bytes: number): void {
  most = bytes;
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  const limited = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > bytes) throw new RangeError("The program may have no more memory.");
    taken = Math.max(taken, this.buffer.byteLength + pages * PAGE);
    return grow.call(this, pages);
  };
  Object.defineProperty(prototype, "grow", { value: limited, writable: false, configurable: false });
}

const PAGE = 64 * 1024;
let most = 0;
let taken = 0;

/** Whether an interpreter took about all that it may: one that has nothing left cannot always say so. */
export const isMemoryTaken = (): boolean => taken > most * 0.75;
