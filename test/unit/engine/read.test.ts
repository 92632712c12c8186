import { describe, expect, it } from 'vitest';
import { createImageLabels } from '../../../src/engine/docker/containers/image-labels.js';
import { ownLabelsOwner, toDetail, toSummary } from '../../../src/engine/docker/from-docker.js';
import { asContainer, asSummaries, asVersion } from '../../../src/engine/docker/response-schemas.js';
import { DOCKER, identify } from '../../../src/engine/docker/versions.js';

/** Recorded on Podman 4.3.1 (Debian 12), with what nothing of ours reads left out. */
const VERSION = {
  Version: '4.3.1',
  ApiVersion: '1.41',
  MinAPIVersion: '1.24',
  Components: [{ Name: 'Podman Engine' }, { Name: 'Conmon' }, { Name: 'OCI Runtime (crun)' }],
};
const ENDPOINT = { Links: null, Aliases: ['640e7bcb14a4'], NetworkID: 'podman', IPAddress: '10.88.0.2' };
const LISTED = {
  Id: '640e7bcb14a4',
  Names: ['/one'],
  Ports: [{ PrivatePort: 5000, PublicPort: 5000, Type: 'tcp' }],
  Labels: {},
  State: 'running',
  Status: 'Up Less than a second',
  NetworkSettings: { Networks: { podman: ENDPOINT } },
};
const INSPECTED = {
  Id: '640e7bcb14a4',
  Name: '/one',
  Image: 'sha256:ddc5',
  RestartCount: 0,
  State: {
    Status: 'running',
    Error: '',
    ExitCode: 0,
    StartedAt: '2026-11-24T18:31:00.156129815Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: { Status: '', FailingStreak: 0, Log: null },
  },
  HostConfig: { Links: null, RestartPolicy: { Name: '' }, Memory: 0, NanoCpus: 0, PidsLimit: 4096 },
  Config: { Image: 'docker.io/training/webapp:latest', Hostname: '640e7bcb14a4', User: '', Env: [], ExposedPorts: {} },
  NetworkSettings: { Ports: { '5000/tcp': [{ HostIp: '', HostPort: '5000' }] }, Networks: { podman: ENDPOINT } },
};

describe("Podman's words", () => {
  const { engine, dialect } = identify(asVersion(VERSION));
  const summary = (over: object = {}) => toSummary(asSummaries([{ ...LISTED, ...over }])[0] as never, dialect);
  const detail = toDetail(asContainer(INSPECTED), null, dialect);

  it('name it, and what it lacks', () => {
    expect(engine).toMatchObject({ kind: 'podman', version: '4.3.1', apiVersion: '1.41' });
    expect(engine.lacks.links).toContain('Podman 4.3.1 does not support links');
    expect(engine.lacks.updates).toContain("can't update a container in place");
  });

  it('for the default network are ours, where it is its own', () => {
    expect(summary().addresses).toEqual({ bridge: '10.88.0.2' });
    expect(detail.networks['bridge']).toMatchObject({ ipAddress: '10.88.0.2', links: [] });
  });

  it('for a port on every address leave the address out', () => {
    const bound = { hostIp: '0.0.0.0', hostPort: 5000, containerPort: 5000, protocol: 'tcp' };
    expect([summary().bindings, detail.bindings]).toEqual([[bound], [bound]]);
  });

  it('for host ports of a container that is down count as none, and those that it takes at each start are kept', () => {
    const taken = { hostIp: '0.0.0.0', hostPort: 5001, containerPort: 5000, protocol: 'tcp' };
    const down = toDetail(
      asContainer({
        ...INSPECTED,
        State: { ...INSPECTED.State, Status: 'exited' },
        HostConfig: {
          ...INSPECTED.HostConfig,
          PortBindings: { '5000/tcp': [{ HostIp: '', HostPort: '5001' }], '81/tcp': [{ HostIp: '', HostPort: '' }] },
        },
      }),
      null,
      dialect,
    );
    expect(summary({ State: 'exited' }).bindings).toEqual([]);
    expect([down.bindings, down.published]).toEqual([[], [taken]]);
  });

  it.each([
    ['configured', 'created'],
    ['initialized', 'created'],
    ['running', 'running'],
    ['stopping', 'running'],
    ['stopped', 'exited'],
    ['exited', 'exited'],
  ])('for the state %s mean %s', (word, state) => {
    expect(summary({ State: word }).state).toBe(state);
  });

  it('are not taken from a Docker engine', () => {
    expect(() => toSummary(asSummaries([{ ...LISTED, State: 'stopped' }])[0] as never, DOCKER)).toThrow(
      'unknown container state',
    );
  });

  it('for no health check, and for no restart policy, are empty', () => {
    expect([detail.health, detail.restartPolicy]).toEqual(['none', 'no']);
  });
});

const OURS = {
  ...{ 'io.berth.instance': 'i', 'io.berth.uid': 'u', 'io.berth.name': 'web', 'io.berth.generation': '3' },
  ...{ 'io.berth.hash': '1:x', 'io.berth.creation': 'c1' },
};
const { 'io.berth.creation': _, ...BEFORE_CREATIONS } = OURS;
const OWNER = { instance: 'i', uid: 'u', name: 'web', generation: 3, hash: '1:x' };

describe('the owner of a container', () => {
  it.each<[string, object, object | null, object | null]>([
    ['is named by its labels', OURS, { maintainer: 'somebody' }, OWNER],
    ['is named by its labels where its image is gone', OURS, null, OWNER],
    ['is nobody where its labels are those of an image that was committed', OURS, { ...OURS }, null],
    ['is nobody where they are, with more', { ...OURS, team: 'shop' }, { ...OURS, team: 'x' }, null],
    ['is nobody where its image was committed from one without a creation', BEFORE_CREATIONS, BEFORE_CREATIONS, null],
    ['is named where we made it of a committed image', OURS, { ...OURS, 'io.berth.creation': 'c0' }, OWNER],
    ['is named where we made it of an older committed image', OURS, BEFORE_CREATIONS, OWNER],
    ['is nobody without labels', {}, {}, null],
  ])('%s', (_, own, ofImage, owner) => {
    expect(ownLabelsOwner(own as never, ofImage as never)).toEqual(owner);
  });
});

describe('the labels of images', () => {
  const asking = (mostKept: number, images: Record<string, object | null>) => {
    const asked: string[] = [];
    const labelsOf = createImageLabels(async (id) => {
      asked.push(id);
      return (images[id] ?? null) as never;
    }, mostKept);
    return { asked, labelsOf };
  };

  it('are asked for once for each image, and only what is compared is kept', async () => {
    const { asked, labelsOf } = asking(2, { a: { ...OURS, long: 'x'.repeat(1000) }, b: {} });
    for (const id of ['a', 'b', 'a', 'b', 'a']) await labelsOf(id);
    expect(asked).toEqual(['a', 'b']);
    expect(await labelsOf('a')).toEqual({ 'io.berth.uid': 'u', 'io.berth.hash': '1:x', 'io.berth.creation': 'c1' });
  });

  it('are kept of so many images only, and of none that is gone', async () => {
    const { asked, labelsOf } = asking(1, { a: {}, b: {}, gone: null });
    for (const id of ['a', 'b', 'b', 'a', 'gone', 'gone', 'a']) await labelsOf(id);
    expect(asked).toEqual(['a', 'b', 'a', 'gone', 'gone']);
  });
});
