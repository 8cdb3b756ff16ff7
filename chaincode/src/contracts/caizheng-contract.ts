import { Contract, type Context } from 'fabric-contract-api'
import { transactionsOf } from '../guards/arguments.js'
import { guardTime } from '../guards/time.js'
import { CallContext } from './call-context.js'
import { excerpt, Refusal } from '../refusals/refusal.js'

/**
 * What all contracts share: the guards before a call, and coded errors after it. A subclass holds transactions and
 * nothing else; their parameters are strings.
 */
export abstract class CaizhengContract extends Contract {
  override createContext(): CallContext {
    return new CallContext(this)
  }

  override beforeTransaction(ctx: Context): Promise<void> {
    guardTime(ctx.stub.getDateTimestamp())
    return Promise.resolve()
  }

  // Whatever its type declarations say: contract-api calls this with the function's name, and answers what it returns.
  override async aroundTransaction(ctx: Context, transaction: unknown, parameters: unknown): Promise<void> {
    try {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type that contract-api declares
      return await super.aroundTransaction(ctx, transaction as Function, parameters)
    } catch (error) {
      if (error instanceof Refusal) throw error
      throw new Refusal('INTERNAL', { reason: excerpt(error instanceof Error ? error.message : String(error), 500) })
    }
  }

  override unknownTransaction(ctx: Context): Promise<void> {
    const { fcn } = ctx.stub.getFunctionAndParameters()
    throw new Refusal('FUNCTION_UNKNOWN', { function: excerpt(fcn, 100), functions: transactionsOf(this) })
  }
}
