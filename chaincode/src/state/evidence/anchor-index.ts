import type { Anchor } from '@caizheng/records'
import type { ChaincodeStub } from '../../fabric.js'

/** What anchors can be listed by. */
export type AnchorLookup =
  | { readonly by: 'digest'; readonly algorithm: 'sha256' | 'sm3'; readonly digest: string }
  | { readonly by: 'project'; readonly project: string }
  | { readonly by: 'previous'; readonly previous: string }

// LevelDB holds no empty values in Fabric: an empty one means deleted.
const PRESENT = Uint8Array.of(0)

/** The composite key's type and first attributes of a lookup; each entry adds the anchor's time and id. */
export function indexOf(lookup: AnchorLookup): { index: string; prefix: string[] } {
  switch (lookup.by) {
    case 'digest':
      return { index: 'anchor-by-digest', prefix: [lookup.algorithm, lookup.digest] }
    case 'project':
      return { index: 'anchor-by-project', prefix: [lookup.project] }
    case 'previous':
      return { index: 'anchor-by-previous', prefix: [lookup.previous] }
  }
}

/** Writes the index entries of a new anchor. */
export async function indexAnchor(stub: ChaincodeStub, anchor: Anchor): Promise<void> {
  const lookups: AnchorLookup[] = [
    { by: 'digest', algorithm: 'sha256', digest: anchor.digests.sha256 },
    { by: 'digest', algorithm: 'sm3', digest: anchor.digests.sm3 },
    { by: 'project', project: anchor.project },
  ]
  if (anchor.previous !== undefined) lookups.push({ by: 'previous', previous: anchor.previous })
  for (const lookup of lookups) {
    const { index, prefix } = indexOf(lookup)
    await stub.putState(stub.createCompositeKey(index, [...prefix, anchor.time, anchor.id]), PRESENT)
  }
}
