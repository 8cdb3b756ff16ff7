import { readFile } from 'node:fs/promises'
import { brotliDecompressSync } from 'node:zlib'

/** Noto Sans SC with all its Chinese characters, under the SIL Open Font License (`fonts/OFL.txt`). */
const file = new URL('../../../fonts/NotoSansSC-Regular.ttf.br', import.meta.url)

/** The font's bytes, TrueType: it comes with the package, so that a machine without Chinese fonts prints the same. */
export async function loadFont(): Promise<Uint8Array> {
  return brotliDecompressSync(await readFile(file))
}
