import { type CommanderError, type Command } from 'commander'
import type { Language } from '@caizheng/evidence'
import type { Say } from './texts.js'

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
}

/** What commander finds wrong, by its code; the name it speaks of stands between quotes in its message. */
const faults: Readonly<Record<string, string>> = {
  'commander.missingArgument': '缺少参数',
  'commander.optionMissingArgument': '选项缺少取值',
  'commander.missingMandatoryOptionValue': '缺少必需的选项',
  'commander.unknownOption': '不认识的选项',
  'commander.unknownCommand': '不认识的命令',
  'commander.excessArguments': '参数过多',
  'commander.invalidArgument': '取值不可用',
}

/** Has commander speak the language of the rest. Before any subcommand is added: each takes this over. */
export function translateCommander(program: Command, language: Language, say: Say): void {
  program.helpOption('-h, --help', say('optionHelp')).helpCommand('help [command]', say('commandHelp'))
  if (language === 'en') return
  program
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      styleUsage: placeholders,
      styleSubcommandTerm: placeholders,
      optionDescription: describe,
    })
    .configureOutput({ outputError: () => undefined })
}

const placeholders = (text: string): string => text.replace('[options]', '[选项]').replace('[command]', '[命令]')

interface Described {
  readonly description: string
  readonly defaultValue?: unknown
  readonly argChoices?: readonly string[] | undefined
}

function describe({ description, defaultValue, argChoices }: Described): string {
  const notes = [
    ...(argChoices === undefined ? [] : [`可选：${argChoices.join('、')}`]),
    ...(typeof defaultValue === 'string' ? [`默认：${defaultValue}`] : []),
  ]
  return notes.length === 0 ? description : `${description}（${notes.join('；')}）`
}

/** In Chinese; undefined for what is no mistake of the caller's. */
export function commanderFault(error: CommanderError, language: Language): string | undefined {
  const fault = faults[error.code]
  if (language === 'en' || fault === undefined) return undefined
  const [, named] = /'([^']+)'/.exec(error.message) ?? []
  return named === undefined ? `错误：${fault}` : `错误：${fault}：${named}`
}
