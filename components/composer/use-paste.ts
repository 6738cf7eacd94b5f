import { useEffect, useEffectEvent } from "react";
import { filesFrom } from "@/lib/client/images/files";
import { type Pictures, picturesInHtml } from "@/lib/client/images/transfer";

/** Takes pasted pictures and documents, wherever on the page the focus is, but not out of another field. */
export function usePaste(onPictures: (pictures: Pictures) => void): void {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const data = event.clipboardData;
    if (isOtherField(event.target) || !data) return;
    const pictures = data.files.length > 0 ? filesOf(data) : copiedOf(data);
    if (pictures.files.length + pictures.addresses.length === 0) return;
    if (!pictures.withText) event.preventDefault();
    onPictures(pictures);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    addEventListener("paste", listener);
    return () => removeEventListener("paste", listener);
  }, []);
}

const isOtherField = (target: EventTarget | null) =>
  target instanceof Element && target.matches("input, textarea:not([name=text]), [contenteditable] *");

interface Pasted extends Pictures {
  /** The text that came along goes where it was pasted, as always. */
  withText: boolean;
}

/** Spreadsheets and word processors add a picture of copied text; file managers add the file's name as text. */
function filesOf(data: DataTransfer): Pasted {
  const files = filesFrom(data);
  const text = data.getData("text/plain").trim();
  const isText = text !== "" && !files.some(({ name }) => text.includes(name));
  return { files: isText ? [] : files, addresses: [], withText: isText };
}

/**
 * Pictures copied from a page. Of those between words only what is in the clipboard itself is taken: nobody who
 * copies a paragraph asks for the pictures of its page to be fetched.
 */
function copiedOf(data: DataTransfer): Pasted {
  const { words, files, addresses } = picturesInHtml(data.getData("text/html"));
  return { files, addresses: words ? [] : addresses, withText: words };
}
