import { expect, test } from "vitest";
import { picturesDropped, picturesInHtml } from "./transfer";

const PIXELS = "iVBORw0KGgo=";
const transfer = (data: Record<string, string>, files: File[] = []): DataTransfer =>
  ({ files, getData: (type: string) => data[type] ?? "" }) as unknown as DataTransfer;
const names = ({ files, addresses }: { files: readonly File[]; addresses: readonly string[] }) => [
  ...files.map(({ name, type }) => `${name} ${type}`),
  ...addresses,
];

test("a picture inside copied HTML is found, be it there or at an address", async () => {
  const found = picturesInHtml(
    `<meta charset="utf-8"><img alt="Harbour" src="data:image/png;base64,${PIXELS}">` +
      `<img src="https://pictures.example/a.jpg?x=1"><img src="data:image/gif;base64,not base64!">` +
      `<img src="file:///C:/secret.png"><img src="blob:https://other/1"><img src="relative.png"><img>`,
  );
  expect(found.words).toBe(false);
  expect(names(found)).toEqual(["Harbour image/png", "https://pictures.example/a.jpg?x=1"]);
  expect(new Uint8Array((await found.files[0]?.arrayBuffer()) ?? new ArrayBuffer()).length).toBe(8);
});

test("what counts people is no picture", () => {
  expect(names(picturesInHtml('<img width="1" height="1" src="https://count.example/p.gif">'))).toEqual([]);
});

test("words beside a picture are seen", () => {
  expect(picturesInHtml('<p>Text <img src="https://x.example/a.png"></p>').words).toBe(true);
});

test("nothing in it runs or loads", () => {
  picturesInHtml('<script>globalThis.ran = true</script><img src="x" onerror="globalThis.ran = true">');
  expect("ran" in globalThis).toBe(false);
});

test("of a drop files go first, then the page's picture, then an address that looks like one", () => {
  const file = new File(["x"], "a.png", { type: "image/png" });
  const page = { "text/html": '<a href="/"><img src="https://x.example/b.png"></a>' };
  const link = {
    "text/uri-list": "# copied\r\nhttps://x.example/c.webp?size=2\r\nhttps://x.example/page.html",
  };
  expect(names(picturesDropped(transfer({ ...page, ...link }, [file])))).toEqual(["a.png image/png"]);
  expect(names(picturesDropped(transfer({ ...page, ...link })))).toEqual(["https://x.example/b.png"]);
  expect(names(picturesDropped(transfer(link)))).toEqual(["https://x.example/c.webp?size=2"]);
  expect(names(picturesDropped(transfer({ "text/plain": "words" })))).toEqual([]);
  expect(names(picturesDropped(null))).toEqual([]);
});
