export {
  policies,
  allSteps,
  needsOwnBlock,
  type PolicyName,
  type Program,
  type ProgramTransaction,
  type Round,
  type Step,
} from './program.js'
export { policyBytes } from './invocation.js'
export { inspection } from './inspection.js'
export { runProgram, type ProgramOutcome, type RunOptions, type TransactionOutcome } from './run.js'
export { ProgramSession } from './session.js'
export { guardedKeys, members, namespaces, plainKeys, rows } from './vocabulary.js'
