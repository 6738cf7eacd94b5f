import "server-only";
import type * as z from "zod";
import { Problem } from "@/lib/platform/problem";
import type { Actor } from "@/lib/users/actor";
import { readJson } from "./body";
import { PRIVATE, refusalOf } from "./refusal";
import { requireActor } from "./session";

interface Options<Params, Body, Query> {
  params?: z.ZodType<Params>;
  body?: z.ZodType<Body>;
  query?: z.ZodType<Query>;
}

interface Input<Who, Params, Body, Query> {
  actor: Who;
  params: Params;
  body: Body;
  query: Query;
  request: Request;
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;
// biome-ignore lint/suspicious/noConfusingVoidType: commands that answer nothing return a Promise<void>
type Answer = Response | object | undefined | void;

/**
 * Makes a route handler for a signed-in person: cookie -> Actor, zod -> input, typed errors -> one JSON form.
 * What the function returns becomes 200 JSON; nothing becomes 204; a Response is passed on. Everything is
 * `private, no-store`.
 */
export function route<Params = unknown, Body = undefined, Query = undefined>(
  options: Options<Params, Body, Query>,
  answer: (input: Input<Actor, Params, Body, Query>) => Promise<Answer>,
): Handler {
  return respond(async (request, context) => {
    const actor = await requireActor(request);
    return answer({ actor, ...(await parse(options, request, context)) });
  });
}

/** The same for anybody, signed in or not: sign-up and the like. */
export function openRoute<Params = unknown, Body = undefined, Query = undefined>(
  options: Options<Params, Body, Query>,
  answer: (input: Omit<Input<never, Params, Body, Query>, "actor">) => Promise<Answer>,
): Handler {
  return respond(async (request, context) => answer(await parse(options, request, context)));
}

async function parse<Params, Body, Query>(
  options: Options<Params, Body, Query>,
  request: Request,
  context: { params: Promise<unknown> },
): Promise<Omit<Input<never, Params, Body, Query>, "actor">> {
  // A malformed id in the path is an id that does not exist.
  const params = options.params
    ? check(options.params, await context.params, "not-found")
    : (undefined as Params);
  const query = options.query
    ? check(options.query, Object.fromEntries(new URL(request.url).searchParams), "bad-request")
    : (undefined as Query);
  const body = options.body
    ? check(options.body, await readJson(request), "bad-request")
    : (undefined as Body);
  return { params, query, body, request };
}

function check<T>(type: z.ZodType<T>, value: unknown, code: "bad-request" | "not-found"): T {
  const result = type.safeParse(value);
  if (result.success) return result.data;
  throw code === "not-found" ? new Problem(code) : refusalOfInput(result.error, "body");
}

/** What somebody has typed or pasted can be shortened; all else is a fault of the page's. */
export function refusalOfInput({ issues: [issue] }: z.ZodError, whole: string): Problem {
  if (issue?.code === "too_big" && issue.path.at(-1) === "text") return new Problem("too-large");
  return new Problem("bad-request", { field: issue?.path.join(".") || whole });
}

const respond =
  (handle: (request: Request, context: { params: Promise<unknown> }) => Promise<Answer>): Handler =>
  async (request, context) => {
    try {
      return present(await handle(request, context));
    } catch (error) {
      return refuse(error, request);
    }
  };

/** 202: taken, and being worked on. */
export const accepted = (body: object): Response => Response.json(body, { status: 202 });

function present(answer: Answer): Response {
  if (answer instanceof Response) return keptPrivate(answer);
  if (answer === undefined) return new Response(null, { status: 204, headers: PRIVATE });
  return Response.json(answer, { headers: PRIVATE });
}

function keptPrivate(response: Response): Response {
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", PRIVATE["cache-control"]);
  return response;
}

function refuse(error: unknown, request: Request): Response {
  const { status, headers, body } = refusalOf(error, new URL(request.url).pathname);
  return new Response(body, { status, headers: { ...headers, "content-type": "application/json" } });
}
