/**
 * How many candidates two raters must have rated before anything is said about how far raters agree. Below that the
 * figures move so much with the next candidate that they would mislead.
 */
export const ENOUGH_CANDIDATES = 10;

export const hasEnough = (doublyRatedCandidates: number): boolean => doublyRatedCandidates >= ENOUGH_CANDIDATES;
