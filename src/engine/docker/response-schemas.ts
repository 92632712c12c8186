/**
 * Schemas of the parts of the engine's responses that we rely on, and nothing more. A truncated or unrelated 200 is detected here:
 * docker-modem resolves it with a Buffer or a string.
 */

import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { EngineError } from '../errors.js';

const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const absent = <T extends TSchema>(schema: T) => Type.Optional(nullable(schema));
const strings = Type.Record(Type.String(), Type.String());
/** Host ports by container port, as a container asks for them or has them. */
const places = Type.Record(
  Type.String(),
  nullable(Type.Array(Type.Object({ HostIp: absent(Type.String()), HostPort: absent(Type.String()) }))),
);
const anything = Type.Record(Type.String(), Type.Unknown());

const Version = Type.Object({
  Version: Type.String(),
  ApiVersion: Type.String(),
  MinAPIVersion: Type.Optional(Type.String()),
  Components: absent(Type.Array(Type.Object({ Name: Type.String() }))),
});

const Summaries = Type.Array(
  Type.Object({
    Id: Type.String({ minLength: 1 }),
    Names: nullable(Type.Array(Type.String())),
    State: Type.String(),
    Status: Type.Optional(Type.String()),
    Labels: absent(strings),
    Ports: absent(
      Type.Array(
        Type.Object({
          IP: Type.Optional(Type.String()),
          PrivatePort: Type.Integer(),
          PublicPort: Type.Optional(Type.Integer()),
          Type: Type.String(),
        }),
      ),
    ),
    NetworkSettings: absent(
      Type.Object({ Networks: absent(Type.Record(Type.String(), Type.Object({ IPAddress: Type.String() }))) }),
    ),
  }),
);

const Container = Type.Object({
  Id: Type.String({ minLength: 1 }),
  Name: Type.String(),
  Image: Type.String(),
  RestartCount: Type.Integer(),
  State: Type.Object({
    Status: Type.String(),
    Error: Type.String(),
    ExitCode: Type.Integer(),
    StartedAt: Type.String(),
    FinishedAt: Type.String(),
    Health: absent(Type.Object({ Status: Type.String() })),
  }),
  Config: Type.Object({
    Image: Type.String(),
    Hostname: Type.String(),
    User: Type.String(),
    Env: absent(Type.Array(Type.String())),
    ExposedPorts: absent(anything),
    Labels: absent(strings),
  }),
  HostConfig: Type.Object({
    NetworkMode: absent(Type.String()),
    Links: absent(Type.Array(Type.String())),
    ExtraHosts: absent(Type.Array(Type.String())),
    RestartPolicy: Type.Object({ Name: Type.String(), MaximumRetryCount: absent(Type.Integer()) }),
    Memory: Type.Integer(),
    NanoCpus: Type.Integer(),
    PidsLimit: absent(Type.Integer()),
    PortBindings: absent(places),
  }),
  NetworkSettings: Type.Object({
    Ports: absent(places),
    Networks: absent(
      Type.Record(
        Type.String(),
        Type.Object({
          NetworkID: Type.String(),
          IPAddress: Type.String(),
          Links: absent(Type.Array(Type.String())),
          Aliases: absent(Type.Array(Type.String())),
          DriverOpts: absent(strings),
          IPAMConfig: absent(Type.Object({ IPv4Address: absent(Type.String()), IPv6Address: absent(Type.String()) })),
        }),
      ),
    ),
  }),
});

const Image = Type.Object({
  Id: Type.String({ minLength: 1 }),
  Os: Type.Optional(Type.String()),
  Architecture: Type.Optional(Type.String()),
  Variant: absent(Type.String()),
  RepoDigests: absent(Type.Array(Type.String())),
  Config: absent(
    Type.Object({
      Env: absent(Type.Array(Type.String())),
      ExposedPorts: absent(anything),
      Labels: absent(strings),
      Volumes: absent(anything),
    }),
  ),
});

const Mounted = Type.Object({
  Mounts: absent(
    Type.Array(Type.Object({ Type: Type.String(), Name: Type.Optional(Type.String()), Destination: Type.String() })),
  ),
});

const Networks = Type.Array(
  Type.Object({
    Id: Type.String(),
    Name: Type.String(),
    Labels: absent(strings),
    IPAM: absent(
      Type.Object({
        Config: absent(
          Type.Array(
            Type.Object({
              Subnet: absent(Type.String()),
              Gateway: absent(Type.String()),
              IPRange: absent(Type.String()),
            }),
          ),
        ),
      }),
    ),
  }),
);

const NetworkContainers = Type.Object({
  Containers: absent(Type.Record(Type.String(), Type.Object({ Name: Type.String() }))),
});

const Event = Type.Object({
  Type: Type.String(),
  Action: Type.String(),
  Actor: Type.Object({ ID: Type.String(), Attributes: absent(Type.Record(Type.String(), Type.Unknown())) }),
});

const Images = Type.Array(
  Type.Object({
    Id: Type.String({ minLength: 1 }),
    RepoTags: absent(Type.Array(Type.String())),
    RepoDigests: absent(Type.Array(Type.String())),
    Size: Type.Integer(),
    Created: Type.Integer(),
  }),
);

const DiskUsage = Type.Object({
  Images: absent(
    Type.Array(
      Type.Object({
        Id: Type.String({ minLength: 1 }),
        RepoTags: absent(Type.Array(Type.String())),
        RepoDigests: absent(Type.Array(Type.String())),
        Size: Type.Integer(),
        SharedSize: absent(Type.Integer()),
      }),
    ),
  ),
  Volumes: absent(
    Type.Array(Type.Object({ Name: Type.String(), UsageData: absent(Type.Object({ Size: absent(Type.Integer()) })) })),
  ),
  Containers: absent(
    Type.Array(
      Type.Object({
        Id: Type.String({ minLength: 1 }),
        SizeRw: absent(Type.Integer()),
        ImageID: Type.String(),
        Mounts: absent(Type.Array(Type.Object({ Type: absent(Type.String()), Name: absent(Type.String()) }))),
      }),
    ),
  ),
});

const Progress = Type.Object({
  id: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
  progressDetail: absent(Type.Object({ current: Type.Optional(Type.Integer()), total: Type.Optional(Type.Integer()) })),
  error: Type.Optional(Type.String()),
  errorDetail: Type.Optional(Type.Object({ message: Type.Optional(Type.String()) })),
});

const Created = Type.Object({ Id: Type.String({ minLength: 1 }) });

/** A check of an answer's shape. @throws EngineError `malformed` */
export function checker<T extends TSchema>(what: string, schema: T): (answer: unknown) => Static<T> {
  const compiled = Compile(schema);
  return (answer) => {
    if (compiled.Check(answer)) return answer as Static<T>;
    const [first] = compiled.Errors(answer);
    const where = first === undefined ? '' : ` at ${first.instancePath || 'its root'}: ${first.message}`;
    throw new EngineError('malformed', `the engine's response to "${what}" has an unexpected shape${where}`);
  };
}

export const asVersion = checker('version', Version);
export const asSummaries = checker('list containers', Summaries);
export const asContainer = checker('inspect container', Container);
export const asImage = checker('inspect image', Image);
export const asDiskUsage = checker('measure the disk', DiskUsage);
export const asImages = checker('list images', Images);
export const asMounted = checker('inspect container', Mounted);
export const asNetworks = checker('list networks', Networks);
export const asNetworkContainers = checker('inspect network', NetworkContainers);
export const asEvent = checker('events', Event);
export const asProgress = checker('pull', Progress);
export const asCreated = checker('create container', Created);

export type RawSummary = Static<typeof Summaries>[number];
export type RawContainer = Static<typeof Container>;
export type RawPlaces = Static<typeof places> | null | undefined;
export type RawMounted = Static<typeof Mounted>;
export type RawNetwork = Static<typeof Networks>[number];
export type RawImage = Static<typeof Image>;
