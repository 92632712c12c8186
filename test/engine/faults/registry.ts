/** A registry on 127.0.0.1 with images of the engine's: as much of the distribution API as a pull needs. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { docker } from '../support.js';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

interface Manifest {
  readonly digest: string;
  readonly body: Buffer;
}

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** The files of an image as `docker save` writes them. */
async function saved(image: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const tar = Readable.from(await docker.getImage(image).get()).pipe(extract());
  for await (const entry of tar) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files.set(entry.header.name, Buffer.concat(chunks));
  }
  return files;
}

/** A layer with one file of these bytes. */
async function layerWith(name: string, content: Buffer): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name }, content);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export class Registry {
  readonly #blobs = new Map<string, Buffer>();
  readonly #tags = new Map<string, Manifest>();
  readonly #server = createServer((request, response) => this.#serve(request, response));
  /** Answered to everything while it is set. */
  trouble: number | undefined;
  /** How often a manifest was asked for, or anything while it is in trouble: Podman gives up at the first answer. */
  asked = 0;
  /** While it is set, blobs come half, and then byte by byte. */
  isHeld = false;
  /** How many blobs are under way. */
  sending = 0;
  /** How many were given up by the engine before they were whole. */
  givenUp = 0;

  /** On a port of its own, or on the one that the engine was told to trust without TLS. */
  async listen(): Promise<this> {
    const port = Number(process.env['BERTH_TEST_REGISTRY_PORT'] ?? 0);
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return this;
  }

  /** What a policy has to list for images to be had from here. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What to write as image. */
  reference(name: string): string {
    return `${this.host}/${name}`;
  }

  /**
   * Has an image of the engine's under a name and tag, changed by a label so that it is one of its own.
   *
   * @param more files, in a layer each
   */
  async put(reference: string, from: string, label: string, more: readonly Buffer[] = []): Promise<void> {
    const files = await saved(from);
    const file = (name: string): Buffer => {
      const found = files.get(name);
      if (found === undefined) throw new Error(`docker save wrote no ${name}`);
      return found;
    };
    const [{ Config, Layers }] = JSON.parse(file('manifest.json').toString()) as [
      { readonly Config: string; readonly Layers: readonly string[] },
    ];
    const config = JSON.parse(file(Config).toString());
    config.config.Labels = { ...config.config.Labels, version: label };
    const added = await Promise.all(more.map((content, i) => layerWith(`added-${i}`, content)));
    config.rootfs.diff_ids.push(...added.map(digestOf));
    // Either every layer has a line of history, or none has.
    delete config.history;
    const blob = (bytes: Buffer, mediaType: string) => {
      const digest = digestOf(bytes);
      this.#blobs.set(digest, bytes);
      return { mediaType, size: bytes.length, digest };
    };
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: blob(Buffer.from(JSON.stringify(config)), 'application/vnd.docker.container.image.v1+json'),
      layers: [...Layers.map(file), ...added].map((layer) =>
        blob(gzipSync(layer), 'application/vnd.docker.image.rootfs.diff.tar.gzip'),
      ),
    };
    const body = Buffer.from(JSON.stringify(manifest));
    this.#tags.set(reference, { digest: digestOf(body), body });
  }

  /** Ends every connection. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'http://registry').pathname;
    const [, name, kind, which] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
    if (kind === 'manifests' || this.trouble !== undefined) this.asked++;
    if (this.trouble !== undefined) return void response.writeHead(this.trouble).end();
    if (path === '/v2/') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    const manifest =
      this.#tags.get(`${name}:${which}`) ?? [...this.#tags.values()].find(({ digest }) => digest === which);
    const [type, body, digest] =
      kind === 'manifests'
        ? [MANIFEST, manifest?.body, manifest?.digest]
        : ['application/octet-stream', this.#blobs.get(which ?? ''), which];
    if (body === undefined) {
      const error = { code: kind === 'manifests' ? 'MANIFEST_UNKNOWN' : 'BLOB_UNKNOWN', message: 'unknown' };
      return void response
        .writeHead(404, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors: [error] }));
    }
    const headers = { 'content-type': type, 'content-length': body.length, 'docker-content-digest': digest };
    response.writeHead(200, headers);
    if (request.method === 'HEAD') return void response.end();
    if (kind === 'manifests') return void response.end(body);
    void this.#send(body, response);
  }

  async #send(body: Buffer, response: ServerResponse): Promise<void> {
    this.sending++;
    response.once('close', () => {
      this.sending--;
      if (!response.writableFinished) this.givenUp++;
    });
    let sent = Math.ceil(body.length / 2);
    response.write(body.subarray(0, sent));
    while (this.isHeld && !response.destroyed) {
      response.write(body.subarray(sent, ++sent));
      await pause(20);
    }
    response.end(body.subarray(sent));
  }
}
