import type { Client } from '../client.js'
import type { AboutDocument } from '../evidence/about.js'
import type { DocumentOutcome } from '../batch/outcome.js'
import type { CommandContext } from './context.js'
import { guideTo } from '../errors/caizheng-error.js'
import { bar } from './progress.js'

/**
 * Anchors many documents in batches and leaves an evidence file of each; says at the end what became of them.
 * A document that can't be anchored stops none of the others.
 */
export async function anchorMany(
  client: Client,
  paths: ReadonlyMap<string, string>,
  aboutOf: (file: string) => AboutDocument,
  json: boolean,
  context: CommandContext,
): Promise<void> {
  const { say, progress, language } = context
  const documents = [...paths.keys()].map((file) => ({ document: file, key: file, about: aboutOf(file) }))
  const missing = new Set<string>()
  const report: object[] = []
  let [done, refused] = [0, 0]
  progress.show(bar(0, documents.length))
  for await (const outcome of client.evidence.anchorAll(documents, { lane: 'command-line' })) {
    const file = outcome.key ?? ''
    const evidence = paths.get(file) ?? ''
    if (outcome.kind === 'refused') {
      refused++
      const { code, message } = outcome.error
      const guide = guideTo(code)
      if (json) report.push({ file, refused: { code, message } })
      else context.note(`${say('refused')}: ${file}: ${guide[language]} (${code}) ${message}`)
    } else {
      const receipt = await save(outcome, evidence)
      for (const mspId of receipt.missing) missing.add(mspId)
      if (json) report.push({ file, kind: outcome.kind, ...placeOf(outcome), evidence, ...receipt })
    }
    progress.show(bar(++done, documents.length))
  }
  if (refused > 0) context.exitCode = 2
  if (json) return context.printJson(report)
  context.print(`${say('anchored')}: ${done - refused} / ${documents.length}`)
  if (missing.size > 0) context.note(`  ${[...missing].join(', ')} ${say('missingInBatch')}`)
}

type Anchored = Exclude<DocumentOutcome, { kind: 'refused' }>

async function save(
  outcome: Anchored,
  path: string,
): Promise<{ organizations: readonly string[]; missing: readonly string[] }> {
  if (outcome.kind === 'single') {
    const { organizations, missing } = await outcome.anchored.save(path)
    return { organizations, missing }
  }
  await outcome.save(path)
  const { organizations, missing } = outcome.batch.receipt
  return { organizations, missing }
}

function placeOf(outcome: Anchored): object {
  if (outcome.kind === 'single') return { id: outcome.anchored.id, block: outcome.anchored.block }
  const { id, block, size } = outcome.batch
  return { id, block, index: outcome.index, size }
}
