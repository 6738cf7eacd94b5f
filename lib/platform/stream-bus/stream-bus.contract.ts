import { describe, expect, test, vi } from "vitest";
import type { StreamBus } from "./index";

/** What every bus keeps to. `runner` writes, `other` follows; in a single process they are one. */
export function streamBusContract(name: string, make: () => { runner: StreamBus; other: StreamBus }): void {
  let streams = 0;
  const started = () => {
    const { runner, other } = make();
    const stream = `stream-${Date.now()}-${++streams}`;
    runner.open(stream);
    const append = (from: number, to: number) => {
      for (let i = from; i <= to; i++) runner.append(stream, i, `event ${i}`);
    };
    return { runner, other, stream, append };
  };
  /** What arrives, as "number event". */
  const following = (bus: StreamBus, stream: string, after: number) => {
    const got: string[] = [];
    const leave = bus.follow(stream, after, (sequence, event) => got.push(`${sequence} ${event}`));
    return { got, leave };
  };
  const events = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => `${from + i} event ${from + i}`);

  describe(`the bus ${name}`, () => {
    test("gives what is kept, then what comes, each once and in order", async () => {
      const { other, stream, append } = started();
      append(1, 5);
      expect(await other.reach(stream)).toBe(true);
      const all = following(other, stream, 0);
      const later = following(other, stream, 3);
      append(6, 500);
      await vi.waitFor(() => expect(all.got).toEqual(events(1, 500)));
      expect(later.got).toEqual(events(4, 500));
    });

    test("does not give what is trimmed, nor what is yet to be", async () => {
      const { runner, other, stream, append } = started();
      append(1, 10);
      runner.trim(stream, 6);
      await other.reach(stream);
      expect(other.keeps(stream, 5)).toBe(false);
      expect(other.keeps(stream, 6)).toBe(true);
      expect(other.keeps(stream, 11)).toBe(false);
      expect(following(other, stream, 5).leave).toBeNull();
      expect(following(other, stream, 6).got).toEqual(events(7, 10));
    });

    test("one who left hears no more, others do", async () => {
      const { other, stream, append } = started();
      await other.reach(stream);
      // A bus of several servers has a copy only once something was sent.
      await vi.waitFor(() => expect(other.keeps(stream, 0)).toBe(true));
      const [leaving, staying] = [following(other, stream, 0), following(other, stream, 0)];
      append(1, 3);
      await vi.waitFor(() => expect(leaving.got).toEqual(events(1, 3)));
      leaving.leave?.();
      append(4, 6);
      await vi.waitFor(() => expect(staying.got).toEqual(events(1, 6)));
      expect(leaving.got).toEqual(events(1, 3));
    });

    test("a closed stream gave everything, and is there no more", async () => {
      const { runner, other, stream, append } = started();
      await other.reach(stream);
      const { got } = following(other, stream, 0);
      append(1, 3);
      runner.close(stream);
      await vi.waitFor(() => expect(got).toEqual(events(1, 3)));
      await vi.waitFor(() => expect(other.keeps(stream, 3)).toBe(false));
      expect(await other.reach(stream)).toBe(false);
    });

    test("a stream that nobody writes cannot be reached", async () => {
      const { other } = started();
      expect(await other.reach("nobody's")).toBe(false);
      expect(following(other, "nobody's", 0).leave).toBeNull();
    });

    test("an event out of turn is a mistake", () => {
      const { runner, stream, append } = started();
      append(1, 2);
      expect(() => runner.append(stream, 4, "late")).toThrow(RangeError);
    });

    test("a stop reaches whoever runs the stream, and only that stream", async () => {
      const { runner, other, stream } = started();
      const stops: string[] = [];
      runner.onStop(stream, () => stops.push("this"));
      runner.onStop("another", () => stops.push("another"));
      await vi.waitFor(() => {
        other.requestStop(stream);
        expect(stops).toContain("this");
      });
      expect(stops).not.toContain("another");
    });

    test("what is published reaches all who listen to the channel, once", async () => {
      const { runner, other } = started();
      const heard: string[] = [];
      const channel = `person:${Date.now()}-${++streams}`;
      await vi.waitFor(() => {
        const silence = other.listen(channel, () => heard.push("ready"));
        runner.publish(channel, "ready?");
        silence();
      });
      const silence = other.listen(channel, (event) => heard.push(event));
      runner.listen(channel, (event) => heard.push(`own ${event}`));
      await vi.waitFor(() => {
        runner.publish(channel, "hello");
        expect(heard).toContain("hello");
      });
      silence();
      const before = heard.filter((event) => event === "hello").length;
      runner.publish(channel, "unheard");
      await vi.waitFor(() => expect(heard).toContain("own unheard"));
      expect(heard.filter((event) => event === "hello")).toHaveLength(before);
      expect(heard).not.toContain("unheard");
    });
  });
}
