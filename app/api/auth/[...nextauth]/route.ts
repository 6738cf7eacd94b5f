import NextAuth from "next-auth";
import { authOptions } from "@/lib/http/auth";
import { PRIVATE } from "@/lib/http/refusal";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  const to = new URL(request.url).searchParams.get("callbackUrl");
  const base = to?.startsWith("/") ? request.url : undefined;
  // next-auth would answer 500, as if it were our fault (threat 22).
  if (to && !/^https?:$/.test(URL.parse(to, base)?.protocol ?? "")) {
    return Response.json({ error: { code: "bad-request" } }, { status: 400, headers: PRIVATE });
  }
  return NextAuth(authOptions())(request, context);
}

export { handle as GET, handle as POST };
