import type { Container } from '../../../openapi/client.js';
import { standingOf } from '../logic/status.js';
import { ToneIcon } from './icons.js';

/** State of a container, as a shape and a word. */
export function Status({ container }: { readonly container: Container }) {
  const { tone, word } = standingOf(container);
  return (
    <span class={`status ${tone}`} title={word}>
      <ToneIcon tone={tone} />
      <span class="word">{word}</span>
    </span>
  );
}
