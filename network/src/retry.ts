/**
 * Does the work again until it succeeds: nodes that have just started refuse for a while, each in other words.
 *
 * @param timeout - milliseconds; after them the last failure is thrown
 */
export async function retry<T>(work: () => Promise<T>, timeout: number, interval = 100): Promise<T> {
  const deadline = Date.now() + timeout
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() + interval > deadline) throw error
    }
    // What is tried in vain must not keep the process up; the nodes do while they run
    await new Promise((resolve) => setTimeout(resolve, interval).unref())
  }
}

/** An error with what the gateway tells of each node. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { details } = error as { details?: unknown }
  if (!Array.isArray(details)) return error.message
  const list = (details as { address?: string; mspId?: string; message?: string }[]).map(
    ({ mspId = '', address = '', message = '' }) => `${mspId} ${address}: ${message}`,
  )
  return [error.message, ...list].join('\n  ')
}
