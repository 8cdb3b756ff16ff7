import { decodeEvidence } from '@caizheng/evidence'
import type { Anchor } from '@caizheng/records'
import { Argument, type Command } from 'commander'
import { bytesOf } from '../evidence/verify-document.js'
import type { CommandContext } from './context.js'
import { describeAnchor } from './describe-anchor.js'
import { peekReceipt } from './peek-receipt.js'
import { row } from './language.js'

interface Options {
  readonly profile?: string
  readonly json?: boolean
}

export function addShowCommand(program: Command, context: CommandContext): void {
  const { say } = context
  program
    .command('show')
    .description(say('show'))
    .addArgument(new Argument('<what>', say('showWhat')))
    .option('--profile <file>', say('optionProfile'))
    .option('--json', say('optionJson'))
    .action(async (what: string, options: Options) => {
      if (/\.evidence\.json$/i.test(what)) return showEvidence(what, options, context)
      await context.withClient(options.profile, async ({ evidence }) => {
        const found: Anchor[] = []
        if (/^[0-9a-f]{64}$/.test(what)) found.push(await evidence.get(what))
        else for await (const anchor of evidence.find(what)) found.push(anchor)
        showAnchors(found, options, context)
      })
    })
}

function showAnchors(found: readonly Anchor[], options: Options, context: CommandContext): void {
  const { language, say } = context
  if (found.length === 0) context.exitCode = 1
  if (options.json === true) return context.printJson(found)
  if (found.length === 0) context.note(say('notFound'))
  found.forEach((anchor, index) => {
    if (index > 0) context.print('')
    for (const line of describeAnchor(anchor, language, say)) context.print(line)
  })
}

async function showEvidence(path: string, options: Options, context: CommandContext): Promise<void> {
  const { language, say } = context
  const file = decodeEvidence(await bytesOf(path))
  const { anchor, organizations } = peekReceipt(file.receipt)
  if (options.json === true) context.printJson({ verified: false, subject: file.subject.type, anchor, organizations })
  else {
    if (anchor !== undefined) for (const line of describeAnchor(anchor, language, say)) context.print(line)
    context.print(row(say('signedBy'), organizations.join(', ')))
  }
  context.note(say('notVerified'))
}
