import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, type PDFPage } from 'pdf-lib'

/** A rectangle as a page fills it, in points from the lower left. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What stands on a PDF's pages, read back from its bytes as a reader of PDF would. */
export interface ReadPdf {
  readonly document: PDFDocument
  /** The text of each page, a line for each piece that was written. */
  readonly texts: readonly string[]
  readonly rectangles: readonly (readonly Rectangle[])[]
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  const contents = document.getPages().map(contentOf)
  const texts = document.getPages().map((page, index) => {
    const characters = charactersOf(page)
    return [...(contents[index] ?? '').matchAll(/<([0-9A-Fa-f]+)> Tj/g)]
      .map(([, hex = '']) =>
        (hex.match(/.{4}/g) ?? []).map((code) => characters.get(code.toUpperCase()) ?? '?').join(''),
      )
      .join('\n')
  })
  const rectangles = contents.map((content) =>
    [...content.matchAll(/(\S+) (\S+) (\S+) (\S+) re\b/g)].map(([, x, y, width, height]) => ({
      ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
    })),
  )
  return { document, texts, rectangles }
}

function decoded(stream: unknown): string {
  if (!(stream instanceof PDFRawStream)) throw new Error('not a stream')
  return Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1')
}

function contentOf({ node }: PDFPage): string {
  const contents = node.Contents()
  if (!(contents instanceof PDFArray)) return decoded(contents)
  return contents
    .asArray()
    .map((part) => decoded(node.context.lookup(part)))
    .join('\n')
}

/** What each code of the page's fonts stands for, by their own ToUnicode tables. */
function charactersOf({ node }: PDFPage): Map<string, string> {
  const characters = new Map<string, string>()
  const fonts = node.Resources()?.lookup(PDFName.of('Font'), PDFDict)
  for (const [, reference] of fonts?.entries() ?? []) {
    const font = node.context.lookup(reference, PDFDict)
    const table = decoded(font.lookup(PDFName.of('ToUnicode')))
    for (const [, code = '', unicode = ''] of table.matchAll(/<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>/g)) {
      const units = (unicode.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16))
      characters.set(code.toUpperCase(), String.fromCharCode(...units))
    }
  }
  return characters
}
