import type { ContainerState } from './engine.js';

/** True if processes of a container exist: only then it has an address, and its `/etc/hosts` is active. */
export const hasProcesses = ({ state }: { readonly state: ContainerState }): boolean =>
  state === 'running' || state === 'paused';

/** True if a container has to be stopped before it can be removed or replaced: it runs, or is about to run again. */
export const isUp = (container: { readonly state: ContainerState }): boolean =>
  hasProcesses(container) || container.state === 'restarting';
