import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { describeImage, files, ownPlatform } from '../../../src/engine/docker/probe/probe-image.js';

describe("the probe's image", () => {
  it('has Node.js and every library that it is linked to, where they are looked for', () => {
    const linked = execFileSync('ldd', [process.execPath], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? [];
    expect(linked.length).toBeGreaterThan(2);
    expect(files()).toEqual(expect.arrayContaining([process.execPath, ...linked]));
    expect(files().filter((file) => !existsSync(file) || file.endsWith('.node'))).toEqual([]);
  });

  it('is named by what is in it, and its archive has all of that', async () => {
    const [image, again] = [await describeImage('a'), await describeImage('b')];
    expect(image.reference).toMatch(/^berth-probe:[0-9a-f]{16}$/);
    expect(again.reference).toBe(image.reference);
    expect(image.changes[0]).toContain('io.berth.instance=a');
    const entries = new Map<string, number>();
    for await (const entry of image.archive().pipe(extract())) {
      entries.set(entry.header.name, entry.header.size ?? 0);
      entry.resume();
    }
    for (const file of files()) expect(entries.get(file.slice(1)), file).toBe(statSync(file).size);
    expect(entries.has('etc/nsswitch.conf')).toBe(true);
    expect(image.changes.join()).toContain(path.dirname(files().find((file) => /libc\b/.test(file)) ?? ''));
  });

  it('is for the platform that Docker calls by this name', () => {
    expect(ownPlatform()).toMatch(/^linux\/(amd64|arm64|arm|386|ppc64le|s390x|riscv64|loong64)$/);
  });
});
