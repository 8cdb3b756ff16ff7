import { openTrust, TRIAL } from '@caizheng/evidence'
import { Argument, type Command } from 'commander'
import { bytesOf } from '../evidence/verify-document.js'
import type { CommandContext } from './context.js'
import { localTime } from './describe-record.js'
import { bracketed, listed, row } from './language.js'

export function addTrustCommand(program: Command, context: CommandContext): void {
  const { language, say } = context
  program
    .command('trust')
    .description(say('trust'))
    .command('show')
    .description(say('trustShow'))
    .addArgument(new Argument('<file>', say('trustFile')))
    .option('--json', say('optionJson'))
    .action(async (path: string, options: { readonly json?: boolean }) => {
      const { file: trust, fingerprint } = openTrust(await bytesOf(path))
      if (options.json === true) return context.printJson({ fingerprint, ...trust })
      const { policy, validity } = trust
      const signatures = say('policy')
        .replace('{count}', String(policy.organizations.length))
        .replace('{least}', String(policy.least))
        .replace('{complete}', String(policy.complete))
      const names = trust.organizations.map(({ mspId, name }) => bracketed(language, name[language], mspId))
      context.print(row(say('labelChannel'), trust.channel))
      context.print(row(say('labelNetwork'), trust.network))
      context.print(row(say('labelOrganizations'), listed(language, names)))
      context.print(row(say('labelPolicy'), signatures))
      for (const { from, consenters } of trust.ordering ?? []) {
        const orderers = listed(
          language,
          consenters.map(({ mspId }) => mspId),
        )
        const since = say('orderersFrom').replace('{block}', String(from)).replace('{names}', orderers)
        context.print(row(say('labelOrderers'), since))
      }
      context.print(
        row(
          say('labelValidity'),
          say('fromTo')
            .replace('{from}', localTime(validity.from, language))
            .replace('{until}', localTime(validity.until, language)),
        ),
      )
      context.print(row(say('fingerprint'), fingerprint))
      if (trust.trial === true) context.print(row(say('labelTrial'), TRIAL[language]))
      context.note(say('compare'))
    })
}
