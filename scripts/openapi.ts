// npm run openapi            writes openapi/openapi.json from the routes' schemas
// npm run openapi -- --check  exit 1 when it is not what they make
import { readFileSync, writeFileSync } from 'node:fs';
import { buildApp } from '../src/http/app.js';
import { createMetrics } from '../src/observability/metrics.js';
import type { Services } from '../src/service/services.js';

const FILE = 'openapi/openapi.json';
const app = await buildApp({ services: { access: {} } as Services, metrics: createMetrics('0.0.0') });
await app.ready();
const text = `${JSON.stringify(app.swagger(), null, 2)}\n`;
await app.close();
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write(`${FILE} does not match the routes: run npm run openapi\n`);
  process.exitCode = 1;
}
