/** The labels by which a container, or a network, is known as ours. A definition's own labels may not begin like these. */
export const LABELS = {
  instance: 'io.berth.instance',
  uid: 'io.berth.uid',
  name: 'io.berth.name',
  generation: 'io.berth.generation',
  hash: 'io.berth.hash',
  /** The named volumes that had vanished when the container was made, with commas between them. */
  recreatedVolumes: 'io.berth.recreated-volumes',
  /** The names of the variables whose values are secrets, with commas between them. */
  secretVariables: 'io.berth.secret-variables',
  /** The run of a job that the container is for, and its attempt. */
  run: 'io.berth.run',
  attempt: 'io.berth.attempt',
  /** The digest of the settings that a network was made with. */
  networkHash: 'io.berth.network-hash',
  /** Another value for each container: one that is on its image as well was copied there, with all others. */
  creation: 'io.berth.creation',
} as const;
