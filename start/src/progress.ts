/** Where lines go; the tests give their own. */
export type Write = (line: string) => void

/**
 * Plain lines, each step with the time it took: the same on a terminal, in a log and in CI.
 *
 * @example
 * const progress = new Progress((line) => process.stdout.write(`${line}\n`))
 * const network = await progress.step('network', () => startTestNetwork(options), (n) => `${n.height} blocks`)
 */
export class Progress {
  readonly #started = performance.now()

  constructor(readonly write: Write) {}

  /**
   * Runs a step, then prints its name, what came of it and its time.
   *
   * @param outcome what to say of the result
   * @returns the step's own result
   */
  async step<T>(name: string, run: () => Promise<T>, outcome: (result: T) => string): Promise<T> {
    const started = performance.now()
    const result = await run()
    this.write(`  ${name.padEnd(12)} ${outcome(result)} (${seconds(performance.now() - started)})`)
    return result
  }

  /** Time since the first line, as `1.2 s`. */
  elapsed(): string {
    return seconds(performance.now() - this.#started)
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
