import { Wishes } from "@whetstone/shared/practice/matching/wishes";
import { z } from "zod";
import { newId } from "./ids.ts";
import { KeptList, KeptValue } from "./kept.ts";
import { browserStorage } from "./storage.ts";

/** What this browser keeps for whoever looks for a partner: its name in the queue, what was wished for last, and whom it found. */

const SEEKER = "whetstone.seeker";
const WISHES = "whetstone.seeker-wishes";
const PARTNERS = "whetstone.partners";
/** As short as the server takes one, in characters. */
const SEEKER_LEAST = 20;
const PARTNERS_MOST = 50;

const Partner = z.looseObject({
  pairId: z.string(),
  roomId: z.string(),
  name: z.string(),
  /** Milliseconds since 1970, by this browser's clock. */
  at: z.number(),
  blocked: z.boolean().optional(),
});
export type Partner = z.infer<typeof Partner>;

const partnerList = () => new KeptList(browserStorage, PARTNERS, Partner);
const wishesPlace = () => new KeptValue(browserStorage, WISHES, Wishes);

/** The secret by which this browser finds its place in the queue again; nobody else ever learns it. */
export function seekerSecret(): string {
  const known = browserStorage.getItem(SEEKER);
  if (known !== null && known.length >= SEEKER_LEAST) return known;
  const fresh = newId("b");
  browserStorage.setItem(SEEKER, fresh);
  return fresh;
}

export const lastWishes = (): Wishes | null => wishesPlace().read();
export const keepWishes = (wishes: Wishes): void => wishesPlace().keep(wishes);

export function keepPartner(partner: Partner): void {
  const kept = partnerList();
  const others = kept.list.filter(({ pairId }) => pairId !== partner.pairId);
  kept.keep([partner, ...others].slice(0, PARTNERS_MOST));
}

/** Whom one found for that room; null where its people knew each other. */
export const partnerIn = (roomId: string): Partner | null =>
  partnerList().list.find((partner) => partner.roomId === roomId) ?? null;
