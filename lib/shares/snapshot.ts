import type { Message, Part } from "@/lib/messages/message";
import type { ShareChoices } from "./share";

/** What others get to see, and all of it. Made once; "Update" makes another. */
export interface Snapshot {
  /** The owner's name, where it is shown. */
  by: string | null;
  messages: SnapshotMessage[];
}

export interface SnapshotMessage {
  role: Message["role"];
  parts: SnapshotPart[];
  /** When it was written, ISO 8601; null where dates are not shown. */
  at: string | null;
}

export type SnapshotPart =
  | { type: "text"; text: string }
  /** `id` is the share's own copy; sizes in pixels. */
  | { type: "image"; id: string; width: number; height: number }
  | { type: "document"; name: string };

/** A chosen picture of the thread, which the share gets a copy of. */
export interface ChosenPicture {
  key: string;
  imageId: string;
  width: number;
  height: number;
}

/** Whether there is anything in it that could be shown, and no more will come. */
export const canBeShared = (message: Pick<Message, "status" | "parts">): boolean =>
  message.status !== "running" &&
  message.parts.some((part) => part.type !== "text" || part.text.trim() !== "");

/** The chosen messages of the open branch, in its order. Null when one of them is not on it or cannot be shared. */
export function chosenOf(branch: readonly Message[], { messages }: ShareChoices): Message[] | null {
  const wanted = new Set(messages);
  const chosen = branch.filter((message) => wanted.has(message.ordinal));
  return chosen.length === wanted.size && chosen.length > 0 && chosen.every(canBeShared) ? chosen : null;
}

/** The chosen pictures of the chosen messages. Null when one is named that is not there. */
export function picturesOf(chosen: readonly Message[], { pictures }: ShareChoices): ChosenPicture[] | null {
  const wanted = new Set(pictures);
  const found = chosen.flatMap((message) =>
    message.parts.flatMap((part, place): ChosenPicture[] => {
      const key = `${message.ordinal}.${place}`;
      if (part.type !== "image" || !wanted.has(key)) return [];
      return [{ key, imageId: part.imageId, width: part.width, height: part.height }];
    }),
  );
  return found.length === wanted.size ? found : null;
}

interface Around {
  by: string;
  copies: ReadonlyMap<string, string>;
  blackedOut: (text: string) => string;
}

/**
 * Takes over what is named here and nothing else: whatever a message or a part comes to hold one day stays out until
 * somebody adds it. `copies` says under which id others find a picture, by its key; `blackedOut` is a text without
 * what others shall not see (blacking-out.ts).
 */
export function snapshotOf(
  chosen: readonly Message[],
  choices: ShareChoices,
  { by, copies, blackedOut }: Around,
): Snapshot {
  const messages = chosen.map((message): SnapshotMessage => {
    const parts = message.parts.flatMap((part, place) =>
      partOf(part, { blackedOut, copy: copies.get(`${message.ordinal}.${place}`) }),
    );
    return { role: message.role, parts, at: choices.dates ? message.createdAt : null };
  });
  return { by: choices.name ? by : null, messages };
}

/** Everything of these messages, for their owner; pictures under their own ids. */
export function wholeSnapshot(messages: readonly Message[], by: string): Snapshot {
  const pictures = messages.flatMap(({ ordinal, parts }) =>
    parts.flatMap((part, place) =>
      part.type === "image" ? [[`${ordinal}.${place}`, part.imageId] as const] : [],
    ),
  );
  const choices = {
    messages: messages.map(({ ordinal }) => ordinal),
    pictures: pictures.map(([key]) => key),
    redactions: [],
    name: true,
    dates: true,
  };
  return snapshotOf(messages, choices, { by, copies: new Map(pictures), blackedOut: (text) => text });
}

interface Shown extends Pick<Around, "blackedOut"> {
  copy: string | undefined;
}

function partOf(part: Part, { blackedOut, copy }: Shown): SnapshotPart[] {
  switch (part.type) {
    case "text":
      return [{ type: "text", text: blackedOut(part.text) }];
    case "image":
      return copy ? [{ type: "image", id: copy, width: part.width, height: part.height }] : [];
    case "document":
      return [{ type: "document", name: blackedOut(part.name) }];
    default:
      return [];
  }
}
