import * as z from 'zod/mini'
import { fen } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { businessNumber, codeName, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

const shape = {
  projectCode,
  suggestionNo: businessNumber,
  moves: z
    .array(z.strictObject({ fromSubItem: codeName, toSubItem: codeName, amountFen: fen }))
    .check(z.minLength(1), z.maxLength(50)),
  reason: remark,
  /** What was computed, from what: SHA-256 of the input, and name and version of the model or method. */
  inputDigest: hexDigest,
  method: remark,
}

/** `RecordSuggestion`: savings that could move, as computed off the chain. It changes nothing. */
export const suggestionRequest = requestType('a suggestion', shape)
export type SuggestionRequest = RequestOf<typeof suggestionRequest>

const SuggestionV1 = z.strictObject({
  kind: z.literal('suggestion'),
  version: z.literal(1),
  ...shape,
  by: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** Key: `suggestion:<projectCode>:<suggestionNo>`. */
export const suggestions = recordType('suggestion', 'a suggestion', SuggestionV1)
export type Suggestion = z.infer<typeof SuggestionV1>
