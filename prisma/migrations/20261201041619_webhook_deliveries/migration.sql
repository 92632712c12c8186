-- CreateTable
CREATE TABLE "WebhookDelivery" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "webhook" TEXT NOT NULL,
    "eventId" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error" TEXT NOT NULL,
    "failedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "WebhookDelivery_webhook_eventId_idx" ON "WebhookDelivery"("webhook", "eventId");
