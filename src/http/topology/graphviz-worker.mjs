// Draws graphs, one after the other, in a thread of its own: a layout takes its time, and can't be interrupted otherwise.
import { parentPort } from 'node:worker_threads';
import { instance } from '@viz-js/viz';

const viz = await instance();

parentPort?.on('message', (/** @type {string} */ dot) => {
  const { status, output, errors } = viz.render(dot, { format: 'svg', engine: 'dot' });
  const fault = errors.map(({ message }) => message).join('; ');
  parentPort?.postMessage(status === 'success' ? { svg: output } : { fault });
});

parentPort?.postMessage('ready');
