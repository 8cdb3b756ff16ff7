/** Namespace in which every node holds the committed chaincode definitions. */
export const LIFECYCLE = '_lifecycle'

/** The key that a node reads at each endorsement: its version is where the chaincode's definition was committed. */
export function sequenceKey(chaincode: string): string {
  return `namespaces/fields/${chaincode}/Sequence`
}
