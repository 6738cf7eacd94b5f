/**
 * Who may call the model next, as a pure function of what has happened. A token bucket for the whole contract and
 * a limit for any minute; between people round robin, so that one with fifty waiting does not delay one with a
 * single question; what nobody reads yet (titles) after everything else. Times are in milliseconds, by one clock.
 */
export interface Rules {
  /** Calls a second, in the long run. */
  perSecond: number;
  /** Calls at once after a rest. */
  burst: number;
  /** Calls in any sixty seconds. */
  perMinute: number;
  /** Calls of one person that may wait. */
  waitingPerPerson: number;
}

export type Kind = "chat" | "background";

export interface Waiter {
  id: string;
  personId: string;
  kind: Kind;
}

/** Plain data: it goes through Redis as JSON. */
export interface State {
  /** In the bucket at `filledAt`. */
  tokens: number;
  filledAt: number;
  /** When calls of the last minute were let through, oldest first. */
  calls: number[];
  /** The provider asked for silence until then. */
  pausedUntil: number;
  /** In order of arrival; `seenAt` tells that whoever waits is alive. */
  waiting: (Waiter & { seenAt: number })[];
  /** When somebody was last let through: the longest ago is next. By person, as a running number. */
  served: Record<string, number>;
  turn: number;
  /** Let through while another server looked: id -> when. */
  granted: Record<string, number>;
}

export type Answer = { granted: true } | { granted: false; refused: true } | Place;

/** `place` 1 is next; `ms` is when, if everything goes on like this. */
export interface Place {
  granted: false;
  refused: false;
  place: number;
  ms: number;
}

const MINUTE = 60_000;
/** A waiter of whom nothing was heard for so long belonged to a server that died. */
const LOST_AFTER = 5_000;
/** Turns after which it makes no difference any more that somebody who is not waiting had one. */
const REMEMBERED = 100;

export const begin = (rules: Rules, now: number): State => ({
  tokens: rules.burst,
  filledAt: now,
  calls: [],
  pausedUntil: 0,
  waiting: [],
  served: {},
  turn: 0,
  granted: {},
});

/**
 * What one server does in one go: those of its waiters that have gone leave, those that wait are entered or seen
 * again, and whoever is due is let through, of any server. Changes `state`; answers each of `mine`.
 */
export function look(
  state: State,
  rules: Rules,
  { mine, gone }: { mine: Waiter[]; gone: string[] },
  now: number,
): Map<string, Answer> {
  tidy(state, rules, now);
  state.waiting = state.waiting.filter(({ id }) => !gone.includes(id));
  for (const id of gone) delete state.granted[id];
  const refused = new Set(mine.filter((waiter) => !enter(state, rules, waiter, now)).map(({ id }) => id));
  let line = inOrder(state);
  while (line[0] && comingTurns(state, rules, 1, now)[0] === 0) {
    letThrough(state, line[0], now);
    line = inOrder(state);
  }
  const turns = comingTurns(state, rules, line.length, now);
  const places = new Map(line.map(({ id }, i) => [id, { place: i + 1, ms: turns[i] ?? 0 }]));
  return new Map(mine.map(({ id }) => [id, refused.has(id) ? REFUSED : answerTo(state, places, id)]));
}

const REFUSED: Answer = { granted: false, refused: true };

/** The provider asked everybody to wait that long. */
export function pause(state: State, ms: number, now: number): void {
  state.pausedUntil = Math.max(state.pausedUntil, now + ms);
  // What it allows afterwards is a fresh beginning, not what had been saved up.
  state.tokens = Math.min(state.tokens, 1);
}

function answerTo(state: State, places: Map<string, Omit<Place, "granted" | "refused">>, id: string): Answer {
  const place = places.get(id);
  if (place) return { granted: false, refused: false, ...place };
  delete state.granted[id];
  return { granted: true };
}

/** False when this person has too many waiting already. */
function enter(state: State, rules: Rules, waiter: Waiter, now: number): boolean {
  if (waiter.id in state.granted) return true;
  const known = state.waiting.find(({ id }) => id === waiter.id);
  if (known) {
    known.seenAt = now;
    return true;
  }
  const theirs = state.waiting.filter(({ personId }) => personId === waiter.personId).length;
  if (theirs >= rules.waitingPerPerson) return false;
  state.waiting.push({ ...waiter, seenAt: now });
  return true;
}

function letThrough(state: State, waiter: Waiter, now: number): void {
  state.waiting = state.waiting.filter(({ id }) => id !== waiter.id);
  state.granted[waiter.id] = now;
  state.served[waiter.personId] = ++state.turn;
  state.tokens -= 1;
  state.calls.push(now);
}

/** The line as it stands: first of each person, then second of each, whoever had the last turn last. */
export function inOrder({ waiting, served }: Pick<State, "waiting" | "served">): Waiter[] {
  const kinds: Kind[] = ["chat", "background"];
  return kinds.flatMap((kind) => {
    const people = new Map<string, Waiter[]>();
    for (const waiter of waiting) {
      if (waiter.kind !== kind) continue;
      people.set(waiter.personId, [...(people.get(waiter.personId) ?? []), waiter]);
    }
    // A Map keeps the order of arrival, and sorting keeps it among equals.
    const turns = [...people].sort(([a], [b]) => (served[a] ?? 0) - (served[b] ?? 0)).map(([, each]) => each);
    const rounds = Math.max(0, ...turns.map((each) => each.length));
    return Array.from({ length: rounds }, (_, round) => turns.flatMap((each) => each[round] ?? [])).flat();
  });
}

/** When the next so many calls will be let through, in milliseconds from now, if nothing happens meanwhile. */
function comingTurns(state: State, rules: Rules, count: number, now: number): number[] {
  const calls = [...state.calls];
  let [tokens, at] = [state.tokens, now];
  const until = (moment: number) => {
    if (moment <= at) return;
    tokens = Math.min(rules.burst, tokens + ((moment - at) / 1000) * rules.perSecond);
    at = moment;
  };
  return Array.from({ length: count }, () => {
    until(state.pausedUntil);
    // The oldest of a full minute makes room.
    until((calls.at(-rules.perMinute) ?? Number.NEGATIVE_INFINITY) + MINUTE);
    // A hair less than a whole one is a whole one: it was counted in fractions.
    if (tokens < WHOLE) until(at + Math.ceil(((1 - tokens) / rules.perSecond) * 1000));
    tokens -= 1;
    calls.push(at);
    return at - now;
  });
}

const WHOLE = 1 - 1e-9;

/** Fills the bucket, and forgets what can have no effect any more. */
function tidy(state: State, rules: Rules, now: number): void {
  const passed = Math.max(0, now - state.filledAt);
  state.tokens = Math.min(rules.burst, state.tokens + (passed / 1000) * rules.perSecond);
  state.filledAt = Math.max(now, state.filledAt);
  state.calls = state.calls.filter((at) => at > now - MINUTE);
  state.waiting = state.waiting.filter(({ seenAt }) => seenAt > now - LOST_AFTER);
  state.granted = pick(state.granted, (at) => at > now - MINUTE);
  const waiting = new Set(state.waiting.map(({ personId }) => personId));
  const recent = state.turn - REMEMBERED;
  state.served = pick(state.served, (turn, personId) => turn > recent || waiting.has(personId));
}

const pick = (
  record: Record<string, number>,
  keep: (value: number, key: string) => boolean,
): Record<string, number> =>
  Object.fromEntries(Object.entries(record).filter(([key, value]) => keep(value, key)));
