import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ruleFormulasZh, rules, type RuleId } from '@caizheng/records'
import { transactionTypes } from '../../src/transactions/index.js'
import { firstHalf, ruleCases } from '../rules/index.js'

type RuleEntry = (typeof rules)[number]

const outcomes = {
  FLAG: '标记 FLAG',
  ALERT: '预警 ALERT',
  HOLD: '退回补正 HOLD',
  REJECT: '拒绝 REJECT',
}
const modes = { OFF: '停用 OFF', SHADOW: '试运行 SHADOW', ENFORCE: '执行 ENFORCE' }
const confidences = {
  A: 'A：已读原文 (the primary text was read)',
  B: 'B：多处转引一致 (several secondary texts agree)',
  C: 'C：自行设计或凭记忆，不作法律引用 (our design or from memory, never presented as law)',
}

const WITH_DOCUMENT = '一切带文件的交易 (every transaction with a document)'

/** Where rules are asked beside the transactions' own code: by the form of a request, by what all transactions go through. */
const beside: Readonly<Partial<Record<RuleId, string>>> = {
  R23: `\`EvidenceContract:AnchorDocument\`, ${WITH_DOCUMENT}`,
  R24: WITH_DOCUMENT,
  R25: WITH_DOCUMENT,
  R26: '一切交易的参数格式 (the form of every request)',
  R27: '一切项目代码字段 (every field of a project code)',
  R28: '一切信用代码字段 (every field of a credit code)',
}

/** The page `docs/rules.md`. */
export function rulesPage(): string {
  const applied = appliedRules()
  const there = rules.filter(({ id }) => applied.has(id) || beside[id] !== undefined).length
  return [
    '# 规则 · The rules',
    '',
    '<!-- Written by `npm run docs:rules` from the catalogue, the transactions and the tests; do not edit. -->',
    '',
    '每条规则是一个纯函数：输入记录、参数和日期，给出判定及依据，不读时钟，不读状态，各节点复算结果一致。',
    '“执行”的规则挂起或拒绝；“试运行”的只记录判定，不影响办理；“停用”的不判。结构性规则恒为执行。',
    '参数与方式由联盟管理员以 `SetSettings` 设定，自生效日起算；旧判定按当日设定重放。',
    '',
    'Each rule is a pure function of records, parameters and dates; no clock, no state, so every node comes to the same verdict.',
    'A rule in `ENFORCE` holds or refuses; in `SHADOW` its verdict is recorded and holds nothing; in `OFF` it does not judge.',
    'Structural rules always enforce. Modes and parameters are set with `SetSettings` from a day on; an old verdict replays',
    'under the settings of its day.',
    '',
    `共 ${rules.length} 条，已有 ${there} 条在链上判定；其余逐条注明。`,
    `${rules.length} rules, of which ${there} judge on the chain; each of the others says so.`,
    '',
    ...rules.flatMap((rule) => section(rule, applied.get(rule.id) ?? [])),
  ].join('\n')
}

function section(rule: RuleEntry, transactions: readonly string[]): string[] {
  const { id, zh, en, formula, outcome, note, structural, mode, effectiveFrom, source, confidence, parameters } = rule
  const own = [...transactions.map((name) => `\`${name}\``), ...(beside[id] === undefined ? [] : [beside[id]])]
  const later = firstHalf.includes(id) ? '尚无交易适用 (no transaction yet)' : '后半程上链 (comes with the second half)'
  return [
    `## ${id} ${zh} · ${en}`,
    '',
    `- 要求：${ruleFormulasZh[id]}`,
    `- Formula: ${formula}`,
    `- 违反后果 outcome: **${outcomes[outcome]}**${note === undefined ? '' : `；${note}`}`,
    `- 方式 mode: **${modes[mode]}**${structural ? '（结构性，不可更改 structural, cannot be changed）' : ''}${
      effectiveFrom === undefined ? '' : `，自 ${effectiveFrom} 起 (from that day on)`
    }`,
    `- 依据 source: ${source}`,
    `- 可信度 confidence: ${confidences[confidence]}`,
    ...(parameters.length === 0
      ? []
      : [
          '- 参数 parameters:',
          ...parameters.map(({ name, initial, unit }) => `  - \`${name}\` = ${JSON.stringify(initial)} (${unit})`),
        ]),
    `- 适用交易 applied by: ${own.length === 0 ? later : own.join(', ')}`,
    ...tests(id),
    '',
  ]
}

function tests(id: RuleId): string[] {
  const cases = ruleCases.filter((one) => one.rule === id)
  const passing = cases.find(({ gives }) => gives.length === 0)
  const firing = cases.find(({ gives }) => gives.length > 0)
  if (passing === undefined || firing === undefined) return []
  return [
    `- 测试 tests (${cases.length}):`,
    `  - 通过 passes: ${passing.title}`,
    `  - 触发 fires, ${firing.gives.join(', ')}: ${firing.title}`,
  ]
}

/**
 * Which transactions apply which rules, as their sources say: the rules that a transaction's file, or one that it imports,
 * imports or names.
 */
export function appliedRules(): Map<string, string[]> {
  const root = join(__dirname, '../../../src')
  const files = new Map<string, string>(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [join(root, name), readFileSync(join(root, name), 'utf8')]),
  )
  const applied = new Map<string, string[]>()
  for (const one of transactionTypes) {
    // One that goes another way does the same.
    const written = transactionTypes.find((type) => type.run === one.run)?.name ?? one.name
    const file = [...files].find(([, text]) => text.includes(`\n  name: '${written}',\n`))?.[0]
    for (const id of file === undefined ? [] : rulesOf(file, files))
      applied.set(id, [...(applied.get(id) ?? []), one.name])
  }
  return applied
}

function rulesOf(file: string, files: ReadonlyMap<string, string>, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return new Set()
  seen.add(file)
  const text = files.get(file) ?? ''
  const found = new Set([...text.matchAll(/(?:\.add\(|duty: )'(R\d\d)'/g)].map(([, id]) => id as string))
  for (const [, type, names = '', specifier = ''] of text.matchAll(/^import (type )?\{([^}]*)\} from '([^']+)'$/gm)) {
    if (type !== undefined || !specifier.startsWith('.')) continue
    const imported = join(file, '..', specifier.replace(/\.js$/, '.ts'))
    if (imported.includes('/rules/')) for (const [id] of names.matchAll(/\bR\d\d/g)) found.add(id)
    // What all transactions go through applies none of its own accord.
    else for (const id of rulesOf(imported, files, seen)) found.add(id)
  }
  return found
}
