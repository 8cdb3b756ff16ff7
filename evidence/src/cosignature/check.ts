import { verifySm2 } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import type { EvidenceFile } from '../file/schema.js'
import { fromBase64 } from '../format/base64.js'
import { conform } from '../format/canonical.js'
import type { Text } from '../format/text.js'
import type { Trust } from '../trust/trust.js'
import { sm2CosignatureSchema } from './schema.js'

/** Who co-signed, as the trust file names them. */
export interface Cosigner {
  readonly name: Text
  /** Whether the trust file says that the key is held by a certified product. */
  readonly certified: boolean
}

/**
 * The SM2 co-signatures of a file: each by a key that the trust file lists, none twice, each over `message`.
 *
 * @param message what `cosignatureBytes` gives for the record of the receipt
 * @throws EvidenceError with a code that begins with COSIGNATURE_, or SCHEMA
 */
export function checkCosignatures(
  cosignatures: EvidenceFile['cosignatures'],
  message: Uint8Array,
  { file }: Trust,
): Cosigner[] {
  const seen = new Set<string>()
  return cosignatures.map((entry) => {
    const { key, signature } = conform(sm2CosignatureSchema, entry)
    const listed = file.cosigners?.find((cosigner) => cosigner.key === key)
    if (listed === undefined) throw new EvidenceError('COSIGNATURE_KEY')
    const { name, certified } = listed
    if (seen.has(key)) throw new EvidenceError('COSIGNATURE_TWICE', { name: name.en })
    seen.add(key)
    if (!verifySm2(fromBase64(key), message, fromBase64(signature))) {
      throw new EvidenceError('COSIGNATURE_WRONG', { name: name.en })
    }
    return { name, certified }
  })
}
