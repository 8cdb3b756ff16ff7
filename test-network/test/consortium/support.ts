import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelConfigOf, identify, type ChannelConfig, type Identity } from '@caizheng/fabric-wire'
import { expect } from 'chai'
import {
  ConsortiumError,
  openConsortium,
  type Consortium,
  type ConsortiumErrorCode,
} from '../../src/consortium/index.js'

/** A clock that stands: what tests compare must not depend on when they run. */
export const NOW = new Date('2026-11-23T02:04:31.000Z')

/** A consortium in memory and its channel's configuration, made once for each file of tests. */
export function inMemory(): { consortium: () => Consortium; config: () => ChannelConfig } {
  let consortium: Consortium
  let config: ChannelConfig
  before(async () => {
    consortium = await openConsortium(undefined, undefined, { now: () => NOW })
    config = channelConfigOf(consortium.genesis)
  })
  return { consortium: () => consortium, config: () => config }
}

/** A folder that is empty at each test's start and gone at its end. */
export function temporaryFolder(): () => string {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'consortium-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  return () => folder
}

/** The identity that the channel sees in a creator. */
export const identityOf = (config: ChannelConfig, creator: Uint8Array): Identity => identify(config.msps, creator, NOW)

/** The typed error that some work ends with. */
export async function refusal(code: ConsortiumErrorCode, work: () => unknown): Promise<ConsortiumError> {
  try {
    await work()
  } catch (error) {
    expect(error).to.be.instanceOf(ConsortiumError)
    expect((error as ConsortiumError).code).to.equal(code)
    return error as ConsortiumError
  }
  throw new Error(`Expected ${code}, and nothing was refused`)
}
