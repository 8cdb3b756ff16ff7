import { decodeEvidence } from '@caizheng/evidence'
import type { Anchor } from '@caizheng/records'
import { Argument, type Command } from 'commander'
import { PrepareError } from '../errors/caizheng-error.js'
import { digestDocument } from '../evidence/digests.js'
import { bytesOf } from '../evidence/verify-document.js'
import { findAtGateway, namesAtGateway, type FoundAtGateway } from './ask-gateway.js'
import type { CommandContext } from './context.js'
import { describeAnchor, describeBatch, describeDocument, describeLeaf } from './describe-record.js'
import { labelled, listed, row } from './language.js'
import { namesIn, naming, type NameOf } from './organization-names.js'
import { peekReceipt } from './peek-receipt.js'

interface Options {
  readonly digest?: string
  readonly gateway?: string
  readonly profile?: string
  readonly trust?: string
  readonly limit: string
  readonly json?: boolean
}

const DIGEST = /^[0-9a-f]{64}$/

export function addShowCommand(program: Command, context: CommandContext): void {
  const { say } = context
  program
    .command('show')
    .description(say('show'))
    .addArgument(new Argument('[what]', say('showWhat')))
    .option('--digest <hex-or-file>', say('optionDigest'))
    .option('--gateway <url>', say('optionGateway'))
    .option('--profile <file>', say('optionProfile'))
    .option('--trust <file>', say('optionNames'))
    .option('--limit <count>', say('optionLimit'), '20')
    .option('--json', say('optionJson'))
    .action(async (what: string | undefined, options: Options) => {
      if (what !== undefined && /\.evidence\.json$/i.test(what)) return showEvidence(what, options, context)
      const asked = options.digest ?? what
      if (asked === undefined) throw new PrepareError('INPUT_INVALID', 'prepare', say('showNothing'))
      if (options.gateway !== undefined) return showFromGateway(options.gateway, asked, options, context)
      await showFromChain(asked, options, context)
    })
}

/** The gateway is asked: it alone knows what is in its batches. */
async function showFromGateway(
  gateway: string,
  asked: string,
  options: Options,
  context: CommandContext,
): Promise<void> {
  const { say, language, env } = context
  const digest = DIGEST.test(asked) ? asked : (await digestDocument(asked)).sha256
  const token = env['CAIZHENG_TOKEN']
  const [found, names] = await Promise.all([findAtGateway(gateway, digest, token), namesAtGateway(gateway, token)])
  if (found === undefined) context.exitCode = 1
  if (options.json === true) return context.printJson(found ?? { anchors: [], batched: [], pending: [] })
  if (found === undefined) return context.note(say('notFoundAtGateway'))
  for (const line of describeFound(found, naming(names, language), context)) context.print(line)
  context.note(say('gatewayWord'))
}

function describeFound(
  { anchors, batched, pending }: FoundAtGateway,
  nameOf: NameOf,
  context: CommandContext,
): string[] {
  const { say } = context
  const parts = [
    ...anchors.map(({ block, anchor }) => [
      ...describeAnchor(anchor, context, nameOf),
      row(say('block'), String(block)),
    ]),
    ...batched.map(({ block, leaf, document, batch }) => [
      ...describeDocument(document, context),
      row(say('labelLeaf'), say('leafText').replace('{leaf}', String(leaf)).replace('{size}', String(batch.size))),
      ...describeBatch(batch, context, nameOf),
      row(say('block'), String(block)),
    ]),
    ...pending.map((state) => [row(say('labelState'), say(state === 'REFUSED' ? 'stateRefused' : 'stateQueued'))]),
  ]
  return parts.flatMap((part, index) => (index === 0 ? part : ['', ...part]))
}

async function showFromChain(asked: string, options: Options, context: CommandContext): Promise<void> {
  const { say } = context
  const nameOf = await namesIn(options.trust, context.language)
  await context.withClient(options.profile, async ({ evidence }) => {
    const found: Anchor[] = []
    if (!DIGEST.test(asked)) for await (const anchor of evidence.find(asked)) found.push(anchor)
    else if (options.digest === undefined) found.push(await evidence.get(asked))
    else {
      for (const algorithm of ['sha256', 'sm3'] as const) {
        if (found.length === 0)
          for await (const anchor of evidence.find({ algorithm, digest: asked })) found.push(anchor)
      }
    }
    if (found.length === 0) context.exitCode = 1
    if (options.json === true) return context.printJson(found)
    if (found.length === 0) context.note(say('notFound'))
    found.forEach((anchor, index) => {
      if (index > 0) context.print('')
      for (const line of describeAnchor(anchor, context, nameOf)) context.print(line)
    })
  })
}

async function showEvidence(path: string, options: Options, context: CommandContext): Promise<void> {
  const { language, say } = context
  const nameOf = await namesIn(options.trust, language)
  const { subject, receipt, cosignatures } = decodeEvidence(await bytesOf(path))
  const { record, organizations } = peekReceipt(receipt)
  const beside = cosignatures.map(({ type }) => type)
  if (options.json === true) {
    const leaves = subject.type === 'batch' ? subject.leaves : undefined
    context.printJson({ verified: false, subject: subject.type, record, leaves, organizations, beside })
  } else {
    if (record?.kind === 'anchor') for (const line of describeAnchor(record, context, nameOf)) context.print(line)
    if (record?.kind === 'batch') for (const line of describeBatch(record, context, nameOf)) context.print(line)
    context.print(row(say('signedBy'), listed(language, organizations.map(nameOf))))
    if (beside.length > 0) context.print(row(say('labelBeside'), listed(language, beside)))
    if (subject.type === 'batch') {
      const { leaves } = subject
      const limit = Math.max(0, Number(options.limit) || 0)
      context.print(labelled(language, say('labelLeaves'), String(leaves.length)))
      for (const { index, leaf } of leaves.slice(0, limit)) context.print(describeLeaf(index, leaf, context))
      if (leaves.length > limit) context.print(say('moreLeaves').replace('{count}', String(leaves.length - limit)))
    }
  }
  context.note(say('notVerified'))
}
