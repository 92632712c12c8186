/** Texts that can't reach a process whole. */

/**
 * Returns the reason why a text can't be an argument, a path or a variable, or undefined. NUL ends it in every system
 * call (POSIX `execve`); a lone surrogate has no UTF-8 form, and would silently become another character.
 */
export function unprintable(text: string): string | undefined {
  if (text.includes('\0')) {
    return "a process argument or variable can't contain a NUL character; remove it";
  }
  return /\p{Surrogate}/u.test(text) ? 'an unpaired surrogate is not a valid character; remove it' : undefined;
}
