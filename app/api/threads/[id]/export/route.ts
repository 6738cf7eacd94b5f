import { exportThreadFiles } from "@/lib/exports/archive";
import { countThreadExport } from "@/lib/exports/limits";
import { markdownOf } from "@/lib/exports/markdown";
import { fileName } from "@/lib/exports/names";
import { exportThreadInput } from "@/lib/exports/schema";
import { exportThread } from "@/lib/exports/thread";
import { markdownWords } from "@/lib/exports/words";
import { download } from "@/lib/http/download";
import { byId } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { requireActor } from "@/lib/http/session";

/** One thread as a file. */
export const GET = route(
  { params: byId, query: exportThreadInput },
  async ({ actor, params, query, request }) => {
    await countThreadExport(actor);
    const exported = await exportThread(actor, params.id, { withFiles: query.as === "files" });
    const { title } = exported.thread;
    const named = (ending: string) => fileName(title, "", ending);
    if (query.as === "json") {
      const body = JSON.stringify(exported.thread, null, 2);
      return download(body, { name: named("json"), contentType: "application/json; charset=utf-8" });
    }
    const words = await markdownWords(request);
    if (query.as === "files") {
      const file = { name: named("zip"), contentType: "application/zip" };
      return download(
        () => exportThreadFiles(exported, words),
        file,
        () => requireActor(request),
      );
    }
    const body = markdownOf({ title, messages: exported.branch, words, linkOf: () => undefined });
    return download(body, { name: named("md"), contentType: "text/markdown; charset=utf-8" });
  },
);
