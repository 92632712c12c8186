-- AlterTable
ALTER TABLE "Definition" ADD COLUMN "adopted" TEXT;
ALTER TABLE "Definition" ADD COLUMN "failedReplacement" TEXT;
ALTER TABLE "Definition" ADD COLUMN "set" TEXT;

-- CreateTable
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "type" TEXT NOT NULL,
    "container" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "requestId" TEXT,
    "before" TEXT,
    "after" TEXT
);

-- CreateTable
CREATE TABLE "Response" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "request" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "headers" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Response_at_idx" ON "Response"("at");

-- CreateIndex
CREATE INDEX "Definition_set_idx" ON "Definition"("set");
