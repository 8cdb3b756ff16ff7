/** The words that verdicts have beside their figures, and their Chinese. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/^(\d+), once$/, '$1，一次'],
  [/^(-?\d+), after (-?\d+)$/, '$1，此前已付 $2'],
  [/^(-?\d+) of (-?\d+)$/, '$1，基数 $2'],
  [/^before the first measure$/, '首次计量之前'],
  [/^after a measure$/, '已有计量'],
  [/^before$/, '之前'],
  [/^one application for a period$/, '每期一次'],
  [/^there is one$/, '已有一次'],
  [/^the first$/, '首次'],
  [/^an approved settlement$/, '已批准的结算'],
  [/^none$/, '无'],
  [/^a measure of the period$/, '本期计量'],
  [/^period (\d+) signed by the chief supervision engineer$/, '第 $1 期计量由总监理工程师签字'],
  [/^a measured period signed by the chief supervision engineer$/, '本期计量由总监理工程师签字'],
  [/^not signed$/, '未签字'],
  [/^signed$/, '已签字'],
  [/^a registered invoice$/, '已登记的发票'],
  [/^(\S+): (\S+) to (\S+), (\S+)$/, '$1：$2 开给 $3，项目 $4'],
  [/^(\S+) to (\S+), (\S+)$/, '$1 开给 $2，项目 $3'],
  [/^(\S+) attested by the tax office$/, '$1 经税务核验'],
  [/^not attested$/, '未核验'],
  [/^(\S+): within (\d+) hours$/, '$1：$2 小时以内'],
  [/^(-?\d+) hours ago$/, '$1 小时之前'],
  [/^the registered accounts$/, '登记账户'],
  [/^registered$/, '均为登记账户'],
  [/^not in line (.+)$/, '不符的行：$1'],
  [/^wage lines only$/, '只付工资行'],
  [/^frozen by (.+)$/, '因 $1 冻结'],
  [/^a period of (\d+) days at most$/, '计量期不超过 $1 天'],
  [/^(-?\d+) days$/, '$1 天'],
  [/^a quota of the project$/, '本项目的指标'],
  [/^(\S+) of (\d{4})$/, '$1，$2 年度'],
  [/^paid in (\d{4})$/, '$1 年支付'],
  [/^(\S+): change (≤ .+)$/, '$1：变更 $2'],
  [/^(\S+) no earlier than (.+)$/, '$1 不早于 $2'],
  [/^(\S+) on (\d{4}-\d\d-\d\d), (\S+) on (\d{4}-\d\d-\d\d)$/, '$1 $2，$3 $4'],
  [/^(\d+) new photos$/, '$1 张新照片'],
  [/^evidence of the site within (\d+) hours$/, '$1 小时内有现场证据'],
  [/^none for (\d+) hours$/, '已 $1 小时没有'],
  [/^paid by (\S+)$/, '$1 前付清'],
  [/^(\d+) unpaid for (\d+) days, late interest (\d+)$/, '未付 $1，逾期 $2 天，利息 $3'],
  [/^in time$/, '按期'],
]

/** A verdict's text in Chinese, its figures as they are; what has no words stays. */
export function inChinese(text: string): string {
  const found = phrases.find(([pattern]) => pattern.test(text))
  if (found !== undefined) return text.replace(...found)
  return text.replaceAll(/(\S+) is of (\S+), ([^;\s]+)/g, '$1 属于 $2 的 $3')
}
