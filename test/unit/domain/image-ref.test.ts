import { describe, expect, test } from 'vitest';
import { isImageId, isSameImage, parseImageRef, withDefaultTag } from '../../../src/domain/images/image-ref.js';

const SHA = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('parseImageRef', () => {
  test.each([
    ['mysql', 'mysql', 'docker.io', 'library/mysql', undefined, undefined],
    ['mysql:8.0', 'mysql:8.0', 'docker.io', 'library/mysql', '8.0', undefined],
    ['training/webapp', 'training/webapp', 'docker.io', 'training/webapp', undefined, undefined],
    ['docker.io/library/mysql:8', 'mysql:8', 'docker.io', 'library/mysql', '8', undefined],
    ['docker.io/mysql', 'mysql', 'docker.io', 'library/mysql', undefined, undefined],
    ['index.docker.io/a/b', 'a/b', 'docker.io', 'a/b', undefined, undefined],
    ['localhost/app', 'localhost/app', 'localhost', 'app', undefined, undefined],
    ['127.0.0.1:5001/app:1', '127.0.0.1:5001/app:1', '127.0.0.1:5001', 'app', '1', undefined],
    ['[::1]:5001/app', '[::1]:5001/app', '[::1]:5001', 'app', undefined, undefined],
    ['r.example.com/a/b/c:x', 'r.example.com/a/b/c:x', 'r.example.com', 'a/b/c', 'x', undefined],
    ['Registry/app', 'Registry/app', 'Registry', 'app', undefined, undefined],
    [`mysql@${SHA}`, `mysql@${SHA}`, 'docker.io', 'library/mysql', undefined, SHA],
    [`mysql:8@${SHA}`, `mysql:8@${SHA}`, 'docker.io', 'library/mysql', '8', SHA],
    ['a__b/c.d-e--f', 'a__b/c.d-e--f', 'docker.io', 'a__b/c.d-e--f', undefined, undefined],
    ['mysql:_x.Y-1', 'mysql:_x.Y-1', 'docker.io', 'library/mysql', '_x.Y-1', undefined],
    ['library/a/b', 'library/a/b', 'docker.io', 'library/a/b', undefined, undefined],
  ])('reads %s', (text, name, registry, repository, tag, digest) => {
    const value = {
      name,
      registry,
      repository,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
    };
    expect(parseImageRef(text)).toEqual({ ok: true, value });
  });

  test('reads an id as one that names no registry', () => {
    expect(parseImageRef(SHA)).toEqual({ ok: true, value: { name: SHA, registry: '', repository: '', id: SHA } });
    expect(parseImageRef('sha256:8')).toMatchObject({ value: { repository: 'library/sha256', tag: '8' } });
    expect(withDefaultTag({ name: SHA, registry: '', repository: '', id: SHA })).toBe(SHA);
    expect(isImageId(SHA)).toBe(true);
    expect(isImageId(`mysql@${SHA}`)).toBe(false);
  });

  test.each([
    ['', 'the image reference is empty'],
    [' mysql', 'white space'],
    ['mysql\n', 'white space'],
    ['MySQL', 'must be lower case'],
    ['training/WebApp', 'must be lower case'],
    ['https://hub.docker.com/mysql', 'leave the scheme out'],
    ['mysql:', 'is not a tag'],
    ['mysql:a b', 'white space'],
    ['mysql:.8', 'is not a tag'],
    [`mysql:${'a'.repeat(129)}`, 'is not a tag'],
    ['mysql:8:9', 'is not a tag'],
    ['mysql@', 'is not a digest'],
    ['mysql@sha256:abc', 'is not a digest'],
    [`mysql@${SHA.toUpperCase()}`, 'is not a digest'],
    [`mysql@md5:${'a'.repeat(32)}`, 'is not a digest'],
    [`@${SHA}`, 'a part of the path is empty'],
    [':8', 'a part of the path is empty'],
    ['a//b', 'a part of the path is empty'],
    ['a/', 'a part of the path is empty'],
    ['/a', 'a part of the path is empty'],
    ['-a', 'must be lower-case letters and digits'],
    ['a..b', 'must be lower-case letters and digits'],
    ['a___b', 'must be lower-case letters and digits'],
    ['a_', 'must be lower-case letters and digits'],
    ['mysql;rm', 'must be lower-case letters and digits'],
    ['ex_ample.com/app', 'is not a registry name'],
    ['host:port/app', 'is not a registry name'],
    ['a'.repeat(256), 'longer than 255'],
    ['0123456789abcdef'.repeat(4), 'a bare id is not an image reference'],
  ])('refuses %j', (text, reason) => {
    expect(parseImageRef(text)).toMatchObject({ ok: false, message: expect.stringContaining(reason) });
  });
});

describe('withDefaultTag', () => {
  test.each([
    ['mysql', 'mysql:latest'],
    ['mysql:8', 'mysql:8'],
    [`mysql@${SHA}`, `mysql@${SHA}`],
    ['127.0.0.1:5001/app', '127.0.0.1:5001/app:latest'],
  ])('makes %s to %s', (text, expected) => {
    const ref = parseImageRef(text);
    expect(ref.ok && withDefaultTag(ref.value)).toBe(expected);
  });
});

describe('isSameImage', () => {
  test.each([
    ['x', 'x:latest', true],
    ['x', 'docker.io/library/x', true],
    ['index.docker.io/x:latest', 'library/x', true],
    ['r.example.com/x', 'r.example.com/x:latest', true],
    [`x:8@${SHA}`, `x@${SHA}`, true],
    ['x', 'x:8', false],
    ['x', 'r.example.com/x', false],
    ['x:latest', `x@${SHA}`, false],
    ['Not A Reference', 'Not A Reference', true],
  ])('%s and %s: %s', (a, b, isSame) => {
    expect(isSameImage(a, b)).toBe(isSame);
    expect(isSameImage(b, a)).toBe(isSame);
  });
});
