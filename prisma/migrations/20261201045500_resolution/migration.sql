-- AlterTable
ALTER TABLE "Definition" ADD COLUMN "resolution" TEXT;
