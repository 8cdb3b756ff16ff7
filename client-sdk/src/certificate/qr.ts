import qrcode from 'qrcode'

/** A square of dark and light modules. */
export interface QrCode {
  readonly size: number
  isDark(row: number, column: number): boolean
}

/** A QR code with a quarter of its area to spare, for paper that was folded or stamped. */
export function qrCode(text: string): QrCode {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'Q' })
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) !== 0 }
}
