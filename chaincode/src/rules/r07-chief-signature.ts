import { rule, check } from './rule.js'

export interface SignerFacts {
  readonly role: string
  readonly uscc: string
  readonly supervisionFirmUscc: string | undefined
}

/** R07, 总监签字, of a signature: by the chief supervision engineer of the contract's firm. 建设工程质量管理条例 art. 37(2). */
export const R07Signature = rule<SignerFacts>('R07', ({ role, uscc, supervisionFirmUscc }) => [
  check(role === 'CHIEF_SUPERVISION_ENGINEER' && uscc === supervisionFirmUscc, 'REJECT', {
    case: 'SIGNER',
    expected: `CHIEF_SUPERVISION_ENGINEER of ${supervisionFirmUscc ?? 'the supervision firm'}`,
    actual: `${role} of ${uscc}`,
  }),
])

/** R07 of an application: the measure of its period is signed. */
export const R07Application = rule<{ readonly signed: boolean; readonly periodNo: number | undefined }>(
  'R07',
  ({ signed, periodNo }) => [
    check(signed, 'HOLD', {
      case: 'UNSIGNED',
      expected: `${periodNo === undefined ? 'a measured period' : `period ${periodNo}`} signed by the chief supervision engineer`,
      actual: signed ? 'signed' : 'not signed',
    }),
  ],
)
