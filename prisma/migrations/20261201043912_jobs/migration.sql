-- CreateTable
CREATE TABLE "Run" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "uid" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "dueAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "state" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "notBefore" DATETIME,
    "stop" TEXT,
    "containerId" TEXT,
    "startedAt" DATETIME,
    "finishedAt" DATETIME,
    "exitCode" INTEGER,
    "message" TEXT NOT NULL,
    "log" TEXT,
    CONSTRAINT "Run_uid_fkey" FOREIGN KEY ("uid") REFERENCES "Definition" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Run_uid_idx" ON "Run"("uid");
