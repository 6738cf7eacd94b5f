import "server-only";
import { Problem } from "@/lib/platform/problem";
import { TEMPORARY_FIELD, TEMPORARY_IMAGE_FIELD } from "@/lib/temporary/form";
import { MOST_TEMPORARY_IMAGES, type TemporaryInput, temporaryInput } from "@/lib/temporary/schema";
import { LARGEST_FILE, LARGEST_JSON } from "./front/body-limit";
import { refusalOfInput } from "./route";

/** The form of a temporary conversation. Throws `bad-request`, `too-large`. */
export async function readTemporary(
  request: Request,
): Promise<{ input: TemporaryInput; files: Uint8Array[] }> {
  if (!/^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new Problem("bad-request", { field: "content-type" });
  }
  if (Number(request.headers.get("content-length")) > LARGEST_FILE) {
    throw new Problem("too-large", { limit: LARGEST_FILE });
  }
  const form = await request.formData().catch(() => {
    throw new Problem("bad-request", { field: "body" });
  });
  const images = form.getAll(TEMPORARY_IMAGE_FIELD);
  if (images.length > MOST_TEMPORARY_IMAGES) throw new Problem("bad-request", { field: "images" });
  const input = parsed(form.get(TEMPORARY_FIELD));
  const files = images.map(async (image) => {
    if (typeof image === "string") throw new Problem("bad-request", { field: "images" });
    return new Uint8Array(await image.arrayBuffer());
  });
  return { input, files: await Promise.all(files) };
}

function parsed(field: FormDataEntryValue | null): TemporaryInput {
  if (typeof field !== "string") throw new Problem("bad-request", { field: TEMPORARY_FIELD });
  if (field.length > LARGEST_JSON) throw new Problem("too-large", { limit: LARGEST_JSON });
  let json: unknown;
  try {
    json = JSON.parse(field);
  } catch {
    throw new Problem("bad-request", { field: TEMPORARY_FIELD });
  }
  const result = temporaryInput.safeParse(json);
  if (result.success) return result.data;
  throw refusalOfInput(result.error, TEMPORARY_FIELD);
}
