import { canonicalize } from '@caizheng/records'
import type { Leaf } from '@caizheng/evidence'

/** The document that a leaf was made of, in canonical JSON: the leaf without its format and salt. */
export function documentOf(leaf: string): string {
  const { format, salt, ...document } = JSON.parse(leaf) as Leaf
  void format
  void salt
  return canonicalize(document)
}
