import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Sample } from './samples.js'

/** A document on the chain, as the gateway answers. */
export interface AnchoredDocument {
  readonly id: string
  readonly block: number
  readonly transaction: string
  /** Path of the API that gives the evidence file. */
  readonly evidence: string
  /** Whether this start anchored it; `false`: it was there. */
  readonly created: boolean
}

/**
 * Sends a file to the gateway as a department's system would: the particulars as JSON, the file beside them.
 *
 * @param api address of the gateway API
 * @throws Error with the gateway's own words where it refuses; the signal's reason where that stops it
 */
export async function anchorSample(api: string, sample: Sample, signal: AbortSignal): Promise<AnchoredDocument> {
  const form = new FormData()
  form.append('document', JSON.stringify(sample.document))
  form.append('file', new Blob([await readFile(sample.path)]), path.basename(sample.path))
  const response = await fetch(`${api}/v1/documents?wait=30`, { method: 'POST', body: form, signal })
  const answer = (await response.json()) as Partial<AnchoredDocument & { detail: string; title: string }>
  if ((response.status !== 200 && response.status !== 201) || answer.evidence === undefined) {
    const reason = answer.detail ?? answer.title ?? `it answered ${response.status} and no more within 30 s`
    throw new Error(`The gateway did not anchor ${path.basename(sample.path)}: ${reason}`)
  }
  return { ...(answer as AnchoredDocument), created: response.status === 201 }
}

/**
 * The evidence file of a document, signed by the nodes at this moment.
 *
 * @throws Error with the gateway's own words where it refuses; the signal's reason where that stops it
 */
export async function fetchEvidence(
  api: string,
  { evidence }: AnchoredDocument,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const response = await fetch(`${api}${evidence}`, { signal })
  if (!response.ok) throw new Error(`The gateway gave no evidence at ${evidence}: ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}
