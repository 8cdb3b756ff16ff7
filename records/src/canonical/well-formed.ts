// With the `u` flag a paired surrogate is one character, so only a lone one matches.
const LONE_SURROGATE = /\p{Surrogate}/u

/** Whether a string is well-formed Unicode, and so has UTF-8 bytes of its own. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text)
}
