// npm run client            writes openapi/types.ts from openapi/openapi.json
// npm run client -- --check  exit 1 when it is not what the document makes
import { readFileSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';

const DOCUMENT = new URL('../openapi/openapi.json', import.meta.url);
const FILE = new URL('../openapi/types.ts', import.meta.url);
const HEAD = '/** Generated from openapi.json by `npm run client`: change the routes instead of this file. */\n\n';

// The generator writes through TypeScript's own API, which the native TypeScript 7 doesn't have: it gets 5.9, by a hook
// that answers its import of `typescript` with the package that is installed as `typescript-js`.
const hook = `export const resolve = (name, context, next) => next(name === 'typescript' ? 'typescript-js' : name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`, import.meta.url);
const { default: openapiTypes, astToString } = await import('openapi-typescript');

const document = readFileSync(DOCUMENT, 'utf8');
const nodes = await openapiTypes(document, {
  // What has a default may be left out of a body.
  defaultNonNullable: false,
  immutable: true,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  silent: true,
});
const text = HEAD + astToString(nodes);
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('openapi/types.ts does not match openapi/openapi.json: run npm run client\n');
  process.exitCode = 1;
}
