export type { Ledger } from './api.js'
export { LedgerError, type LedgerErrorCode } from './errors.js'
export type * from './types.js'
