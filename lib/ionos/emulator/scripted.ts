const PARAGRAPH =
  "Streaming interfaces feel quick when the **first words** appear at once and the rest keeps a steady pace, so the reader is never left behind; a `token` is small, and *many* of them make a paragraph. ";

let cache: string[] = [];

/**
 * A Markdown answer of exactly `count` pieces of about 4 characters: words, headings, lists, code, tables.
 * The first piece is FIRSTWORD and the last ENDOFANSWER (as far as there are so many).
 */
export function scriptedAnswer(count: number): string[] {
  if (count <= 0) return [];
  if (count === 1) return ["FIRSTWORD"];
  while (cache.length < count) cache = cut(textOf(80 + Math.ceil(count / 200)));
  return ["FIRSTWORD", ...cache.slice(0, count - 2), " ENDOFANSWER"];
}

function textOf(sections: number): string {
  return ` answer begins here. ${Array.from({ length: sections }, (_, index) => section(index)).join("")}`;
}

function cut(text: string): string[] {
  return text.match(/\s*[A-Za-z]{1,6}|\s*\d+|\s*[^\sA-Za-z\d]{1,3}|\s+/g) ?? [];
}

function section(index: number): string {
  return `

## Section ${index + 1}: measuring the thing

${PARAGRAPH}${PARAGRAPH}

- first point with **bold** text and a [link](https://example.com/${index})
- second point with \`inline code\`
- third point, a little longer than the other two points

\`\`\`ts
export function step${index}(input: number[]): number {
  let total = 0;
  for (const value of input) {
    if (value % 2 === 0) total += value * ${index + 1};
  }
  return total; // block ${index}
}
\`\`\`

| name | value | unit |
| --- | ---: | :--- |
| alpha ${index} | ${index * 3 + 1} | ms |
| beta ${index} | ${index * 7 + 2} | KB |
| gamma ${index} | ${index * 11 + 3} | req/s |

${PARAGRAPH}`;
}
