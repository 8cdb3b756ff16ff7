import { actRequests, roleNames, roles, transactionPlaces, type Role, type TransactionName } from '@caizheng/records'
import type { Authority, Party } from '../../src/business/transaction.js'
import { transactionTypes } from '../../src/transactions/index.js'

/** A line of the page's table: who may send a transaction, and what others are told. */
export interface AuthorityLine {
  readonly transaction: string
  /** `*` for every role. */
  readonly role: Role | '*'
  readonly of?: Party
  readonly when?: Readonly<Record<string, string>>
  /** `ROLE_NOT_ALLOWED`, or the rule that is broken. */
  readonly otherwise: string
}

const parties: Readonly<Record<Party, string>> = {
  owner: '建设单位',
  contractor: '施工单位',
  supervision: '监理单位',
  survey: '勘察单位',
  design: '设计单位',
}

const actNames = Object.keys(actRequests)

/** The page `docs/authority.md`. */
export function authorityPage(): string {
  const lines = transactionTypes.flatMap(({ name, authority, duty }) => {
    const every = roleNames.every((role) => authority.some((row) => row.role === role && row.of === undefined))
    const rows: readonly { role: Role | '*'; of?: Party; when?: Authority['when'] }[] = every
      ? [{ role: '*' }]
      : authority
    return rows.map((row) => rowOf(name, row, duty ?? 'ROLE_NOT_ALLOWED'))
  })
  return [
    '# 谁可以提交什么 · Who may send what',
    '',
    '<!-- Written by `npm run docs:rules` from the transactions in chaincode/src/transactions; do not edit. -->',
    '',
    '每笔交易在任何规则之前先查此表；只认签名密钥所登记的人，不认参数中的自称。表外一律拒绝。',
    '测试按此表逐行、逐角色、逐当事人核对，并用各角色的真实证书在内嵌网络上走一遍。',
    '',
    'Before any rule is asked, every transaction is looked up here. What counts is the person for whom the signing key is',
    'registered, never what a request says. Whatever is not in the table is refused. A test walks this very table, for every',
    'role and every party, and walks it again on the embedded network with a real certificate of each role.',
    '',
    '| 交易 transaction | 链码 chaincode | 角色 role | 须属于 of the | 仅当 only where | 否则 otherwise |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${actNames.join('、')}：管理员提交的是提案，三家节点机构的管理员都同意（\`Consent\`）后才生效，见`,
    `[第 20 号决定](decisions/0020-consent-of-administrators.md)。They propose: in force with the consent of an administrator of`,
    'each node organisation. `SuspendPerson` counts at once.',
    '',
    '此表之外 · beside this table: `CharterContract:Bootstrap` 只运行一次，由节点机构之一提交、三家背书 (once, by a member of a',
    'node organisation, endorsed by all three); `MirrorContract` 只能由 `charter` 调用 (only `charter` may call it);',
    '`EvidenceContract` 人人可锚定 (any member of the channel may anchor).',
    '',
    '## 按角色 · By role',
    '',
    '| 角色 role | 证书机构 certificates of | 可提交 may send |',
    '| --- | --- | --- |',
    ...roleNames.map((role) => {
      const may = transactionTypes.filter(({ authority }) => authority.some((row) => row.role === role))
      const msps = roles[role].msps.join(', ')
      return `| ${roles[role].zh} ${role} | ${msps} | ${may.map(({ name }) => name).join(', ')} |`
    }),
    '',
  ].join('\n')
}

function rowOf(
  name: string,
  { role, of, when = {} }: { role: Role | '*'; of?: Party; when?: Authority['when'] },
  otherwise: string,
): string {
  const { chaincode } = transactionPlaces[name as TransactionName]
  const who = role === '*' ? '每个角色 \\*' : `${roles[role].zh} ${role}`
  const whose = of === undefined ? '' : `${parties[of]} ${of}`
  const where = Object.entries(when).map(([field, value]) => `${field} = ${value}`)
  return `| ${name} | ${chaincode} | ${who} | ${whose} | ${where.join(', ')} | ${otherwise} |`
}

/** Reads the table of the page back. */
export function readAuthorityPage(page: string): AuthorityLine[] {
  const [table = ''] = page.split('\n## ')
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| 交易') && !line.startsWith('| ---'))
    .map((line) => {
      const [transaction = '', , who = '', whose = '', where = '', otherwise = ''] = line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
      const role = (who.split(' ')[1] ?? '') as Role | '\\*'
      const of = whose.split(' ')[1] as Party | undefined
      const [field, value] = where.split(' = ')
      return {
        transaction,
        role: role === '\\*' ? '*' : role,
        ...(of === undefined ? {} : { of }),
        ...(field === undefined || value === undefined ? {} : { when: { [field]: value } }),
        otherwise,
      }
    })
}
