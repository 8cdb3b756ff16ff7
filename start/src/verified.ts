import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { verifyDocument } from '@caizheng/client-sdk'
import type { Report } from '@caizheng/evidence'
import { anchorSample, fetchEvidence, type AnchoredDocument } from './documents.js'
import type { Sample } from './samples.js'
import type { System } from './system.js'

/** A sample, where it is on the chain, and what an offline verification said of it. */
export interface VerifiedSample {
  readonly sample: Sample
  readonly anchored: AnchoredDocument
  /** The evidence file that was written and verified. */
  readonly evidence: string
  readonly report: Report
}

/** Anchors the samples one after the other: each answer is on the disk and on the chain before the next is sent. */
export async function anchorAll(
  api: string,
  samples: readonly Sample[],
  signal: AbortSignal,
): Promise<AnchoredDocument[]> {
  const anchored: AnchoredDocument[] = []
  for (const sample of samples) anchored.push(await anchorSample(api, sample, signal))
  return anchored
}

/**
 * Fetches each document's evidence file, writes it for the user, and verifies what was written as anyone would: the
 * document, the evidence file and the trust file, all read from the disk, and no network.
 */
export async function verifyAll(
  api: string,
  samples: readonly Sample[],
  anchored: readonly AnchoredDocument[],
  { evidence: folder, trust }: Pick<System, 'evidence' | 'trust'>,
  signal: AbortSignal,
): Promise<VerifiedSample[]> {
  return Promise.all(
    samples.map(async (sample, index) => {
      const document = anchored[index]
      if (document === undefined) throw new Error(`${sample.name} was not anchored`)
      const evidence = path.join(folder, `${sample.name.replaceAll('/', '-')}.evidence.json`)
      await writeFile(evidence, await fetchEvidence(api, document, signal))
      const report = await verifyDocument(sample.path, evidence, trust.path)
      return { sample, anchored: document, evidence, report }
    }),
  )
}
