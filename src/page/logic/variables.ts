/** Returns the names of the variables that an import asks for, from any of its messages. */
export function unsetIn(messages: readonly string[]): readonly string[] {
  const names = messages.flatMap((message) =>
    [...message.matchAll(/(\w+) is not set: send it in env/g)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

export interface Variables {
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/** Variables from a text with one NAME=value a line. A value is taken as it stands; empty lines are none. */
export function variablesOf(text: string): Variables {
  const values = new Map<string, string>();
  const faults: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const equals = line.indexOf('=');
    const name = line.slice(0, equals).trim();
    if (line.trim() === '') continue;
    if (equals === -1) faults.push(`the variable ${line.trim()} has no value: write ${line.trim()}=value`);
    else if (name === '') faults.push(`the variable in ${line.trim()} has no name: write NAME=value`);
    else values.set(name, line.slice(equals + 1));
  }
  return { values: Object.fromEntries(values), faults };
}
