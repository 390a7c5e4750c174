/**
 * Lets no memory of WebAssembly in this worker grow beyond so many bytes. An interpreter that asks for more is told that there is none, as
 * on a machine that has no more, and says so to its program.
 */
export function limitMemory(bytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  const limited = function (this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE > bytes) throw new RangeError("The program may have no more memory.");
    return grow.call(this, pages);
  };
  Object.defineProperty(prototype, "grow", { value: limited, writable: false, configurable: false });
}

const PAGE = 64 * 1024;
