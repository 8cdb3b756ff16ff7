import { rule, check } from './rule.js'

export interface PhotoPlaces {
  /** Where each photo of this evidence was first seen, if elsewhere. */
  readonly elsewhere: readonly { readonly digest: string; readonly evidenceNo: string; readonly contractNo: string }[]
  readonly photos: number
}

/** R24, 文件复用, of photos: none of another day's or another site's evidence. After audit findings; our design. */
export const R24Photos = rule<PhotoPlaces>('R24', ({ elsewhere, photos }) => [
  check(elsewhere.length === 0, 'FLAG', {
    case: 'PHOTO',
    expected: `${photos} new photos`,
    actual:
      elsewhere.length === 0
        ? `${photos} new photos`
        : elsewhere
            .map((one) => `${one.digest.slice(0, 8)} is of ${one.contractNo}, ${one.evidenceNo}`)
            .join('; ')
            .slice(0, 500),
  }),
])
