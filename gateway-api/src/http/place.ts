import { createHash } from 'node:crypto'
import { canonicalBytes, type AnchorRequest } from '@caizheng/records'

/**
 * The place of a document in this gateway: the same project, type and SHA-256 always give the same one, as on the chain,
 * where the submitter is added. So whoever posts again after a lost answer finds what the first time came to.
 */
export function placeOf({ project, type, digests }: Pick<AnchorRequest, 'project' | 'type' | 'digests'>): string {
  const bytes = canonicalBytes({ label: 'caizheng-submission-v1', project, type, digest: digests.sha256 })
  return createHash('sha256').update(bytes).digest('hex')
}
