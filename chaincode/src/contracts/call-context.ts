import { Context } from 'fabric-contract-api'
import type { ChaincodeStub } from '../fabric.js'
import { accountSecret } from '../business/account-secret.js'
import { sha256 } from '../identity/submitter.js'
import { guardArguments } from '../guards/arguments.js'
import { calledChaincode } from '../identity/called-chaincode.js'

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

  /**
   * An account's number and salt, out of the transient data, and the digest that stands for them in public. Whoever runs a
   * committed transaction again has the digest alone.
   *
   * @throws {Refusal} `ARGUMENT_MALFORMED`
   */
  accountSecret(): { readonly secret: Uint8Array; readonly digest: string } {
    const secret = accountSecret(this.stub.getTransient())
    return { secret, digest: sha256(secret) }
  }

  /** The chaincode that the client called: this one, unless another one called it. */
  get chaincode(): string {
    // A message of protobuf's own class, which the shim declares as something smaller.
    const header = this.stub.getSignedProposal().proposal.header.channelHeader as unknown as {
      getExtension_asU8(): Uint8Array
    }
    return calledChaincode(header.getExtension_asU8())
  }
}
