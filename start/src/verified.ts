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
  /** Whether an earlier start wrote it. */
  readonly kept: boolean
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
 * document, the evidence file and the trust file, all read from the disk, and no network. One that an earlier start wrote
 * stays where it is whole: a new receipt would say "no later than" a later time.
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
      const kept = await keptReport(sample, evidence, trust.path)
      if (kept === undefined) await writeFile(evidence, await fetchEvidence(api, document, signal))
      const report = kept ?? (await verifyDocument(sample.path, evidence, trust.path))
      return { sample, anchored: document, evidence, kept: kept !== undefined, report }
    }),
  )
}

/** What an earlier start's evidence file proves; undefined where there is none, or less than a new one would prove. */
async function keptReport(sample: Sample, evidence: string, trust: string): Promise<Report | undefined> {
  try {
    const report = await verifyDocument(sample.path, evidence, trust)
    return isWhole(report) ? report : undefined
  } catch {
    return undefined
  }
}

/** All departments of the policy signed: here, where all are up, a weaker receipt would be a fault. */
export const isWhole = ({ outcome, weaker }: Report): boolean => outcome === 'VALID' && weaker === undefined
