/** Fields of the process: image, command, environment, user. */

import { Type } from 'typebox';
import { textMap } from '../../../lib/schema.js';
import { type Fields, flag, founding, optional, required, text, texts } from './field.js';

export const PROCESS_FIELDS = {
  image: required(
    Type.String({ minLength: 1, description: 'The image reference.', examples: ['training/webapp:latest'] }),
    { applies: 'replace', policy: 'images' },
  ),
  platform: optional(
    text(
      "--platform: platform of the image, as os/arch or os/arch/variant. Absent: the engine's. A foreign one needs an emulator on the host.",
      'linux/amd64',
    ),
    { applies: 'replace' },
  ),
  service: optional(
    text(
      "Name of the service in its Compose file; other containers on its user-defined network can resolve it. Absent if it equals the container's name.",
      'db',
    ),
    { applies: 'replace', hashedAs: 'aliases' },
  ),
  command: optional(texts("CMD. Absent: the image's.", ['python', 'app.py']), { applies: 'replace' }),
  entrypoint: optional(texts("--entrypoint. Absent: the image's.", ['/bin/sh', '-c']), { applies: 'replace' }),
  env: founding(textMap('-e: variables by name.', { examples: [{ KEY: 'value' }] }), {
    applies: 'replace',
    default: {},
    secret: true,
  }),
  secretEnv: optional(
    textMap(
      'Variables whose values are secrets: the name of a secret by the name of the variable. A new version of the secret replaces the container.',
      { examples: [{ DB_PASSWORD: 'shop-db-password' }], default: {} },
    ),
    { applies: 'replace', hashedAs: 'secrets' },
  ),
  workingDir: optional(text('-w', '/srv'), { applies: 'replace' }),
  user: optional(text('-u', 'www'), { applies: 'replace' }),
  hostname: optional(text('-h', 'web'), { applies: 'replace' }),
  domainname: optional(text('--domainname: the NIS domain name.', 'example.com'), { applies: 'replace' }),
  groupAdd: optional(texts('--group-add: additional groups of the process, by name or id.', ['audio', '1001'], 256), {
    applies: 'replace',
    default: [],
  }),
  init: optional(flag("--init: the engine's init is process 1; it forwards signals and reaps processes."), {
    applies: 'replace',
  }),
  tty: optional(flag('-t: the process gets a terminal; its log then has no separate stderr.'), { applies: 'replace' }),
  stdinOpen: optional(flag('-i: standard input stays open, so that a shell waits instead of ending.'), {
    applies: 'replace',
  }),
  readOnly: optional(flag("--read-only: the container's root file system can't be written; volumes can."), {
    applies: 'replace',
  }),
} as const satisfies Fields;
