import { readFileSync } from 'node:fs'
import { connect, type Profile } from '@caizheng/client-sdk'
import { pino } from 'pino'
import { createGateway } from '../../src/index.js'

// A gateway in a process of its own, so that a test can kill it. Arguments: profile, directory, and where it kills itself:
// `before-receipt` of a batch that is on the chain, or `after-receipt`, before the journal has it.
const [profile = '', directory = '', death = ''] = process.argv.slice(2)
const client = await connect({ profile: JSON.parse(readFileSync(profile, 'utf8')) as Profile, lazy: true })
const { batch } = client.evidence
const takeReceipt = batch.receipt.bind(batch)
if (death !== '') {
  batch.receipt = async (id, options) => {
    if (death === 'after-receipt') await takeReceipt(id, options)
    process.kill(process.pid, 'SIGKILL')
    return takeReceipt(id, options)
  }
}
const gateway = await createGateway({ client, directory, port: 0, logger: pino({ level: 'silent' }) })
process.stdout.write(`${gateway.url}\n`)
process.on('SIGTERM', () => {
  void gateway.close().then(() => client.close())
})
