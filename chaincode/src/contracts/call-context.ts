import { Context } from 'fabric-contract-api'
import type { ChaincodeStub } from '../fabric.js'
import { guardArguments } from '../guards/arguments.js'

/**
 * One call. contract-api hands the stub over before it looks at the arguments, so this is the one place where a wrong
 * number of them can still be answered with a coded error.
 */
export class CallContext extends Context {
  readonly #contract: object

  constructor(contract: object) {
    super()
    this.#contract = contract
  }

  setChaincodeStub(stub: ChaincodeStub): void {
    guardArguments(this.#contract, stub.getArgs())
    this.stub = stub
  }
}
