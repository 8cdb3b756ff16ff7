import fontkit from '@pdf-lib/fontkit'
import {
  fill,
  PDFDocument,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  rgb,
  setFillingRgbColor,
  setLineWidth,
  setStrokingRgbColor,
  setTextRenderingMode,
  TextRenderingMode,
  type PDFFont,
  type PDFPage,
} from 'pdf-lib'
import type { QrCode } from './qr.js'
import { wrap } from './wrap.js'

export type Rgb = readonly [red: number, green: number, blue: number]

export const ink: Rgb = [0.11, 0.14, 0.19]
export const quiet: Rgb = [0.34, 0.38, 0.44]
export const good: Rgb = [0.09, 0.39, 0.23]
export const seal: Rgb = [0.64, 0.15, 0.16]
const line: Rgb = [0.82, 0.85, 0.88]

/** A4 in points. */
const page = { width: 595.28, height: 841.89 }
const margin = { side: 56, top: 50, bottom: 62 }

export interface TextStyle {
  readonly size?: number
  readonly color?: Rgb
  readonly bold?: boolean
  /** Where the text begins and how wide it may be; the whole of the page's width unless given. */
  readonly x?: number
  readonly width?: number
  /** Distance between two lines, as a multiple of the size. */
  readonly leading?: number
}

/** Sheets of A4 that are written from the top, with a new one where the last is full. */
export class Paper {
  readonly left = margin.side
  readonly width = page.width - 2 * margin.side
  /** How far down the writing has come. */
  y = page.height - margin.top
  readonly #document: PDFDocument
  readonly #font: PDFFont
  readonly #characters: ReadonlySet<number>
  #page: PDFPage

  private constructor(document: PDFDocument, font: PDFFont) {
    this.#document = document
    this.#font = font
    this.#characters = new Set(font.getCharacterSet())
    this.#page = document.addPage([page.width, page.height])
  }

  /**
   * @param about what the file says of itself; its date is the only one in it, so that the same report gives the same bytes
   */
  static async create(
    font: Uint8Array,
    about: { readonly title: string; readonly subject: string; readonly date: Date },
  ): Promise<Paper> {
    const document = await PDFDocument.create({ updateMetadata: false })
    document.setTitle(about.title, { showInWindowTitleBar: true })
    document.setSubject(about.subject)
    document.setLanguage('zh-CN')
    document.setCreator('Caizheng')
    document.setProducer('Caizheng')
    document.setCreationDate(about.date)
    document.setModificationDate(about.date)
    document.registerFontkit(fontkit)
    return new Paper(document, await document.embedFont(font, { subset: true }))
  }

  /** Begins a new sheet if there is less room than this. */
  keep(height: number): void {
    if (this.y - height >= margin.bottom) return
    this.#page = this.#document.addPage([page.width, page.height])
    this.y = page.height - margin.top
  }

  space(height: number): void {
    this.y -= height
  }

  /** The height that a text will take. */
  heightOf(text: string, style: TextStyle = {}): number {
    const { size = 9.5, leading = 1.45 } = style
    return this.#lines(text, style).length * size * leading
  }

  /** Writes a text and goes down below it. */
  text(text: string, style: TextStyle = {}): void {
    const { size = 9.5, color = ink, bold = false, x = this.left, leading = 1.45 } = style
    for (const each of this.#lines(text, style)) {
      this.keep(size * leading)
      // The baseline sits so that capital and Chinese characters stand in the middle of their line.
      this.#write(each, x, this.y - size * (leading / 2 + 0.38), size, color, bold)
      this.y -= size * leading
    }
  }

  widthOf(text: string, size: number): number {
    return this.#font.widthOfTextAtSize(this.#printable(text), size)
  }

  /** Writes texts beside each other and goes down below the longest. */
  row(cells: readonly { readonly text: string; readonly style: TextStyle }[]): void {
    this.keep(Math.max(...cells.map(({ text, style }) => this.heightOf(text, style))))
    const top = this.y
    let lowest = top
    for (const { text, style } of cells) {
      this.y = top
      this.text(text, style)
      lowest = Math.min(lowest, this.y)
    }
    this.y = lowest
  }

  rule(color: Rgb = line, thickness = 0.6): void {
    this.box(this.left, this.y, this.width, thickness, color)
  }

  /** A filled rectangle, by its lower left corner. */
  box(x: number, y: number, width: number, height: number, color: Rgb): void {
    this.#page.drawRectangle({ x, y, width, height, color: rgb(...color) })
  }

  /** A tick in a circle, by its centre. */
  tick(x: number, y: number, radius: number): void {
    this.#page.drawCircle({ x, y, size: radius, color: rgb(...good) })
    const path = `M ${-0.45 * radius} 0 L ${-0.1 * radius} ${0.38 * radius} L ${0.5 * radius} ${-0.38 * radius}`
    this.#page.drawSvgPath(path, { x, y, borderColor: rgb(1, 1, 1), borderWidth: radius / 4.5 })
  }

  /** A small tick that stands in the line to be written next. */
  mark(x: number, below: number, radius: number): void {
    this.keep(3 * radius)
    this.tick(x, this.y - below, radius)
  }

  /** A QR code by its upper left corner. */
  qr(code: QrCode, x: number, y: number, width: number): void {
    const module = width / code.size
    this.#page.pushOperators(pushGraphicsState(), setFillingRgbColor(0, 0, 0))
    for (let row = 0; row < code.size; row++) {
      for (let column = 0; column < code.size; column++) {
        if (!code.isDark(row, column)) continue
        this.#page.pushOperators(rectangle(x + column * module, y - (row + 1) * module, module, module))
      }
    }
    this.#page.pushOperators(fill(), popGraphicsState())
  }

  /** Ends every sheet with its number and a line, and gives the file. */
  async finish(footer: (number: number, of: number) => string): Promise<Uint8Array> {
    const pages = this.#document.getPages()
    pages.forEach((each, index) => {
      this.#page = each
      this.y = margin.bottom - 14
      this.rule()
      this.y -= 4
      for (const text of footer(index + 1, pages.length).split('\n')) {
        this.#write(text, this.left, this.y - 9, 7, quiet, false)
        this.y -= 10.5
      }
    })
    return this.#document.save()
  }

  #lines(text: string, { size = 9.5, x = this.left, width = this.left + this.width - x }: TextStyle): string[] {
    return wrap(this.#printable(text), width, (each) => this.#font.widthOfTextAtSize(each, size))
  }

  /** A character that the font lacks leaves a box, not a gap that nobody sees. */
  #printable(text: string): string {
    return Array.from(text, (character) =>
      this.#characters.has(character.codePointAt(0) ?? 0) ? character : '□',
    ).join('')
  }

  #write(text: string, x: number, y: number, size: number, color: Rgb, bold: boolean): void {
    const options = { x, y, size, font: this.#font, color: rgb(...color) }
    if (!bold) return this.#page.drawText(text, options)
    // One weight in the file; the other by an outline.
    this.#page.pushOperators(
      pushGraphicsState(),
      setTextRenderingMode(TextRenderingMode.FillAndOutline),
      setLineWidth(size / 28),
      setStrokingRgbColor(...color),
    )
    this.#page.drawText(text, options)
    this.#page.pushOperators(popGraphicsState())
  }
}
