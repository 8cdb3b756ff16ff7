import { jsonSchemas } from '@caizheng/records'
import * as z from 'zod/mini'
import { isLeaf, LEAF_FORMAT, type Leaf } from './leaf.js'

/** A leaf within an evidence file; the rules are those of `checkLeaf`. */
export const leafSchema = z.custom<Leaf>(isLeaf, 'not a leaf')

/** The same as JSON Schema: an anchor's request with a format and a salt. */
export function leafJsonSchema(): Record<string, unknown> {
  const { AnchorRequest } = jsonSchemas()
  const document = { ...AnchorRequest.properties }
  delete document['previous'] // a leaf has no place for it
  return {
    type: 'object',
    properties: {
      ...document,
      format: { type: 'string', const: LEAF_FORMAT },
      salt: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    },
    required: [...(AnchorRequest.required ?? []), 'format', 'salt'],
    additionalProperties: false,
  }
}
