// Makes dist/main.js, the server and what it imports in one file: finding and reading two thousand modules took a third of
// a start. Names and lines stay as they are; with `node --enable-source-maps` a stack trace names the sources.
import { Buffer } from 'node:buffer';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const OUT = 'dist';

/** The server, the thread in which it reads imports, and the command. */
const PROGRAMS = {
  'src/main.ts': 'main.js',
  'src/service/import-export/reading-worker.ts': 'reading-worker.js',
  'src/cli/main.ts': 'cli.js',
};

/** What reads files beside its own modules. */
const APART = ['@fastify/static', '@fastify/swagger-ui', '@photostructure/sqlite', 'pino'];

/** Not imported: they run in a thread, in a container and in a process of their own. */
const FILES = [
  'src/http/topology/graphviz-worker.mjs',
  'src/engine/docker/probe/probe-program.mjs',
  'src/store/backup/check-file.mjs',
];

/**
 * What dockerode has for builds of images, and docker-modem for a way of its own through ssh. We ask for neither, and
 * gRPC, which they load, was a tenth of a start.
 */
const UNUSED = /node_modules\/(dockerode\/lib\/(session|buildkit)|docker-modem\/lib\/ssh)\.js$/;

const withoutUnused = {
  name: 'without-unused',
  load: (id) => (UNUSED.test(id) ? 'module.exports = {};' : null),
};

/** Prisma's compiler, two megabytes of text in a module of its own, as bytes beside the bundle: those need no parsing. */
const wasmAsBytes = {
  name: 'wasm-as-bytes',
  async load(id) {
    if (!id.endsWith('.wasm-base64.mjs')) return null;
    const { wasm } = await import(pathToFileURL(id).href);
    writeFileSync(`${OUT}/query-compiler.wasm`, Buffer.from(wasm, 'base64'), { flag: 'wx' });
    return `import { readFileSync } from 'node:fs';
      export const wasm = readFileSync(new URL('query-compiler.wasm', import.meta.url)).toString('base64');`;
  },
};

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT);
for (const file of FILES) copyFileSync(file, path.join(OUT, path.basename(file)));
for (const [input, output] of Object.entries(PROGRAMS)) {
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: APART,
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [withoutUnused, wasmAsBytes],
  });
  await bundle.write({ file: `${OUT}/${output}`, sourcemap: true, codeSplitting: false });
}
