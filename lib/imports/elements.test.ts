import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elementsOf } from "./elements";

async function split(text: string, cut = text.length, longest = 10_000_000): Promise<(string | null)[]> {
  const bytes = Buffer.from(text);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += Math.max(1, cut))
      yield bytes.subarray(at, at + Math.max(1, cut));
  })();
  const found: (string | null)[] = [];
  for await (const element of elementsOf(chunks, longest)) found.push(element);
  return found;
}

describe("the elements of a JSON array", () => {
  test("are what JSON.parse finds, wherever the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { minLength: 0, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (elements, cut, pretty) => {
          const found = await split(JSON.stringify(elements, null, pretty ? 2 : 0), cut);
          expect(found.map((text) => JSON.parse(text ?? ""))).toEqual(JSON.parse(JSON.stringify(elements)));
        },
      ),
    );
  });

  test("an object alone is one", async () => {
    expect(await split('\ufeff {"a": [1, 2], "b": "}"} \n')).toEqual(['{"a": [1, 2], "b": "}"}']);
  });

  test("one that is too long is not kept, and the next one is", async () => {
    expect(await split(`[{"a":"${"x".repeat(100)}"},{"b":1}]`, 7, 20)).toEqual([null, '{"b":1}']);
  });

  test("one that is deeper than any conversation is not kept either; a long tree is", async () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(await split(`[${nested(25_000)},{"b":1}]`)).toEqual([null, '{"b":1}']);
    expect(await split(`[${nested(20_000)}]`)).toEqual([nested(20_000)]);
  });

  test.each(["", "hello", '"text"', '[{"a":1}', '{"a":', "[1][2]", "{} x", "]"])(
    "%j is neither an array nor an object",
    async (text) => {
      await expect(split(text)).rejects.toThrow(SyntaxError);
    },
  );
});
