-- CreateTable
CREATE TABLE "Network" (
    "host" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "spec" TEXT NOT NULL,
    "declared" BOOLEAN NOT NULL,
    "subnets" TEXT NOT NULL,
    "confirmed" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "deletionRequestedAt" DATETIME,

    PRIMARY KEY ("host", "name")
);

-- CreateTable
CREATE TABLE "Address" (
    "host" TEXT NOT NULL,
    "network" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "origin" TEXT NOT NULL,

    PRIMARY KEY ("host", "network", "address"),
    CONSTRAINT "Address_uid_fkey" FOREIGN KEY ("uid") REFERENCES "Definition" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Network_uid_key" ON "Network"("uid");

-- CreateIndex
CREATE INDEX "Address_uid_idx" ON "Address"("uid");

-- Networks that definitions named before: the engine chose their subnets.
INSERT INTO "Network" ("host", "name", "uid", "generation", "spec", "declared", "subnets", "confirmed", "createdAt", "updatedAt")
SELECT 'local', "name", lower(hex(randomblob(16))), 1, '{}', false, '[]', true, "at", "at"
FROM (
    SELECT DISTINCT
        CASE WHEN json_valid("spec") THEN json_extract("spec", '$.network') END AS "name",
        strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now') AS "at"
    FROM "Definition"
)
WHERE "name" IS NOT NULL AND "name" <> 'bridge';
