// node scripts/images.mjs   makes the tutorial's images on the engine, from what every Debian has: perl, and busybox.
//
// training/webapp  5000/tcp         `python app.py` answers "Hello world!" and logs each request
// training/postgres 5432/tcp
// mysql            3306, 33060/tcp  wants MYSQL_ROOT_PASSWORD, as the real one does
// udp-echo         5000/udp         sends each datagram back
//
// They are look-alikes: the registry serves the tutorial's own ones no more to engines of today.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pack } from 'tar-stream';
import { ask, engineHost, stateOf } from './engine.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LABEL = 'io.berth.tutorial-image';
const PATH_ENV = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const IMAGES = {
  'training/webapp': [PATH_ENV, 'EXPOSE 5000', 'WORKDIR /opt/webapp', 'CMD ["python","app.py"]'],
  'training/postgres': [PATH_ENV, 'ENV PG_VERSION=9.3', 'EXPOSE 5432', 'CMD ["perl","/serve.pl","tcp","5432"]'],
  mysql: [
    PATH_ENV,
    'ENV GOSU_VERSION=1.12',
    'ENV MYSQL_MAJOR=8.0',
    'ENV MYSQL_VERSION=8.0.27-1debian10',
    'EXPOSE 3306',
    'EXPOSE 33060',
    'ENTRYPOINT ["docker-entrypoint.sh"]',
    'CMD ["mysqld"]',
  ],
  'udp-echo': [PATH_ENV, 'EXPOSE 5000/udp', 'CMD ["perl","/serve.pl","udp","5000"]'],
};

const SCRIPTS = {
  'usr/local/bin/python': '#!/bin/sh\nexec perl /serve.pl webapp 5000\n',
  'usr/local/bin/docker-entrypoint.sh':
    '#!/bin/sh\n[ "$1" = mysqld ] || exec "$@"\n' +
    'if [ -z "$MYSQL_ROOT_PASSWORD" ]; then echo "[ERROR] You need to specify MYSQL_ROOT_PASSWORD" >&2; exit 1; fi\n' +
    'exec perl /serve.pl tcp 3306 33060\n',
};

/** A statically linked busybox: the host's, or Debian's package unpacked (not installed) under data/. */
export function busybox() {
  const own = path.join(ROOT, 'data/busybox');
  const find = () =>
    ['/bin/busybox', ...['bin', 'usr/bin'].map((dir) => path.join(own, dir, 'busybox'))].find(isStatic);
  const there = find();
  if (there !== undefined) return there;
  // Unpacked beside its place and moved there whole: two runs may do this at the same time.
  mkdirSync(path.dirname(own), { recursive: true });
  const made = mkdtempSync(`${own}-`);
  const run = (command, ...args) => execFileSync(command, args, { cwd: made, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    const download = () => run('apt-get', '-q', '-o', 'APT::Sandbox::User=root', 'download', 'busybox-static');
    try {
      download();
    } catch {
      run('apt-get', '-q', 'update');
      download();
    }
    const [archive] = readdirSync(made).filter((name) => name.endsWith('.deb'));
    run('dpkg-deb', '-x', archive, made);
    if (find() === undefined) {
      rmSync(own, { recursive: true, force: true });
      renameSync(made, own);
    }
  } catch (cause) {
    // Another run has moved its own there in between.
    if (find() !== undefined) return find();
    throw new Error(
      'the images need a static busybox: install it as /bin/busybox (on Debian: apt-get install busybox-static)',
      { cause },
    );
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return find();
}

/** ELF without an interpreter. */
function isStatic(file) {
  return existsSync(file) && !readFileSync(file).includes('/ld-linux');
}

/** perl and the libraries that it is linked to, by their paths in the image. */
function perl() {
  const binary = '/usr/bin/perl';
  if (!existsSync(binary)) throw new Error('the images need /usr/bin/perl: install perl-base');
  const libraries = execFileSync('ldd', [binary], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? [];
  return [binary, ...libraries].map((file) => [file.slice(1), readFileSync(realpathSync(file))]);
}

function content() {
  const box = busybox();
  const applets = execFileSync(box, ['--list'], { encoding: 'utf8' }).trim().split('\n');
  const files = [
    ['bin/busybox', readFileSync(box)],
    ...perl(),
    ['serve.pl', readFileSync(path.join(ROOT, 'scripts/images/serve.pl'))],
    ['opt/webapp/app.py', ''],
    ['etc/passwd', 'root:x:0:0:root:/root:/bin/sh\n'],
    ['etc/group', 'root:x:0:\n'],
    ...Object.entries(SCRIPTS),
  ];
  const links = applets
    .filter((name) => name !== 'busybox' && name !== 'perl')
    .map((name) => [`bin/${name}`, 'busybox']);
  return { files, links: [...links, ['bin/bash', 'busybox']] };
}

async function tarOf({ files, links }) {
  const tar = pack();
  const chunks = [];
  const done = (async () => {
    for await (const chunk of tar) chunks.push(chunk);
  })();
  for (const dir of ['root', 'tmp', 'proc', 'sys', 'dev'])
    tar.entry({ name: `${dir}/`, type: 'directory', mode: dir === 'tmp' ? 0o1777 : 0o755 });
  for (const [name, data] of files) tar.entry({ name, mode: 0o755 }, data);
  for (const [name, linkname] of links) tar.entry({ name, type: 'symlink', linkname });
  tar.finalize();
  await done;
  return Buffer.concat(chunks);
}

/**
 * Makes those of the images that the engine lacks, or has from an older version of this script. An image of one of the
 * names that was not made here is left as it is.
 */
export async function ensureImages(host, log = () => {}) {
  const parts = content();
  const inputs = createHash('sha256');
  for (const [name, data] of [...parts.files, ...parts.links]) inputs.update(name).update(data);
  const base = inputs.digest('hex');
  let tar;
  for (const [name, changes] of Object.entries(IMAGES)) {
    const stamp = createHash('sha256').update(base).update(JSON.stringify(changes)).digest('hex').slice(0, 16);
    const found = await ask(host, 'GET', `/images/${name}:latest/json`);
    const labels = found.status === 200 ? (JSON.parse(found.text).Config?.Labels ?? {}) : {};
    if (found.status === 200 && labels[LABEL] === undefined) {
      log(`${name}: the engine has an image of this name from elsewhere, which is used unchanged`);
      continue;
    }
    if (labels[LABEL] === stamp) {
      log(`${name}: there`);
      continue;
    }
    tar ??= await tarOf(parts);
    const query = new URLSearchParams([
      ['fromSrc', '-'],
      ['repo', name],
      ['tag', 'latest'],
      ...[...changes, `LABEL ${LABEL}=${stamp}`].map((change) => ['changes', change]),
    ]);
    const made = await ask(host, 'POST', `/images/create?${query}`, tar, 'application/x-tar');
    if (made.status !== 200 || made.text.includes('"error"')) throw new Error(`importing ${name}: ${made.text}`);
    if (found.status === 200) await ask(host, 'DELETE', `/images/${JSON.parse(found.text).Id}`);
    log(`${name}: made`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const host = engineHost();
  try {
    if ((await stateOf(host)) !== 'up') {
      throw new Error(`no engine answers at ${host}: npm start sets one up, or set DOCKER_HOST to a running engine`);
    }
    await ensureImages(host, (line) => console.log(line));
  } catch (error) {
    console.error(`berth: ${error.message}`);
    process.exitCode = 1;
  }
}
