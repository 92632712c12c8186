-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Definition" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "uid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "restartOf" TEXT,
    "spec" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletionRequestedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Reservation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "uid" TEXT NOT NULL,
    "hostIp" TEXT,
    "hostPort" INTEGER NOT NULL,
    "containerPort" INTEGER NOT NULL,
    "protocol" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    CONSTRAINT "Reservation_uid_fkey" FOREIGN KEY ("uid") REFERENCES "Definition" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Definition_uid_key" ON "Definition"("uid");

-- CreateIndex
CREATE UNIQUE INDEX "Definition_name_key" ON "Definition"("name");

-- CreateIndex
CREATE INDEX "Reservation_uid_idx" ON "Reservation"("uid");

-- CreateIndex
CREATE INDEX "Reservation_protocol_hostPort_idx" ON "Reservation"("protocol", "hostPort");
