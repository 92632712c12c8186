import type { ComponentChildren } from 'preact';
import type { FieldFault } from '../logic/form.js';

export interface Given {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby'?: string;
}

/** Returns the attributes of the control for the field `name`: its id, and references to its faults and its hint. */
export function givenFor(name: string, faults: readonly FieldFault[], hint?: string): Given {
  const isFaulty = faults.some((fault) => fault.field === name);
  const describedBy = [isFaulty && `fault-${name}`, hint !== undefined && `hint-${name}`].filter(Boolean).join(' ');
  return {
    id: `field-${name}`,
    'aria-invalid': isFaulty,
    ...(describedBy !== '' && { 'aria-describedby': describedBy }),
  };
}

/** A labelled control, with its faults below it. */
export function Field(field: {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly faults: readonly FieldFault[];
  readonly children: (given: Given) => ComponentChildren;
}) {
  const { name, label, hint, faults, children } = field;
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      {children(givenFor(name, faults, hint))}
      <FaultOf name={name} faults={faults} />
      {hint !== undefined && (
        <p class="hint" id={`hint-${name}`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Faults of one field. */
export function FaultOf({ name, faults }: { readonly name: string; readonly faults: readonly FieldFault[] }) {
  const own = faults.filter((fault) => fault.field === name);
  if (own.length === 0) return null;
  return (
    <p class="fault" id={`fault-${name}`}>
      {own.map(({ message }) => message).join('; ')}
    </p>
  );
}

export const Faults = ({ faults }: { readonly faults: readonly FieldFault[] }) =>
  faults.length === 0 ? null : (
    <ul>
      {faults.map(({ message }) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
