/**
 * A QR code for a page: rows of `1` (dark) and `0`. What makes it is loaded by the first call only.
 *
 * @throws Error for a text that is too long for one
 */
export async function qrRows(text: string): Promise<string[]> {
  const { qrCode } = await import('./qr.js')
  const code = qrCode(text)
  const numbers = Array.from({ length: code.size }, (_, index) => index)
  return numbers.map((row) => numbers.map((column) => (code.isDark(row, column) ? '1' : '0')).join(''))
}
