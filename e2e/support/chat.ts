import type { APIRequestContext, Locator, Page } from "@playwright/test";
import type { Accepted, Message } from "../../lib/messages/message";
import { textOf } from "../../lib/messages/message";
import type { ThreadDetail } from "../../lib/threads/thread";
import { tiles } from "./attaching";
import { expect } from "./fixtures";

// What a person sees of a conversation, by role and label, and what the server has of it.

/** Opens a page of the chat and waits until it has come to life: then the composer has the focus. */
export async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(composer(page)).toBeFocused();
}

export const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Message" });

export const button = (page: Page | Locator, name: string): Locator =>
  page.getByRole("button", { name, exact: true });

/** The model's turns on the screen. */
export const answers = (page: Page): Locator => turns(page, "Answer");

/** The person's turns on the screen. */
export const questions = (page: Page): Locator => turns(page, "You said");

const turns = (page: Page, name: string): Locator =>
  page.getByRole("article").filter({ has: page.getByRole("heading", { name, exact: true, level: 2 }) });

/** The sidebar's rows. */
export const threadLinks = (page: Page): Locator =>
  page.getByRole("navigation", { name: "Conversations" }).getByRole("listitem").getByRole("link");

/** Writes a question and sends it, once its pictures are there: one that is still on its way holds it back. */
export async function ask(page: Page, text: string): Promise<void> {
  await expect(tiles(page).filter({ has: page.getByRole("progressbar") })).toHaveCount(0);
  await expect(tiles(page).filter({ hasText: "Getting ready" })).toHaveCount(0);
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

/** Asks and waits for the whole answer. */
export async function askAndRead(page: Page, text: string): Promise<void> {
  const before = await answers(page).count();
  await ask(page, text);
  await expect(answers(page)).toHaveCount(before + 1);
  await answered(page);
}

/** Nothing is being written any more. */
export const answered = (page: Page, timeout = 15_000): Promise<void> =>
  expect(button(page, "Send")).toBeVisible({ timeout });

/** The id in the address. */
export async function openThreadId(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/t\/[0-9a-f-]{36}$/);
  return page.url().split("/").at(-1) ?? "";
}

/** The open branch as the server has it, first to last. */
export async function savedBranch(request: APIRequestContext, threadId: string): Promise<Message[]> {
  const { messages, headMessageId } = await savedThread(request, threadId);
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: Message[] = [];
  for (let at = byId.get(headMessageId ?? ""); at; at = byId.get(at.parentId ?? "")) branch.unshift(at);
  return branch;
}

/** The last message of the open branch as the server has it. */
export async function savedAnswer(request: APIRequestContext, threadId: string): Promise<Message> {
  const answer = (await savedBranch(request, threadId)).at(-1);
  if (!answer) throw new Error("the thread is empty");
  return answer;
}

export async function savedThread(request: APIRequestContext, threadId: string): Promise<ThreadDetail> {
  const response = await request.get(`/api/threads/${threadId}`);
  expect(response.status()).toBe(200);
  return response.json();
}

/** What the answer's own copy button gives: its Markdown. Needs clipboard permissions. */
export async function copied(page: Page, turn: Locator): Promise<string> {
  await turn.hover();
  // The last: code inside the answer has copy buttons too, above it.
  await button(turn, "Copy").last().click();
  await expect(button(turn, "Copied")).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Asks without a browser. Answers the ids, with the thread's; the answer is written meanwhile. */
export async function sendQuestion(
  request: APIRequestContext,
  text: string,
  threadId: string = crypto.randomUUID(),
  imageIds: string[] = [],
): Promise<Accepted & { threadId: string }> {
  const [messageId, answerId, generationId] = [1, 2, 3].map(() => crypto.randomUUID());
  const data = { messageId, answerId, generationId, parentId: null, text, imageIds };
  const response = await request.post(`/api/threads/${threadId}/messages`, { data });
  expect(response.status()).toBe(202);
  return { ...(await response.json()), threadId };
}

/** A thread with one question and its whole answer; its id. */
export async function makeThread(request: APIRequestContext, text: string): Promise<string> {
  const { threadId } = await sendQuestion(request, text);
  await expect.poll(async () => (await savedThread(request, threadId)).running).toBe(false);
  return threadId;
}

export const savedText = async (request: APIRequestContext, threadId: string): Promise<string> =>
  textOf(await savedAnswer(request, threadId));
