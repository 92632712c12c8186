// Removes what a run of the tests left behind that was cut off: tests note what they make, in the file BERTH_TEST_NOTES.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, stateOf } from './engine.mjs';

/** Reads the notes: `{ label, engine, folder }`, the labels of what was made, and the folders of engines and others. */
export function notesIn(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const of = (kind) => [
    ...new Set(lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1))),
  ];
  return { label: of('label'), engine: of('engine'), folder: of('folder') };
}

/** Removes every container, network, volume and image with one of some labels. @returns how many there were */
export async function removeLabelled(host, labels) {
  if (labels.length === 0 || (await stateOf(host)) !== 'up') return 0;
  let removed = 0;
  for (const label of labels) {
    const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
    const list = async (url) => JSON.parse((await ask(host, 'GET', url)).text) ?? [];
    const remove = async (url) => {
      removed += 1;
      await ask(host, 'DELETE', url);
    };
    for (const { Id } of await list(`/containers/json?all=true&filters=${filters}`))
      await remove(`/containers/${Id}?force=true&v=true`);
    for (const { Id } of await list(`/networks?filters=${filters}`)) await remove(`/networks/${Id}`);
    for (const { Name } of (await list(`/volumes?filters=${filters}`)).Volumes ?? [])
      await remove(`/volumes/${Name}?force=true`);
    for (const { Id } of await list(`/images/json?filters=${filters}`)) await remove(`/images/${Id}?force=true`);
  }
  return removed;
}

const commandOf = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

const childrenOf = (pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
};

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Ends an engine, all that runs in its containers, and removes its folder. */
export async function removeEngine(folder) {
  const running = () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(Number)
      .filter((pid) => commandOf(pid).some((word) => word.includes(`${folder}/`)));
  for (let pids = running(); pids.length > 0; pids = running()) {
    // The first process of a container is its shim's child, and does not end with it.
    for (const pid of pids) for (const child of childrenOf(pid)) kill(child);
    for (const pid of pids) kill(pid);
    await pause(100);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Removes all that a run has noted, and its folder. @returns how much of it was on the engine */
export async function removeLeftovers(folder, host) {
  const { label, engine, folder: others } = notesIn(path.join(folder, 'notes'));
  for (const one of engine.filter((each) => existsSync(each))) await removeEngine(one);
  const removed = await removeLabelled(host, label);
  for (const one of [...others, folder]) rmSync(one, { recursive: true, force: true });
  return removed;
}
