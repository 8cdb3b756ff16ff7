import { EvidenceError } from '@caizheng/evidence'
import { CaizhengError, guideTo } from '../errors/caizheng-error.js'
import type { CommandContext } from './context.js'
import { bracketed, labelled } from './language.js'

/** Says what went wrong and what to do next; a stack only where the program itself is at fault. */
export function reportError(error: unknown, context: CommandContext): void {
  const { language, say } = context
  if (error instanceof CaizhengError) {
    const guide = guideTo(error.code)
    const headline = bracketed(language, guide[language], error.code)
    context.note(labelled(language, say('error'), headline))
    context.note(`  ${error.message}`)
    for (const { mspId, address, message } of error.organizations)
      context.note(`  ${labelled(language, mspId || address, message)}`)
    if (error.transactionId !== undefined)
      context.note(`  ${labelled(language, say('transactionId'), error.transactionId)}`)
    context.note(labelled(language, say('nextStep'), language === 'zh' ? guide.nextZh : error.next))
  } else if (error instanceof EvidenceError) {
    context.note(labelled(language, say('error'), bracketed(language, error.text[language], error.code)))
  } else {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
    context.note(labelled(language, say('error'), told))
  }
}
