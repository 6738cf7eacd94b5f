-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_shares" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "threadId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "choices" JSONB NOT NULL,
    "passwordHash" TEXT,
    "allowContinue" BOOLEAN NOT NULL DEFAULT false,
    "signedInOnly" BOOLEAN NOT NULL DEFAULT false,
    "titleInPreview" BOOLEAN NOT NULL DEFAULT false,
    "views" INTEGER NOT NULL DEFAULT 0,
    "expiresAt" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "shares_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "shares_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "threads" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_shares" ("allowContinue", "createdAt", "expiresAt", "id", "ownerId", "passwordHash", "signedInOnly", "snapshot", "threadId", "title", "titleInPreview", "token", "updatedAt", "views") SELECT "allowContinue", "createdAt", "expiresAt", "id", "ownerId", "passwordHash", "signedInOnly", "snapshot", "threadId", "title", "titleInPreview", "token", "updatedAt", "views" FROM "shares";
DROP TABLE "shares";
ALTER TABLE "new_shares" RENAME TO "shares";
CREATE UNIQUE INDEX "shares_token_key" ON "shares"("token");
CREATE INDEX "shares_ownerId_createdAt_idx" ON "shares"("ownerId", "createdAt");
CREATE INDEX "shares_threadId_idx" ON "shares"("threadId");
CREATE INDEX "shares_expiresAt_idx" ON "shares"("expiresAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
