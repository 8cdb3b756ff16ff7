import { jsonSchemas as recordSchemas } from '@caizheng/records'
import * as z from 'zod/mini'
import { batchSchema } from '../batch/record.js'
import { blockProofSchema } from '../block/schema.js'
import { sm2CosignatureSchema } from '../cosignature/schema.js'
import { recordsSchema } from '../answer/schema.js'
import { voucherSchema, vouchersSchema } from '../completeness/schema.js'
import { checkpointSchema } from '../checkpoint/schema.js'
import { evidenceSchema } from '../file/schema.js'
import { leafJsonSchema, leafSchema } from '../leaf/schema.js'
import { timeStampSchema } from '../timestamp/schema.js'
import { rotationSchema } from '../trust/rotation.js'
import { trustSchema } from '../trust/schema.js'

const PUBLISHED = {
  'evidence-v1': { title: 'Caizheng evidence file, version 1', schema: evidenceSchema },
  'trust-v1': { title: 'Caizheng trust file, version 1', schema: trustSchema },
  'trust-rotation-v1': { title: 'Caizheng rotation of a trust file, version 1', schema: rotationSchema },
  'sm2-cosignature-v1': { title: 'Caizheng SM2 co-signature, version 1', schema: sm2CosignatureSchema },
  'checkpoint-v1': { title: 'Caizheng checkpoint file, version 1', schema: checkpointSchema },
  'rfc3161-v1': { title: 'Caizheng time-stamp beside a receipt, version 1', schema: timeStampSchema },
  'fabric-block-v1': { title: 'Caizheng block proof beside a receipt, version 1', schema: blockProofSchema },
  'vouchers-v1': { title: 'Caizheng vouchers of a contract, version 1', schema: vouchersSchema },
  'records-v1': { title: 'Caizheng records with their proof, version 1', schema: recordsSchema },
  'batch-v1': { title: 'Caizheng anchor record of a batch, version 1', schema: batchSchema },
  'leaf-v1': { title: 'Caizheng leaf of a batch, version 1', schema: leafSchema },
} as const

/**
 * The files' forms as JSON Schema (draft 2020-12) by name, for other programs. They say what JSON Schema can: canonical
 * bytes, real dates, ascending orders and all that is signed are for `verify`.
 */
export function jsonSchemas(): Record<keyof typeof PUBLISHED, Record<string, unknown>> {
  const entries = Object.entries(PUBLISHED).map(([name, { title, schema }]) => {
    const { $schema, ...rest } = z.toJSONSchema(schema, {
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        if ((zodSchema as unknown) === leafSchema) Object.assign(jsonSchema, leafJsonSchema())
        if ((zodSchema as unknown) === batchSchema) Object.assign(jsonSchema, withoutDialect(recordSchemas().BatchV1))
        if ((zodSchema as unknown) === voucherSchema)
          Object.assign(jsonSchema, withoutDialect(recordSchemas().VoucherV1))
      },
    })
    return [name, { $schema, $id: `urn:caizheng:schema:${name}`, title, ...rest }]
  })
  return Object.fromEntries(entries) as ReturnType<typeof jsonSchemas>
}

/** A schema to stand within another, which names the dialect. */
function withoutDialect(schema: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$schema'))
}
