import { describe, expect, it } from 'vitest';
import { readDockerConfig, readHelperAnswer, serverOf } from '../../../src/domain/registries/docker-config.js';

const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });

describe('a config.json', () => {
  it('has credentials by registry, in every form of its name', () => {
    const read = readDockerConfig(
      JSON.stringify({
        auths: {
          'https://index.docker.io/v1/': auth('hub:one:with:colons'),
          'registry.example.com:5000': { username: 'ci', password: 'two' },
          'https://other.example/v2/': { identitytoken: 'three', ...auth('ignored:x') },
          'empty.example': {},
          'broken.example': auth('nocolon'),
          'odd.example': auth('user\n:x'),
        },
        HttpHeaders: { 'User-Agent': 'x' },
      }),
    );
    expect(read.ok && [...read.value.auths]).toEqual([
      ['docker.io', { username: 'hub', password: 'one:with:colons' }],
      ['registry.example.com:5000', { username: 'ci', password: 'two' }],
      ['other.example', { identityToken: 'three' }],
    ]);
  });

  it('names helpers for single registries and for all others', () => {
    const read = readDockerConfig(
      '{"credHelpers":{"index.docker.io":"pass","1.dkr.ecr.x.amazonaws.com":"ecr-login"},"credsStore":"desktop"}',
    );
    expect(read.ok && [[...read.value.helpers], read.value.store]).toEqual([
      [
        ['docker.io', 'pass'],
        ['1.dkr.ecr.x.amazonaws.com', 'ecr-login'],
      ],
      'desktop',
    ]);
  });

  it.each([
    ['no JSON, whose text is not repeated', '{"auths":{"x":"hunter2"', /^is not JSON$/],
    ['a list', '[]', /not a JSON object/],
    ['auths that are a list', '{"auths":[]}', /^\/auths is not an object/],
    ['a helper that leads elsewhere', '{"credsStore":"../../tmp/x"}', /credential helper whose name/],
    ['a helper with arguments', '{"credHelpers":{"x.example":"a b"}}', /credential helper whose name/],
    ['a helper that is a number', '{"credHelpers":{"x.example":1}}', /credential helper whose name/],
    [
      'too many registries',
      JSON.stringify({ auths: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`r${i}.example`, {}])) }),
      /more than 1000/,
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(readDockerConfig(text)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });
});

it.each([
  ['{"ServerURL":"x","Username":"ci","Secret":"p"}', { username: 'ci', password: 'p' }],
  ['{"Username":"<token>","Secret":"t"}', { identityToken: 't' }],
  ['{"Username":"ci","Secret":""}', undefined],
  ['{"Username":1,"Secret":"p"}', undefined],
  ['hunter2', undefined],
  ['null', undefined],
])('reads the answer of a helper: %s', (text, credentials) => {
  expect(readHelperAnswer(text)).toEqual(credentials);
});

it('asks for Docker Hub by the name that docker login stores', () => {
  expect([serverOf('docker.io'), serverOf('r.example:5000')]).toEqual([
    'https://index.docker.io/v1/',
    'r.example:5000',
  ]);
});
