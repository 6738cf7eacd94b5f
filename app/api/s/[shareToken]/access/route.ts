import * as z from "zod";
import { addressOf } from "@/lib/http/address";
import { readBytes } from "@/lib/http/body";
import { PRIVATE } from "@/lib/http/refusal";
import { openRoute } from "@/lib/http/route";
import { passCookies } from "@/lib/http/share-viewer";
import { Problem } from "@/lib/platform/problem";
import { shareToken } from "@/lib/shares/schema";
import { LONGEST_SHARE_PASSWORD } from "@/lib/shares/share";
import { passForPassword } from "@/lib/shares/viewing";

const params = z.object({ shareToken });
/** Bytes: the longest password with every letter escaped. */
const LONGEST_FORM = 4_096;

/** The form of a share with a password, which works without a script: back to the share, with a pass or with what was wrong. */
export const POST = openRoute({ params }, async ({ params: { shareToken: token }, request }) => {
  const password = await passwordIn(request);
  try {
    const pass = await passForPassword(token, password, addressOf(request.headers));
    const back = redirect(`/s/${token}`);
    const secure = request.headers.get("x-forwarded-proto") === "https";
    for (const cookie of passCookies(token, pass, secure)) back.headers.append("set-cookie", cookie);
    return back;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // Taken back or changed since the form was shown: the page says what is there now, if anything.
    if (error.code === "not-found") return redirect(`/s/${token}`);
    if (error.code === "wrong-password") return redirect(`/s/${token}?trouble=wrong`);
    if (error.code === "too-many-tries") return redirect(`/s/${token}?trouble=${error.details.retryAfter}`);
    throw error;
  }
});

async function passwordIn(request: Request): Promise<string> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new Problem("bad-request", { field: "content-type" });
  }
  const form = new URLSearchParams(new TextDecoder().decode(await readBytes(request, LONGEST_FORM)));
  const password = form.get("password") ?? "";
  if (password === "" || password.length > LONGEST_SHARE_PASSWORD) {
    throw new Problem("bad-request", { field: "password" });
  }
  return password;
}

const redirect = (location: string) => new Response(null, { status: 303, headers: { ...PRIVATE, location } });
