const LONGEST = 200

/**
 * A text of a file or its name as it may be shown: characters that turn the direction, hide or break a line are replaced, so
 * that `gnp.evil‮` does not read as something else; what is too long is cut.
 */
export function plain(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '\u{FFFD}')
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean
}
