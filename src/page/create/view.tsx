import { useEffect, useRef, useState } from 'preact/hooks';
import type { Container, DefinitionInput, Imported } from '../../../openapi/client.js';
import { EMPTY, type Form, formOf } from '../logic/form.js';
import { hashOf } from '../logic/route.js';
import { client } from '../state/live.js';
import { DefinitionForm } from './form.js';
import { Paste, Unsupported } from './paste.js';

/** View for a new container: a form that is filled by hand or from a `docker run` line. */
export function CreateView() {
  const [start, setStart] = useState<{ readonly form: Form; readonly imported?: Imported }>({ form: EMPTY });
  const heading = useFocus();
  const take = (imported: Imported) => {
    const [definition] = imported.containers;
    if (definition !== undefined) setStart({ form: formOf(definition), imported });
  };
  return (
    <section class="create" aria-labelledby="create-title">
      <h2 id="create-title" ref={heading} tabIndex={-1}>
        New container
      </h2>
      <Paste take={take} />
      {start.imported !== undefined && <Unsupported notes={start.imported.unsupported} />}
      <DefinitionForm key={JSON.stringify(start.imported ?? '')} start={start.form} of={undefined} />
    </section>
  );
}

/** View for changes to a container's definition. */
export function EditView({ name }: { readonly name: string }) {
  const [container, setContainer] = useState<Container>();
  const [trouble, setTrouble] = useState<string>();
  const heading = useFocus();
  useEffect(() => {
    const end = new AbortController();
    client.GET('/v1/containers/{name}', { params: { path: { name } }, signal: end.signal }).then(
      ({ data }) => setContainer(data),
      (error: Error) => end.signal.aborted || setTrouble(error.message),
    );
    return () => end.abort();
  }, [name]);
  return (
    <section class="create" aria-labelledby="edit-title">
      <h2 id="edit-title" ref={heading} tabIndex={-1}>
        Change <a href={hashOf({ view: 'list', name })}>{name}</a>
      </h2>
      {trouble !== undefined && (
        <p class="fault" role="alert">
          {trouble}
        </p>
      )}
      {container !== undefined && <DefinitionForm start={formOf(container as DefinitionInput)} of={container} />}
    </section>
  );
}

function useFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}
