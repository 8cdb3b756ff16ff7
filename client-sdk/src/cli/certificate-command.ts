import { basename } from 'node:path'
import { Argument, type Command } from 'commander'
import { makeCertificate } from '../certificate/make-certificate.js'
import { bytesOf, verifyDocument } from '../evidence/verify-document.js'
import { writeWhole } from '../evidence/write-whole.js'
import type { CommandContext } from './context.js'
import { labelled, row } from './language.js'
import { describeSteps, exitCodes } from './verify-command.js'

interface Options {
  readonly evidence: string
  readonly trust: string
  readonly fingerprint?: string
  readonly out?: string
}

export function addCertificateCommand(program: Command, context: CommandContext): void {
  const { say, progress, language } = context
  program
    .command('certificate')
    .description(say('certificate'))
    .addArgument(new Argument('<file>', say('verifyFile')))
    .requiredOption('--evidence <file>', say('optionEvidence'))
    .requiredOption('--trust <file>', say('optionTrust'))
    .option('--fingerprint <digits>', say('optionFingerprint'))
    .option('-o, --out <file>', say('optionCertificateOut'))
    .action(async (file: string, options: Options) => {
      progress.show(labelled(language, say('hashing'), file))
      const at = new Date()
      const evidence = await bytesOf(options.evidence)
      const { fingerprint } = options
      const report = await verifyDocument(file, evidence, options.trust, { at, ...(fingerprint && { fingerprint }) })
      context.exitCode = exitCodes[report.outcome]
      if (report.outcome === 'VALID') {
        progress.show(labelled(language, say('drawing'), file))
        const path = options.out ?? `${file}.certificate.pdf`
        await writeWhole(path, await makeCertificate({ report, file: basename(file), evidence, at }))
        context.print(row(say('certificateFile'), path))
      } else {
        for (const line of describeSteps(report, language, false)) context.print(line)
      }
      context.print(report.statement[language])
      if (report.fingerprint !== undefined)
        context.print(say('trustFingerprint').replace('{fingerprint}', report.fingerprint))
      if (report.outcome !== 'VALID') context.note(say('noCertificate'))
    })
}
