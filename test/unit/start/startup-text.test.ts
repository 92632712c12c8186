import { describe, expect, it } from 'vitest';
import { listenFault, signInLink, welcome } from '../../../src/startup-text.js';

const address = 'http://127.0.0.1:8080';

describe('the text at a terminal', () => {
  it('has a link that carries the token in its fragment, which no server sees', () => {
    const url = new URL(signInLink(address, 'berth_a+b/c'));
    expect([url.pathname, url.search]).toEqual(['/', '']);
    expect(new URLSearchParams(url.hash.slice(1)).get('token')).toBe('berth_a+b/c');
  });

  it('names the sign-in link, the command for a shell and how to stop', () => {
    const text = welcome({ address, hasPage: true, token: 'berth_x', tokenFile: '/srv/berth/token' });
    expect(text).toContain(`${address}/#token=berth_x`);
    expect(text).toContain(`export BERTH_TOKEN="$(cat '/srv/berth/token')"`);
    expect(text).toContain('Ctrl-C; containers keep running');
  });

  it.each([
    ['the token was configured', { hasPage: true, token: undefined, tokenFile: undefined }],
    ['the page is not built', { hasPage: false, token: 'berth_x', tokenFile: '/srv/berth/token' }],
  ])('has no link with a token where %s', (_, options) => {
    expect(welcome({ address, ...options })).not.toContain('#token');
  });
});

describe('a server that can not listen', () => {
  const at = { host: '127.0.0.1', port: 8080 };
  const fault = (code: string, holder?: string) => listenFault(Object.assign(new Error('said'), { code }), at, holder);

  it.each([
    [
      'EADDRINUSE',
      'nginx (process 7)',
      'port 8080 on 127.0.0.1 is in use by nginx (process 7): stop that process, or choose another port with BERTH_PORT',
    ],
    [
      'EADDRINUSE',
      undefined,
      'port 8080 on 127.0.0.1 is in use: stop that process, or choose another port with BERTH_PORT',
    ],
    ['EACCES', undefined, 'permission denied to listen on port 8080 on 127.0.0.1: choose another port with BERTH_PORT'],
    ['EADDRNOTAVAIL', undefined, '127.0.0.1 is not an address of this host: set another one with BERTH_HOST'],
    ['EOTHER', undefined, 'said'],
  ])('says for %s with holder %s what to do', (code, holder, text) => expect(fault(code, holder)).toBe(text));
});
