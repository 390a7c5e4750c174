import {
  type InviteRequest,
  InviteResponse,
  type JoinRequest,
  JoinResponse,
  LinkSecret,
  LookResponse,
  type RenewLinkRequest,
} from "@whetstone/shared/links-wire";
import { holderName } from "../browser/holder.ts";
import { answered, change, keyHeader } from "./call.ts";
import { lookAnswer } from "./early.ts";

export const lookAtLink = async (secret: string): Promise<LookResponse> =>
  LookResponse.parse(await (await answered(lookAnswer(secret))).json());
export const joinByLink = (body: JoinRequest) =>
  change("/links/join", JoinResponse, { body: { ...body, holder: holderName() } });
export const renewLink = (token: string, body: RenewLinkRequest) => change("/links/renew", LinkSecret, { body, token });
/** Makes the host of a room a new way back, by the server's host key. */
export const leadHostBack = (roomId: string, key: string) =>
  change("/links/lead-back", LinkSecret, { body: { roomId }, headers: keyHeader(key) });
export const inviteByName = (token: string, body: InviteRequest) =>
  change("/links/invite", InviteResponse, { body, token });
