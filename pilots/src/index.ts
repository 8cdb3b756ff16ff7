export { administerAs, administratorsOf, firstAdministrators } from './administrators.js'
export { Cast, type Enrol, type Identity } from './cast.js'
export { pilotNames, readPilot, type Expected, type Pilot, type Step } from './pilot.js'
export { play, playTogether, transactionOf, type Given } from './play.js'
