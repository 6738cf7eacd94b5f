const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

/** A PDF that needs a password. */
export const protectedPdf = (): Uint8Array => latin1(PROTECTED);

/** The smallest file with a password that PDFium takes for one: its key's check cannot succeed. */
const PROTECTED = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -64/O<${"28".repeat(32)}>/U<${"ab".repeat(32)}>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Size 5>>
startxref
0
%%EOF`;

/** A page whose form draws the next one so many times, and so on, so deep. */
export function nestedForms(depth: number, times: number): Uint8Array {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
    stream("", "/F Do"),
  ];
  for (let level = 0; level < depth; level++) {
    const next = `/Resources<</XObject<</F ${level + 6} 0 R>>>>`;
    objects.push(stream(`/Type/XObject/Subtype/Form/BBox[0 0 99 99]${next}`, "/F Do ".repeat(times)));
  }
  objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 99 99]", "0 0 9 9 re f"));
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join("");
  return latin1(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size ${objects.length + 1}>>\nstartxref\n0\n%%EOF`);
}

const stream = (dictionary: string, content: string) =>
  `<<${dictionary}/Length ${content.length}>>stream\n${content}\nendstream `;
