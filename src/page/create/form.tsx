import { useMemo, useState } from 'preact/hooks';
import { BerthProblem, type Container, type Plan } from '../../../openapi/client.js';
import { definitionOf, type FieldFault, type Form, faultOf } from '../logic/form.js';
import { hashOf } from '../logic/route.js';
import { focusSoon } from '../parts/focus.js';
import { PlanSteps } from '../parts/plan.js';
import { announce } from '../state/announce.js';
import { fleet } from '../state/live.js';
import { go } from '../state/route.js';
import { Faults, Field } from './field.js';
import { EnvRows, LinkRows, PortRows } from './rows.js';
import { write } from './write.js';

/** State of the form since its last change. */
type Stage =
  | { readonly kind: 'filling' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'planned'; readonly plan: Plan; readonly name: string; readonly isSame: boolean }
  | { readonly kind: 'refused'; readonly message: string; readonly faults: readonly FieldFault[] };

/**
 * A definition as a form. It shows the plan first, and only a plan that was shown is carried out: every change of a
 * field discards the plan.
 */
export function DefinitionForm({ start, of }: { readonly start: Form; readonly of: Container | undefined }) {
  const [form, setForm] = useState(start);
  const [stage, setStage] = useState<Stage>({ kind: 'filling' });
  const set = (change: Partial<Form>) => {
    setForm({ ...form, ...change });
    if (stage.kind !== 'refused') setStage({ kind: 'filling' });
  };
  const send = async (dryRun: boolean) => {
    setStage({ kind: 'asking' });
    try {
      const container = await write(definitionOf(form), of, dryRun);
      if (dryRun) return planned(container);
      fleet.put(container);
      announce(`${container.name} was saved`);
      go({ view: 'list', name: container.name });
    } catch (error) {
      refused(error);
    }
  };
  const planned = ({ plan, name, generation }: Container) => {
    const empty = { actions: [], interrupted: [], obstacles: [], changes: [] };
    setStage({ kind: 'planned', plan: plan ?? empty, name, isSame: generation === of?.generation });
    focusSoon('plan-title');
  };
  const refused = (error: unknown) => {
    const errors = error instanceof BerthProblem ? error.errors : [];
    const faults = errors.map((fault) => faultOf(form, fault));
    setStage({ kind: 'refused', message: (error as Error).message, faults });
    const first = faults.find((fault) => fault.field !== undefined)?.field;
    if (first !== undefined) focusSoon(`field-${first}`);
  };
  const faults = stage.kind === 'refused' ? stage.faults : [];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void send(stage.kind !== 'planned');
  };
  return (
    <form class="definition" onSubmit={submit} noValidate>
      <div class="columns">
        <Field
          name="name"
          label="Name"
          hint={of === undefined ? 'Leave empty to generate a name.' : "The name can't be changed."}
          faults={faults}
        >
          {(given) => (
            <input
              {...given}
              value={form.name}
              disabled={of !== undefined}
              autocomplete="off"
              spellcheck={false}
              onInput={({ currentTarget }) => set({ name: currentTarget.value })}
            />
          )}
        </Field>
        <Field name="image" label="Image" faults={faults}>
          {(given) => (
            <input
              {...given}
              value={form.image}
              required
              autocomplete="off"
              spellcheck={false}
              placeholder="training/webapp"
              onInput={({ currentTarget }) => set({ image: currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <Field
        name="command"
        label="Command"
        hint="One argument per line. Leave empty to use the image's."
        faults={faults}
      >
        {(given) => (
          <textarea
            {...given}
            rows={2}
            spellcheck={false}
            value={form.command}
            onInput={({ currentTarget }) => set({ command: currentTarget.value })}
          />
        )}
      </Field>
      <PortRows form={form} set={set} faults={faults} />
      <LinkRows form={form} set={set} faults={faults} />
      <EnvRows form={form} set={set} faults={faults} />
      <div class="columns">
        <Field name="network" label="Network" hint="Several: separate them by commas." faults={faults}>
          {(given) => (
            <input
              {...given}
              value={form.network}
              onInput={({ currentTarget }) => set({ network: currentTarget.value })}
            />
          )}
        </Field>
        <Field name="restartPolicy" label="When it exits" faults={faults}>
          {(given) => (
            <select
              {...given}
              value={form.restartPolicy}
              onChange={({ currentTarget }) => set({ restartPolicy: currentTarget.value as Form['restartPolicy'] })}
            >
              <option value="always">restart it</option>
              <option value="on-failure">restart it after a failure</option>
              <option value="no">do nothing</option>
            </select>
          )}
        </Field>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={form.running}
          onChange={({ currentTarget }) => set({ running: currentTarget.checked })}
        />
        Start it
      </label>
      <Rest form={form} />
      {stage.kind === 'refused' && (
        <div class="refusal" role="alert">
          <p>
            <strong>Nothing was changed.</strong> {stage.message}
          </p>
          <Faults faults={faults.filter((fault) => fault.field === undefined)} />
        </div>
      )}
      {stage.kind === 'planned' && (
        <section class="planned" aria-labelledby="plan-title">
          <h3 id="plan-title" tabIndex={-1}>
            {of === undefined
              ? `${stage.name} would be declared`
              : stage.isSame
                ? 'Nothing would change'
                : `${stage.name} would change`}
          </h3>
          <PlanSteps plan={stage.plan} under="h3" />
        </section>
      )}
      <div class="actions">
        <a class="button" href={hashOf({ view: 'list', name: of?.name })}>
          Cancel
        </a>
        <button type="submit" class="primary" disabled={stage.kind === 'asking'}>
          {stage.kind === 'planned' ? (of === undefined ? 'Create container' : 'Apply change') : 'Show plan'}
        </button>
      </div>
    </form>
  );
}

/** Shows the fields of the definition that the form lacks; they are sent unchanged. */
function Rest({ form }: { readonly form: Form }) {
  const text = useMemo(() => JSON.stringify(form.rest, null, 2), [form.rest]);
  if (text === '{}') return null;
  const count = Object.keys(form.rest).length;
  return (
    <details class="rest">
      <summary>{count === 1 ? 'One more field, sent unchanged' : `${count} more fields, sent unchanged`}</summary>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
