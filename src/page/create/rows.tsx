/** List fields of a definition: a row for each item, to be added and removed. */

import type { ComponentChildren } from 'preact';
import type { FieldFault, Form, LinkRow } from '../logic/form.js';
import { focusSoon } from '../parts/focus.js';
import { CloseIcon, PlusIcon } from '../parts/icons.js';
import { fleet } from '../state/live.js';
import { FaultOf, givenFor } from './field.js';

interface RowsOf {
  readonly form: Form;
  readonly set: (change: Partial<Form>) => void;
  readonly faults: readonly FieldFault[];
}

export const PortRows = ({ form, set, faults }: RowsOf) => (
  <Rows
    name="ports"
    title="Ports"
    one="port"
    rows={form.ports}
    empty=""
    faults={faults}
    change={(ports) => set({ ports })}
    hint="Same format as docker run -p. Without a host port, Berth picks one and keeps it."
    above={
      <label class="check">
        <input
          type="checkbox"
          checked={form.publishAll}
          onChange={({ currentTarget }) => set({ publishAll: currentTarget.checked })}
        />
        Publish all ports that the image exposes
      </label>
    }
    draw={(row, update, at) => (
      <input
        {...givenFor(`ports.${at}`, faults)}
        aria-label={`Port ${at + 1}`}
        value={row}
        placeholder="8080:80 or 80"
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => update(currentTarget.value)}
      />
    )}
  />
);

export const EnvRows = ({ form, set, faults }: RowsOf) => (
  <Rows
    name="env"
    title="Variables"
    one="variable"
    rows={form.env}
    empty={{ name: '', value: '' }}
    faults={faults}
    change={(env) => set({ env })}
    draw={(row, update, at) => (
      <>
        <input
          {...givenFor(`env.${at}`, faults)}
          aria-label={`Name of variable ${at + 1}`}
          value={row.name}
          placeholder="NAME"
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => update({ ...row, name: currentTarget.value })}
        />
        <input
          aria-label={`Value of variable ${at + 1}`}
          value={row.value}
          placeholder="value"
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => update({ ...row, value: currentTarget.value })}
        />
      </>
    )}
  />
);

export const LinkRows = ({ form, set, faults }: RowsOf) => (
  <>
    <Rows
      name="links"
      title="Links"
      one="link"
      rows={form.links}
      empty={{ container: '', alias: '', env: 'all' as const }}
      faults={faults}
      change={(links) => set({ links })}
      hint="The source container, its alias in this container, and which of its variables are passed on."
      draw={(row, update, at) => (
        <>
          <input
            {...givenFor(`links.${at}`, faults)}
            aria-label={`Container of link ${at + 1}`}
            value={row.container}
            placeholder="container"
            list="known-names"
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => update({ ...row, container: currentTarget.value })}
          />
          <input
            aria-label={`Alias of link ${at + 1}`}
            value={row.alias}
            placeholder="alias"
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => update({ ...row, alias: currentTarget.value })}
          />
          <select
            aria-label={`Variables of link ${at + 1}`}
            value={row.env}
            onChange={({ currentTarget }) => update({ ...row, env: currentTarget.value as LinkRow['env'] })}
          >
            <option value="all">all variables</option>
            <option value="address">address only</option>
            <option value="none">no variables</option>
          </select>
        </>
      )}
    />
    <datalist id="known-names">
      {[...fleet.containers.value.keys()].map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  </>
);

function Rows<Row>(given: {
  readonly name: 'ports' | 'links' | 'env';
  readonly title: string;
  readonly one: string;
  readonly rows: readonly Row[];
  readonly empty: Row;
  readonly faults: readonly FieldFault[];
  readonly change: (rows: readonly Row[]) => void;
  readonly draw: (row: Row, update: (row: Row) => void, at: number) => ComponentChildren;
  readonly above?: ComponentChildren;
  readonly hint?: string;
}) {
  const { name, title, one, rows, empty, faults, change, draw, above, hint } = given;
  const add = () => {
    change([...rows, empty]);
    focusSoon(`field-${name}.${rows.length}`);
  };
  const takeOut = (at: number) => {
    change(rows.toSpliced(at, 1));
    focusSoon(`add-${name}`);
  };
  return (
    <fieldset class={`rows ${name}`}>
      <legend>{title}</legend>
      {above}
      {rows.map((row, at) => (
        <div class="row" key={at}>
          {draw(row, (to) => change(rows.with(at, to)), at)}
          <button type="button" class="quiet" aria-label={`Remove ${one} ${at + 1}`} onClick={() => takeOut(at)}>
            <CloseIcon />
          </button>
          <FaultOf name={`${name}.${at}`} faults={faults} />
        </div>
      ))}
      <FaultOf name={name} faults={faults} />
      <button type="button" id={`add-${name}`} class="quiet add" onClick={add}>
        <PlusIcon />
        Add a {one}
      </button>
      {hint !== undefined && <p class="hint">{hint}</p>}
    </fieldset>
  );
}
