import { exportCompose } from '../../../../src/domain/import-export/compose/export.js';

/** Exports definitions as the data of a Compose file. */
export const exported = (...of: Parameters<typeof exportCompose>): Readonly<Record<string, unknown>> =>
  JSON.parse([...exportCompose(...of)].join(''));
