import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { begin, inOrder, type Kind, look, pause, type Rules, type State, type Waiter } from "./schedule";

const RULES: Rules = { perSecond: 5, burst: 10, perMinute: 300, waitingPerPerson: 60 };

let made = 0;
const waiter = (personId: string, kind: Kind = "chat"): Waiter => ({ id: `w${++made}`, personId, kind });
const many = (count: number, personId: string, kind?: Kind) =>
  Array.from({ length: count }, () => waiter(personId, kind));

/** Looks as one server does with all of these waiting; ids let through, in order. */
function through(state: State, mine: Waiter[], now: number, rules = RULES, gone: string[] = []): string[] {
  const before = state.turn;
  const answers = look(state, rules, { mine, gone }, now);
  const ids = mine.filter(({ id }) => answers.get(id)?.granted).map(({ id }) => id);
  expect(state.turn - before).toBe(ids.length);
  return ids;
}

/** Lets the clock run until all are through; ids in order, with when. */
function runOut(state: State, mine: Waiter[], from: number, step = 50): { id: string; at: number }[] {
  let left = mine;
  const order: { id: string; at: number }[] = [];
  for (let at = from; left.length > 0; at += step) {
    const line = inOrder({ ...state, waiting: left.map((each) => ({ ...each, seenAt: at })) });
    const ids = new Set(through(state, left, at));
    order.push(...line.filter(({ id }) => ids.has(id)).map(({ id }) => ({ id, at })));
    left = left.filter(({ id }) => !ids.has(id));
  }
  return order;
}

describe("the contract's limits", () => {
  it("lets a burst through at once, then five a second", () => {
    const state = begin(RULES, 0);
    const waiting = many(20, "ada");
    expect(through(state, waiting, 0)).toHaveLength(10);
    expect(through(state, waiting.slice(10), 1_000)).toHaveLength(5);
    expect(through(state, waiting.slice(15), 1_100)).toHaveLength(0);
  });

  it("never more than the bucket holds, nor more than 300 in any minute, whatever comes when", () => {
    const moments = fc.array(fc.record({ after: fc.nat(4_000), count: fc.nat(12), person: fc.nat(4) }), {
      maxLength: 120,
    });
    const rules = { ...RULES, perMinute: 40 };
    fc.assert(
      fc.property(moments, (steps) => {
        const state = begin(rules, 0);
        const calls: number[] = [];
        let now = 0;
        for (const { after, count, person } of steps) {
          now += after;
          for (const _ of through(state, many(count, `p${person}`), now, rules)) calls.push(now);
          state.waiting = [];
        }
        for (const [i, at] of calls.entries()) {
          const minute = calls.filter((other) => other > at - 60_000 && other <= at).length;
          expect(minute).toBeLessThanOrEqual(40);
          const since = calls.slice(i).filter((other) => other <= at + 2_000).length;
          expect(since).toBeLessThanOrEqual(10 + 2 * 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("threat 65: a pause asked for by the provider stops everybody, and a burst does not follow it", () => {
    const state = begin(RULES, 0);
    pause(state, 20_000, 0);
    const waiting = [...many(5, "ada"), ...many(5, "eve")];
    expect(through(state, waiting, 100)).toEqual([]);
    const answer = look(state, RULES, { mine: waiting, gone: [] }, 200).get(waiting[0]?.id ?? "");
    expect(answer).toMatchObject({ granted: false, place: 1, ms: 19_800 });
    pause(state, 1_000, 300);
    expect(state.pausedUntil).toBe(20_000);
  });

  it("tells when honestly: each goes when it was told at the beginning", () => {
    const shapes = fc.record({
      people: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
      rest: fc.nat(3_000),
    });
    fc.assert(
      fc.property(shapes, ({ people, rest }) => {
        const rules = { ...RULES, perMinute: 25 };
        const state = begin(rules, 0);
        through(state, many(10, "before"), 0, rules);
        const waiting = people.flatMap((count, i) => many(count, `p${i}`));
        const told = look(state, rules, { mine: waiting, gone: [] }, rest);
        const coming = [...told].flatMap(([id, answer]) =>
          answer.granted || answer.refused ? [] : [{ id, ...answer }],
        );
        let before = -1;
        for (const { id, ms } of coming.sort((a, b) => a.place - b.place)) {
          const waits = () => state.waiting.some((each) => each.id === id);
          const lookAt = (now: number) => {
            for (const each of state.waiting) each.seenAt = now;
            look(state, rules, { mine: [], gone: [] }, now);
          };
          // Fractions of a token round by a millisecond or two; earlier than the one before is no time to look.
          if (ms - 3 > before) {
            lookAt(rest + ms - 3);
            expect(waits()).toBe(true);
          }
          lookAt(rest + ms);
          expect(waits()).toBe(false);
          before = ms;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("threat 69: between people", () => {
  it("one with fifty waiting does not delay one with a single question", () => {
    const state = begin(RULES, 0);
    const fifty = many(50, "ada");
    const first = new Set(through(state, fifty, 0));
    const one = waiter("eve");
    const rest = fifty.filter(({ id }) => !first.has(id));
    const order = runOut(state, [...rest, one], 0).map(({ id }) => id);
    expect(order.indexOf(one.id)).toBe(0);
  });

  it("all who wait get the same, to a turn", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 }), (counts) => {
        const waiting = counts.flatMap((count, i) => many(count, `p${i}`));
        const personOf = new Map(waiting.map(({ id, personId }) => [id, personId]));
        const order = runOut(begin(RULES, 0), waiting, 0).map(({ id }) => personOf.get(id));
        const least = Math.min(...counts);
        const early = order.slice(0, least * counts.length);
        for (const [i] of counts.entries()) expect(early.filter((p) => p === `p${i}`)).toHaveLength(least);
      }),
      { numRuns: 40 },
    );
  });

  it("titles wait until no question does", () => {
    const state = begin({ ...RULES, burst: 1 }, 0);
    const title = waiter("ada", "background");
    const questions = [...many(3, "ada"), ...many(3, "eve")];
    const order = runOut(state, [title, ...questions], 0).map(({ id }) => id);
    expect(order.at(-1)).toBe(title.id);
  });

  it("takes only so many of one person", () => {
    const state = begin(RULES, 0);
    const rules = { ...RULES, burst: 1, waitingPerPerson: 3 };
    const waiting = many(6, "ada");
    const answers = [...look(state, rules, { mine: waiting, gone: [] }, 0).values()];
    expect(answers.filter((answer) => !answer.granted && answer.refused)).toHaveLength(3);
    expect(look(state, rules, { mine: [waiter("eve")], gone: [] }, 0).size).toBe(1);
  });
});

describe("those who go", () => {
  it("give their place to the next", () => {
    const state = begin({ ...RULES, burst: 0 }, 0);
    const [first, second] = [waiter("ada"), waiter("eve")];
    const rules = { ...RULES, burst: 1 };
    state.tokens = 0;
    expect(through(state, [first, second], 0, rules)).toEqual([]);
    expect(through(state, [second], 1_000, rules, [first.id])).toEqual([second.id]);
  });

  it("threat 60: with a server that died are forgotten, and their turn goes to the living", () => {
    const rules = { ...RULES, burst: 1 };
    const state = begin(rules, 0);
    state.tokens = 0;
    const [dead, alive] = [many(5, "ada"), waiter("eve")];
    look(state, rules, { mine: dead, gone: [] }, 0);
    state.tokens = 0;
    state.filledAt = 6_000;
    look(state, rules, { mine: [alive], gone: [] }, 6_000);
    expect(state.waiting.map(({ id }) => id)).toEqual([alive.id]);
  });

  it("leave a state that stays small", () => {
    let now = 0;
    const state = begin(RULES, now);
    for (let i = 0; i < 2_000; i++) {
      now += 250;
      through(state, [waiter(`p${i}`)], now);
    }
    expect(JSON.stringify(state).length).toBeLessThan(60_000);
  });
});
