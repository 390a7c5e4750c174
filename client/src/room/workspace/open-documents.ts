import { type DocumentName, documentKey } from "@whetstone/shared/workspace/name";
import { browserStorage } from "../../browser/storage.ts";
import { Pauses } from "../store/pauses.ts";
import type { RoomStore } from "../store/store.ts";
import { UnsentDocuments } from "../store/unsent-documents.ts";
import type { Writer } from "./cursors.ts";
import { SharedDocument } from "./shared-document.ts";

interface Held {
  readonly document: SharedDocument;
  holders: number;
}

/** By room, the documents that this page has open or still brings to the server. */
const open = new WeakMap<RoomStore, Map<string, Held>>();

/**
 * Opens a document of the room, once however many show it. Whoever does lets it go again; it is closed when the server has all that was
 * written in it.
 */
export function holdDocument(
  store: RoomStore,
  { roomId, seatId, name }: { readonly roomId: string; readonly seatId: string; readonly name: DocumentName },
): { readonly document: SharedDocument; readonly letGo: () => void } {
  const documents = open.get(store) ?? new Map<string, Held>();
  open.set(store, documents);
  const key = documentKey(name);
  const held = documents.get(key) ?? { document: newDocument(store, roomId, seatId, name), holders: 0 };
  documents.set(key, held);
  held.holders += 1;
  const letGo = () => {
    held.holders -= 1;
    held.document.whenSent(() => {
      if (held.holders > 0 || documents.get(key) !== held) return;
      documents.delete(key);
      held.document.close();
    });
  };
  return { document: held.document, letGo };
}

/** Brings to the server what an earlier page of this seat could not. */
export function sendLeft(store: RoomStore, seat: { readonly roomId: string; readonly seatId: string }): void {
  for (const name of new UnsentDocuments(browserStorage, seat.roomId, seat.seatId).names) {
    holdDocument(store, { ...seat, name }).letGo();
  }
}

function newDocument(store: RoomStore, roomId: string, seatId: string, name: DocumentName): SharedDocument {
  return new SharedDocument({
    name,
    line: store.documents,
    writerOf: (other) => writerIn(store, other),
    storage: browserStorage,
    unsent: new UnsentDocuments(browserStorage, roomId, seatId),
    pauses: new Pauses(Math.random),
  });
}

function writerIn(store: RoomStore, seatId: string): Writer | null {
  const people = store.getSnapshot().view?.people ?? [];
  const place = people.findIndex((person) => person.seatId === seatId);
  const person = people[place];
  return person ? { seatId, name: person.name, color: place } : null;
}
