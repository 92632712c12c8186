/** Derives the definition that would make an existing container. */

import type { DefinitionInput } from '../../../domain/definition/definition.js';
import { programCheck, restartPolicyOf, shellCheck } from '../../../domain/docker/terms.js';
import { isEngineMode } from '../../../domain/networks/network-mode.js';
import type { ContainerState, Derivation } from '../../engine.js';
import type { RawDerivable, RawImageConfig } from '../derive-shapes.js';
import { isEmpty } from '../fields/field.js';
import { readFields } from '../fields/fields.js';
import { readSecurityOpt } from '../fields/security-opt.js';
import { toDetail } from '../from-docker.js';
import type { RawContainer } from '../response-schemas.js';
import type { Dialect } from '../versions.js';
import { changedFields } from './changed-fields.js';
import { derivePorts } from './derive-ports.js';
import { describeLog } from './log-config.js';
import { lostFields } from './lost-fields.js';
import { describeMounts } from './mounts.js';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const SECOND = 1e9;

function healthcheck(check: RawImageConfig['Healthcheck']): Pick<DefinitionInput, 'healthcheck'> {
  const [kind, ...rest] = check?.Test ?? [];
  if (check == null || kind === undefined) return {};
  // Rule: moby, `getProbe`: a kind that it doesn't know is no check.
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') return { healthcheck: { command: [] } };
  const seconds = (name: string, nanos: number | undefined) => (nanos ? { [name]: nanos / SECOND } : {});
  return {
    healthcheck: {
      command: kind === 'CMD-SHELL' ? shellCheck(...rest) : programCheck(rest),
      ...seconds('intervalSeconds', check.Interval),
      ...seconds('timeoutSeconds', check.Timeout),
      ...seconds('startPeriodSeconds', check.StartPeriod),
      ...seconds('startIntervalSeconds', check.StartInterval),
      ...(check.Retries ? { retries: check.Retries } : {}),
    },
  };
}

/** Whoever stopped it did not mean it to be started by being taken over. */
const isDown = (state: ContainerState): boolean => state === 'created' || state === 'exited' || state === 'dead';

/** `/db:/web/db` is the source's name and, at the end, the alias. */
const linksOf = (texts: readonly string[]): Derivation['links'] =>
  texts.map((text) => {
    const [source = '', recipient = ''] = text.split(':');
    return { container: source.replace(/^\//, ''), alias: recipient.slice(recipient.lastIndexOf('/') + 1) };
  });

/**
 * @param image the configuration of its image; null where that is gone, and everything counts as the container's own
 * @param cgroupns the cgroup namespace that the engine gives where nobody asks for another
 */
export function derive(
  raw: RawDerivable,
  image: RawImageConfig | null,
  dialect: Dialect,
  cgroupns: 'host' | 'private',
): Derivation {
  const { Config: config, HostConfig: host } = raw;
  const mode = String(host['NetworkMode'] ?? '');
  // The engine discards what was to be published.
  const isPublished = !isEngineMode(mode);
  const { ports: mappings, picked } = isPublished ? derivePorts(raw) : { ports: [], picked: [] };
  const environment = (config.Env ?? []).filter((entry) => !(image?.Env ?? []).includes(entry));
  const mapped = new Set(isPublished ? Object.keys((host['PortBindings'] ?? {}) as object) : []);
  const exposed = Object.keys(config.ExposedPorts ?? {});
  const own = <T>(name: string, value: T | null | undefined, ofImage: unknown) =>
    value == null || isEmpty(value) || same(value, ofImage) ? {} : { [name]: value };
  const labels = Object.entries(config.Labels ?? {}).filter(
    ([key, value]) => image?.Labels?.[key] !== value && !key.startsWith('io.berth.'),
  );
  const {
    Memory = 0,
    NanoCpus = 0,
    PidsLimit = 0,
  } = host as { Memory?: number; NanoCpus?: number; PidsLimit?: number };
  const resources = {
    ...(Memory > 0 && { memoryBytes: Memory }),
    ...(NanoCpus > 0 && { cpus: NanoCpus / SECOND }),
    ...(PidsLimit !== null && PidsLimit > 0 && { pids: PidsLimit }),
  };
  const { Name: policy = '', MaximumRetryCount: retries = 0 } = (host['RestartPolicy'] ?? {}) as {
    Name?: string;
    MaximumRetryCount?: number;
  };
  const links = linksOf((host['Links'] as string[] | null | undefined) ?? []);
  const input: DefinitionInput = {
    name: raw.Name.replace(/^\//, ''),
    image: config.Image,
    // Rule: moby's merge() takes the image's command only together with its entrypoint.
    ...own('command', config.Cmd, same(config.Entrypoint, image?.Entrypoint) ? image?.Cmd : null),
    // The image's entrypoint brings its command along, unless it is asked for by itself.
    ...own('entrypoint', config.Entrypoint, isEmpty(config.Cmd) && !isEmpty(image?.Cmd) ? null : image?.Entrypoint),
    ...own('workingDir', config.WorkingDir, image?.WorkingDir),
    ...own('user', config.User, image?.User),
    ...(host['UTSMode'] === 'host' ? {} : own('hostname', config.Hostname, raw.Id.slice(0, 12))),
    ...(!isPublished && { network: mode }),
    ...readFields(raw),
    ...readSecurityOpt(raw),
    ...own('stopSignal', config.StopSignal, image?.StopSignal),
    ...(config.StopTimeout == null ? {} : { stopTimeoutSeconds: config.StopTimeout }),
    env: Object.fromEntries(
      environment.filter((one) => one.includes('=')).map((one) => one.split(/=(.*)/s).slice(0, 2)),
    ),
    expose: exposed.filter((port) => !mapped.has(port) && !(port in (image?.ExposedPorts ?? {}))),
    ...(isPublished && host['PublishAllPorts'] === true && { publishAll: true }),
    ports: mappings,
    links: links.map(({ container, alias }) => ({ container, alias })),
    volumes: describeMounts(raw),
    labels: Object.fromEntries(labels),
    ...(same(config.Healthcheck, image?.Healthcheck) ? {} : healthcheck(config.Healthcheck)),
    restartPolicy: restartPolicyOf(policy) ?? 'no',
    ...(policy === 'on-failure' && retries > 0 && { restartMaxRetries: retries }),
    ...describeLog(raw, dialect),
    ...(Object.keys(resources).length > 0 && { resources }),
  };
  const container = toDetail(raw as unknown as RawContainer, image?.Labels, dialect);
  return {
    container,
    input: { ...input, ...(isDown(container.state) && { state: 'stopped' as const }) },
    picked,
    links,
    lost: lostFields(raw, image, cgroupns),
    changed: changedFields(raw, dialect),
  };
}
