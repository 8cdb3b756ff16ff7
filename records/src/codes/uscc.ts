const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The 18 characters of a unified social credit code (统一社会信用代码), without the test of its check character. */
export const USCC_PATTERN = /^[0-9A-HJ-NPQRTUWXY]{18}$/

/**
 * Whether a text is a unified social credit code whose check character is right. GB 32100-2015; rule R28.
 *
 * @example
 * ```ts
 * isUscc('91330100799655058B') // true
 * ```
 */
export function isUscc(text: string): boolean {
  return USCC_PATTERN.test(text) && usccCheckCharacter(text.slice(0, 17)) === text[17]
}

/**
 * The check character for the first 17: C18 = (31 - Σ Ci·3^(i-1) mod 31) mod 31.
 *
 * @throws {RangeError} where the text is not 17 characters of the alphabet.
 */
export function usccCheckCharacter(first17: string): string {
  if (first17.length !== 17) throw new RangeError('A check character is computed over 17 characters')
  let sum = 0
  for (const [index, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(first17.charAt(index))
    if (value < 0) throw new RangeError(`${first17.charAt(index)} is not in the alphabet of GB 32100-2015`)
    sum += value * weight
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31)
}
