-- AlterTable: not redefined, so that the sequence of its ids goes on
ALTER TABLE "Reservation" ADD COLUMN "host" TEXT NOT NULL DEFAULT 'local';

-- DropIndex
DROP INDEX "Reservation_protocol_hostPort_idx";

-- CreateIndex
CREATE INDEX "Reservation_host_protocol_hostPort_idx" ON "Reservation"("host", "protocol", "hostPort");
