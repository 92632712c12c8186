import type { Container, DefinitionInput } from '../../../openapi/client.js';
import { client } from '../state/live.js';

/**
 * Stores a definition, or makes a dry run of it. A new one must not replace another; a changed one must not replace a
 * generation that the user has not seen.
 */
export async function write(body: DefinitionInput, of: Container | undefined, dryRun: boolean): Promise<Container> {
  const query = { dryRun };
  if (of === undefined) return (await client.POST('/v1/containers', { params: { query }, body })).data;
  const header = { 'if-match': `"${of.generation}"` };
  const { data } = await client.PUT('/v1/containers/{name}', {
    params: { path: { name: of.name }, query, header },
    body,
  });
  return data;
}
