/** A fault that the request asks for; `argument` is a number such as milliseconds or tokens. */
export type FaultMarker = { name: string; once: boolean; title: boolean; argument?: number };
export type PaceMarker = { tokens: number; perSecond: number; firstMs: number };
export type ToolMarker = { name: string; arguments: string; again: boolean };

const FAULT = /\[\[fault:([a-z0-9-]+)((?::[a-z0-9]+)*)\]\]/;
const PACE = /\[\[pace:(\d+),(\d+(?:\.\d+)?),(\d+)\]\]/;
const SAY = /\[\[say:([\s\S]*)\]\]/;
const TOOL = /\[\[(tool|tool-again):([\w-]+)\s*/g;

/**
 * `[[fault:NAME]]`, followed by any of `:once` (only the first time this text is seen), `:title` (only the
 * request for a title) and `:NUMBER`. A marker inside `[[say:...]]` is text and not read.
 */
export function faultMarker(text: string): FaultMarker | undefined {
  const found = FAULT.exec(text.replace(SAY, ""));
  return found?.[1] === undefined ? undefined : readFault(`${found[1]}${found[2] ?? ""}`);
}

/** The same without brackets, as the header `x-emulator-fault` has it: `NAME:once:2000`. */
export function readFault(value: string): FaultMarker {
  const [name = "", ...flags] = value.trim().split(":");
  const number = flags.find((flag) => /^\d+$/.test(flag));
  return {
    name,
    once: flags.includes("once"),
    title: flags.includes("title"),
    ...(number !== undefined && { argument: Number(number) }),
  };
}

/** `[[pace:TOKENS,PER_SECOND,FIRST_MS]]` */
export function paceMarker(text: string): PaceMarker | undefined {
  const found = PACE.exec(text);
  if (!found) return undefined;
  return { tokens: Number(found[1]), perSecond: Number(found[2]), firstMs: Number(found[3]) };
}

/** `[[say:TEXT]]`: everything up to the last `]]`. */
export function sayMarker(text: string): string | undefined {
  return SAY.exec(text)?.[1];
}

/**
 * Every `[[tool:NAME {json}]]`, in order; `[[tool-again:...]]` calls anew after each result, without end.
 * The arguments end at the first `]]` that leaves them valid JSON; where none does, at the first `]]`.
 */
export function toolMarkers(text: string): ToolMarker[] {
  return [...text.matchAll(TOOL)].flatMap((found) => {
    const [start, kind, name] = found;
    const args = readArguments(text.slice(found.index + start.length));
    return args === undefined || name === undefined
      ? []
      : [{ name, arguments: args, again: kind === "tool-again" }];
  });
}

/** Text without its markers, for what is shown of it. */
export function withoutMarkers(text: string): string {
  return text
    .replace(SAY, "")
    .replace(/\[\[(fault|pace|tool|tool-again):[\s\S]*?\]\]/g, "")
    .trim();
}

function readArguments(rest: string): string | undefined {
  const first = rest.indexOf("]]");
  for (let end = first; end !== -1; end = rest.indexOf("]]", end + 1)) {
    const json = rest.slice(0, end).trim() || "{}";
    if (isJson(json)) return json;
  }
  return first === -1 ? undefined : rest.slice(0, first).trim();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
