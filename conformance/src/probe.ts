import { fileURLToPath } from 'node:url'

/** The file of the contract that the cases use, which does one thing a function. */
export const probe = fileURLToPath(new URL('../../contracts/probe.cjs', import.meta.url))
