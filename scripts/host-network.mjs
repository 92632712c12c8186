// Undoes what a Docker engine changed on the host outside of its folders: sysctls, the policy of FORWARD, chains, rules, bridges.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { SBIN } from './apt.mjs';

const SYSCTLS = [
  'net/ipv4/ip_forward',
  'net/ipv6/conf/all/forwarding',
  'net/ipv6/conf/default/forwarding',
  'net/bridge/bridge-nf-call-iptables',
  'net/bridge/bridge-nf-call-ip6tables',
];
/** Engines make these whatever folders they are given. */
const PATHS = ['/etc/docker/key.json', '/etc/docker', '/run/docker', '/run/containerd'];
const FAMILIES = ['iptables', 'ip6tables'];
const env = { ...process.env, PATH: SBIN };

/** Reads the rules of a family as iptables-save prints them; empty where it has none or can't be read. */
function saved(family) {
  const { status, stdout } = spawnSync(`${family}-save`, [], { encoding: 'utf8', env });
  return status === 0 ? stdout : '';
}

const chainsIn = (text, prefix = '') =>
  tablesIn(text).flatMap(({ table, lines }) =>
    lines.filter((line) => line.startsWith(`:${prefix}`)).map((line) => `${table} ${line.slice(1).split(' ')[0]}`),
  );

function tablesIn(text) {
  const tables = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) tables.push({ table: line.slice(1), lines: [] });
    else tables.at(-1)?.lines.push(line);
  }
  return tables;
}

const forwardPolicy = (text) => /^:FORWARD (\w+)/m.exec(text.split('*filter')[1] ?? '')?.[1];

/** Reads what an engine changes, before one is started. */
export function networkBefore() {
  const sysctls = SYSCTLS.flatMap((name) => {
    const file = `/proc/sys/${name}`;
    return existsSync(file) ? [[name, readFileSync(file, 'utf8').trim()]] : [];
  });
  const rules = FAMILIES.map((family) => {
    const text = saved(family);
    return [family, { policy: forwardPolicy(text) ?? 'ACCEPT', chains: chainsIn(text) }];
  });
  const absent = PATHS.filter((file) => !existsSync(file));
  return { sysctls: Object.fromEntries(sysctls), rules: Object.fromEntries(rules), absent };
}

/**
 * Makes the input of `iptables-restore --noflush` that takes an engine's rules out again.
 *
 * @param now the rules as iptables-save prints them
 * @param before the policy of FORWARD and the chains that there were before the engine
 * @param bridges the engine's bridges: rules that name one go in any case
 * @param alone false where another engine runs: the chains and the policy are then that engine's too, and stay
 */
export function undoingRules(now, before, bridges, alone) {
  const sections = tablesIn(now).map(({ table, lines }) => {
    const added = lines
      .filter((line) => line.startsWith(':DOCKER'))
      .map((line) => line.slice(1).split(' ')[0])
      .filter((chain) => alone && !before.chains.includes(`${table} ${chain}`));
    const words = (rule) => rule.split(' ').map((word) => word.replaceAll('"', ''));
    const isAdded = (rule) => words(rule).some((word) => bridges.includes(word) || added.includes(word));
    const rules = lines.filter((line) => line.startsWith('-A ') && isAdded(line));
    const changes = [
      ...(table === 'filter' && alone && forwardPolicy(now) !== before.policy
        ? [`:FORWARD ${before.policy} [0:0]`]
        : []),
      ...rules.map((rule) => `-D ${rule.slice(3)}`),
      ...added.map((chain) => `-X ${chain}`),
    ];
    return changes.length === 0 ? [] : [`*${table}`, ...changes, 'COMMIT'];
  });
  return sections
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

/** Returns true if another engine runs in this network namespace. */
function hasOtherEngine(pid) {
  const namespace = (one) => {
    try {
      return readlinkSync(`/proc/${one}/ns/net`);
    } catch {
      return undefined;
    }
  };
  const isEngine = (one) => {
    try {
      return readFileSync(`/proc/${one}/comm`, 'utf8').trim() === 'dockerd';
    } catch {
      return false;
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== pid)
    .some((one) => isEngine(one) && namespace(one) === namespace('self'));
}

/**
 * Undoes what an engine has changed, once it has ended.
 *
 * @param before what {@link networkBefore} answered
 * @param bridges the names of its bridges
 */
export function undoNetwork(before, bridges, pid) {
  const alone = !hasOtherEngine(pid);
  for (const family of FAMILIES) {
    const input = undoingRules(saved(family), before.rules[family], bridges, alone);
    if (input !== '') execFileSync(`${family}-restore`, ['--noflush'], { input, env });
  }
  for (const bridge of bridges) {
    if (existsSync(`/sys/class/net/${bridge}`)) execFileSync('ip', ['link', 'delete', bridge], { env });
  }
  if (!alone) return;
  for (const file of before.absent) rmSync(file, { recursive: true, force: true });
  for (const [name, value] of Object.entries(before.sysctls)) {
    const file = `/proc/sys/${name}`;
    if (existsSync(file) && readFileSync(file, 'utf8').trim() !== value) writeFileSync(file, value);
  }
}
