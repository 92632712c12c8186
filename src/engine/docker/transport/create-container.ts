import type Docker from 'dockerode';

/**
 * Creates a container, with its name and platform in the query and everything else in the body.
 *
 * dockerode alone puts every field into the URL as well: values of variables with it, and more than servers in Node.js take.
 */
export function createContainer(
  docker: Docker,
  { name, platform, ...body }: { readonly name: string; readonly platform?: string },
  abortSignal: AbortSignal,
): Promise<Docker.Container> {
  return docker.createContainer({
    _query: { name, ...(platform !== undefined && { platform }) },
    _body: body,
    abortSignal,
  } as never);
}
