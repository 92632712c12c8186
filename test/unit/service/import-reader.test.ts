import { afterEach, describe, expect, it } from 'vitest';
import {
  createImportReader,
  createInlineReader,
  type ImportReader,
} from '../../../src/service/import-export/reader.js';

/** As many services, with the same hundred variables each. */
const composeOf = (services: number): string => {
  const env = Array.from({ length: 100 }, (_, index) => `  V${index}: value ${index}`).join('\n');
  const each = Array.from({ length: services }, (_, index) => `  s${index}:\n    image: web\n    environment: *env\n`);
  return `name: big\nx-env: &env\n${env}\nservices:\n${each.join('')}`;
};

const inline = createInlineReader();
let reader: ImportReader;
afterEach(() => reader.close());

describe('imports', () => {
  it('of 390 services with a hundred variables each are read while timers of this thread go on', async () => {
    reader = createImportReader();
    await reader.compose({ compose: composeOf(1) });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const read = await reader.compose({ compose: composeOf(390) });
    clearInterval(timer);
    expect(read).toMatchObject({ ok: true, set: 'big' });
    expect(read.ok && read.containers).toHaveLength(390);
    // An inline read lets none happen.
    expect(turns).toBeGreaterThan(2);
  });

  it('read in the thread are what they are when read inline', async () => {
    reader = createImportReader();
    const compose = { compose: composeOf(3), existing: [{ set: 'big', name: 'own-name', service: 's1' }] };
    expect(await reader.compose(compose)).toEqual(await inline.compose(compose));
    const run = { command: `docker run -p 8000-8010:8000-8010 -e A=$A --gpus all web`, env: { A: 'a'.repeat(3_000) } };
    expect(await reader.dockerRun(run)).toEqual(await inline.dockerRun(run));
    expect(await reader.dockerRun(run)).toMatchObject({ ok: true, input: { image: 'web' } });
    const broken = { compose: `${composeOf(3)}    ports: [x]\n` };
    expect(await reader.compose(broken)).toEqual(await inline.compose(broken));
    expect(await reader.compose(broken)).toMatchObject({ ok: false });
  });

  it('have the faults of their definitions placed in the file and in the line', async () => {
    reader = createImportReader();
    const faults = [{ pointer: '/containers/1/env/V2', message: 'is wrong' }];
    const compose = { compose: composeOf(2) };
    const placed = await reader.placedInCompose(compose, faults);
    expect(placed).toEqual([{ pointer: '/compose', message: expect.stringMatching(/line \d+.*is wrong/s) }]);
    expect(placed).toEqual(await inline.placedInCompose(compose, faults));
    const run = { command: 'docker run -p 8000-8010:8000-8010 web' };
    const inLine = await reader.placedInDockerRun(run, [{ pointer: '/image', message: 'is wrong' }]);
    expect(inLine).toEqual(['at character 35 (web): is wrong']);
  });

  it('that take too long end with what to do, and leave the next one alone', async () => {
    reader = createImportReader({ limitMs: 1 });
    await expect(reader.compose({ compose: composeOf(390) })).rejects.toMatchObject({
      ...{ code: 'payload-too-large', message: expect.stringContaining('split it') },
    });
    await reader.close();
    reader = createImportReader();
    await expect(reader.compose({ compose: composeOf(1) })).resolves.toMatchObject({ ok: true });
  });

  it('that take too much memory end with what to do', async () => {
    reader = createImportReader({ memoryMb: 24 });
    await expect(reader.compose({ compose: composeOf(500) })).rejects.toMatchObject({
      ...{ code: 'payload-too-large', message: expect.stringContaining('24 MB') },
    });
  });

  it('are refused where too many wait', async () => {
    reader = createImportReader();
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => reader.compose({ compose: composeOf(1) })));
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const one of refused) expect(one).toMatchObject({ reason: { code: 'busy', retryAfterSeconds: 2 } });
  });

  it('that are small need no thread', async () => {
    // Any question to a thread would be too late.
    reader = createImportReader({ limitMs: 0 });
    await expect(reader.dockerRun({ command: 'docker run -p 80:80 web' })).resolves.toMatchObject({ ok: true });
    const compose = 'name: shop\nservices: { web: { image: web } }';
    await expect(reader.compose({ compose })).resolves.toMatchObject({ ok: true });
  });
});
