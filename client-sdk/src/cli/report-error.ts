import { EvidenceError } from '@caizheng/evidence'
import { CaizhengError, guideTo } from '../errors/caizheng-error.js'
import type { CommandContext } from './context.js'

/** Says what went wrong and what to do next; a stack only where the program itself is at fault. */
export function reportError(error: unknown, context: CommandContext): void {
  const { language, say } = context
  if (error instanceof CaizhengError) {
    const guide = guideTo(error.code)
    const headline = language === 'zh' ? `${guide.zh} (${error.code})` : `${guide.en} (${error.code})`
    context.note(`${say('error')}: ${headline}`)
    context.note(`  ${error.message}`)
    for (const { mspId, address, message } of error.organizations) context.note(`  ${mspId || address}: ${message}`)
    if (error.transactionId !== undefined) context.note(`  ${say('transactionId')}: ${error.transactionId}`)
    context.note(`${say('nextStep')}: ${language === 'zh' ? guide.nextZh : error.next}`)
  } else if (error instanceof EvidenceError) {
    context.note(`${say('error')}: ${error.text[language]} (${error.code})`)
  } else {
    context.note(`${say('error')}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}
