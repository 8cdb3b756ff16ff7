import { randomBytes } from 'node:crypto'
import type { DocumentToAnchor } from '@caizheng/client-sdk'

/** As a site's photographs come: all of one project and system, each with digests, number and size of its own. */
export function documentOf(number: number, random: Buffer): DocumentToAnchor {
  const digits = random.toString('hex')
  return {
    document: { sha256: digits.slice(0, 64), sm3: digits.slice(64), size: 100_000 + number },
    about: {
      project: '2303-331003-04-01-000001',
      type: 'SITE_EVIDENCE',
      number: `XC-2026-${number}`,
      issuer: '12331003000001011C',
      provenance: { sourceSystem: '工地影像系统', generatedAt: '2026-01-31', generator: 'export 4.2' },
    },
  }
}

/** New documents, made as they are asked for. */
export function* documents(count: number): Generator<DocumentToAnchor, void, void> {
  const atOnce = 4096
  for (let made = 0; made < count; made += atOnce) {
    const random = randomBytes(64 * atOnce)
    for (let at = 0; at < atOnce && made + at < count; at++) {
      yield documentOf(made + at, random.subarray(64 * at, 64 * (at + 1)))
    }
  }
}
