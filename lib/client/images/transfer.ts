import { filesFrom } from "./files";

/** What a paste or a drop brings: files of any kind, and addresses of pictures that the server can fetch from. */
export interface Pictures {
  files: readonly File[];
  addresses: readonly string[];
}

/**
 * The pictures that a drop brings: its files, else those inside its HTML (a picture dragged from a page), else an
 * address that looks like a picture's. Call it within the event: the browser empties the DataTransfer afterwards.
 */
export function picturesDropped(transfer: DataTransfer | null): Pictures {
  const files = filesFrom(transfer);
  if (files.length > 0 || !transfer) return { files, addresses: [] };
  const { words: _, ...inside } = picturesInHtml(transfer.getData("text/html"));
  if (inside.files.length + inside.addresses.length > 0) return inside;
  const addresses = transfer.getData("text/uri-list").split(/[\r\n]+/);
  return { files: [], addresses: addresses.filter((address) => PICTURE_ADDRESS.test(address)) };
}

const PICTURE_ADDRESS = /^https?:\/\/[^?#]+\.(jpe?g|png|apng|webp|avif|gif|tiff?|bmp|heic|heif)([?#]|$)/i;

/** Pictures of one pixel count people, and show nothing. */
const SMALLEST = 2;

/** Pictures inside HTML, and whether it has words too. Nothing in it runs or loads. */
export function picturesInHtml(html: string): Pictures & { words: boolean } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const words = (page.body.textContent ?? "").trim() !== "";
  const pictures = { files: [] as File[], addresses: [] as string[], words };
  for (const image of page.querySelectorAll("img")) {
    const source = image.getAttribute("src")?.trim() ?? "";
    if (image.width > 0 && image.width < SMALLEST) continue;
    const file = fileOfData(source, image.alt);
    if (file) pictures.files.push(file);
    else if (/^https?:\/\//i.test(source)) pictures.addresses.push(source);
  }
  return pictures;
}

/** The file in a data: address; null for other addresses and what cannot be read. */
function fileOfData(address: string, name: string): File | null {
  const [head = "", body = ""] = splitOnce(address, ",");
  const type = /^data:(image\/[\w.+-]+)/i.exec(head)?.[1]?.toLowerCase();
  if (!type) return null;
  try {
    const text = /;base64$/i.test(head) ? atob(body.trim()) : decodeURIComponent(body);
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
    return new File([bytes], name || `image.${type.slice("image/".length)}`, { type });
  } catch {
    return null;
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
