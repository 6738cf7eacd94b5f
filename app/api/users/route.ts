import { addressOf } from "@/lib/http/address";
import { openRoute } from "@/lib/http/route";
import { register } from "@/lib/users/commands";
import { registerInput } from "@/lib/users/schema";

export const POST = openRoute({ body: registerInput }, async ({ body, request }) =>
  Response.json(await register(body, addressOf(request.headers)), { status: 201 }),
);
