import type { ThreadExportForm } from "@/lib/exports/schema";
import { RequestFailed } from "./api";

/** Where a thread's file is; the browser writes it as it comes. */
export const exportAddress = (threadId: string, form: ThreadExportForm): string =>
  `/api/threads/${threadId}/export?as=${form}`;

/** Fetches a thread as one text and gives it to the browser to keep. Throws RequestFailed. */
export async function saveThread(threadId: string, form: "markdown" | "json"): Promise<void> {
  const response = await fetch(exportAddress(threadId, form)).catch(() => {
    throw new RequestFailed({ code: "offline", details: {} });
  });
  if (!response.ok) {
    const { code = "internal", ...details } = (await response.json().catch(() => null))?.error ?? {};
    throw new RequestFailed({ code, details });
  }
  keep(await response.blob(), nameIn(response.headers));
}

const nameIn = (headers: Headers): string =>
  decodeURIComponent(
    /filename\*=UTF-8''([^;]+)/.exec(headers.get("content-disposition") ?? "")?.[1] ?? "file",
  );

function keep(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
