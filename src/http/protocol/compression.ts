/** Compressed representations of whole answers (RFC 9110, sections 8.4 and 12.5.3). Streams are never compressed. */

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

export type Encoding = 'br' | 'gzip';

/** Encodings of documents that are compressed once, the smallest first. */
export const FOR_DOCUMENTS: readonly Encoding[] = ['br', 'gzip'];

/** Encodings of answers that are compressed for each state: gzip takes a thirtieth of brotli's time. */
export const FOR_ANSWERS: readonly Encoding[] = ['gzip'];

/** Size below which compressing costs more than it saves, in bytes. */
const LEAST_BYTES = 2048;

const COMPRESSIBLE = /^(?:text\/(?!event-stream)|image\/svg\+xml|application\/(?:json|javascript)\b)/;

/** Options of negotiator 1.0, which its types don't have yet. */
interface Preferring {
  encodings(offered: readonly string[], options: { readonly preferred: readonly string[] }): readonly string[];
}

export const isCompressible = (type: unknown, bytes: number): boolean =>
  bytes >= LEAST_BYTES && COMPRESSIBLE.test(String(type));

/** Returns the encoding that a client accepts and likes best, the first of those that it likes equally; null for none. */
export function acceptedEncoding(request: Pick<FastifyRequest, 'raw'>, offered: readonly Encoding[]): Encoding | null {
  const negotiator = new Negotiator(request.raw) as unknown as Preferring;
  const [chosen] = negotiator.encodings([...offered, 'identity'], { preferred: offered });
  return offered.find((one) => one === chosen) ?? null;
}

/** Compresses bytes, in a thread of zlib. @param isLasting true for a document that is compressed once */
export function compress(body: Buffer, encoding: Encoding, isLasting: boolean): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(body, { level: isLasting ? 6 : 1 });
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

/** Tag of a compressed representation: another one than that of the plain bytes (RFC 9110, section 8.8.3.3). */
export const encodedTag = (etag: string, encoding: Encoding | null): string =>
  encoding === null ? etag : `${etag.slice(0, -1)}-${encoding}"`;
