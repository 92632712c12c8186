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
    version: textOrNull("The engine's version."),
    apiVersion: textOrNull('The API version that Berth speaks with it.'),
    address: Type.String({ description: 'Where it is looked for.' }),
    reachable: Type.Boolean(),
    since: Type.String({ format: 'date-time', description: 'Since when it has been so.' }),
    message: textOrNull('Why it cannot be reached.'),
    diskFull: Type.Unsafe<{ since: string; message: string } | null>(
      Type.Union(
        [
          Type.Object({
            since: Type.String({ format: 'date-time' }),
            message: Type.String({ description: "The engine's own words." }),
          }),
          Type.Null(),
        ],
        {
          description:
            'Set while the disk of the engine is full: what runs is left alone, pulls and creations wait (EngineDiskFull), and one of them tries now and then.',
        },
      ),
    ),
  },
  { $id: 'Engine' },
);

const getEngine = operation('GET', '/engine', {
  id: 'getEngine',
  tags: ['engine'],
  summary: 'The container engine',
  query: noQuery,
  replies: {
    200: {
      description: 'Who it is, and whether it can be reached.',
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
