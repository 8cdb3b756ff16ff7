import { fileURLToPath } from 'node:url'

/** The file of the contract that the cases use, which does one thing a function. */
export const probe = fileURLToPath(new URL('../../contracts/probe.cjs', import.meta.url))

/** The file of a contract with rules, and of the build of it that a department changed. */
export const register = fileURLToPath(new URL('../../contracts/register.cjs', import.meta.url))
export const registerChanged = fileURLToPath(new URL('../../contracts/register-changed.cjs', import.meta.url))
