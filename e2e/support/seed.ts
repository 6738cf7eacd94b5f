import Database from "better-sqlite3";
import { sqliteFile } from "../../lib/platform/database/sqlite-file";

export interface Seed {
  title: string;
  at: Date;
}

/** Writes conversations without messages straight into the database: by hand hundreds would take minutes. */
export function seedThreads(data: string, ownerId: string, threads: readonly Seed[]): void {
  const database = new Database(sqliteFile(data));
  const insert = database.prepare(
    "INSERT INTO threads (id, ownerId, title, titledBy, lastActivityAt, createdAt) VALUES (?, ?, ?, 'person', ?, ?)",
  );
  database.transaction(() => {
    for (const { title, at } of threads) {
      insert.run(crypto.randomUUID(), ownerId, title, stored(at), stored(at));
    }
  })();
  database.close();
}

/** A time as Prisma writes it into SQLite, where it is compared as text. */
const stored = (time: Date) => time.toISOString().replace("Z", "+00:00");

/** Writes a conversation of so many messages, question and answer in turn, straight into the database; its id. */
export function seedLongThread(
  data: string,
  ownerId: string,
  length: number,
  textOf: (number: number) => string,
): string {
  const database = new Database(sqliteFile(data));
  const [threadId, ...ids] = Array.from({ length: length + 1 }, () => crypto.randomUUID());
  const now = stored(new Date());
  const write = database.transaction(() => {
    database
      .prepare(
        "INSERT INTO threads (id, ownerId, title, titledBy, headMessageId, messageCount, lastActivityAt, createdAt) VALUES (?, ?, 'A long voyage', 'person', ?, ?, ?, ?)",
      )
      .run(threadId, ownerId, ids.at(-1), length, now, now);
    const insert = database.prepare(
      "INSERT INTO messages (id, threadId, parentId, role, parts, ordinal, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    ids.forEach((id, index) => {
      const parts = JSON.stringify([{ type: "text", text: textOf(index + 1) }]);
      insert.run(
        id,
        threadId,
        ids[index - 1] ?? null,
        index % 2 ? "assistant" : "user",
        parts,
        index + 1,
        now,
      );
    });
  });
  write();
  database.close();
  return threadId as string;
}
