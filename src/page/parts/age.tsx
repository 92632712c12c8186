import { ago } from '../logic/time.js';
import { now } from '../state/now.js';

/** How long ago something was; the moment itself for who points at it. */
export const Age = ({ time }: { readonly time: string }) => (
  <time class="age" dateTime={time} title={new Date(time).toLocaleString()}>
    {ago(time, now.value)}
  </time>
);
