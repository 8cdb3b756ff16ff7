import { Command, CommanderError } from 'commander'
import { addAnchorCommand } from './anchor-command.js'
import { commanderFault, translateCommander } from './commander-texts.js'
import { addCertificateCommand } from './certificate-command.js'
import { CommandContext, type Terminal } from './context.js'
import { languageOf } from './language.js'
import { addProveCommand } from './prove-command.js'
import { reportError } from './report-error.js'
import { addShowCommand } from './show-command.js'
import { addStampCommand } from './stamp-command.js'
import { sayIn } from './texts.js'
import { addTrustCommand } from './trust-command.js'
import { addVerifyCommand } from './verify-command.js'
import { addVouchersCommand } from './vouchers-command.js'

/** What the process exits with where a command fails or is used wrongly. `verify` gives 1 only to what is proven wrong. */
const failed = 2

/**
 * Runs the command line.
 *
 * @param args - without the program's name.
 * @returns the exit code; nothing is thrown.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const language = languageOf(args, terminal.env)
  const say = sayIn(language)
  const context = new CommandContext(terminal, language, say)
  const program = new Command('caizheng')
    .description(say('description'))
    .option('--lang <language>', say('optionLang'))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
    })
  translateCommander(program, language, say)
  addAnchorCommand(program, context)
  addVerifyCommand(program, context)
  addCertificateCommand(program, context)
  addStampCommand(program, context)
  addProveCommand(program, context)
  addShowCommand(program, context)
  addVouchersCommand(program, context)
  addTrustCommand(program, context)
  try {
    await program.parseAsync(args, { from: 'user' })
    return context.exitCode
  } catch (error) {
    context.progress.done()
    // commander has printed its own message, but for those that are told here; help and version are no failures.
    if (error instanceof CommanderError) {
      const fault = commanderFault(error, language)
      if (fault !== undefined) context.note(fault)
      return error.exitCode === 0 ? 0 : failed
    }
    reportError(error, context)
    return failed
  }
}
