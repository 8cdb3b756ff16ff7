import { organisationRequest, organisations, type Organisation, type OrganisationRequest } from '@caizheng/records'
import type { ActType } from '../../business/act.js'

/** Registers an organisation that takes part, under its credit code (R28). The same again changes nothing. */
export const registerOrganisation: ActType<OrganisationRequest> = {
  request: organisationRequest,
  async run({ request: { kind: organisationKind, ...rest }, state, moment: { time }, tx }) {
    const record: Organisation = { kind: 'organisation', version: 1, ...rest, organisationKind, time, tx }
    await state.create(organisations, [rest.uscc], record)
  },
}
