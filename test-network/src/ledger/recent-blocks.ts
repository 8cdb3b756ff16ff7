const MAX_BYTES = 8 * 1024 * 1024

/** The last blocks in memory, for the followers that read each block soon after its commit. */
export class RecentBlocks {
  private readonly blocks = new Map<number, Uint8Array>()
  private bytes = 0

  add(number: number, block: Uint8Array): void {
    this.blocks.set(number, block)
    this.bytes += block.length
    for (const [oldest, old] of this.blocks) {
      if (this.bytes <= MAX_BYTES || oldest === number) return
      this.blocks.delete(oldest)
      this.bytes -= old.length
    }
  }

  get(number: number): Uint8Array | undefined {
    return this.blocks.get(number)
  }
}
