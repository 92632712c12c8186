import { existsSync, readFileSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import type { FastifyBaseLogger } from 'fastify';
import { tokenLine } from './admin-token.js';
import { type Berth, openBerth } from './berth.js';
import { type Config, helpText, parseConfig, shownConfig } from './config.js';
import { Problem } from './domain/problems/problem.js';
import { ephemeralWarning } from './ephemeral-ports.js';
import { armFailPoint } from './observability/fail-point.js';
import { createLog } from './observability/log.js';
import { openFiles } from './open-files.js';
import { holderOf } from './port-holder.js';
import { ownFile } from './root.js';
import { listenFault, welcome } from './startup-text.js';
import { systemd } from './systemd.js';
import { VERSION } from './version.js';

/** Time that a stop may take, in milliseconds. */
const STOP_MS = 10_000;

/** Folder that `npm run build` writes the page to. */
const PAGE_DIR = ownFile('dist/page');

const command = parseConfig({
  argv: process.argv.slice(2),
  env: process.env,
  readFile: (path) => readFileSync(path, 'utf8'),
  isTerminal: process.stdout.isTTY === true,
});
switch (command.kind) {
  case 'help':
    process.stdout.write(helpText());
    break;
  case 'version':
    process.stdout.write(`${VERSION}\n`);
    break;
  case 'faults':
    for (const fault of command.faults) process.stderr.write(`berth: ${fault}\n`);
    process.exitCode = 2;
    break;
  case 'check-config':
    process.stdout.write(`${JSON.stringify(shownConfig(command.config), null, 2)}\n`);
    break;
  case 'serve':
    await serve(command.config).catch((error: unknown) => {
      process.stderr.write(`berth: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    });
}

async function serve(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel, format: config.logFormat });
  armFailPoint(process.env['BERTH_TEST_FAIL_POINT']);
  const manager = systemd(process.env, process.pid, (err) => log.warn({ err }, 'systemd can not be notified'));
  const hasPage = existsSync(`${PAGE_DIR}/index.html`);
  if (!hasPage)
    log.warn({ missing: PAGE_DIR }, 'the page is not built, so / redirects to Swagger UI; build it with npm run build');
  const berth = await openBerth({
    ...{ ...config, log, pageDir: hasPage ? PAGE_DIR : undefined },
    fileDescriptors: openFiles(textOf),
  });
  const hasPolicy = config.policyFile !== undefined;
  // On a terminal the signal means that the terminal is gone; elsewhere, that the configuration is to be read again.
  const reloads = hasPolicy || process.stdout.isTTY !== true;
  if (hasPolicy) process.on('SIGHUP', () => void reloadPolicy(berth, log));
  else if (reloads) process.on('SIGHUP', () => log.info({}, 'nothing to reload: no policy file is configured'));
  const closing = closeWithGrace(
    { delay: STOP_MS, logger: false, ...(reloads && { skip: ['SIGHUP'] }) },
    async ({ signal, err }) => {
      if (err !== undefined) log.fatal({ err }, 'stopping after an uncaught error');
      else log.info({ signal }, 'stopping');
      await Promise.all([manager.stopping(), berth.stop()]);
      log.info({}, 'stopped');
    },
  );
  const at = { host: config.host, port: config.port };
  try {
    const address = await berth.listen(at);
    berth.start();
    manager.ready();
    berth.makeAhead();
    const where = hasPage ? `page: ${address}/, Swagger UI: ${address}/docs` : `Swagger UI: ${address}/docs`;
    log.info({ address, engine: config.engine.host, dataDir: config.dataDir }, where);
    const ephemeral = ephemeralWarning(config.portRange, config.engine.host, { read: textOf, exists: existsSync });
    if (ephemeral !== null) log.warn({}, ephemeral);
    if (config.auth === 'off')
      log.warn({}, 'authentication is off: anyone who can reach this address has root-equivalent access to the host');
    const { tokenFile } = berth;
    if (process.stdout.isTTY && config.logFormat === 'pretty') {
      // Never through the log, which may be kept: this holds the token itself.
      const token = tokenFile === undefined ? undefined : readFileSync(tokenFile, 'utf8').trim();
      process.stdout.write(welcome({ address, hasPage, token, tokenFile }));
    } else {
      if (tokenFile !== undefined) log.info({}, `set the admin token in a shell: ${tokenLine(tokenFile)}`);
      log.info({}, 'SIGTERM or Ctrl-C stops Berth; containers keep running');
    }
  } catch (error) {
    // It would end the process with status 0 as soon as nothing is left to do.
    closing.uninstall();
    await berth.stop();
    const { syscall } = error as NodeJS.ErrnoException;
    if (syscall !== 'listen') throw error;
    throw new Error(listenFault(error as NodeJS.ErrnoException, at, holderOf(at.port)), { cause: error });
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Reloads the policy; if the file has faults, logs them and keeps the previous policy. */
async function reloadPolicy(berth: Berth, log: FastifyBaseLogger): Promise<void> {
  try {
    await berth.reloadPolicy();
    log.info({}, 'policy reloaded');
  } catch (error) {
    const faults = error instanceof Problem ? error.faults : undefined;
    log.error({ err: error, faults }, 'policy reload failed; keeping the previous policy');
  }
}
