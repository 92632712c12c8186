import { appendFileSync } from 'node:fs';

/**
 * Notes what a test makes outside of its temporary folder, so that `npm test` can remove it when it is interrupted.
 *
 * @param kind `label` for what has it on the engine, `engine` for the folder of an engine of the test's own, `folder` for another
 */
export function note(kind: 'label' | 'engine' | 'folder', value: string): void {
  const file = process.env['BERTH_TEST_NOTES'];
  if (file !== undefined) appendFileSync(file, `${kind} ${value}\n`);
}
