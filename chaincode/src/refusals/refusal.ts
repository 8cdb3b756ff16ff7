import { formatContractFault, parseContractFault, type ContractErrorCode, type ContractFault } from '@caizheng/records'

/** A contract's refusal. Its message is the whole fault in canonical JSON, as Fabric carries nothing but a text. */
export class Refusal extends Error {
  readonly code: ContractErrorCode

  constructor(code: ContractErrorCode, details: ContractFault['details'] = {}) {
    super(formatContractFault(code, details))
    this.name = 'Refusal'
    this.code = code
  }

  /** The refusal of a chaincode that this one called, or `undefined` where the text is none. */
  static from(text: string): Refusal | undefined {
    const fault = parseContractFault(text)
    return fault === undefined ? undefined : new Refusal(fault.code, fault.details)
  }
}

/** Cuts a text from outside to a length that is safe to repeat in an error, never through a surrogate pair. */
export function excerpt(text: string, length: number): string {
  return [...text.slice(0, 2 * length)]
    .slice(0, length)
    .join('')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}
