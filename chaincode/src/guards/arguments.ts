import { Refusal } from '../refusals/refusal.js'

/** Longer than any argument that a contract takes, by far; so nothing larger is ever parsed. */
export const MAX_ARGUMENT_LENGTH = 16_384

/** The names of a contract's transactions: all that its class itself defines. */
export function transactionsOf(contract: object): string[] {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(contract)).filter((name) => name !== 'constructor')
}

/**
 * Refuses a wrong number of arguments and oversized ones. An unknown function passes: contract-api has a place for it.
 *
 * @param args the function's name, with or without `Contract:` before it, and then its arguments.
 * @throws {Refusal} `ARGUMENTS_COUNT`, `ARGUMENT_TOO_LARGE`
 */
export function guardArguments(contract: object, args: readonly string[]): void {
  const [call = '', ...given] = args
  const name = call.slice(call.indexOf(':') + 1)
  if (!transactionsOf(contract).includes(name)) return

  const transaction = (contract as Record<string, unknown>)[name]
  // The first parameter of a transaction is its context.
  const expected = typeof transaction === 'function' ? transaction.length - 1 : 0
  if (given.length !== expected)
    throw new Refusal('ARGUMENTS_COUNT', { function: name, expected, actual: given.length })

  const tooLarge = given.findIndex((argument) => argument.length > MAX_ARGUMENT_LENGTH)
  if (tooLarge >= 0) {
    throw new Refusal('ARGUMENT_TOO_LARGE', { function: name, argument: tooLarge + 1, limit: MAX_ARGUMENT_LENGTH })
  }
}
