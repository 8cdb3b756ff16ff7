import { EvidenceError } from '../../fault.js'
import type { ReceiptExpectation } from '../expectation.js'
import type { OpenReceipt } from '../open.js'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Arguments as text; one that is no UTF-8 equals nothing that a verifier expects. */
export function argumentsOf({ spec }: OpenReceipt): string[] {
  return (spec.input?.args ?? []).map((argument) => {
    try {
      return decoder.decode(argument)
    } catch {
      return '\u{FFFD}'
    }
  })
}

/**
 * The call: exactly the expected function and arguments, nothing beside them. So a function that echoes its caller, or one
 * with an argument more, never passes for the one that returns stored bytes.
 *
 * @throws EvidenceError CALL_INIT, CALL_DECORATIONS, CALL_TRANSIENT or CALL_ARGUMENTS
 */
export function checkCall(receipt: OpenReceipt, { call }: ReceiptExpectation): void {
  const { spec, proposal } = receipt
  if (spec.input?.isInit === true) throw new EvidenceError('CALL_INIT')
  if (spec.input !== undefined && spec.input.decorations.size > 0) throw new EvidenceError('CALL_DECORATIONS')
  if (proposal.transientMap.size > 0) throw new EvidenceError('CALL_TRANSIENT')
  const actual = argumentsOf(receipt)
  if (actual.length !== call.length || actual.some((argument, i) => argument !== call[i])) {
    throw new EvidenceError('CALL_ARGUMENTS', { actual: JSON.stringify(actual), expected: JSON.stringify(call) })
  }
}
