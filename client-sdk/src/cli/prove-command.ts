import { Argument, type Command } from 'commander'
import type { Client } from '../client.js'
import { CaizhengError, guideTo } from '../errors/caizheng-error.js'
import { bytesOf } from '../evidence/verify-document.js'
import { writeWhole } from '../evidence/write-whole.js'
import type { CommandContext } from './context.js'
import { bracketed, labelled } from './language.js'

/** `caizheng prove`: adds a block proof to evidence files that exist. Each is written whole or stays as it was. */
export function addProveCommand(program: Command, context: CommandContext): void {
  const { say, progress, language } = context
  program
    .command('prove')
    .description(say('prove'))
    .addArgument(new Argument('<evidence...>', say('evidenceFiles')))
    .requiredOption('--profile <file>', say('optionProfile'))
    .action(async (files: string[], { profile }: { readonly profile: string }) => {
      await context.withClient(profile, async (client) => {
        for (const file of files) {
          progress.show(labelled(language, say('provingFile'), file))
          await proveFile(client, file)
          context.print(labelled(language, say('provenFile'), file))
        }
      })
    })
}

async function proveFile({ evidence }: Client, file: string): Promise<void> {
  await writeWhole(file, await evidence.addBlockProof(await bytesOf(file)))
}

/** What came of a block proof that was asked for: it is there, or why not. */
export type Proving = { readonly blockProof: true } | { readonly unproven: CaizhengError }

/**
 * Adds a block proof to evidence that was just written. Where none can be had the evidence holds without, and is left as it is.
 *
 * @throws {PrepareError} `OUTPUT_UNWRITABLE`
 */
export async function tryToProve(client: Client, file: string): Promise<Proving> {
  try {
    await proveFile(client, file)
    return { blockProof: true }
  } catch (error) {
    if (!(error instanceof CaizhengError) || error.stage === 'prepare') throw error
    return { unproven: error }
  }
}

/** Says why there is no block proof, and that nothing else is lost by that. */
export function noteUnproven(unproven: CaizhengError, { say, language, note }: CommandContext): void {
  note(
    `  ${labelled(language, say('unproven'), bracketed(language, guideTo(unproven.code)[language], unproven.code))} ${unproven.message}`,
  )
}

/** What `--json` says of it. */
export function provingSummary(proving: Proving | undefined): object {
  if (proving === undefined || 'blockProof' in proving) return proving ?? {}
  const { code, message } = proving.unproven
  return { unproven: { code, message } }
}
