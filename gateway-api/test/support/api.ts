import { createHash } from 'node:crypto'
import { expect } from 'chai'
import * as z from 'zod'
import { openApi } from '../../src/index.js'

export const project = '2303-331003-04-01-000001'

/** The particulars of a document as tests state them. */
export const particulars = (number: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  project,
  type: 'CONTRACT',
  number,
  issuer: '12331003000001011C',
  provenance: { sourceSystem: '合同管理系统', generatedAt: '2024-11-23', generator: 'export 4.2' },
  ...changes,
})

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

/** Asks a gateway; every answer must be JSON of the media type its status calls for. */
export async function ask(url: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(new URL(path, url), init)
  const type = response.headers.get('content-type') ?? ''
  const probe = path === '/readyz'
  expect(type.split(';')[0], `${path} ${response.status}`).to.equal(
    response.status < 400 || probe ? 'application/json' : 'application/problem+json',
  )
  const body = (await response.json()) as Answer['body']
  if (response.status >= 400 && !probe) conforms('Problem', body)
  return { status: response.status, headers: response.headers, body }
}

/** A form as `curl -F document=… -F file=@…` sends it. */
export function form(document: unknown, file: Uint8Array): FormData {
  const data = new FormData()
  data.append('document', JSON.stringify(document))
  data.append('file', new Blob([file], { type: 'application/pdf' }), 'contract.pdf')
  return data
}

export const post = (url: string, path: string, body: FormData | object): Promise<Answer> =>
  ask(url, path, {
    method: 'POST',
    ...(body instanceof FormData
      ? { body }
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  })

export const digestsOf = (bytes: Uint8Array): { sha256: string; sm3: string } => ({
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sm3: createHash('sm3').update(bytes).digest('hex'),
})

const description = JSON.parse(JSON.stringify(openApi()).replaceAll('#/components/schemas/', '#/$defs/')) as {
  components: { schemas: Record<string, unknown> }
}
const readers = new Map<string, z.ZodType>()

/** Holds a body to its schema in openapi.json. */
export function conforms(name: string, body: unknown): void {
  let reader = readers.get(name)
  if (reader === undefined) {
    reader = z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: description.components.schemas } as never)
    readers.set(name, reader)
  }
  const result = reader.safeParse(body)
  if (!result.success)
    expect.fail(`not a ${name}: ${z.prettifyError(result.error)}\n${JSON.stringify(body).slice(0, 500)}`)
}

/** Asks again until the condition holds. */
export async function until<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  milliseconds = 10_000,
): Promise<T> {
  const end = Date.now() + milliseconds
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)} after ${milliseconds} ms`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
