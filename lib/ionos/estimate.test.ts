import { afterEach, describe, expect, test, vi } from "vitest";
import { IdleProcess } from "@/lib/platform/idle-process";
import { estimateEach, estimateTokens } from "./estimate";
import { tokenCounter } from "./tekken.ts";

const SENTENCE = "Der Wind dreht auf Nordwest.";
const tekken = tokenCounter("tekken");

afterEach(() => {
  vi.restoreAllMocks();
});

describe("tokens of a text", () => {
  test("are those of the model's vocabulary, counted in another process", async () => {
    expect(await estimateTokens(SENTENCE)).toBe(tekken.count(SENTENCE));
    expect(await estimateTokens("")).toBe(0);
    expect(await estimateEach([SENTENCE, "", "漢字"])).toEqual({
      tokens: [tekken.count(SENTENCE), 0, tekken.count("漢字")],
      rough: false,
    });
  });

  test("of a very long one are judged by its beginning", async () => {
    expect(await estimateTokens(`${"wind ".repeat(100_000)}${"Ω".repeat(500_000)}`)).toBe(
      2 * tekken.count("wind ".repeat(100_000)),
    );
  });

  test("are a fourth of its characters when they cannot be counted", async () => {
    vi.spyOn(IdleProcess.prototype, "ask").mockRejectedValue(new Error("no process"));
    expect(await estimateTokens("12345678")).toBe(2);
    expect(await estimateEach(["12345678", "", "1234"])).toEqual({ tokens: [2, 0, 1], rough: true });
  });

  test("that are not counted in time follow what was, and say that they are rough", async () => {
    const ask = vi.spyOn(IdleProcess.prototype, "ask");
    ask.mockResolvedValueOnce(8).mockRejectedValueOnce(new Error("no more"));
    expect(await estimateEach(["12345678", "1234", "12"])).toEqual({ tokens: [8, 4, 2], rough: true });
    expect(ask).toHaveBeenCalledTimes(2);

    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    ask.mockImplementation(async () => {
      clock.mockReturnValue(20_000);
      return 4;
    });
    expect(await estimateEach(["12345678", "12345678"])).toEqual({ tokens: [4, 4], rough: true });
  });
});
