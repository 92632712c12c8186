/** Checks the process of a definition: command, environment, user, signals, health check. */

import { programCheck, shellCheck } from '../docker/terms.js';
import { type FieldFault, pointer } from '../problems/result.js';
import { isSecretName, SECRET_NAME_RULE } from '../secrets/secret-refs.js';
import { checked, type Healthcheck, type RestartPolicy, type Rules, type Spec } from './definition.js';
import { unprintable } from './printable.js';
import { canonicalSignal, isSignal } from './signals.js';

/** Kernel: `sethostname` takes at most 64 bytes. */
const MAX_HOSTNAME = 64;
const USER = /^[^\s:]+(?::[^\s:]+)?$/;
/** Linux, `MAX_ARG_STRLEN`: bytes of one argument or of one `NAME=value`, its terminating NUL included. */
const MAX_ARG_BYTES = 131_072;
export const MAX_STOP_TIMEOUT_SECONDS = 3600;
/** moby, `container.MinimumDuration`. */
const MIN_HEALTH_SECONDS = 0.001;
/** The engine counts nanoseconds, and a JSON number holds them exactly up to here: 104 days. */
const MAX_HEALTH_SECONDS = 9_007_199;
/** Engines on machines of 32 bits count no further. */
const MAX_RETRIES = 2_147_483_647;

/** Rules of the fields that say how the process runs. */
export const PROCESS_RULES = {
  command: checked((values) => argumentFaults('/command', values)),
  entrypoint: checked((values) => argumentFaults('/entrypoint', values)),
  env: checked(environmentFaults),
  secretEnv: checked((variables, { env = {} }) => secretEnvFaults(variables, env)),
  workingDir: checked((path) => fault('/workingDir', path, workingDirFault)),
  user: checked((user) => fault('/user', user, userFault)),
  hostname: checked((hostname) => fault('/hostname', hostname, hostnameFault)),
  domainname: (name) => ({
    value: name === '' ? undefined : name,
    faults: name === '' ? [] : fault('/domainname', name, hostnameFault),
  }),
  groupAdd: checked((groups) => groups.flatMap((group, index) => fault(`/groupAdd/${index}`, group, groupFault))),
  healthcheck: (check) => ({ value: declareHealthcheck(check), faults: healthcheckFaults(check) }),
  stopSignal: (signal) => ({ value: canonicalSignal(signal), faults: fault('/stopSignal', signal, stopSignalFault) }),
  restartMaxRetries: checked((retries, { restartPolicy, boot }) =>
    fault('/restartMaxRetries', retries, (count) => retriesFault(count, restartPolicy, boot)),
  ),
  stopTimeoutSeconds: checked((seconds) => fault('/stopTimeoutSeconds', seconds, stopTimeoutFault)),
} satisfies Partial<Rules>;

/** A value that is absent has no fault. */
function fault<T>(at: string, value: T | undefined, check: (value: T) => string | undefined): readonly FieldFault[] {
  const message = value === undefined ? undefined : check(value);
  return message === undefined ? [] : [{ pointer: at, message }];
}

function argumentFaults(at: string, values: readonly string[]): readonly FieldFault[] {
  return values.flatMap((value, index) => [
    ...fault(`${at}/${index}`, value, unprintable),
    ...fault(`${at}/${index}`, value, (text) => tooLong('an argument', text)),
  ]);
}

/** Reports a text that `execve` refuses with E2BIG: the container would end at once, without a word. */
function tooLong(what: string, text: string): string | undefined {
  // No character takes more than three bytes for each of its UTF-16 code units.
  if (text.length * 3 < MAX_ARG_BYTES) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes < MAX_ARG_BYTES) return undefined;
  return `${what} has ${bytes} bytes, and Linux allows at most ${MAX_ARG_BYTES - 1}; put it into a file on a volume`;
}

function environmentFaults(env: Readonly<Record<string, string>>): readonly FieldFault[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const messages = [variableFault(name), unprintable(value), tooLong('NAME=value', `${name}=${value}`)];
    return messages.flatMap((message) => (message === undefined ? [] : [{ pointer: pointer('env', name), message }]));
  });
}

function secretEnvFaults(
  variables: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): readonly FieldFault[] {
  const at = (name: string): string => pointer('secretEnv', name);
  return Object.entries(variables).flatMap(([name, secret]) => [
    ...fault(at(name), name, secretVariableFault),
    ...fault(at(name), secret, (text) =>
      isSecretName(text)
        ? undefined
        : `${JSON.stringify(text.slice(0, 200))} is not the name of a secret: ${SECRET_NAME_RULE}`,
    ),
    ...fault(at(name), name, (text) =>
      Object.hasOwn(env, text) ? 'is in env as well: remove one of them' : undefined,
    ),
  ]);
}

const secretVariableFault = (name: string): string | undefined =>
  /^[A-Za-z_][\w.-]{0,254}$/.test(name)
    ? undefined
    : `${JSON.stringify(name.slice(0, 200))} is not the name of a variable: write at most 255 letters, digits, underscores, dots and dashes`;

function variableFault(name: string): string | undefined {
  if (name === '') {
    return "the name of a variable can't be empty";
  }
  return name.includes('=')
    ? `the variable name ${JSON.stringify(name)} contains an equals sign; write { "NAME": "value" }`
    : unprintable(name);
}

function workingDirFault(path: string): string | undefined {
  return path.startsWith('/') ? unprintable(path) : 'the working directory must be an absolute path, beginning with /';
}

function userFault(user: string): string | undefined {
  return USER.test(user) ? unprintable(user) : 'write the user as name, uid, name:group or uid:gid, without spaces';
}

/** Rule: Docker checks nothing, and the kernel the length alone. White space would break the line in `/etc/hosts`. */
function hostnameFault(hostname: string): string | undefined {
  if (/[\s\p{Cc}#]/u.test(hostname)) {
    return `the host name ${JSON.stringify(hostname)} contains white space, a control character or #; remove it`;
  }
  const bytes = Buffer.byteLength(hostname);
  if (bytes < 1 || bytes > MAX_HOSTNAME) {
    return `the host name has ${bytes} bytes, and the kernel allows 1 to ${MAX_HOSTNAME}; write a shorter one`;
  }
  return unprintable(hostname);
}

function groupFault(group: string): string | undefined {
  return /^[^\s:]+$/.test(group) ? unprintable(group) : 'write the group as a name or an id, without spaces and colons';
}

function stopSignalFault(signal: string): string | undefined {
  return isSignal(signal)
    ? undefined
    : `${JSON.stringify(signal)} is not a signal; write a name or number, for example SIGTERM or 15`;
}

function stopTimeoutFault(seconds: number): string | undefined {
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_STOP_TIMEOUT_SECONDS
    ? undefined
    : `stopTimeoutSeconds must be a whole number from 0 to ${MAX_STOP_TIMEOUT_SECONDS}`;
}

/** Rule: moby, `ValidateRestartPolicy`. */
function retriesFault(retries: number, policy: RestartPolicy = 'always', boot?: Spec['boot']): string | undefined {
  if (!Number.isInteger(retries) || retries < 0 || retries > MAX_RETRIES) {
    return `restartMaxRetries must be a whole number from 0 to ${MAX_RETRIES}`;
  }
  if (retries > 0 && boot === 'held') {
    return 'Berth restarts a container with "boot": "held" itself, without a limit; remove restartMaxRetries or boot';
  }
  return retries > 0 && policy !== 'on-failure'
    ? `restartMaxRetries limits the restarts of on-failure; set "restartPolicy": "on-failure", or remove it`
    : undefined;
}

/**
 * Normalises a health check: Docker's own array form (`["CMD", …]`, `["CMD-SHELL", text]`, `["NONE"]`) means here what it
 * means there. Rule: https://docs.docker.com/reference/compose-file/services/#healthcheck
 */
function declareHealthcheck(check: Healthcheck): Healthcheck {
  const [kind, ...rest] = check.command;
  if (kind === 'NONE') return { ...check, command: [] };
  if (kind === 'CMD-SHELL') return { ...check, command: shellCheck(...rest) };
  return kind === 'CMD' ? { ...check, command: programCheck(rest) } : check;
}

function healthcheckFaults(check: Healthcheck): readonly FieldFault[] {
  return [
    ...argumentFaults('/healthcheck/command', check.command),
    ...fault('/healthcheck/command', check.command, ([kind, ...rest]) =>
      (kind === 'CMD' || kind === 'CMD-SHELL') && rest.length === 0
        ? `${kind} has no command to run; write ["${kind}", ${kind === 'CMD' ? '"program", …' : '"command"'}]`
        : undefined,
    ),
    ...fault('/healthcheck/command', check.command, ([kind, first]) =>
      kind === '' || (kind === 'CMD' && first === '')
        ? 'the program is empty; write an empty list to disable the health check'
        : undefined,
    ),
    ...fault('/healthcheck/intervalSeconds', check.intervalSeconds, durationFault),
    ...fault('/healthcheck/timeoutSeconds', check.timeoutSeconds, durationFault),
    ...fault('/healthcheck/retries', check.retries, (retries) =>
      Number.isSafeInteger(retries) && retries >= 0 ? undefined : 'retries must be a whole number, at least 0',
    ),
    ...fault('/healthcheck/startPeriodSeconds', check.startPeriodSeconds, durationFault),
    ...fault('/healthcheck/startIntervalSeconds', check.startIntervalSeconds, durationFault),
  ];
}

/** Rule: moby, `validateHealthCheck`: 0 is the image's value, or the engine's own; else at least a millisecond. */
function durationFault(seconds: number): string | undefined {
  const valid = seconds === 0 || (seconds >= MIN_HEALTH_SECONDS && seconds <= MAX_HEALTH_SECONDS);
  return valid
    ? undefined
    : `must be from ${MIN_HEALTH_SECONDS} to ${MAX_HEALTH_SECONDS} seconds, or 0 for the image's own value`;
}
