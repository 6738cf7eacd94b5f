import type { Message } from "@/lib/messages/message";
import { blackingOutValues } from "@/lib/shares/blacking-out";
import { type Finding, type FindingKind, findingsIn, privateIn } from "@/lib/shares/private-looking";
import type { Draft } from "./draft";

/** One thing that looks private, wherever it stands. */
export interface Private {
  kind: FindingKind;
  value: string;
  /** Its places in the messages. None: it stands in the title alone, which its owner can write anew. */
  keys: string[];
}

/** What looks private in these messages, each thing once. */
export function privateThings(messages: readonly Message[]): Private[] {
  const things = new Map<string, Private>();
  for (const { key, kind, value } of messages.flatMap(findingsOf)) {
    const thing = things.get(`${kind} ${value}`) ?? { kind, value, keys: [] };
    thing.keys.push(key);
    things.set(`${kind} ${value}`, thing);
  }
  return [...things.values()];
}

/** A message is looked through once, however often it is chosen and left out. */
const looked = new WeakMap<Message, Finding[]>();

function findingsOf(message: Message): Finding[] {
  const found = looked.get(message) ?? findingsIn(message);
  looked.set(message, found);
  return found;
}

/** The same with what looks private in the title, which others see first. */
export function withTitle(things: readonly Private[], title: string): Private[] {
  const known = new Set(things.map(({ value }) => value));
  const more = new Map(privateIn(title).map((found) => [found.value, { ...found, keys: [] }]));
  return [...[...more.values()].filter(({ value }) => !known.has(value)), ...things];
}

/** Blacked out at one of its places it is so at all of them. */
export const isBlackedOut = ({ keys }: Private, redactions: ReadonlySet<string>): boolean =>
  keys.some((key) => redactions.has(key));

/** What changes when these are blacked out. What only the title has is blacked out there at once. */
export function blackOut(things: readonly Private[], { redactions, title }: Draft): Partial<Draft> {
  const inTitle = things.filter(({ keys }) => keys.length === 0).map(({ value }) => value);
  return {
    redactions: [...new Set([...redactions, ...things.flatMap(({ keys }) => keys)])],
    ...(inTitle.length > 0 ? { title: blackingOutValues(inTitle)(title) } : {}),
  };
}

export function showAgain({ keys }: Private, { redactions }: Draft): Partial<Draft> {
  const own = new Set(keys);
  return { redactions: redactions.filter((key) => !own.has(key)) };
}
