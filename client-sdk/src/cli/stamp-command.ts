import { openTrust } from '@caizheng/evidence'
import { Argument, Option, type Command } from 'commander'
import { PrepareError } from '../errors/caizheng-error.js'
import { timeStampEvidence } from '../evidence/time-stamp.js'
import { TimeStamper } from '../evidence/time-stamper.js'
import { bytesOf } from '../evidence/verify-document.js'
import { writeWhole } from '../evidence/write-whole.js'
import type { CommandContext } from './context.js'
import { labelled } from './language.js'

interface Options {
  readonly tsa: string
  readonly trust: string
  readonly over: 'receipt' | 'record'
}

/** `caizheng stamp`: adds a time-stamp to evidence files that exist. Each is written whole or stays as it was. */
export function addStampCommand(program: Command, context: CommandContext): void {
  const { say, progress, language } = context
  program
    .command('stamp')
    .description(say('stamp'))
    .addArgument(new Argument('<evidence...>', say('evidenceFiles')))
    .requiredOption('--tsa <url>', say('optionTsaOnly'))
    .requiredOption('--trust <file>', say('optionTrust'))
    .addOption(new Option('--over <what>', say('optionOver')).choices(['receipt', 'record']).default('receipt'))
    .action(async (files: string[], { tsa, trust, over }: Options) => {
      const pinned = openTrust(await bytesOf(trust))
      for (const file of files) {
        progress.show(labelled(language, say('stampingFile'), file))
        await writeWhole(file, await timeStampEvidence(await bytesOf(file), pinned, { url: tsa, over }))
        context.print(labelled(language, say('stampedFile'), file))
      }
    })
}

/** What `--tsa` and `--trust` ask for. @throws {PrepareError} `INPUT_INVALID`, `TIMESTAMP_REJECTED` */
export async function timeStamperOf(
  { tsa, trust }: { readonly tsa?: string; readonly trust?: string },
  { say }: CommandContext,
): Promise<TimeStamper | undefined> {
  if (tsa === undefined) return undefined
  if (trust === undefined) throw new PrepareError('INPUT_INVALID', 'prepare', say('trustNeeded'))
  return new TimeStamper({ url: tsa, trust: await bytesOf(trust) })
}
