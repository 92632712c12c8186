import { ago } from '../logic/time.js';
import { now } from '../state/now.js';

/** Time since a moment; the moment itself appears on hover. */
export const Age = ({ time }: { readonly time: string }) => (
  <time class="age" dateTime={time} title={new Date(time).toLocaleString()}>
    {ago(time, now.value)}
  </time>
);
