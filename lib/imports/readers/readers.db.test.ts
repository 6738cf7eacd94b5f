import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { quarters } from "@/lib/images/testing/pictures";
import { archiveOf, type NewEntry } from "@/lib/platform/archive/writing";
import { openBranchOf } from "@/lib/testing/branch";
import { aPerson } from "@/lib/testing/people";
import { listThreads, threadDetail } from "@/lib/threads/queries";
import { importFile } from "../import";

const picture = await quarters(80, 60).png().toBuffer();
const otherPicture = await quarters(60, 80).png().toBuffer();

/** Brings it in for somebody new; the report, and the threads, newest first. */
async function brought(entries: NewEntry[] | string) {
  const file = join(mkdtempSync(join(tmpdir(), "leeward-readers-")), "file");
  if (typeof entries === "string") writeFileSync(file, entries);
  else {
    const chunks: Buffer[] = [];
    const all = (async function* () {
      yield* entries;
    })();
    for await (const chunk of archiveOf(all)) chunks.push(chunk);
    writeFileSync(file, Buffer.concat(chunks));
  }
  const actor = await aPerson();
  const report = await importFile(actor, file, () => {});
  const { threads } = await listThreads(actor, {});
  const branchOf = async (index: number) =>
    (await openBranchOf(actor, threads[index]?.id ?? "")).map(({ role, parts }) =>
      [
        role,
        ...parts.map((part) => (part.type === "text" ? part.text : part.type === "tool" ? "" : part.name)),
      ].join(": "),
    );
  const messagesOf = async (index: number) => (await threadDetail(actor, threads[index]?.id ?? "")).messages;
  return { report, threads, branchOf, messagesOf };
}

const json = (path: string, value: unknown): NewEntry => ({
  path,
  body: JSON.stringify(value),
  compress: true,
});

test("ChatGPT: the branches of the tree, pictures from the ZIP, nothing of what was hidden", async () => {
  const node = (parent: string | null, role: string, parts: unknown[], more: object = {}) => ({
    parent,
    children: [],
    message: {
      id: "x",
      author: { role },
      create_time: 1_700_000_000.5,
      content: {
        content_type: parts.some((part) => typeof part !== "string") ? "multimodal_text" : "text",
        parts,
      },
      recipient: "all",
      metadata: {},
      ...more,
    },
  });
  const pointer = (id: string) => ({
    content_type: "image_asset_pointer",
    asset_pointer: `file-service://${id}`,
  });
  const sediment = (id: string) => ({ ...pointer(id), asset_pointer: `sediment://${id}` });
  const conversation = {
    title: "Sails",
    create_time: 1_700_000_000,
    update_time: 1_700_000_100,
    current_node: "f",
    mapping: {
      root: { parent: null, children: [], message: null },
      a: node("root", "system", ["You are a helpful assistant."]),
      b: node(
        "a",
        "user",
        [pointer("file-Abc123"), pointer("file-Gone"), sediment("file_00dat"), "What is it?"],
        {
          metadata: {
            attachments: [
              { id: "file-Doc9", name: "plan.txt", mime_type: "text/plain" },
              { id: "file-Abc123", mime_type: "image/png" },
              { id: "file_00dat", mime_type: "image/png", name: "Sails at noon.png" },
            ],
          },
        },
      ),
      c: node("b", "assistant", ["A boat.\ue200cite\ue202turn0search1\ue201"]),
      d: node("b", "assistant", ["search()"], { recipient: "web" }),
      e: node("d", "tool", ["results"]),
      f: node("e", "assistant", ["Still a boat."]),
      h: node("b", "user", ["context"], { metadata: { is_visually_hidden_from_conversation: true } }),
      i: "nonsense",
    },
  };
  const { report, threads, branchOf, messagesOf } = await brought([
    json("user.json", { email: "a@b.c" }),
    json("conversations.json", [conversation, { title: "Empty", mapping: {} }]),
    { path: "file-Abc123-harbour.png", body: picture, compress: false },
    { path: "conversations/assets/file_00dat.dat", body: otherPicture, compress: false },
    { path: "file-Doc9-plan.txt", body: "ahoy", compress: false },
  ]);
  expect(threads).toMatchObject([{ title: "Sails", lastActivityAt: "2023-11-14T22:15:00.000Z" }]);
  expect(await branchOf(0)).toEqual([
    "user: harbour.png: Sails at noon.png: What is it?: plan.txt",
    "assistant: Still a boat.",
  ]);
  expect((await messagesOf(0)).map(({ parts }) => parts.length)).toEqual([4, 1, 1]);
  expect(report.counts).toMatchObject({ threads: 1, messages: 3, pictures: 2, documents: 1 });
  expect(report.leftOut).toEqual([
    { what: "message", name: "Sails", reason: "unreadable" },
    { what: "picture", name: "image", reason: "missing" },
    { what: "thread", name: "Empty", reason: "empty" },
  ]);
});

test("Claude: messages in order or by what they follow, and the texts of files", async () => {
  const message = (uuid: string, sender: string, text: string, more: object = {}) => ({
    uuid,
    sender,
    text,
    created_at: "2025-03-01T10:00:00.000000+00:00",
    attachments: [],
    files: [],
    ...more,
  });
  const { report, branchOf, messagesOf } = await brought([
    json("conversations.json", [
      {
        uuid: "1",
        name: "In a row",
        created_at: "2025-03-01T10:00:00Z",
        updated_at: "2025-03-03T10:00:00Z",
        chat_messages: [
          message("a", "human", "Read this", {
            attachments: [
              { file_name: "notes.md", file_type: "text/markdown", extracted_content: "# Notes" },
            ],
            files: [{ file_name: "harbour.jpg" }],
          }),
          message("b", "assistant", "ignored", {
            content: [
              { type: "thinking", thinking: "hm" },
              { type: "tool_use", name: "web_search", input: {} },
              { type: "text", text: "It has a title." },
            ],
          }),
          message("c", "nobody", "?"),
        ],
      },
      {
        uuid: "2",
        name: "A tree",
        updated_at: "2025-03-02T10:00:00Z",
        chat_messages: [
          message("a", "human", "One", { parent_message_uuid: "00000000-0000-4000-8000-000000000000" }),
          message("b", "assistant", "First", { parent_message_uuid: "a" }),
          message("c", "assistant", "Second", { parent_message_uuid: "a" }),
        ],
      },
    ]),
  ]);
  expect(await branchOf(0)).toEqual(["user: notes.md: Read this", "assistant: It has a title."]);
  expect(await branchOf(1)).toEqual(["user: One", "assistant: Second"]);
  expect(await messagesOf(1)).toHaveLength(3);
  expect(report.leftOut).toEqual([
    { what: "message", name: "In a row", reason: "unreadable" },
    { what: "picture", name: "harbour.jpg", reason: "missing" },
    { what: "other", name: "web_search", reason: "not-supported" },
  ]);
});

test("Open WebUI: the tree, and pictures that stand in it", async () => {
  const message = (id: string, parentId: string | null, role: string, content: string, more: object = {}) => {
    return { id, parentId, childrenIds: [], role, content, timestamp: 1_700_000_000, ...more };
  };
  const { report, threads, branchOf } = await brought(
    JSON.stringify([
      {
        id: "1",
        user_id: "somebody",
        title: "Harbour",
        created_at: 1_700_000_000,
        updated_at: 1_700_000_000,
        chat: {
          title: "Harbour",
          history: {
            currentId: "b",
            messages: {
              a: message("a", null, "user", "Look", {
                files: [
                  { type: "image", url: `data:image/png;base64,${picture.toString("base64")}` },
                  { type: "image", url: "https://example.org/x.png" },
                  {
                    type: "file",
                    name: "log.txt",
                    file: { filename: "log.txt", data: { content: "wind 5" } },
                  },
                ],
              }),
              b: message(
                "b",
                "a",
                "assistant",
                '<details type="reasoning" done="true">\nhm\n</details>\nA harbour.',
              ),
              c: message("c", "a", "assistant", "A port."),
            },
          },
        },
      },
    ]),
  );
  expect(threads).toMatchObject([{ title: "Harbour", lastActivityAt: "2023-11-14T22:13:20.000Z" }]);
  expect(await branchOf(0)).toEqual(["user: image.png: log.txt: Look", "assistant: A harbour."]);
  expect(report.counts).toMatchObject({ messages: 3, pictures: 1, documents: 1 });
  expect(report.leftOut).toEqual([{ what: "picture", name: "image.png", reason: "missing" }]);
});

test("LibreChat: a list, and a tree", async () => {
  const zeros = "00000000-0000-0000-0000-000000000000";
  const message = (
    messageId: string,
    parentMessageId: string,
    isCreatedByUser: boolean,
    text: string,
    more: object = {},
  ) => {
    return {
      messageId,
      parentMessageId,
      isCreatedByUser,
      sender: isCreatedByUser ? "User" : "Mistral",
      text,
      createdAt: "2025-01-01T00:00:00Z",
      ...more,
    };
  };
  const list = {
    conversationId: "1",
    title: "A list",
    endpoint: "custom",
    recursive: false,
    messages: [
      message("a", zeros, true, "Ahoy", { files: [{ filename: "x.pdf", type: "application/pdf" }] }),
      message("b", "a", false, "", {
        content: [
          { type: "think", think: "hm" },
          { type: "text", text: { value: "Ahoy yourself" } },
        ],
      }),
    ],
  };
  const first = await brought(JSON.stringify(list));
  expect(await first.branchOf(0)).toEqual(["user: Ahoy", "assistant: Ahoy yourself"]);
  expect(first.report.leftOut).toEqual([{ what: "document", name: "x.pdf", reason: "missing" }]);

  const tree = {
    ...list,
    recursive: true,
    messages: [
      message("a", zeros, true, "Ahoy", {
        children: [
          message("b", "a", false, "One"),
          message("c", "a", false, "Two", { children: [message("d", "c", true, "More")] }),
        ],
      }),
    ],
  };
  const second = await brought([json("one.json", tree), json("two.json", list)]);
  expect(second.threads).toHaveLength(2);
  expect(second.report.counts.messages).toBe(6);
});

test("Open WebUI: thoughts that never end, by the hundred thousand, hold nobody up", async () => {
  const content = '<details type="reasoning">'.repeat(300_000);
  const history = { currentId: "a", messages: { a: { id: "a", role: "assistant", content } } };
  const { report } = await brought(JSON.stringify([{ title: "Endless", chat: { history } }]));
  expect(report.counts.messages).toBe(1);
  expect(report.leftOut).toEqual([{ what: "message", name: "Endless", reason: "shortened" }]);
});

test("any of them that is nonsense inside is left out with its name", async () => {
  const { report } = await brought([
    json("conversations.json", [
      {
        mapping: {
          a: { message: { author: { role: "user" }, content: { content_type: "text", parts: ["x"] } } },
        },
      },
      {
        mapping: { a: { parent: "b", message: null }, b: { parent: "a", message: null } },
        current_node: "a",
      },
      { chat_messages: ["x", null, 7] },
      { chat: { history: { messages: { a: [] } } } },
      { chat: { history: [] } },
      { conversationId: "x", messages: [{ children: {} }] },
      { title: 7, mapping: {} },
      null,
    ]),
  ]);
  expect(report.counts.threads).toBe(1);
  expect(report.leftOut.length).toBeGreaterThanOrEqual(6);
});
