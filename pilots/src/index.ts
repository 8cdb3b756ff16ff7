export { administerAs, administratorsOf, firstAdministrators } from './administrators.js'
export { openBackfills } from './backfills.js'
export { Cast, type Enrol, type Identity } from './cast.js'
export { bootstrapCharter } from './charter.js'
export { pilotJournal, type PilotJournal, type Played } from './journal.js'
export { loadPilot, PilotError, type LoadOptions } from './load.js'
export { keptKeys, type Keys } from './people.js'
export {
  exampleNames,
  pilotNames,
  readExample,
  readPilot,
  type Expected,
  type Kept,
  type Pilot,
  type Step,
} from './pilot.js'
export { play, sideBySide, transactionOf, type Given } from './play.js'
export { playable } from './playable.js'
export { requestOf } from './request.js'
