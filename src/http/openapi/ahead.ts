/** Makes validators and serialisers before the requests that need them. */

export interface Ahead {
  /** Notes what a first request would otherwise wait for. Making it twice must cost nothing. */
  add(make: () => unknown): void;
  /** Makes all that was noted, one piece in each turn of the event loop, and later additions as well. */
  begin(): void;
  /** Makes nothing more. */
  end(): void;
}

/**
 * Creates an empty list. Some validators take 50 ms, for which the first request and all others beside it
 * would wait; made before the server listens they would delay its start.
 *
 * @param nextTurn calls back in the next turn of the event loop
 */
export function createAhead(nextTurn: (call: () => void) => unknown = setImmediate): Ahead {
  let pieces: (() => unknown)[] = [];
  let state: 'waiting' | 'going' | 'idle' | 'ended' = 'waiting';

  function go(): void {
    const make = pieces.shift();
    if (make === undefined) {
      if (state === 'going') state = 'idle';
      return;
    }
    make();
    nextTurn(go);
  }

  function begin(): void {
    if (state === 'going' || state === 'ended') return;
    state = 'going';
    nextTurn(go);
  }

  return {
    add(make) {
      if (state === 'ended') return;
      pieces.push(make);
      if (state === 'idle') begin();
    },
    begin,
    end() {
      state = 'ended';
      pieces = [];
    },
  };
}
