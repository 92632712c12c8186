import { expect, it } from 'vitest';
import { isOwnHost } from '../../../src/http/pipeline/auth/host-origin.js';

const NAMES = new Set(['berth.example.net', 'nas']);

it.each([
  'localhost',
  'LOCALHOST:8080',
  '127.0.0.1',
  '127.0.0.1:8080',
  '[::1]:8080',
  'berth.example.net',
  'Berth.Example.Net:443',
  'nas:80',
])('takes the host %s as its own', (host) => {
  expect(isOwnHost(host, NAMES)).toBe(true);
});

// DNS rebinding: whoever owns a domain can have any name under it lead here.
it.each([
  'evil-localhost',
  'evil.localhost',
  'localhost.evil.net',
  'evilberth.example.net',
  'evil.berth.example.net',
  'berth.example.net.evil.net',
  'example.net',
  'erth.example.net',
  'xnas',
  'x.nas',
  '127.0.0.1.evil.net',
  'evil127.0.0.1',
  'localhost:8080:80',
  '',
  undefined,
])('refuses the host %s, which only resembles one of its own', (host) => {
  expect(isOwnHost(host, NAMES)).toBe(false);
});
