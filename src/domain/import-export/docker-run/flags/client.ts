/** Flags of the client that types the line, and of `docker` itself. */

import { type Flag, ignored, lacking } from './flag.js';

const ONE_ENGINE = 'the container runs on the engine of this Berth, whichever engine the command names: remove it';
const ATTACHED = 'Berth attaches no terminal: read the output at GET /v1/containers/{name}/logs';

export const TYPING_FLAGS: readonly Flag[] = [
  ignored('attach', 'text', ATTACHED, { short: 'a', isList: true }),
  ignored('cidfile', 'text', "no file is written: the id is in the definition's status, as status.container.id"),
  ignored('detach-keys', 'text', ATTACHED, { isOfRun: true }),
  ignored('quiet', 'nothing', 'pulls print nothing here', { short: 'q' }),
  ignored('sig-proxy', 'nothing', ATTACHED, { isOfRun: true }),
  lacking(
    'disable-content-trust',
    'nothing',
    'signatures are not verified: name the image by its digest (NAME@sha256:…)',
    {
      usual: ['true'],
    },
  ),
];

/** The flags of `docker` before the command: which engine, and how it is reached. */
export const CLIENT_FLAGS: readonly Flag[] = [
  ignored('host', 'text', ONE_ENGINE, { short: 'H', isList: true }),
  ignored('context', 'text', ONE_ENGINE, { short: 'c' }),
  ignored('config', 'text', ONE_ENGINE),
  ignored('debug', 'nothing', 'it only affects what the docker command prints', { short: 'D' }),
  ignored('log-level', 'text', 'it only affects what the docker command prints', { short: 'l' }),
  ignored('tls', 'nothing', ONE_ENGINE),
  ignored('tlscacert', 'text', ONE_ENGINE),
  ignored('tlscert', 'text', ONE_ENGINE),
  ignored('tlskey', 'text', ONE_ENGINE),
  ignored('tlsverify', 'nothing', ONE_ENGINE),
];
