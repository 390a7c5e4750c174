import { z } from "zod";

/**
 * A letter that says what it names (`r_` room, `s_` seat, `l_` link, `p_` plan item, `a_` ask, `n_` note, `c_` command), then
 * random characters. The prefix also keeps an identifier from being the name of a built-in property.
 */
export const Id = z.string().regex(/^[a-z]_[A-Za-z0-9-]{12,40}$/);

/** Under it a change is carried out once: a request that is sent again is answered as the first was. Without one, each is new. */
export const commandId = Id.optional().describe("The client's own name for the change, the same if it is sent again.");

/** Rounds are counted within their room, from 1. */
export const RoundId = z.int().min(1);
