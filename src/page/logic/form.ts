/** A definition as the fields of a form, and back: what the form has no field for is kept as it was. */

import type { DefinitionInput, Link, PortMapping } from '../../../openapi/client.js';

interface EnvRow {
  readonly name: string;
  readonly value: string;
}
export interface LinkRow {
  readonly container: string;
  readonly alias: string;
  readonly env: 'all' | 'address' | 'none';
}

export interface Form {
  readonly name: string;
  readonly image: string;
  /** One argument a line. */
  readonly command: string;
  readonly publishAll: boolean;
  /** Ports, each as `-p` takes it. */
  readonly ports: readonly string[];
  readonly env: readonly EnvRow[];
  readonly links: readonly LinkRow[];
  /** One network, or several separated by commas. */
  readonly network: string;
  readonly restartPolicy: 'always' | 'on-failure' | 'no';
  readonly running: boolean;
  /** The fields of the definition that are none of these. */
  readonly rest: Readonly<Partial<DefinitionInput>>;
}

export const EMPTY: Form = {
  name: '',
  image: '',
  command: '',
  publishAll: false,
  ports: [],
  env: [],
  links: [],
  network: 'bridge',
  restartPolicy: 'always',
  running: true,
  rest: {},
};

const READ_ONLY: ReadonlySet<string> = new Set([
  'uid',
  'generation',
  'createdAt',
  'updatedAt',
  'deletionRequestedAt',
  'status',
  'set',
  'plan',
]);

/** The form that a definition fills, or the answer of a GET. */
export function formOf(definition: DefinitionInput): Form {
  const { name, image, command, publishAll, ports, env, links, network, restartPolicy, state, ...rest } = definition;
  return {
    name: name ?? '',
    image,
    command: (command ?? []).join('\n'),
    publishAll: publishAll ?? false,
    ports: (ports ?? []).map(portText),
    env: Object.entries(env ?? {}).map(([key, value]) => ({ name: key, value })),
    links: (links ?? []).map(linkRow),
    network: definition.networks?.map((one) => one.name).join(', ') ?? network ?? 'bridge',
    restartPolicy: restartPolicy ?? 'always',
    running: (state ?? 'running') === 'running',
    rest: Object.fromEntries(Object.entries(rest).filter(([key, value]) => !READ_ONLY.has(key) && !isEmpty(value))),
  };
}

const isEmpty = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0);

/** A port as `-p` has it. */
export function portText(port: string | PortMapping): string {
  if (typeof port === 'string') return port;
  const { hostIp, hostPort, hostPortRange, containerPort, protocol = 'tcp' } = port;
  const ip = hostIp === undefined ? undefined : hostIp.includes(':') ? `[${hostIp}]` : hostIp;
  const host = hostPort ?? hostPortRange;
  const place = ip === undefined ? (host === undefined ? [] : [host]) : [ip, host ?? ''];
  return `${[...place, containerPort].join(':')}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

function linkRow(link: string | Link): LinkRow {
  if (typeof link !== 'string') return { container: link.container, alias: link.alias ?? '', env: link.env ?? 'all' };
  const [container = '', alias = ''] = link.split(':');
  return { container, alias, env: 'all' };
}

const isFilled = {
  ports: (row: string): boolean => row.trim() !== '',
  env: (row: EnvRow): boolean => row.name.trim() !== '' || row.value !== '',
  links: (row: LinkRow): boolean => row.container.trim() !== '' || row.alias.trim() !== '',
} as const;

/** The definition that a form says. Rows with nothing in them are none. */
export function definitionOf(form: Form): DefinitionInput {
  const command = form.command.split('\n').filter((line) => line !== '');
  const name = form.name.trim();
  const { networks, networkAliases, ...rest } = form.rest;
  return {
    ...rest,
    ...networksOf(form.network, networks, networkAliases),
    ...(name !== '' && { name }),
    image: form.image.trim(),
    ...(command.length > 0 && { command }),
    publishAll: form.publishAll,
    ports: form.ports.filter(isFilled.ports).map((row) => row.trim()),
    env: Object.fromEntries(form.env.filter(isFilled.env).map((row) => [row.name.trim(), row.value])),
    links: form.links.filter(isFilled.links).map(({ container, alias, env }) => ({
      container: container.trim(),
      ...(alias.trim() !== '' && { alias: alias.trim() }),
      env,
    })),
    restartPolicy: form.restartPolicy,
    state: form.running ? 'running' : 'stopped',
  };
}

/** The networks that a form names, separated by commas; those that it named before keep their aliases and addresses. */
function networksOf(
  text: string,
  before: DefinitionInput['networks'] = [],
  networkAliases: DefinitionInput['networkAliases'] = undefined,
): Pick<DefinitionInput, 'network' | 'networks' | 'networkAliases'> {
  const names = text.split(',').map((name) => name.trim());
  const [first = ''] = names;
  if (names.length === 1 && before.every(({ name }) => name !== first))
    return { network: first, ...(networkAliases && { networkAliases }) };
  const aliased = networkAliases && { aliases: networkAliases };
  return {
    networks: names.map((name) => before.find((one) => one.name === name) ?? { name, ...(name === first && aliased) }),
  };
}

/** A fault as the form shows it: at a field, or `undefined` where it has none. */
export interface FieldFault {
  readonly field: string | undefined;
  readonly message: string;
}

const FIELDS: ReadonlySet<string> = new Set([
  'name',
  'image',
  'command',
  'publishAll',
  'ports',
  'env',
  'links',
  'network',
  'restartPolicy',
]);

/** `/ports/1/hostPort` of the definition is `ports.2` of the form, where the form has an empty row before it. */
export function faultOf(form: Form, { pointer, message }: { pointer: string; message: string }): FieldFault {
  const [, first = '', second] = pointer.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (first === 'networks') return { field: 'network', message };
  if (!FIELDS.has(first)) return { field: undefined, message: pointer === '' ? message : `${pointer} ${message}` };
  if (first === 'env' && second !== undefined) {
    const row = form.env.findIndex((one) => one.name.trim() === second);
    return { field: row < 0 ? 'env' : `env.${row}`, message };
  }
  if ((first === 'ports' || first === 'links') && second !== undefined) {
    const filled = form[first].flatMap((row, at) => (isFilled[first](row as never) ? [at] : []));
    const row = filled[Number(second)];
    return { field: row === undefined ? first : `${first}.${row}`, message };
  }
  return { field: first, message };
}
