const SVG = 'http://www.w3.org/2000/svg'

/** A QR code as a picture of one path: the security policy allows no style in an attribute, and none is needed. */
export function qrPicture(rows: readonly string[], label: string): SVGElement {
  const quiet = 2
  const size = rows.length + 2 * quiet
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, role: 'img', class: 'qr' })) {
    svg.setAttribute(name, value)
  }
  const title = document.createElementNS(SVG, 'title')
  title.textContent = label
  const path = document.createElementNS(SVG, 'path')
  const modules = rows.flatMap((row, y) =>
    [...row].map((dark, x) => (dark === '1' ? `M${x + quiet} ${y + quiet}h1v1h-1z` : '')),
  )
  path.setAttribute('d', modules.join(''))
  svg.append(title, path)
  return svg
}
