/** Flags of the process: command, environment, user, how it starts and ends. */

import { becomes, type Flag, lacking, list, sets } from './flag.js';

export const PROCESS_FLAGS: readonly Flag[] = [
  becomes('name', 'text', 'name'),
  becomes('detach', 'nothing', 'detach', { short: 'd', isOfRun: true }),
  becomes('entrypoint', 'text', 'entrypoint'),
  becomes('env', 'text', 'env', { short: 'e', isList: true }),
  sets('workdir', 'text', { is: 'text', field: 'workingDir' }, { short: 'w' }),
  sets('user', 'text', { is: 'text', field: 'user' }, { short: 'u' }),
  sets('hostname', 'text', { is: 'text', field: 'hostname' }, { short: 'h' }),
  becomes('label', 'text', 'label', { short: 'l', isList: true }),
  becomes('pull', 'text', 'pull'),
  becomes('restart', 'text', 'restart'),
  becomes('rm', 'nothing', 'remove'),
  sets('stop-signal', 'text', { is: 'text', field: 'stopSignal' }),
  becomes('stop-timeout', 'integer', 'stopTimeout'),
  becomes('help', 'nothing', 'help'),
  sets('interactive', 'nothing', { is: 'switch', field: 'stdinOpen' }, { short: 'i' }),
  sets('tty', 'nothing', { is: 'switch', field: 'tty' }, { short: 't' }),
  becomes('env-file', 'text', 'envFile', list),
  becomes('label-file', 'text', 'labelFile', list),
  sets('init', 'nothing', { is: 'switch', field: 'init' }),
  sets('group-add', 'text', { is: 'texts', field: 'groupAdd' }, list),
  sets('runtime', 'text', { is: 'text', field: 'runtime' }),
  sets('platform', 'text', { is: 'text', field: 'platform' }),
  lacking('annotation', 'text', 'definitions have labels only: write --label key=value', list),
  sets('read-only', 'nothing', { is: 'switch', field: 'readOnly' }),
];
