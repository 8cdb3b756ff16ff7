import { contracts } from '../contract/index.js'
import { backfills } from './backfill.js'
import { documentNumbers, documentPlaces } from './document-place.js'
import { projects } from './project.js'
import { persons } from '../parties/person.js'
import { organisations } from '../parties/organisation.js'
import { settlements } from '../settlement/settlement.js'
import { settingsIndex, settingsRecords } from '../settings/settings.js'
import { exceptions } from '../verdicts/exception.js'

/** Kinds of records that `charter` writes and `payment` keeps a copy of, under the same keys. */
export const mirroredTypes = [
  backfills,
  contracts,
  documentNumbers,
  documentPlaces,
  exceptions,
  organisations,
  persons,
  projects,
  settingsIndex,
  settingsRecords,
  settlements,
] as const

export const mirroredKinds: ReadonlySet<string> = new Set(mirroredTypes.map(({ kind }) => kind))
