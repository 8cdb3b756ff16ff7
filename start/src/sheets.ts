import { setTimeout as sleep } from 'node:timers/promises'

/** How often, and how long between, the index is asked: it follows the chain a moment behind. */
const [TRIES, WAIT] = [20, 250]

/**
 * Where the review sheets of the payment applications are, with one for example: a held one, since it says what is missing.
 *
 * @param api address of the gateway API
 * @returns `undefined` where the index has no application
 */
export async function sheetAddresses(api: string, signal: AbortSignal): Promise<string | undefined> {
  for (let tries = 0; tries < TRIES && !signal.aborted; tries++) {
    const number = (await newest(api, '&status=HELD', signal)) ?? (await newest(api, '', signal))
    if (number !== undefined) {
      return (
        `  支付审核单 · payment review sheets: ${api}/applications.html\n` +
        `    例如 · for example ${api}/sheet.html?application=${encodeURIComponent(number)}`
      )
    }
    await sleep(WAIT, undefined, { signal }).catch(() => undefined)
  }
  return undefined
}

async function newest(api: string, filter: string, signal: AbortSignal): Promise<string | undefined> {
  const response = await fetch(`${api}/v1/applications?limit=1${filter}`, { signal }).catch(() => undefined)
  if (response?.ok !== true) return undefined
  const { records } = (await response.json()) as { records: readonly { readonly number: string }[] }
  return records[0]?.number
}
