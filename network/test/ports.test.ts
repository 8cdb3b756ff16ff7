import { once } from 'node:events'
import { createServer } from 'node:net'
import { defaultConsortium } from '@caizheng/test-network'
import { expect } from 'chai'
import { freePorts, onFreePorts } from '../src/index.js'

describe('free ports', () => {
  it('are all different, and can be listened on', async () => {
    const ports = await freePorts(20)
    expect(new Set(ports).size).to.equal(20)
    for (const port of ports) {
      const server = createServer().listen(port, '127.0.0.1')
      await once(server, 'listening')
      server.close()
    }
  })

  it('are none that is promised to another', async () => {
    const all = Array.from({ length: 12_000 }, (_, index) => 20_000 + index)
    let refused: unknown
    await freePorts(1, all).catch((error: unknown) => (refused = error))
    expect(String(refused)).to.include('free ports')
  })

  it('take the place of those of a definition, and nothing else', async () => {
    const moved = await onFreePorts(defaultConsortium)
    const ports = [
      ...moved.organizations.flatMap(({ peer }) => peer?.port ?? []),
      ...moved.consenters.map((it) => it.port),
    ]
    expect(new Set(ports).size).to.equal(7)
    const nodes = (definition: typeof moved) => definition.organizations.map(({ mspId, peer }) => [mspId, peer?.host])
    expect(nodes(moved)).to.deep.equal(nodes(defaultConsortium))
    expect({ ...moved, organizations: [], consenters: [] }).to.deep.equal({
      ...defaultConsortium,
      organizations: [],
      consenters: [],
    })
  })
})
