import type { Anchor, AnchorRequest, Network } from '../src/index.js'

/** A request with every field, and the records that belong to it. */
export const request: AnchorRequest = {
  project: '2303-331003-04-01-000001',
  type: 'CONTRACT',
  number: 'HT-2026-001',
  issuer: '12331003000001011C',
  digests: { sha256: 'a'.repeat(64), sm3: 'b'.repeat(64) },
  size: 101_096,
  mime: 'application/pdf',
  provenance: { sourceSystem: '合同管理系统', generatedAt: '2026-11-23', generator: '导出 4.2', witness: '示例公证处' },
  previous: 'c'.repeat(64),
}

export const anchor: Anchor = {
  kind: 'anchor',
  version: 1,
  network: 'd'.repeat(64),
  id: 'e'.repeat(64),
  ...request,
  submitter: { msp: 'FinanceMSP', id: 'f'.repeat(64), key: '0'.repeat(64) },
  time: '2026-11-23T02:04:31.000Z',
  tx: '1'.repeat(64),
}

export const network: Network = {
  kind: 'network',
  version: 1,
  genesis: 'd'.repeat(64),
  channel: 'fiscal',
  organizations: ['AuditMSP', 'ConstructionMSP', 'FinanceMSP'],
}

/** A copy of an object without some of its fields. */
export function without(value: object, ...fields: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)))
}
