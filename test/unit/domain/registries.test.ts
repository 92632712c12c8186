import { describe, expect, it } from 'vitest';
import { readCredentials } from '../../../src/domain/registries/credentials.js';
import { expiryOf } from '../../../src/domain/registries/expiry.js';
import { readRegistry, registryOf } from '../../../src/domain/registries/registry-key.js';

describe('the name of a registry', () => {
  it.each([
    ['docker.io', 'docker.io'],
    ['index.docker.io', 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['Registry.Example.COM', 'registry.example.com'],
    ['registry.example.com:5000', 'registry.example.com:5000'],
    ['localhost', 'localhost'],
    ['localhost:5000', 'localhost:5000'],
    ['127.0.0.1:5001', '127.0.0.1:5001'],
    ['0x7f000001:5001', '127.0.0.1:5001'],
    ['[::1]:5000', '[::1]:5000'],
    ['[0:0::1]:5000', '[::1]:5000'],
    ['registry:5000', 'registry:5000'],
  ])('%s is %s', (text, key) => {
    expect(readRegistry(text)).toEqual({ ok: true, value: key });
  });

  it.each([
    '',
    'https://registry.example.com',
    'registry.example.com/team',
    'registry',
    'a b.c',
    'user@host.example',
    'x'.repeat(300),
    '-.-',
  ])('is not %j', (text) => {
    expect(readRegistry(text)).toMatchObject({ ok: false });
  });

  it.each([
    ['mysql:8', 'docker.io'],
    ['index.docker.io/library/mysql', 'docker.io'],
    ['registry-1.docker.io/library/mysql', 'docker.io'],
    ['127.0.0.1:5001/team/app@sha256:'.concat('a'.repeat(64)), '127.0.0.1:5001'],
    [`sha256:${'a'.repeat(64)}`, undefined],
  ])('of the image %s is %s', (image, host) => {
    expect(registryOf(image)).toBe(host);
  });
});

describe('credentials', () => {
  it.each([
    [{ username: 'ci', password: 'p' }, []],
    [{ identityToken: 't' }, []],
    [{ username: '_json_key', password: '{\n "a": 1 }' }, []],
    [{}, ['/username', '/password']],
    [{ username: 'ci' }, ['/password']],
    [{ username: 'ci', identityToken: 't' }, ['/username']],
    [{ username: 'a:b', password: 'p' }, ['/username']],
    [{ username: '', password: '' }, ['/password', '/username']],
    [{ username: 'ci', password: 'p\n' }, ['/password']],
    [{ username: 'ci', password: 'p'.repeat(16_385) }, ['/password']],
    [{ identityToken: 'a\0b' }, ['/identityToken']],
  ])('%j have faults at %j', (input, pointers) => {
    const read = readCredentials(input);
    expect(read.ok ? [] : read.faults.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64');
  const password = (username: string, text: string) => ({ username, password: text });
  it.each([
    [
      'an ECR password',
      '1.dkr.ecr.eu-west-1.amazonaws.com',
      password('AWS', base64({ expiration: 1_700_000_000 })),
      1_700_000_000,
    ],
    ['an ECR password that says nothing', '1.dkr.ecr.eu-west-1.amazonaws.com', password('AWS', 'x'), null],
    ['an access token of Google Cloud', 'gcr.io', password('oauth2accesstoken', 'ya29.x'), null],
    ['a key file of Google Cloud', 'gcr.io', password('_json_key', '{}'), undefined],
    [
      'a JWT',
      'x.azurecr.io',
      password('0', `eyJ0.${base64({ exp: 1_700_000_000 })}.sig`.replaceAll('=', '')),
      1_700_000_000,
    ],
    [
      'an identity token',
      'x.azurecr.io',
      { identityToken: `eyJ0.${base64({ exp: 1_700_000_000 })}.s`.replaceAll('=', '') },
      1_700_000_000,
    ],
    ['a password like any other', 'registry.example.com', password('ci', 'hunter2'), undefined],
    ['a password that looks like a JWT', 'registry.example.com', password('ci', 'eyJx.eyJx.x'), undefined],
  ])('know when they expire: %s', (_, host, credentials, seconds) => {
    const at = expiryOf(host, credentials)?.at;
    expect(at instanceof Date ? at.getTime() / 1000 : at).toBe(seconds);
  });
});
