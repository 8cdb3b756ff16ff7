import * as z from 'zod/mini'
import { hexDigest, projectCode, text, timestamp } from '../schema/fields.js'
import { codeName, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** What is made public of a project, and the gate whose day begins the days to publish. */
export const disclosureSubjects = ['ESTIMATE_APPROVAL', 'FINAL_ACCOUNT', 'EVALUATION'] as const
export type DisclosureSubject = (typeof disclosureSubjects)[number]

/** The gate that a publication passes: `PUBLISHED_FINAL_ACCOUNT`. */
export function publishedGate(subject: DisclosureSubject): string {
  return `PUBLISHED_${subject}`
}

/** Names that no public page has, whatever the list of public fields says: whose account, and who a person is. */
export const neverPublic: readonly string[] = [
  ...['account', 'accountNo', 'accountDigest', 'accounts', 'salt', 'saltHex'],
  ...['personId', 'personName', 'key', 'idCardNo', 'phone', 'recipient', 'recipients'],
]

const publicValue = z.union([text(500), z.int().check(z.minimum(0), z.maximum(1_000_000))])

const shape = {
  projectCode,
  subject: z.enum(disclosureSubjects),
  /** The day of the approval that is made public, as the project's gate has it (R42). */
  approvedOn: day,
  publishedOn: day,
  /** SHA-256 over the public page; where `view` is given, over its canonical JSON. */
  publicViewDigest: hexDigest,
  /** What the page says, by the names of the records' fields: each on the list of public fields, each as the chain has it. */
  view: z.exactOptional(
    z
      .record(codeName, publicValue)
      .check(
        z.refine(
          (view) => Object.keys(view).every((name) => !neverPublic.includes(name)),
          'must have no account and nothing about a person (R42)',
        ),
      ),
  ),
}

/** `PublishDisclosure` */
export const disclosureRequest = requestType('a disclosure', shape)
export type DisclosureRequest = RequestOf<typeof disclosureRequest>

const DisclosureV1 = z.strictObject({
  kind: z.literal('disclosure'),
  version: z.literal(1),
  ...shape,
  /** The list of public fields and the last day to publish, under the settings of its day. */
  publicFields: z.array(codeName),
  dueOn: day,
  publishedBy: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** 公开信息: what was published of a project, and by when it had to be (R42). Key: `disclosure:<projectCode>:<subject>`. */
export const disclosures = recordType('disclosure', 'a disclosure', DisclosureV1)
export type Disclosure = z.infer<typeof DisclosureV1>
