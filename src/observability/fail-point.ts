/** Places where a test has the process die as by kill -9. Compiled in, and inert unless the environment names one. */

const STEPS = [
  ...(['pull-image', 'create-network', 'remove-network', 'reserve-ports', 'create', 'start', 'stop'] as const),
  ...(['restart', 'unpause', 'remove', 'rename', 'update', 'connect', 'disconnect', 'forget', 'record-run'] as const),
];

/** Steps within the work on a network. */
const NETWORK_STEPS = ['network-disconnect', 'network-removal', 'network-creation'] as const;

/** Around every step of a plan, after those on a network, around every commit of the database, that of a restore by itself, and before an answer to a write. */
type FailPoint =
  | 'before-answer'
  | `after-${(typeof NETWORK_STEPS)[number]}`
  | `${'before' | 'after'}-${'commit' | 'restore' | (typeof STEPS)[number]}`;

const ALL: ReadonlySet<string> = new Set<FailPoint>([
  'before-answer',
  ...NETWORK_STEPS.map((what) => `after-${what}` as const),
  ...(['commit', 'restore', ...STEPS] as const).flatMap((what) => [`before-${what}`, `after-${what}`] as const),
]);

let armed: { readonly name: string; left: number } | undefined;

/**
 * @param text `name`, or `name:n` for the nth time that it is passed; nothing leaves all inert
 * @throws Error that names those that there are
 */
export function armFailPoint(text: string | undefined): void {
  if (!text) return;
  const [name = '', count = '1'] = text.split(':');
  if (!ALL.has(name) || !/^[1-9]\d*$/.test(count)) {
    throw new Error(
      `BERTH_TEST_FAIL_POINT=${text} is not a fail point: write one of ${[...ALL].join(', ')}, optionally with :n`,
    );
  }
  armed = { name, left: Number(count) };
}

/** Ends the process here and now if this is the place that the environment named. */
export function failPoint(name: FailPoint): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}
