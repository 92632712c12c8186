import type { FastifyReply } from 'fastify';
import type { ContainerView } from '../service/views.js';
import { Container, ref } from './schemas.js';

const schema: object = ref(Container);
/** Goes with its view, of which there is another one after every change. */
const texts = new WeakMap<ContainerView, string>();

/** A longer text is not kept, in characters: a definition may be large, and many are kept. */
const KEPT_LENGTH = 16_384;

/** A container as JSON. Written once for each view: reading is mostly reading again. */
export function containerText(reply: FastifyReply, view: ContainerView): string {
  const known = texts.get(view);
  if (known !== undefined) return known;
  const serialize = reply.compileSerializationSchema(schema as never, '200', 'application/json');
  const text = (serialize as (view: unknown) => string)(view);
  if (text.length <= KEPT_LENGTH) texts.set(view, text);
  return text;
}
