import { randomBytes } from 'node:crypto'
import { GatewayError } from '../gateway-error.js'
import { first, type Sqlite } from './database.js'

/**
 * To which department and which network a folder belongs. A journal that was meant for one network must never be emptied
 * into another, nor be signed by another department.
 */
export class Binding {
  constructor(
    private readonly database: Sqlite,
    private readonly directory: string,
  ) {}

  /** Hash of the genesis block's header; absent until the network was first reached. */
  get genesis(): string | undefined {
    return this.get('genesis')
  }

  /**
   * What this folder's lanes on the chain are called: made once, so that an auditor sees one row of batches for each, and
   * two gateways of one identity never meet in a lane.
   */
  lane(): string {
    const known = this.get('lane')
    if (known !== undefined) return known
    const name = `gateway-${randomBytes(4).toString('hex')}`
    this.bind('lane', name)
    return name
  }

  /** @throws {@link GatewayError} DIRECTORY_OF_ANOTHER */
  bindDepartment(msp: string, channel: string): void {
    this.bind('department', msp)
    this.bind('channel', channel)
  }

  /** @throws {@link GatewayError} DIRECTORY_OF_ANOTHER */
  bindNetwork(genesis: string): void {
    this.bind('genesis', genesis)
  }

  private bind(name: string, value: string): void {
    const known = this.get(name)
    if (known === undefined) this.database.prepare('INSERT INTO meta (name, value) VALUES (?, ?)').run(name, value)
    else if (known !== value) {
      throw new GatewayError(
        'DIRECTORY_OF_ANOTHER',
        `${this.directory} belongs to ${name} ${known}, not ${value}: give each its own directory`,
      )
    }
  }

  private get(name: string): string | undefined {
    return first<{ value: string }>(this.database, 'SELECT value FROM meta WHERE name = ?', name)?.value
  }
}
