/** A recipient that starts while its source restarts has its alias in `/etc/hosts`, or says that it has not. */

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring, unique } from './declaring.js';
import { eventually, IS_PODMAN, RUN, sweep, TEST_LABEL, type TestBerth, testBerth } from './support.js';

let t: TestBerth;
beforeAll(async () => {
  t = await testBerth();
});
afterAll(async () => {
  await t.stop();
  await sweep(`${TEST_LABEL}=${RUN}`);
});
const { get, declare } = declaring(() => t);

const ROUNDS = 6;
const RECIPIENTS = 6;

/** The address that a recipient's `/etc/hosts` has for the alias, read past Berth; undefined if there is no line. */
async function addressInHosts(recipient: string, alias: string): Promise<string | undefined> {
  const { body } = await t.http.get(`/v1/containers/${recipient}/hosts`).expect(200);
  const line = (body.entries as { address: string; names: string[] }[]).find(({ names }) => names.includes(alias));
  return line?.address;
}

/** The readiness of a recipient and what its `/etc/hosts` has, both of the same moment. */
async function standingOf(recipient: string, source: string) {
  const before = await get(recipient);
  const sourceBefore = await get(source);
  const address = await addressInHosts(recipient, 'other');
  const after = await get(recipient);
  const sourceAfter = await get(source);
  const isSteady =
    before.status.ready &&
    after.status.ready &&
    before.status.container?.startedAt === after.status.container?.startedAt &&
    sourceBefore.status.container?.startedAt === sourceAfter.status.container?.startedAt &&
    sourceAfter.status.container?.state === 'running';
  return { isSteady, address, wanted: sourceAfter.status.container?.ipAddress, status: after.status };
}

describe.skipIf(IS_PODMAN)('recipients that are replaced while their source restarts', () => {
  it('are ready only with the alias in /etc/hosts, and all become ready', async () => {
    const source = unique('src');
    const recipients = Array.from({ length: RECIPIENTS }, (_, index) => unique(`r${index + 1}`));
    const declared = (round: number) =>
      recipients.map((name) => ({
        name,
        image: 'training/webapp',
        env: { ROUND: String(round) },
        links: [{ container: source, alias: 'other', env: 'none' }],
      }));
    await declare({ name: source, image: 'training/webapp' });
    await t.http
      .post('/v1/apply?wait=60')
      .send({ containers: declared(0) })
      .expect(200);
    for (let round = 1; round <= ROUNDS; round++) {
      await t.http
        .post('/v1/apply')
        .send({ containers: declared(round) })
        .expect(200);
      // The window is wherever the engine is within a recipient's start: a different place of it each round.
      await pause((round - 1) * 180);
      await t.http.post(`/v1/containers/${source}/restart`).expect((answer) => expect(answer.status).toBeLessThan(300));
      for (const recipient of recipients) {
        await eventually(async () => {
          const { isSteady, address, wanted, status } = await standingOf(recipient, source);
          expect(isSteady, JSON.stringify(status.conditions)).toBe(true);
          expect(address, `${recipient} in round ${round}: ${JSON.stringify(status)}`).toBe(wanted);
        }, 60_000);
      }
    }
  });
});
