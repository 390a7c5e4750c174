import { announceNewVersion } from "./new-version.ts";

/** A part of the page that has a file of its own and could not be fetched. */
export class PartMissing extends Error {
  /** Gone from a server that answers; else the server itself is out of reach. */
  readonly isGone: boolean;

  constructor(isGone: boolean, cause: unknown) {
    super(isGone ? "A part of this page is gone." : "A part of this page could not be fetched.", { cause });
    this.isGone = isGone;
  }
}

/**
 * A dynamic import that says why it failed. Files carry a hash of what is in them, so one that a server which answers does not have any
 * more belongs to an older version of the page.
 */
export const fetching =
  <Module>(importPart: () => Promise<Module>) =>
  async (): Promise<Module> => {
    try {
      return await importPart();
    } catch (error) {
      const isGone = await isServerThere();
      if (isGone) announceNewVersion();
      throw new PartMissing(isGone, error);
    }
  };

const isServerThere = (): Promise<boolean> =>
  fetch("/api/info", { cache: "no-store" }).then(
    ({ status }) => status < 500,
    () => false,
  );
