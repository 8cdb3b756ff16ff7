import * as z from 'zod/mini'
import { hexDigest, projectCode, text, timestamp, uscc } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from './document.js'
import { programmeNames } from './programmes.js'

/** The life of a project, in order. */
export const stages = ['立项', '审批', '执行', '验收', '评价', 'CLOSED'] as const
export type Stage = (typeof stages)[number]

/** `CreateProject` */
export const projectRequest = requestType('a project', {
  projectCode,
  name: text(200),
  ownerUscc: uscc,
  /** It comes on the chain while under way: its opening balance follows (R47). */
  underWay: z.exactOptional(z.literal(true)),
  /** What its money is spent on; without it, on public works. */
  programme: z.exactOptional(z.enum(programmeNames)),
  document: z.exactOptional(documentReference),
})
export type ProjectRequest = RequestOf<typeof projectRequest>

const ProjectV1 = z.strictObject({
  kind: z.literal('project'),
  version: z.literal(1),
  projectCode,
  name: text(200),
  ownerUscc: uscc,
  underWay: z.exactOptional(z.literal(true)),
  programme: z.exactOptional(z.enum(programmeNames)),
  stage: z.enum(stages),
  /** The day of each gate passed so far, by its name (`FEASIBILITY_APPROVAL`, `CONTRACT`, `START`, …). */
  gates: z.record(z.string(), day),
  /** Its contracts, in the order of their registration. */
  contracts: z.exactOptional(z.array(businessNumber)),
  /** 投资估算, of the feasibility approval. */
  investmentEstimateFen: z.exactOptional(fen),
  /** 概算: the ceiling of everything (R01). */
  approvedEstimateFen: z.exactOptional(fen),
  /** The estimate went too far over the feasibility's: no contract until the development bureau attests again (R15). */
  reapproval: z.exactOptional(z.literal(true)),
  /** Set for ever where a backfill was open for it. */
  backfilled: z.exactOptional(z.literal(true)),
  time: timestamp,
  tx: hexDigest,
})

/** A project. Key: `project:<projectCode>`. */
export const projects = recordType('project', 'a project', ProjectV1)
export type Project = z.infer<typeof ProjectV1>
