/** The texts that the server prints when it has started, or can't. */

import { tokenLine } from './admin-token.js';

/** The address of the page that signs a browser in. A fragment stays in the browser: it is in no request and no log. */
export const signInLink = (address: string, token: string): string => `${address}/#token=${encodeURIComponent(token)}`;

/** Lists what a person at a terminal needs next: how to sign in, and how to stop. */
export function welcome(options: {
  readonly address: string;
  readonly hasPage: boolean;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
}): string {
  const { address, hasPage, token, tokenFile } = options;
  const rows = [
    ...(hasPage && token !== undefined ? [['Sign in', signInLink(address, token)]] : [['Page', `${address}/`]]),
    ['Swagger UI', `${address}/docs`],
    ...(tokenFile === undefined ? [] : [['Token', tokenLine(tokenFile)]]),
    ['Stop', 'Ctrl-C; containers keep running'],
  ];
  return `\n${rows.map(([name = '', text]) => `  ${name.padEnd(12)}${text}`).join('\n')}\n\n`;
}

/**
 * Says why the server can't listen and what to do.
 *
 * @param holder the process that has the port, where it can be seen
 */
export function listenFault(
  error: NodeJS.ErrnoException,
  at: { readonly host: string; readonly port: number },
  holder: string | undefined,
): string {
  const where = `port ${at.port} on ${at.host}`;
  const remedy = 'choose another port with BERTH_PORT';
  switch (error.code) {
    case 'EADDRINUSE':
      return `${where} is in use${holder === undefined ? '' : ` by ${holder}`}: stop that process, or ${remedy}`;
    case 'EACCES':
      return `permission denied to listen on ${where}: ${remedy}`;
    case 'EADDRNOTAVAIL':
      return `${at.host} is not an address of this host: set another one with BERTH_HOST`;
    default:
      return error.message;
  }
}
