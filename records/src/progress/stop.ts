import { businessNumber, day, remark } from '../schema/ids.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** `StopWorks`: an approved stop; the stall clock waits (R37). */
export const stopRequest = requestType('a stop of works', {
  contractNo: businessNumber,
  stoppedOn: day,
  reason: remark,
})
export type StopRequest = RequestOf<typeof stopRequest>

/** `ResumeWorks` */
export const resumeRequest = requestType('a resumption of works', { contractNo: businessNumber, resumedOn: day })
export type ResumeRequest = RequestOf<typeof resumeRequest>
