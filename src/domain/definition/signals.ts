/** Signals that a container can be stopped with. */

const NAMES: ReadonlySet<string> = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP ' +
    'TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' '),
);

/** Linux: signals 32 and 33 belong to the C library, so RTMIN is 34 and RTMAX 64. */
const REAL_TIME = /^(?:RTMIN\+(?:[1-9]|1[0-5])|RTMAX-(?:[1-9]|1[0-4]))$/;

/**
 * True if the engine knows this signal: a number from 1 to 64, or a name with or without SIG, in any case. Rule:
 * moby/sys `signal.ParseSignal` and its table for Linux.
 */
export function isSignal(text: string): boolean {
  if (/^\d{1,3}$/.test(text)) {
    return Number(text) >= 1 && Number(text) <= 64;
  }
  const name = bareName(text);
  return NAMES.has(name) || REAL_TIME.test(name);
}

/** `term` and `SIGTERM` are `SIGTERM`, `09` is `9`. */
export function canonicalSignal(text: string): string {
  return /^\d+$/.test(text) ? `${Number(text)}` : `SIG${bareName(text)}`;
}

function bareName(text: string): string {
  return text.toUpperCase().replace(/^SIG/, '');
}
