import { describe, expect, test, vi } from "vitest";
import { FairLimiter, LineFull } from "./limiter";
import type { Kind, Rules } from "./schedule";
import type { Store } from "./store";

/** So slow that whoever does not go at once does not go during a test. */
const STILL = { perSecond: 0.000_1, burst: 3, perMinute: 300, waitingPerPerson: 60 };
const BRISK = { perSecond: 50, burst: 1, perMinute: 1_000, waitingPerPerson: 60 };

interface Call {
  gone: boolean;
  places: { place: number; seconds: number }[];
  abort(): void;
  done: Promise<void>;
}

function call(limiter: FairLimiter, personId: string, kind: Kind = "chat", then = () => {}): Call {
  const controller = new AbortController();
  const made: Call = {
    gone: false,
    places: [],
    abort: () => controller.abort("enough"),
    done: Promise.resolve(),
  };
  const onPlace = (place: Call["places"][number]) => made.places.push(place);
  made.done = limiter.turn({ personId, kind, signal: controller.signal, onPlace }).then(() => {
    made.gone = true;
    then();
  });
  made.done.catch(() => {});
  return made;
}

const waitsAt = (each: Call) => each.places.at(-1)?.place;

/** What the limiter keeps to, wherever its state lies. `make` gives a new state each time. */
export function limiterContract(name: string, make: (rules: Rules) => Store): void {
  const limiterOf = (rules: Rules, store = make(rules)) => new FairLimiter(rules, store);

  describe(`the limiter ${name}`, () => {
    test("lets the burst through, and tells the others their place and when", async () => {
      const limiter = limiterOf(STILL);
      const calls = Array.from({ length: 5 }, () => call(limiter, "ada"));
      await vi.waitFor(() => expect(calls.map(waitsAt)).toEqual([undefined, undefined, undefined, 1, 2]));
      await vi.waitFor(() => expect(calls.map(({ gone }) => gone)).toEqual([true, true, true, false, false]));
      expect(calls[3]?.places[0]?.seconds).toBeGreaterThan(9_000);
      for (const each of calls) each.abort();
    });

    test("goes round between people", async () => {
      const limiter = limiterOf(BRISK);
      const order: string[] = [];
      const many = Array.from({ length: 20 }, () => call(limiter, "ada", "chat", () => order.push("ada")));
      await many[0]?.done;
      const one = call(limiter, "eve", "chat", () => order.push("eve"));
      await Promise.all([...many, one].map(({ done }) => done));
      expect(order.indexOf("eve")).toBeLessThan(18);
    });

    test("takes titles last", async () => {
      const limiter = limiterOf(BRISK);
      const order: string[] = [];
      const first = call(limiter, "ada");
      const title = call(limiter, "ada", "background", () => order.push("title"));
      const chats = Array.from({ length: 4 }, () => call(limiter, "ada", "chat", () => order.push("chat")));
      await Promise.all([first, title, ...chats].map(({ done }) => done));
      expect(order).toEqual(["chat", "chat", "chat", "chat", "title"]);
    });

    test("who leaves the line is told why, and the others move up", async () => {
      const limiter = limiterOf({ ...STILL, burst: 1 });
      const [first, second, third] = ["ada", "eve", "bob"].map((person) => call(limiter, person));
      await vi.waitFor(() => expect(third && waitsAt(third)).toBe(2));
      second?.abort();
      await expect(second?.done).rejects.toBe("enough");
      await vi.waitFor(() => expect(third && waitsAt(third)).toBe(1));
      expect(first?.gone).toBe(true);
      third?.abort();
    });

    test("a pause holds everybody", async () => {
      const limiter = limiterOf({ ...STILL, burst: 10, perSecond: 5 });
      await limiter.pause(3_600);
      const held = call(limiter, "ada");
      await vi.waitFor(() => expect(held.places[0]?.seconds).toBeGreaterThan(3_500));
      expect(held.gone).toBe(false);
      held.abort();
    });

    test("a wait that became longer is told again, though the place is the same", async () => {
      const limiter = limiterOf({ ...STILL, burst: 1 });
      const [first, second] = ["ada", "eve"].map((person) => call(limiter, person));
      await first?.done;
      await vi.waitFor(() => expect(second?.places).toHaveLength(1));
      await limiter.pause(36_000);
      await vi.waitFor(() => expect(second?.places).toHaveLength(2));
      expect(second?.places.map(({ place }) => place)).toEqual([1, 1]);
      expect(second?.places[1]?.seconds).toBeGreaterThan(30_000);
      second?.abort();
    });

    test("threat 69: one person's line has an end", async () => {
      const limiter = limiterOf({ ...STILL, burst: 1, waitingPerPerson: 2 });
      const calls = Array.from({ length: 5 }, () => call(limiter, "ada"));
      await expect(calls[4]?.done).rejects.toBeInstanceOf(LineFull);
      const other = call(limiter, "eve");
      await vi.waitFor(() => expect(waitsAt(other)).toBeDefined());
      for (const each of [...calls, other]) each.abort();
    });

    test("two servers share one limit and one line", async () => {
      const store = make(STILL);
      const [one, two] = [limiterOf(STILL, store), limiterOf(STILL, store)];
      const calls = Array.from({ length: 10 }, (_, i) => call(i % 2 ? one : two, `p${i}`));
      await vi.waitFor(() => expect(calls.filter((each) => waitsAt(each))).toHaveLength(7), 5_000);
      expect(calls.filter(({ gone }) => gone)).toHaveLength(3);
      expect(calls.flatMap((each) => waitsAt(each) ?? []).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      for (const each of calls) each.abort();
    });
  });
}
