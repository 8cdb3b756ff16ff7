import { basename, dirname, extname, join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import type { DocumentType } from '@caizheng/records'
import { Argument, type Command } from 'commander'
import type { Client } from '../client.js'
import { PrepareError } from '../errors/caizheng-error.js'
import type { AboutDocument } from '../evidence/about.js'
import { anchorMany, noteUnstamped, summaryOf } from './anchor-many.js'
import type { CommandContext } from './context.js'
import { findFiles, type FoundFile } from './find-files.js'
import { labelled, listed, row } from './language.js'
import { namesIn, type NameOf } from './organization-names.js'
import { noteUnproven, provingSummary, tryToProve } from './prove-command.js'
import { timeStamperOf } from './stamp-command.js'

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
  readonly tsa?: string
  readonly trust?: string
  readonly blockProof?: boolean
  readonly batch?: boolean
  readonly json?: boolean
}

interface ToAnchor {
  readonly file: string
  /** Where its evidence file goes. */
  readonly path: string
  readonly timeStamper: Awaited<ReturnType<typeof timeStamperOf>>
  readonly nameOf: NameOf
}

export function addAnchorCommand(program: Command, context: CommandContext): void {
  const { say, language } = context
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
    .option('--tsa <url>', say('optionTsa'))
    .option('--trust <file>', say('optionTsaTrust'))
    .option('--block-proof', say('optionBlockProof'))
    .option('--batch', say('optionBatch'))
    .option('--no-batch', say('optionNoBatch'))
    .option('--json', say('optionJson'))
    .action(async (files: string[], options: Options) => {
      const found = await findFiles(files)
      if (found.length === 0)
        throw new PrepareError('DOCUMENT_NOT_FOUND', 'prepare', labelled(language, say('noFiles'), files.join(' ')))
      const paths = await evidencePaths(found, options.out, context)
      const timeStamper = await timeStamperOf(options, context)
      const nameOf = await namesIn(options.trust, language)
      const blockProof = options.blockProof === true
      await context.withClient(options.profile, async (client) => {
        if (options.batch ?? paths.size > mostAlone) {
          const about = (file: string) => aboutOf(options, file)
          return anchorMany(
            client,
            paths,
            about,
            { json: options.json === true, timeStamper, blockProof, nameOf },
            context,
          )
        }
        for (const [file, path] of paths)
          await anchorFile(client, { file, path, timeStamper, nameOf }, options, context)
      })
    })
}

/** So few are anchored one by one unless asked: the same again is then the same record. */
const mostAlone = 16

/** Where each document's evidence file goes; found wrong before anything is anchored. */
async function evidencePaths(
  found: readonly FoundFile[],
  folder: string | undefined,
  { say, language }: CommandContext,
): Promise<Map<string, string>> {
  const paths = new Map(
    found.map(({ file, below }) => [file, `${folder === undefined ? file : join(folder, below)}.evidence.json`]),
  )
  const seen = new Set<string>()
  for (const path of paths.values()) {
    if (seen.has(path)) throw new PrepareError('INPUT_INVALID', 'prepare', labelled(language, say('sameName'), path))
    seen.add(path)
  }
  if (folder === undefined) return paths
  for (const each of new Set([...paths.values()].map((path) => dirname(path)))) {
    await mkdir(each, { recursive: true }).catch((cause: Error) => {
      throw new PrepareError('OUTPUT_UNWRITABLE', 'prepare', cause.message, { cause })
    })
  }
  return paths
}

async function anchorFile(
  client: Client,
  { file, path, timeStamper, nameOf }: ToAnchor,
  options: Options,
  context: CommandContext,
): Promise<void> {
  const { say, progress, language } = context
  progress.show(labelled(language, say('waiting'), file))
  const anchored = await client.evidence.anchor(file, aboutOf(options, file), {
    onProgress: (read, total) => {
      const done = total === undefined || total === 0 ? '' : ` ${Math.floor((read / total) * 100)} %`
      progress.show(
        read === total
          ? labelled(language, say('waiting'), file)
          : labelled(language, say('hashing'), `${file}${done}`),
      )
    },
  })
  const receipt = await anchored.save(path, { timeStamper })
  const proving = options.blockProof === true ? await tryToProve(client, path) : undefined
  const { organizations, missing } = receipt
  const { id, block, transactionId, created, anchor } = anchored
  if (options.json === true) {
    const summary = { ...summaryOf(receipt), ...provingSummary(proving) }
    context.printJson({ file, created, id, block, transactionId, evidence: path, ...summary, anchor })
    return
  }
  context.print(labelled(language, say(created ? 'anchored' : 'anchoredBefore'), file))
  context.print(row(say('labelId'), id))
  context.print(row('sha256', anchor.digests.sha256))
  context.print(row('sm3', anchor.digests.sm3))
  const { channel } = client.profile
  context.print(
    row(
      say('labelPlace'),
      [`${say('labelChannel')} ${channel}`, `${say('block')} ${block}`, `${say('transaction')} ${transactionId}`].join(
        language === 'zh' ? '，' : ', ',
      ),
    ),
  )
  context.print(row(say('evidence'), path))
  context.print(row(say('signedBy'), listed(language, organizations.map(nameOf))))
  if (receipt.timeStamp !== undefined) context.print(row(say('timeStamp'), say('timeStamped')))
  if (proving && 'blockProof' in proving) context.print(row(say('blockProof'), say('blockProven')))
  if (missing.length > 0) context.note(`  ${listed(language, missing.map(nameOf))} ${say('missing')}`)
  if (proving && 'unproven' in proving) noteUnproven(proving.unproven, context)
  noteUnstamped(receipt.unstamped, context)
}

function aboutOf(options: Options, file: string): AboutDocument {
  const number = options.number.replaceAll('{name}', basename(file, extname(file)))
  const { project, issuer, sourceSystem, generatedAt, generator, witness, mime, previous } = options
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
