import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntities } from "./entities";
import { safeLink } from "./safe-link";

describe("safeLink", () => {
  it.each([
    ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
    ["HTTP://EXAMPLE.com", "http://example.com/"],
    ["mailto:a@example.com", "mailto:a@example.com"],
    ["https://example.com/?a=1&amp;b=2", "https://example.com/?a=1&b=2"],
    ["https://exämple.com/", "https://xn--exmple-cua.com/"],
  ])("allows %s", (href, address) => {
    expect(safeLink(href)?.href).toBe(address);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript://example.com/%0Aalert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#58;alert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/png;base64,AAAA",
    "vbscript:msgbox(1)",
    "blob:https://example.com/a",
    "file:///etc/passwd",
    "ftp://example.com/",
    "tel:123",
    "/relative",
    "//example.com/a",
    "example.com",
    "#top",
    "",
    "https://",
    "https://bank.example@evil.example/",
    "https://user:pass@evil.example/",
    `https://example.com/?${"a".repeat(3_000)}`,
  ])("refuses %s", (href) => {
    expect(safeLink(href)).toBeNull();
  });

  it("gives nothing but the three schemes for any text", () => {
    const scheme = fc.constantFrom("javascript:", "data:", "http:", "https:", "mailto:", "vbscript:", "x:");
    const noise = fc.string({ unit: fc.constantFrom(..."\u0000\u0001\t\n\r &#;:/\\aAjJ@?") });
    fc.assert(
      fc.property(noise, scheme, noise, fc.string(), (before, middle, after, rest) => {
        const url = safeLink(before + middle + after + rest);
        if (url) expect(["http:", "https:", "mailto:"]).toContain(url.protocol);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("decodeEntities", () => {
  it.each([
    ["AT&amp;T", "AT&T"],
    ["&lt;b&gt; &quot;&apos;", "<b> \"'"],
    ["&#65;&#x42;&#X43;", "ABC"],
    ["&amp;lt;", "&lt;"],
    ["&nbsp;&shy;&euro;&auml;", "\u00a0\u00ad€ä"],
    ["&unknown; &constructor; & &;", "&unknown; &constructor; & &;"],
    ["&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"],
  ])("reads %s", (text, decoded) => {
    expect(decodeEntities(text)).toBe(decoded);
  });
});
