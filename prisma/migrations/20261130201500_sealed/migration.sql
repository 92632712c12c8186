-- CreateTable
CREATE TABLE "SealedValue" (
    "place" TEXT NOT NULL PRIMARY KEY,
    "uid" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "username" TEXT,
    "sealed" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "SealedValue_uid_key" ON "SealedValue"("uid");
