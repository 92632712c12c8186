import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { EngineService } from '../../service/engine.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';

const textOrNull = (description: string) =>
  Type.Unsafe<string | null>(Type.Union([Type.String(), Type.Null()], { description }));

const Engine = Type.Object(
  {
    kind: textOrNull('docker or podman; null before the first connection.'),
    version: textOrNull('Version of the engine.'),
    apiVersion: textOrNull('API version that Berth uses.'),
    address: Type.String({ description: 'Address of the engine.' }),
    reachable: Type.Boolean(),
    since: Type.String({ format: 'date-time', description: 'When `reachable` last changed.' }),
    message: textOrNull('Why the engine is not reachable; null while it is.'),
    diskFull: Type.Unsafe<{ since: string; message: string } | null>(
      Type.Union(
        [
          Type.Object({
            since: Type.String({ format: 'date-time' }),
            message: Type.String({ description: "The engine's own message." }),
          }),
          Type.Null(),
        ],
        {
          description:
            "Set while the engine's disk is full: running containers are left alone, and pulls and creations wait (EngineDiskFull) except for an occasional attempt.",
        },
      ),
    ),
  },
  { $id: 'Engine' },
);

const getEngine = operation('GET', '/engine', {
  id: 'getEngine',
  tags: ['engine'],
  summary: 'Get the container engine',
  query: noQuery,
  replies: {
    200: {
      description: 'The engine and whether it is reachable.',
      content: {
        'application/json': {
          schema: Engine,
          examples: {
            reachable: {
              value: {
                kind: 'docker',
                version: '28.5.2',
                apiVersion: '1.51',
                address: 'unix:///var/run/docker.sock',
                reachable: true,
                since: '2026-01-16T07:43:50.112Z',
                message: null,
                diskFull: null,
              },
            },
          },
        },
      },
    },
  },
  problems: ['invalid-body'],
});

export function engineRoutes(app: FastifyInstance, engine: Pick<EngineService, 'describeEngine'>): void {
  route(app, getEngine, async () => engine.describeEngine());
}
