import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** A document that comes with the clone. */
export interface Sample {
  /** Name for people, such as `ocds/release-05-contract.json`. */
  readonly name: string
  /** The file, absolute. */
  readonly path: string
  /** Its particulars, as `POST /v1/documents` takes them. */
  readonly document: Readonly<Record<string, unknown>>
}

const folder = fileURLToPath(new URL('../../../samples', import.meta.url))

/** The documents that `npm start` anchors; `samples/NOTICE.md` says where they come from. */
export async function readSamples(): Promise<Sample[]> {
  const listed = JSON.parse(await readFile(path.join(folder, 'samples.json'), 'utf8')) as { file: string }[]
  return listed.map(({ file, ...document }) => ({ name: file, path: path.join(folder, file), document }))
}
