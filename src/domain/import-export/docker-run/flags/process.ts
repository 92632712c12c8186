/** Flags of the process: command, environment, user, how it starts and ends. */

import { becomes, type Flag, lacking, list } from './flag.js';

const CLIENT_FILE = 'the file is on the machine where the command is typed';

export const PROCESS_FLAGS: readonly Flag[] = [
  becomes('name', 'text', 'name'),
  becomes('detach', 'nothing', 'detach', { short: 'd', isOfRun: true }),
  becomes('entrypoint', 'text', 'entrypoint'),
  becomes('env', 'text', 'env', { short: 'e', isList: true }),
  becomes('workdir', 'text', 'workingDir', { short: 'w' }),
  becomes('user', 'text', 'user', { short: 'u' }),
  becomes('hostname', 'text', 'hostname', { short: 'h' }),
  becomes('label', 'text', 'label', { short: 'l', isList: true }),
  becomes('pull', 'text', 'pull'),
  becomes('restart', 'text', 'restart'),
  becomes('rm', 'nothing', 'remove'),
  becomes('stop-signal', 'text', 'stopSignal'),
  becomes('stop-timeout', 'integer', 'stopTimeout'),
  becomes('help', 'nothing', 'help'),
  lacking(
    'interactive',
    'nothing',
    'containers get no input: use a command that runs without it; a shell alone would exit at once',
    { short: 'i' },
  ),
  lacking(
    'tty',
    'nothing',
    'containers have no terminal: use a command that runs without one; a shell alone would exit at once',
    { short: 't' },
  ),
  lacking('env-file', 'text', `${CLIENT_FILE}: write its variables as -e NAME=value`, list),
  lacking('label-file', 'text', `${CLIENT_FILE}: write its labels as --label key=value`, list),
  lacking('init', 'nothing', 'the command itself is process 1: put an init such as tini into the image'),
  lacking('group-add', 'text', 'a process has the groups of its user: write --user NAME:GROUP', list),
  lacking('runtime', 'text', "containers use the engine's default runtime: remove it", {
    usual: ['', 'runc', 'io.containerd.runc.v2'],
  }),
  lacking(
    'platform',
    'text',
    "images are pulled for the engine's platform: name the image by its digest (NAME@sha256:…)",
  ),
  lacking('annotation', 'text', 'definitions have labels only: write --label key=value', list),
  lacking(
    'read-only',
    'nothing',
    "the container's root file system is always writable: run the process as a user without write access (--user)",
  ),
];
