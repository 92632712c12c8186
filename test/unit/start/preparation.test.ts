/** The parts of npm start that make what is missing: cut off at any moment, they leave nothing half done. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installPackages, missingPackage } from '../../../scripts/install.mjs';
import { run } from '../../../scripts/run.mjs';
import { runStep } from '../../../scripts/steps.mjs';

let folder: string;
const at = (...names: string[]) => path.join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'berth-prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a step', () => {
  const runs: string[] = [];
  const step = (work: () => void) =>
    runStep({ inputs: [at('input')], output: at('output'), stamp: at('stamp'), run: work });
  const succeed = () => {
    runs.push('run');
    writeFileSync(at('output'), 'whole');
  };
  beforeEach(() => {
    runs.length = 0;
    writeFileSync(at('input'), 'one');
  });

  it('runs once for the same inputs, and again for others or without its output', async () => {
    await step(succeed);
    await step(succeed);
    expect(runs).toHaveLength(1);
    writeFileSync(at('input'), 'two');
    await step(succeed);
    rmSync(at('output'));
    await step(succeed);
    expect(runs).toHaveLength(3);
  });

  it('that was cut off runs again, also when its inputs are those of an earlier success', async () => {
    await step(succeed);
    writeFileSync(at('input'), 'two');
    const cutOff = () => {
      writeFileSync(at('output'), 'half');
      throw new Error('cut off');
    };
    await expect(step(cutOff)).rejects.toThrow('cut off');
    writeFileSync(at('input'), 'one');
    await step(succeed);
    expect(readFileSync(at('output'), 'utf8')).toBe('whole');
  });
});

describe('the packages', () => {
  const PACKAGES = {
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-c', optional: true },
  };
  const { 'node_modules/elsewhere': _, ...here } = PACKAGES;
  const lock = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } });
  /** As npm does: the folders first, the list of what is installed last. */
  const npmCi = (where: string, packages: object = here) => {
    for (const name of Object.keys(packages)) {
      mkdirSync(path.join(where, name), { recursive: true });
      writeFileSync(path.join(where, name, 'package.json'), '{}');
    }
    writeFileSync(path.join(where, 'node_modules/.package-lock.json'), lock(packages));
  };
  beforeEach(() => {
    for (const [file, text] of [
      ['package.json', '{}'],
      ['package-lock.json', lock(PACKAGES)],
    ] as const) {
      writeFileSync(at(file), text);
    }
  });

  it('are complete without those for other platforms', async () => {
    expect(missingPackage(folder)).toBe('node_modules/.package-lock.json is missing');
    await installPackages(folder, npmCi);
    expect(missingPackage(folder)).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['node_modules', 'package-lock.json', 'package.json']);
  });

  it.each<[string, () => void, string]>([
    [
      'a package lost its files',
      () => rmSync(at('node_modules/a/node_modules/b/package.json')),
      'node_modules/a/node_modules/b is incomplete',
    ],
    [
      'the lock file asks for another version',
      () =>
        writeFileSync(at('package-lock.json'), lock({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-d' } })),
      'node_modules/a is not installed in version 1.0.1',
    ],
    [
      'the lock file has one more',
      () => writeFileSync(at('package-lock.json'), lock({ ...PACKAGES, 'node_modules/z': { version: '3.0.0' } })),
      'node_modules/z is not installed in version 3.0.0',
    ],
  ])('are not complete where %s', (_, damage, text) => {
    npmCi(folder);
    expect(missingPackage(folder)).toBeUndefined();
    damage();
    expect(missingPackage(folder)).toBe(text);
  });

  it.each<[string, (where: string) => void]>([
    [
      'fails half-way',
      (where) => {
        mkdirSync(path.join(where, 'node_modules/a'), { recursive: true });
        throw new Error('cut off');
      },
    ],
    [
      'ends half-way with status 0, as npm does after some signals',
      (where) => mkdirSync(path.join(where, 'node_modules/a'), { recursive: true }),
    ],
  ])('stay as they were where npm ci %s', async (_, work) => {
    npmCi(folder);
    await expect(installPackages(folder, work)).rejects.toThrow();
    expect(missingPackage(folder)).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['node_modules', 'package-lock.json', 'package.json']);
  });

  it('replace those of an earlier lock file, and what an installation left that was killed', async () => {
    npmCi(folder, { 'node_modules/old': { version: '1.0.0' } });
    mkdirSync(at('.berth-install/node_modules/a'), { recursive: true });
    await installPackages(folder, npmCi);
    expect(readdirSync(at('node_modules')).sort()).toEqual(['.package-lock.json', 'a']);
    expect(existsSync(at('.berth-install'))).toBe(false);
  });
});

describe('a command', () => {
  it('that fails says how, and what to do', async () => {
    await expect(run('sh', ['-c', 'echo "No space left on device" >&2; exit 3'])).rejects.toMatchObject({
      message: expect.stringMatching(/^sh -c failed \(exit 3\): the disk is full: free some space/),
      output: 'No space left on device\n',
    });
  });

  it('that is not there says so', async () => {
    await expect(run('no-such-command', [])).rejects.toThrow('no-such-command failed (spawn no-such-command ENOENT)');
  });
});

/** Starts a script that uses the parts as prepare.mjs does. It prints a line for each thing that happens. */
function script(text: string) {
  const imports = [
    "import { takeLock } from './scripts/lock.mjs'",
    "import { run, watchSignals } from './scripts/run.mjs'",
    `const say = (line) => console.log(line)`,
    `const at = (name) => '${folder}/' + name`,
    'watchSignals()',
  ];
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${imports.join('\n')}\n${text}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, exit: once(child, 'exit'), line: async () => (await lines.next()).value as string | undefined };
}

const LOCK = "await takeLock(at('lock'), (pid) => say('waits for ' + pid)); say('has the lock')";
const ends = 'catch (error) { say(error.message); process.exit(error.exitCode) }';

describe.runIf(spawnSync('flock', ['--version']).status === 0)('the lock of a preparation', () => {
  it('keeps a second one waiting, which names the first, until that has ended', async () => {
    const first = script(`${LOCK}; setInterval(() => {}, 1000)`);
    expect(await first.line()).toBe('has the lock');
    const second = script(`${LOCK}; process.exit()`);
    expect(await second.line()).toBe(`waits for ${first.child.pid}`);
    first.child.kill('SIGKILL');
    expect(await second.line()).toBe('has the lock');
    expect(await second.exit).toEqual([0, null]);
  });

  it('is held by a command that goes on after its preparation was killed', async () => {
    const first = script(
      `const fd = ${LOCK.split(';')[0]}; void run('sh', ['-c', "until [ -e " + at('go') + " ]; do sleep 0.05; done"], { fd }); say('runs')`,
    );
    expect(await first.line()).toBe('runs');
    first.child.kill('SIGKILL');
    await first.exit;
    const second = script(`${LOCK}; process.exit()`);
    expect(await second.line()).toBe(`waits for ${first.child.pid}`);
    writeFileSync(at('go'), '');
    expect(await second.line()).toBe('has the lock');
  });

  it('is not waited for after a signal', async () => {
    const first = script(`${LOCK}; setInterval(() => {}, 1000)`);
    await first.line();
    const second = script(`try { ${LOCK} } ${ends}`);
    await second.line();
    second.child.kill('SIGINT');
    expect(await second.line()).toBe('interrupted by SIGINT');
    expect(await second.exit).toEqual([130, null]);
    first.child.kill('SIGKILL');
    await first.exit;
  });
});

describe('a signal', () => {
  it('ends a command with all that it started, and then the preparation', async () => {
    const one = script(
      `say('begins'); try { await run('sh', ['-c', "sh -c 'echo $$ > " + at('pid') + "; exec sleep 1000' & wait"]) } ${ends}`,
    );
    await one.line();
    await expect.poll(() => existsSync(at('pid')) && readFileSync(at('pid'), 'utf8')).toMatch(/\d+\n/);
    const pid = Number(readFileSync(at('pid'), 'utf8'));
    one.child.kill('SIGTERM');
    expect(await one.line()).toBe('interrupted by SIGTERM');
    expect(await one.exit).toEqual([143, null]);
    const proc = `/proc/${pid}/cmdline`;
    expect(existsSync(proc) ? readFileSync(proc, 'utf8') : '').toBe('');
  });

  it('lets a command run to its end where that must not be cut off', async () => {
    const work =
      'until [ -e ' + '" + at(\'go\') + "' + ' ]; do sleep 0.05; done; echo done > ' + '" + at(\'done\') + "';
    const one = script(
      `say('begins'); try { await run('sh', ['-c', "${work}"], { onSignal: () => say('finishes first') }) } ${ends}`,
    );
    await one.line();
    one.child.kill('SIGINT');
    expect(await one.line()).toBe('finishes first');
    writeFileSync(at('go'), '');
    expect(await one.line()).toBe('interrupted by SIGINT');
    expect(readFileSync(at('done'), 'utf8')).toBe('done\n');
  });
});
