import type { Client } from '../client.js'
import type { AboutDocument } from '../evidence/about.js'
import type { Receipt } from '../evidence/receipt.js'
import type { TimeStamper } from '../evidence/time-stamper.js'
import type { DocumentOutcome } from '../batch/outcome.js'
import type { CommandContext } from './context.js'
import { guideTo, type CaizhengError } from '../errors/caizheng-error.js'
import { bracketed, labelled, listed } from './language.js'
import type { NameOf } from './organization-names.js'
import { bar } from './progress.js'
import { noteUnproven, provingSummary, tryToProve } from './prove-command.js'

interface Options {
  readonly json: boolean
  readonly timeStamper: TimeStamper | undefined
  readonly blockProof: boolean
  readonly nameOf: NameOf
}

/**
 * Anchors many documents in batches and leaves an evidence file of each; says at the end what became of them.
 * A document that can't be anchored stops none of the others.
 */
export async function anchorMany(
  client: Client,
  paths: ReadonlyMap<string, string>,
  aboutOf: (file: string) => AboutDocument,
  { json, timeStamper, blockProof, nameOf }: Options,
  context: CommandContext,
): Promise<void> {
  const { say, progress, language } = context
  const documents = [...paths.keys()].map((file) => ({ document: file, key: file, about: aboutOf(file) }))
  const missing = new Set<string>()
  let unstamped: Receipt['unstamped']
  let unproven: CaizhengError | undefined
  const report: object[] = []
  let [done, refused] = [0, 0]
  progress.show(bar(0, documents.length))
  for await (const outcome of client.evidence.anchorAll(documents, { lane: 'command-line', timeStamper })) {
    const file = outcome.key ?? ''
    const evidence = paths.get(file) ?? ''
    if (outcome.kind === 'refused') {
      refused++
      const { code, message } = outcome.error
      const guide = guideTo(code)
      if (json) report.push({ file, refused: { code, message } })
      else
        context.note(
          labelled(
            language,
            say('refused'),
            labelled(language, file, `${bracketed(language, guide[language], code)} ${message}`),
          ),
        )
    } else {
      const receipt = await save(outcome, evidence)
      for (const mspId of receipt.missing) missing.add(mspId)
      unstamped = receipt.unstamped ?? unstamped
      const proving = blockProof ? await tryToProve(client, evidence) : undefined
      if (proving && 'unproven' in proving) unproven = proving.unproven
      const summary = { ...summaryOf(receipt), ...provingSummary(proving) }
      if (json) report.push({ file, kind: outcome.kind, ...placeOf(outcome), evidence, ...summary })
    }
    progress.show(bar(++done, documents.length))
  }
  if (refused > 0) context.exitCode = 2
  if (json) return context.printJson(report)
  context.print(labelled(language, say('anchored'), `${done - refused} / ${documents.length}`))
  if (missing.size > 0) context.note(`  ${listed(language, [...missing].map(nameOf))} ${say('missingInBatch')}`)
  noteUnstamped(unstamped, context)
  if (unproven) noteUnproven(unproven, context)
}

/** Says why there is no time-stamp, and that nothing else is lost by that. */
export function noteUnstamped(unstamped: Receipt['unstamped'], { say, language, note }: CommandContext): void {
  if (unstamped === undefined) return
  note(
    `  ${labelled(language, say('unstamped'), bracketed(language, guideTo(unstamped.code)[language], unstamped.code))} ${unstamped.message}`,
  )
}

/** What `--json` says of a receipt. */
export function summaryOf({ organizations, missing, timeStamp, unstamped }: Receipt): object {
  const why = unstamped && { unstamped: { code: unstamped.code, message: unstamped.message } }
  return { organizations, missing, ...(timeStamp && { timeStamped: true }), ...why }
}

type Anchored = Exclude<DocumentOutcome, { kind: 'refused' }>

async function save(outcome: Anchored, path: string): Promise<Receipt> {
  if (outcome.kind === 'single') return outcome.save(path)
  await outcome.save(path)
  return outcome.batch.receipt
}

function placeOf(outcome: Anchored): object {
  if (outcome.kind === 'single') return { id: outcome.anchored.id, block: outcome.anchored.block }
  const { id, block, size } = outcome.batch
  return { id, block, index: outcome.index, size }
}
