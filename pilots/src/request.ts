import { sm3, toHex } from '@caizheng/fabric-wire'
import type { CanonicalValue, DocumentType } from '@caizheng/records'
import type { Pilot, Step } from './pilot.js'

type Fields = Readonly<Record<string, CanonicalValue>>

/** The pilots' documents exist as their labels only: what is hashed is `project|type|number`. */
interface SampleDocument {
  readonly docType: DocumentType
  readonly docNumber: string
  readonly digest: string
  readonly sizeBytes: number
  readonly mime: string
  readonly sourceSystem: string
  readonly generatedAt: string
  readonly generator: string
}

/** What the pilots say of a step that the chain reads from elsewhere: the certificate, the stage, the endorsements. */
const toldOtherwise: Readonly<Record<string, readonly string[]>> = {
  createProject: ['stage'],
  registerPerson: ['orgId'],
  recordAttestation: ['issuerMsp'],
  recordOpeningBalance: ['label'],
}

/** What some transactions call by another name, or need besides. */
const shapes: Readonly<Record<string, (input: Fields, key: string, step: Step) => Fields>> = {
  registerPerson: (input, key, { at }) => ({
    ...withoutTold('registerPerson', input),
    key,
    validFrom: at.slice(0, 10),
  }),
  setParameters: ({ version, effectiveDate, ruleModes, values }) => ({
    number: version as number,
    effectiveDate: effectiveDate as string,
    modes: ruleModes as Fields,
    values: values as Fields,
  }),
}

/**
 * A step's request as the chaincode takes it.
 *
 * @param key of the person that is registered; empty for other steps
 */
export function requestOf(step: Step, key: string, pilot: Pilot): Fields {
  const { transaction, input } = step
  const { projectCode, steps } = pilot
  const { document, ...rest } = shapes[transaction]?.(input, key, step) ?? withoutTold(transaction, input)
  return {
    ...rest,
    ...(transaction === 'registerContract' ? tenderOf(steps) : {}),
    ...(transaction === 'openAcceptance' ? firmsOf(pilot) : {}),
    ...(document === undefined ? {} : { document: documentOf(document as unknown as SampleDocument, projectCode) }),
    ...(participants.includes(transaction) ? {} : { at: new Date(step.at).toISOString() }),
  }
}

/** A document that is only anchored, and what is said about it in the name of the actor's organisation. */
export function documentOfStep({ input, actor }: Step, { participants, projectCode }: Pilot) {
  const issuer = participants.persons.find(({ personId }) => personId === actor)?.uscc
  if (issuer === undefined) throw new RangeError(`${actor} acts for nobody`)
  const { digests, size, ...about } = documentOf(input['document'] as unknown as SampleDocument, projectCode)
  return [
    { ...digests, size },
    { project: projectCode, issuer, ...about },
  ] as const
}

/** The pilots leave the tender of a contract to be guessed. */
function tenderOf(steps: readonly Step[]): Fields {
  const tenderNo = steps.find(({ transaction }) => transaction === 'recordAward')?.input['tenderNo']
  return tenderNo === undefined ? {} : { tenderNo }
}

/** The firms whose leads sign an acceptance for survey and for design: the pilots have them among the participants only. */
function firmsOf({ participants: { persons } }: Pilot): Fields {
  const of = (role: string) => persons.find((person) => person.role === role)?.uscc
  const [surveyUscc, designUscc] = [of('SURVEY_LEAD'), of('DESIGN_LEAD')]
  return { ...(surveyUscc === undefined ? {} : { surveyUscc }), ...(designUscc === undefined ? {} : { designUscc }) }
}

/** What belongs to no project has no past to let in: it counts from a day that it names. */
const participants: readonly string[] = ['registerOrganisation', 'registerPerson', 'setParameters']

function withoutTold(transaction: string, input: Fields): Fields {
  const told = toldOtherwise[transaction] ?? []
  // What there is none of is left out; only a provisional sum says so itself.
  const absent = (name: string, value: CanonicalValue): boolean => value === null && name !== 'provisionalSubItem'
  return Object.fromEntries(
    Object.entries(input).filter(([name, value]) => !told.includes(name) && !absent(name, value)),
  )
}

function documentOf(document: SampleDocument, projectCode: string) {
  const { docType: type, docNumber: number, digest, sizeBytes, mime, sourceSystem, generatedAt, generator } = document
  const text = new TextEncoder().encode(`${projectCode}|${type}|${number}`)
  return {
    type,
    number,
    digests: { sha256: digest, sm3: toHex(sm3(text)) },
    size: sizeBytes,
    mime,
    provenance: { sourceSystem, generatedAt, generator },
  }
}
