import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A part of the panel under its own heading. */
export function Section(given: {
  readonly title: string;
  readonly children: ComponentChildren;
  /** Content beside the heading: a count, or a switch. */
  readonly aside?: ComponentChildren;
  readonly class?: string;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} class={given.class ?? ''}>
      <div class="section-head">
        <h3 id={id}>{given.title}</h3>
        {given.aside}
      </div>
      {given.children}
    </section>
  );
}
