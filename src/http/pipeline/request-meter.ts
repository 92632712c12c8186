import type { FastifyInstance } from 'fastify';

/** Counter of answered requests. */
export interface RequestMeter {
  /** @param status the class of the status, such as `2xx` */
  requested(method: string, route: string, status: string, seconds: number): void;
}

/** Labels requests without a route: clients choose their paths and methods, so neither becomes a label. */
const UNMATCHED = { method: 'any', route: 'unmatched' } as const;

/** Measures how long each request takes, by its route as the OpenAPI document writes it: `/v1/containers/{name}`. */
export function measureRequests(app: FastifyInstance, meter: RequestMeter): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url } = request.routeOptions;
    const { method, route } =
      url === undefined ? UNMATCHED : { method: request.method, route: url.replace(/:(\w+)/g, '{$1}') };
    meter.requested(method, route, `${Math.floor(reply.statusCode / 100)}xx`, reply.elapsedTime / 1000);
    done();
  });
}
