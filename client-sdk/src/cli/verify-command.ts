import type { Language, Report, Step, VouchersReport } from '@caizheng/evidence'
import { Argument, type Command } from 'commander'
import { PrepareError } from '../errors/caizheng-error.js'
import { verifyDocument } from '../evidence/verify-document.js'
import type { CommandContext } from './context.js'
import { columns, labelled, pad } from './language.js'
import { verifyVouchersFile, VOUCHERS_SUFFIX } from './vouchers-command.js'

interface Options {
  readonly evidence?: string
  readonly trust: string
  readonly fingerprint?: string
  readonly json?: boolean
  readonly all?: boolean
}

/** What the process exits with, by what the verification came to. */
export const exitCodes = { VALID: 0, INVALID: 1, CANNOT_TELL: 2 } as const satisfies Record<Report['outcome'], number>

export function addVerifyCommand(program: Command, context: CommandContext): void {
  const { say, progress, language } = context
  program
    .command('verify')
    .description(say('verify'))
    .addArgument(new Argument('<file>', say('verifyFile')))
    .option('--evidence <file>', say('optionEvidence'))
    .requiredOption('--trust <file>', say('optionTrust'))
    .option('--fingerprint <digits>', say('optionFingerprint'))
    .option('--all', say('optionAll'))
    .option('--json', say('optionJson'))
    .action(async (file: string, options: Options) => {
      progress.show(labelled(language, say('hashing'), file))
      const report = await verifyFile(file, options, context)
      context.exitCode = exitCodes[report.outcome]
      if (options.json === true) return context.printJson(report)
      for (const line of describeSteps(report, language, options.all === true)) context.print(line)
      context.print(report.statement[language])
      if ('limits' in report && report.outcome === 'VALID') context.print(report.limits[language])
      if (report.fingerprint !== undefined)
        context.print(say('trustFingerprint').replace('{fingerprint}', report.fingerprint))
    })
}

/** A document with its evidence, or a file of vouchers, which stands for itself. */
function verifyFile(
  file: string,
  { evidence, trust, fingerprint }: Options,
  { say }: CommandContext,
): Promise<Report | VouchersReport> {
  if (evidence !== undefined) {
    return verifyDocument(file, evidence, trust, fingerprint === undefined ? {} : { fingerprint })
  }
  if (file.endsWith(VOUCHERS_SUFFIX)) return verifyVouchersFile(file, trust, fingerprint)
  throw new PrepareError('INPUT_INVALID', 'prepare', say('evidenceNeeded'))
}

/** Those that a reader asks for first; the others are shown where something isn't right, or on demand. */
const shownAlways = new Set<Step['code']>([
  'DOCUMENT',
  'INCLUSION',
  'RECEIPT_RESULT',
  'RECEIPT_ENDORSERS',
  'VOUCHER_NUMBERS',
  'VOUCHER_CHAIN',
  'VOUCHER_SUMS',
  'VOUCHER_SETTLEMENT',
  'BLOCK_ORDERERS',
  'BLOCK_TRANSACTION',
  'BLOCK_ENDORSEMENTS',
])

const marks = { passed: ' ', failed: '✗', unknown: '?' } as const satisfies Record<Step['outcome'], string>

/** A line for each step: a mark where it did not pass, its name, and what was seen or is wrong. */
export function describeSteps(report: Pick<Report, 'steps'>, language: Language, all: boolean): string[] {
  const shown = report.steps.filter((step) => all || step.outcome !== 'passed' || shownAlways.has(step.code))
  const width = Math.max(0, ...shown.map((step) => columns(step.name[language])))
  return shown.map((step) => `${marks[step.outcome]} ${pad(step.name[language], width)}   ${step.reason[language]}`)
}
