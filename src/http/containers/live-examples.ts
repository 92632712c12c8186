/** Examples of requests that query the engine while it runs. */

import { CONTAINER } from './examples.js';

export const EXECUTED = {
  exitCode: 0,
  stdout: '127.0.0.1\tlocalhost\n172.17.0.3\tdb a4bdee731c62\n',
  stderr: '',
  truncated: false,
  timedOut: false,
  stillRunning: false,
} as const;

export const IMAGE = {
  id: CONTAINER.status.container.imageId,
  tags: ['training/webapp:latest'],
  digests: ['training/webapp@sha256:06e9c1983bd6d5db5fba376ccd63bfa529e8d02f23d5079b8f74a616308fb11d'],
  sizeBytes: 348_774_220,
  createdAt: '2015-05-13T22:02:37.000Z',
  usedBy: ['web'],
} as const;

export const PULLED = {
  image: 'alpine:3.20',
  imageId: 'sha256:91ef0af61f39ece4d6710e465df5ed6ca12112358344fd51ae6a3b886634148b',
  digest: 'sha256:de4fe7064d8f98419ea6b49190df1abbf43450c1702eeb864fe9ced453c1cc5f',
} as const;

export const USAGE = {
  readAt: '2026-01-16T07:44:10.321357809Z',
  cpu: {
    percent: 12.5,
    onlineCpus: 2,
    usedNanoseconds: 593_915_543,
    kernelNanoseconds: 310_000_000,
    userNanoseconds: 280_000_000,
    throttledNanoseconds: 0,
  },
  memory: { usedBytes: 14_680_064, withCacheBytes: 20_971_520, limitBytes: 4_294_967_296, percent: 0.34 },
  network: {
    receivedBytes: 1_112,
    sentBytes: 640,
    receivedPackets: 12,
    sentPackets: 8,
    receivedDropped: 0,
    sentDropped: 0,
  },
  blockIo: { readBytes: 1_048_576, writtenBytes: 0 },
  pids: { current: 3, limit: 4096 },
} as const;
