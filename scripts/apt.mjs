// Installs Debian packages without starting their services.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { run } from './run.mjs';

export const SBIN = `${process.env.PATH}:/usr/sbin:/sbin`;
const POLICY = '/usr/sbin/policy-rc.d';
const MARK = '# Written by Berth while it installs packages, so that their services are not started.';
/** An option that apt itself has no use for: its history shows it, and so which packages Berth has installed. */
const NOTE = 'Berth::Installs';
const HISTORY = '/var/log/apt';

/** Returns true where packages can be installed with apt. */
export function canInstall() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return process.getuid?.() === 0 && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/** Returns true where a command is installed. */
export const has = (command) =>
  ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/bin'].some((dir) => existsSync(path.join(dir, command)));

/** Reads when a process started, in clock ticks since the boot: with its id it identifies the process. */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/**
 * Makes the script that keeps services from being started (see invoke-rc.d(8)) while a process is alive. Once that process
 * has ended, in whatever way, the script lets every service start, as if it weren't there.
 */
export function policyScript(pid) {
  return [
    '#!/bin/sh',
    MARK,
    '# It only has an effect while the process below is running, and can be removed afterwards.',
    `[ "$(sed 's/.*) //' /proc/${pid}/stat 2>/dev/null | cut -d' ' -f20)" = ${startOf(pid)} ] && exit 101`,
    'exit 0',
    '',
  ].join('\n');
}

/** Removes the script of an installation that was killed; a script that somebody else wrote stays. */
export function removeStalePolicy(file = POLICY) {
  if (!existsSync(file)) return;
  const text = readFileSync(file, 'utf8');
  const [, pid, start] = /\/proc\/(\d+)\/stat .* = (\d+) \]/.exec(text) ?? [];
  if (text.includes(MARK) && startOf(pid) !== start) rmSync(file);
}

/** Returns true if apt's history says that Berth installed Docker, whichever copy of Berth that was. */
export function dockerIsFromBerth(folder = HISTORY) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder)
    .filter((name) => name.startsWith('history.log'))
    .some((name) => {
      const bytes = readFileSync(path.join(folder, name));
      return (
        (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().match(/Berth::Installs=\S*docker\.io/) !== null
      );
    });
}

/**
 * Installs packages for those of some commands that are missing.
 *
 * @throws Interrupted after a signal: downloads end at once, and an installation that has begun is finished first
 */
export async function install(packages, log, { fd } = {}) {
  const missing = Object.keys(packages).flatMap((command) => (has(command) ? [] : [packages[command]]));
  if (missing.length === 0) return;
  log(
    `installing ${missing.join(' and ')} with apt-get, without starting services; they stay until "apt-get purge ${missing.join(' ')}"`,
  );
  const env = { ...process.env, PATH: SBIN, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', `${NOTE}=${missing.join('+')}`];
  const apt = (words, more) => run('apt-get', [...options, ...words], { fd, env, ...more });
  const words = ['install', '-y', '--no-install-recommends', ...missing];
  await apt(['update']);
  await apt([...words.slice(0, 1), '--download-only', ...words.slice(1)]);
  removeStalePolicy();
  const ours = !existsSync(POLICY);
  if (ours) writeFileSync(POLICY, policyScript(process.pid), { mode: 0o755, flag: 'wx' });
  try {
    const onSignal = () => log('finishing the installation of packages first; this takes a few seconds');
    await apt(words, { onSignal });
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}
