import * as z from 'zod/mini'
import { organisationRequest } from '../parties/organisation.js'
import { personRequest, personRestoration, personWithdrawal } from '../parties/person.js'
import { backfillRequest } from '../project/backfill.js'
import { settingsRequest } from '../settings/settings.js'

/** What counts only with the consent of every node organisation, by its name, and what each takes. */
export const actRequests = {
  RegisterOrganisation: organisationRequest,
  RegisterPerson: personRequest,
  WithdrawPerson: personWithdrawal,
  RestorePerson: personRestoration,
  SetSettings: settingsRequest,
  OpenBackfill: backfillRequest,
} as const
export type ActName = keyof typeof actRequests

/** Whether a text is the name of such an act. */
export function isActName(text: string): text is ActName {
  return Object.hasOwn(actRequests, text)
}

const act = <const Name extends ActName>(name: Name, request: (typeof actRequests)[Name]['schema']) =>
  z.strictObject({ act: z.literal(name), request })

/** One or several acts, in the order in which they are carried out: all of them or none. */
export const acts = z
  .array(
    z.discriminatedUnion('act', [
      act('RegisterOrganisation', actRequests.RegisterOrganisation.schema),
      act('RegisterPerson', actRequests.RegisterPerson.schema),
      act('WithdrawPerson', actRequests.WithdrawPerson.schema),
      act('RestorePerson', actRequests.RestorePerson.schema),
      act('SetSettings', actRequests.SetSettings.schema),
      act('OpenBackfill', actRequests.OpenBackfill.schema),
    ]),
  )
  .check(
    z.minLength(1),
    z.maxLength(50),
    z.refine((all) => all.every(({ request }) => !('at' in request)), 'must name no moment: an act counts from now on'),
  )

/** One act: its name, and its request. */
export interface Act {
  readonly act: ActName
  readonly request: object
}
