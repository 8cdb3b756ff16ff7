import type { ActName } from '@caizheng/records'
import type { ActType } from '../../business/act.js'
import { openBackfill } from './open-backfill.js'
import { registerOrganisation } from './register-organisation.js'
import { registerPerson } from './register-person.js'
import { restorePerson } from './restore-person.js'
import { setSettings } from './set-settings.js'
import { withdrawPerson } from './withdraw-person.js'

/** Everything that counts only with the consent of every node organisation. */
export const actTypes: Readonly<Record<ActName, ActType<object>>> = {
  RegisterOrganisation: registerOrganisation,
  RegisterPerson: registerPerson,
  WithdrawPerson: withdrawPerson,
  RestorePerson: restorePerson,
  SetSettings: setSettings,
  OpenBackfill: openBackfill,
}
