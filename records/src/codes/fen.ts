/** The largest amount a record may hold: 10^15 fen, ten thousand billion yuan. */
export const MAX_FEN = 10n ** 15n

/**
 * Reads an amount of money: integer fen as a decimal string, no sign, no point, no leading zero; rule R26.
 *
 * @throws {RangeError} for any other text (`'334,518.948元'` was found in a real file).
 * @example
 * ```ts
 * parseFen('947302000') // 947302000n, that is 9,473,020.00 yuan
 * ```
 */
export function parseFen(text: string): bigint {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) throw new RangeError(`${JSON.stringify(text)} is not an amount in integer fen`)
  const fen = BigInt(text)
  if (fen > MAX_FEN) throw new RangeError(`${text} fen is more than ${MAX_FEN}`)
  return fen
}

/**
 * An amount as people read it: yuan with two decimals, thousands separated.
 *
 * @example
 * ```ts
 * formatYuan(-25300000n) // '-253,000.00'
 * ```
 */
export function formatYuan(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0n ? '-' : ''}${yuan}.${digits.slice(-2)}`
}
