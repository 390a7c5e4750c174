/**
 * Numbers from 0 up to but not including 1 that follow from `texts` alone, so that the same interviews give the same
 * bootstrap interval each time. The generator is mulberry32 (T. Ettinger, 2017, public domain), its seed the 32-bit FNV-1a
 * hash (G. Fowler, L. Noll, K. Vo) of the texts' UTF-16 code units, with a break after each text.
 */
export function seededBy(texts: Iterable<string>): () => number {
  let hash = 0x811c9dc5;
  const take = (code: number) => {
    hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
  };
  for (const text of texts) {
    for (let index = 0; index < text.length; index++) take(text.charCodeAt(index));
    take(0);
  }
  return mulberry32(hash);
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
