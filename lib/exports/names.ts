import { cleanName } from "@/lib/images/name";

/** Code points of a name that are kept in a file's. */
const LONGEST = 60;

const ENDINGS: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
};

/** Of texts, whose kind only their names tell. */
const TEXT_ENDING = /\.(txt|md|csv|tsv|json|xml|ya?ml|log|tex|srt|py|js|ts|sql|toml|ini)$/i;

/** What Windows takes for devices, whatever their ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file's ending by what it is, never by what it says it is. */
export function endingOf(contentType: string, name: string): string {
  return ENDINGS[contentType] ?? TEXT_ENDING.exec(name)?.[1]?.toLowerCase() ?? "txt";
}

/**
 * A file's name: readable, unique by the end of the id (none where it stands alone), and harmless to every file system:
 * no folders, no reserved characters, no dot in front.
 */
export function fileName(name: string, id: string, ending: string): string {
  const own = cleanName(name.replace(/[/\\]|\.{2,}/g, "_"))
    // An ending has a letter: "Version 2.0" has none.
    .replace(/\.(?=\p{N}*\p{L})[\p{L}\p{N}]{1,5}$/u, "")
    .replace(/[<>:"|?*]/g, "_");
  const short = [...own]
    .slice(0, LONGEST)
    .join("")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  const harmless = RESERVED.test(short) && id === "" ? `_${short}` : short;
  const unique = id.replaceAll("-", "").slice(-12);
  return `${[harmless, unique].filter(Boolean).join(" ") || "file"}.${ending}`;
}
