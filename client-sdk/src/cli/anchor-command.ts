import { basename, dirname, join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { DocumentType } from '@caizheng/records'
import { Argument, type Command } from 'commander'
import type { Client } from '../client.js'
import { PrepareError } from '../errors/caizheng-error.js'
import type { AboutDocument } from '../evidence/about.js'
import type { CommandContext } from './context.js'
import { row } from './language.js'

interface Options {
  readonly profile: string
  readonly project: string
  readonly type: string
  readonly number: string
  readonly issuer?: string
  readonly sourceSystem?: string
  readonly generatedAt?: string
  readonly generator?: string
  readonly witness?: string
  readonly mime?: string
  readonly previous?: string
  readonly out?: string
  readonly json?: boolean
}

export function addAnchorCommand(program: Command, context: CommandContext): void {
  const { say } = context
  program
    .command('anchor')
    .description(say('anchor'))
    .addArgument(new Argument('<file...>', say('anchorFiles')))
    .requiredOption('--profile <file>', say('optionProfile'))
    .requiredOption('--project <code>', say('optionProject'))
    .requiredOption('--type <type>', say('optionType'))
    .requiredOption('--number <number>', say('optionNumber'))
    .option('--issuer <uscc>', say('optionIssuer'))
    .option('--source-system <name>', say('optionSourceSystem'))
    .option('--generated-at <time>', say('optionGeneratedAt'))
    .option('--generator <name>', say('optionGenerator'))
    .option('--witness <name>', say('optionWitness'))
    .option('--mime <type>', say('optionMime'))
    .option('--previous <id>', say('optionPrevious'))
    .option('--out <folder>', say('optionOut'))
    .option('--json', say('optionJson'))
    .action(async (files: string[], options: Options) => {
      const paths = await evidencePaths(files, options.out, context)
      await context.withClient(options.profile, async (client) => {
        for (const [file, path] of paths) await anchorFile(client, file, path, options, context)
      })
    })
}

/** Where each document's evidence file goes; found wrong before anything is anchored. */
async function evidencePaths(
  files: readonly string[],
  folder: string | undefined,
  { say }: CommandContext,
): Promise<Map<string, string>> {
  const paths = new Map(files.map((file) => [file, join(folder ?? dirname(file), `${basename(file)}.evidence.json`)]))
  const taken = [...paths.values()]
  const twice = taken.find((path, index) => taken.indexOf(path) !== index)
  if (twice !== undefined) throw new PrepareError('INPUT_INVALID', 'prepare', `${say('sameName')}: ${twice}`)
  if (folder === undefined) return paths
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new PrepareError('OUTPUT_UNWRITABLE', 'prepare', cause.message, { cause })
  })
  return paths
}

async function anchorFile(
  client: Client,
  file: string,
  path: string,
  options: Options,
  context: CommandContext,
): Promise<void> {
  const { say, progress } = context
  progress.show(`${say('waiting')}: ${file}`)
  const anchored = await client.evidence.anchor(file, aboutOf(options), {
    onProgress: (read, total) => {
      const done = total === undefined || total === 0 ? '' : ` ${Math.floor((read / total) * 100)} %`
      progress.show(read === total ? `${say('waiting')}: ${file}` : `${say('hashing')}: ${file}${done}`)
    },
  })
  const { organizations, missing } = await anchored.save(path)
  const { id, block, transactionId, created, anchor } = anchored
  if (options.json === true) {
    context.printJson({ file, created, id, block, transactionId, evidence: path, organizations, missing, anchor })
    return
  }
  context.print(`${say(created ? 'anchored' : 'anchoredBefore')}: ${file}`)
  context.print(row(say('labelId'), id))
  context.print(row('sha256', anchor.digests.sha256))
  context.print(row('sm3', anchor.digests.sm3))
  const { channel } = client.profile
  context.print(
    row(
      say('labelPlace'),
      `${say('labelChannel')} ${channel}, ${say('block')} ${block}, ${say('transaction')} ${transactionId}`,
    ),
  )
  context.print(row(say('evidence'), path))
  context.print(row(say('signedBy'), organizations.join(', ')))
  if (missing.length > 0) context.note(`  ${missing.join(', ')} ${say('missing')}`)
}

function aboutOf(options: Options): AboutDocument {
  const { project, number, issuer, sourceSystem, generatedAt, generator, witness, mime, previous } = options
  // The contract's schema names the types where this isn't one.
  const type = options.type as DocumentType
  return {
    project,
    type,
    number,
    issuer,
    mime,
    previous,
    provenance: { sourceSystem, generatedAt, generator, witness },
  }
}
