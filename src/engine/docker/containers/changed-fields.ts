/** Settings that every container of ours has and an existing one lacks. */

import { DEFAULT_PIDS } from '../../../domain/definition/fields/limits.js';
import type { ChangedField } from '../../engine.js';
import { ENGINE_RESTART_POLICY } from '../../restart-policy.js';
import type { RawDerivable } from '../derive-shapes.js';
import { securityBody } from '../fields/security-opt.js';
import { logConfig } from '../to-docker.js';
import type { Dialect } from '../versions.js';
import { describeLog, isUnboundedLog } from './log-config.js';

/** Lists the settings that every definition brings and this container lacks. */
export function changedFields(raw: RawDerivable, dialect: Dialect): readonly ChangedField[] {
  const changed: ChangedField[] = [];
  const { HostConfig: host } = raw;
  const { PidsLimit: pids = null, SecurityOpt: security = null, LogConfig: log = {} } = host;
  const { Name: policy } = (host['RestartPolicy'] ?? {}) as { readonly Name?: string };
  if (Number(pids ?? 0) <= 0) {
    const reason =
      'after its first change or replacement the container has this limit on processes and threads; set it with resources.pids';
    changed.push({ field: 'HostConfig.PidsLimit', value: pids, becomes: DEFAULT_PIDS, reason });
  }
  if (policy === 'always') {
    const reason =
      'after its first change or replacement the engine no longer starts the container at boot if it was stopped';
    changed.push({
      field: 'HostConfig.RestartPolicy.Name',
      value: policy,
      becomes: ENGINE_RESTART_POLICY.always,
      reason,
    });
  }
  // One that is switched off is an option of the definition.
  if (!((security ?? []) as readonly string[]).some((option) => /^no-new-privileges\b/.test(option))) {
    const reason =
      'processes in the replacement cannot gain privileges: sudo and other setuid programs do not work there';
    const becomes = securityBody({}).SecurityOpt;
    changed.push({ field: 'HostConfig.SecurityOpt', value: security, becomes, reason });
  }
  if (isUnboundedLog(raw, dialect)) {
    const reason = 'the replacement keeps this much of its log';
    const becomes = logConfig(describeLog(raw, dialect));
    changed.push({ field: 'HostConfig.LogConfig', value: log, becomes, reason });
  }
  return changed;
}
