import { rule, check } from './rule.js'

export interface PhotoPlaces {
  /** Photos of this evidence that were first seen in another's. */
  readonly elsewhere: readonly { readonly digest: string; readonly evidenceNo: string; readonly contractNo: string }[]
  readonly photos: number
}

/** R24, 文件复用, of photos: none of another day's or another site's evidence. After audit findings; our design. */
export const R24Photos = rule<PhotoPlaces>('R24', ({ elsewhere, photos }) => {
  const named = elsewhere.map((one) => `${one.digest.slice(0, 8)} is of ${one.contractNo}, ${one.evidenceNo}`)
  return [
    check(elsewhere.length === 0, 'FLAG', {
      case: 'PHOTO',
      expected: `${photos} new photos`,
      actual: elsewhere.length === 0 ? `${photos} new photos` : named.join('; ').slice(0, 500).trimEnd(),
    }),
  ]
})

/** A document and the project and type under which it stands. */
export interface Placed {
  readonly projectCode: string
  readonly type: string
}

/** R24 of a document: not under another project or type; of some types that is refused. After audit findings; our design. */
export const R24Document = rule<{ readonly first: Placed | undefined; readonly now: Placed }>(
  'R24',
  ({ first, now }, setting) => {
    if (first === undefined) return []
    const refused = setting('rejectDocTypes') as readonly string[]
    const same = first.projectCode === now.projectCode && first.type === now.type
    return [
      check(same, refused.includes(now.type) ? 'REJECT' : 'FLAG', {
        case: 'DOCUMENT',
        expected: `${first.projectCode}, ${first.type}`,
        actual: `${now.projectCode}, ${now.type}`,
      }),
    ]
  },
)
