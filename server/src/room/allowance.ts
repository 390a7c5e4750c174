/** Whether one more is allowed just now; counts it. */
export type Allowance = () => boolean;

/** A token bucket: on average `perSecond` calls a second are allowed, and twice as many at once. */
export function allowance(perSecond: number, now: () => number): Allowance {
  let tokens = perSecond * 2;
  let last = now();
  return () => {
    const at = now();
    tokens = Math.min(perSecond * 2, tokens + (Math.max(0, at - last) * perSecond) / 1000);
    last = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
