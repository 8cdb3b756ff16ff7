import { randomBytes } from 'node:crypto'
import type { Client } from '@caizheng/client-sdk'

export interface AnchoredNew {
  readonly id: string
  readonly digests: { readonly sha256: string; readonly sm3: string }
}

/** Anchors a document that nobody has: a transaction from proposal to commit status. */
export async function anchorNew(client: Client): Promise<AnchoredNew> {
  const [sha256, sm3] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]
  const anchored = await client.evidence.anchor(
    { sha256, sm3, size: 100_000 },
    {
      project: '2303-331003-04-01-000001',
      type: 'PROGRESS_CERTIFICATE',
      number: `BENCH-${sha256.slice(0, 12)}`,
      provenance: { generatedAt: '2026-01-31' },
    },
  )
  return { id: anchored.id, digests: { sha256, sm3 } }
}
