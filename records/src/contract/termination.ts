import { documentReference } from '../project/document.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** `TerminateContract` */
export const terminationRequest = requestType('the termination of a contract', {
  contractNo: businessNumber,
  terminatedOn: day,
  reason: remark,
  document: documentReference,
})
export type TerminationRequest = RequestOf<typeof terminationRequest>
