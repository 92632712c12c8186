import { type ExecFileException, execFile } from 'node:child_process';
import type { Credentials } from '../../domain/registries/credentials.js';
import { readHelperAnswer } from '../../domain/registries/docker-config.js';

/** Time that a credential helper may take, in milliseconds: one that fetches a token calls a service. */
const HELPER_MS = 15_000;

/** Most bytes that a helper may print. */
const MOST_OUTPUT = 64 * 1024;

export type HelperOutcome =
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  /** `why` is for a person, and repeats nothing that the helper printed. */
  | { readonly kind: 'none' | 'missing' | 'failed'; readonly why: string };

/** Asks a credential helper for the credentials of a server. */
export type AskHelper = (name: string, server: string) => Promise<HelperOutcome>;

/** Output of a helper that has no credentials for a server. Rule: docker/docker-credential-helpers, `errors.go`. */
const NOT_FOUND = /credentials not found/i;

/** Runs `docker-credential-NAME get`, without a shell and without Berth's own variables. */
export const askHelper: AskHelper = (name, server) => {
  const program = `docker-credential-${name}`;
  const env = Object.fromEntries(Object.entries(process.env).filter(([variable]) => !variable.startsWith('BERTH_')));
  const options = { env, timeout: HELPER_MS, maxBuffer: MOST_OUTPUT, killSignal: 'SIGKILL' as const };
  return new Promise((resolve) => {
    const child = execFile(program, ['get'], options, (error, stdout, stderr) => {
      if (error === null) return resolve(answered(program, stdout));
      if (error.code === 'ENOENT') {
        return resolve({ kind: 'missing', why: `${program} is not installed where Berth runs` });
      }
      if (NOT_FOUND.test(`${stdout}${stderr}`)) {
        return resolve({ kind: 'none', why: `${program} has no credentials` });
      }
      resolve({ kind: 'failed', why: `${program} ${failureOf(error)}` });
    });
    // A helper that ends without reading is no fault of its own: its status says what it is.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(server);
  });
};

function failureOf({ code, killed }: ExecFileException): string {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed too much';
  return killed ? `took longer than ${HELPER_MS / 1000} seconds` : 'failed';
}

function answered(program: string, stdout: string): HelperOutcome {
  const credentials = readHelperAnswer(stdout);
  return credentials === undefined
    ? { kind: 'failed', why: `${program} printed no credentials` }
    : { kind: 'credentials', credentials };
}
