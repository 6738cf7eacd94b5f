import { expect, test } from "vitest";
import { FROM_HERE, filesFrom, isPicture, mayCarryPictures } from "./files";

/** What a drop or a paste brings; happy-dom's DataTransfer takes no files. */
const transferOf = (files: File[], types = ["Files"], folders: string[] = []) => {
  const items = files.map(({ name }) => {
    return { kind: "file", webkitGetAsEntry: () => ({ isDirectory: folders.includes(name) }) };
  });
  return { files, types, items } as unknown as DataTransfer;
};
const file = (name: string, type = "") => new File(["x"], name, { type });

test("files are taken in order, folders left", () => {
  const files = [file("a.png", "image/png"), file("holiday"), file("b.pdf", "application/pdf")];
  const taken = filesFrom(transferOf(files, ["Files"], ["holiday"]));
  expect(taken.map(({ name }) => name)).toEqual(["a.png", "b.pdf"]);
});

test("a type that the system does not know is told by the name", () => {
  const files = [file("IMG_1.HEIC"), file("scan.tif"), file("notes"), file("x.docx"), file("c", "image/png")];
  expect(files.filter(isPicture).map(({ name }) => name)).toEqual(["IMG_1.HEIC", "scan.tif", "c"]);
  const bytes = ["IMG_2.HEIC", "notes.md"].map((name) => file(name, "application/octet-stream"));
  expect(bytes.filter(isPicture).map(({ name }) => name)).toEqual(["IMG_2.HEIC"]);
});

test("text carries none", () => {
  expect(filesFrom(null)).toEqual([]);
  expect(filesFrom(transferOf([], ["text/plain"]))).toEqual([]);
  expect(mayCarryPictures(transferOf([], ["text/plain"]))).toBe(false);
  expect(mayCarryPictures(transferOf([]))).toBe(true);
  expect(mayCarryPictures(transferOf([], ["Files", FROM_HERE]))).toBe(false);
  expect(mayCarryPictures(null)).toBe(false);
});
