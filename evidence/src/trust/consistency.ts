import { readPublicKey, readSm2Key, toHex, type Certificate } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import { fromBase64 } from '../format/base64.js'
import type { TrustFile } from './schema.js'

function insist(condition: boolean, reason: string): void {
  if (!condition) throw new EvidenceError('TRUST_INCONSISTENT', { why: reason })
}

/** True if the texts ascend: none twice, and one order for one set. */
function ascend(texts: readonly string[]): boolean {
  return texts.every((text, i) => i === 0 || text > (texts[i - 1] as string))
}

/**
 * Checks what a schema can't say of a trust file: names known and in one order, counts that can be reached, a period that
 * is one, administrators with keys that differ.
 *
 * @throws EvidenceError TRUST_INCONSISTENT
 */
export function checkConsistency({
  organizations,
  chaincodes,
  policy,
  validity,
  rotation,
  cosigners,
  timestamping,
  ordering,
}: TrustFile): void {
  const ids = organizations.map(({ mspId }) => mspId)
  insist(ascend(ids), 'organisations must ascend by MSP id')
  insist(ascend(policy.organizations), 'the policy’s organisations must ascend by MSP id')
  insist(
    policy.organizations.every((id) => ids.includes(id)),
    'the policy names an organisation without CA roots',
  )
  insist(policy.least <= policy.complete, 'least exceeds complete')
  insist(policy.complete <= policy.organizations.length, 'the policy asks for more organisations than it names')
  insist(validity.from < validity.until, 'the validity ends before it begins')
  const definitions = chaincodes.map(({ committed, ...rest }) => JSON.stringify({ ...rest, ...committed }))
  insist(new Set(definitions).size === definitions.length, 'a chaincode definition stands twice')

  const keys = rotation.administrators.map(({ key }) => key)
  insist(new Set(keys).size === keys.length, 'two administrators share a key')
  insist(
    keys.every((key) => readPublicKey(fromBase64(key))?.curve === 'P-256' && fromBase64(key).length > 65),
    'an administrator’s key is no P-256 SubjectPublicKeyInfo',
  )
  insist(rotation.needed <= keys.length, 'more administrators must sign than there are')
  insist((rotation.needed === 0) === (keys.length === 0), 'administrators and their needed number must go together')

  for (const { revoked, revokedSince = [] } of organizations) {
    const certificates = revokedSince.map(({ certificate }) => certificate)
    insist(new Set(certificates).size === certificates.length, 'a certificate was revoked at two times')
    insist(
      certificates.every((certificate) => revoked.includes(certificate)),
      'a certificate has a time of its revocation, and was not revoked',
    )
  }
  const stampers = (timestamping ?? []).flatMap(({ roots }) => roots)
  insist(new Set(stampers).size === stampers.length, 'a root of time-stamping stands twice')

  const smKeys = (cosigners ?? []).map(({ key }) => key)
  insist(new Set(smKeys).size === smKeys.length, 'two co-signers share a key')
  insist(
    smKeys.every((key) => readSm2Key(fromBase64(key)) !== undefined),
    'a co-signer’s key is no SM2 SubjectPublicKeyInfo',
  )
  for (const [place, { from, consenters }] of (ordering ?? []).entries()) {
    insist(from > (ordering?.[place - 1]?.from ?? 0), 'the orderers’ sets must ascend by the block they begin with')
    const increasing = consenters.every(({ id }, i) => i === 0 || id > (consenters[i - 1]?.id ?? 0))
    insist(increasing, 'orderers must ascend by their numbers')
  }
}

/**
 * Checks that organisations share no CA key: else one signs for two.
 *
 * @throws EvidenceError TRUST_SHARED_ROOT
 */
export function checkSeparateAuthorities(authorities: ReadonlyMap<string, readonly Certificate[]>): void {
  const owners = new Map<string, string>()
  for (const [mspId, certificates] of authorities) {
    for (const { spki } of certificates) {
      const owner = owners.get(toHex(spki))
      if (owner !== undefined && owner !== mspId) throw new EvidenceError('TRUST_SHARED_ROOT', { mspId, other: owner })
      owners.set(toHex(spki), mspId)
    }
  }
}
