/** An amount or a quantity without its sign. */
export const absolute = (value: bigint): bigint => (value < 0n ? -value : value)
