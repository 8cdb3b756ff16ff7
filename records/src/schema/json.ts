import * as z from 'zod/mini'
import { AnchorV1 } from '../anchor/anchor.js'
import { AnchorRequest } from '../anchor/request.js'
import { BatchV1 } from '../batch/batch.js'
import { LaneV1 } from '../batch/lane.js'
import { BatchRequest } from '../batch/request.js'
import { CheckpointV1 } from '../checkpoint/checkpoint.js'
import { CheckpointRequest } from '../checkpoint/request.js'
import { NetworkRequest, NetworkV1 } from '../network/network.js'
import { VoucherV1 } from '../payment/voucher.js'
import { Verdict } from '../verdicts/verdict.js'

/**
 * The shapes as JSON Schema (draft 2020-12), for the API's description and for other languages. Check characters, real
 * dates and Unicode forms are beyond JSON Schema: the parse functions remain the judges.
 */
export function jsonSchemas() {
  return {
    AnchorRequest: z.toJSONSchema(AnchorRequest),
    AnchorV1: z.toJSONSchema(AnchorV1),
    BatchRequest: z.toJSONSchema(BatchRequest),
    BatchV1: z.toJSONSchema(BatchV1),
    CheckpointRequest: z.toJSONSchema(CheckpointRequest),
    CheckpointV1: z.toJSONSchema(CheckpointV1),
    LaneV1: z.toJSONSchema(LaneV1),
    NetworkRequest: z.toJSONSchema(NetworkRequest),
    NetworkV1: z.toJSONSchema(NetworkV1),
    VoucherV1: z.toJSONSchema(VoucherV1, { unrepresentable: 'any' }),
    Verdict: z.toJSONSchema(Verdict),
  }
}
