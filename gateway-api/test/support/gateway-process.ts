import { readFileSync } from 'node:fs'
import { connect, type Profile } from '@caizheng/client-sdk'
import { pino } from 'pino'
import { createGateway } from '../../src/index.js'

// A gateway in a process of its own, so that a test can kill it. Arguments: profile, directory.
const [profile = '', directory = ''] = process.argv.slice(2)
const client = await connect({ profile: JSON.parse(readFileSync(profile, 'utf8')) as Profile, lazy: true })
const gateway = await createGateway({ client, directory, port: 0, logger: pino({ level: 'silent' }) })
process.stdout.write(`${gateway.url}\n`)
process.on('SIGTERM', () => {
  void gateway.close().then(() => client.close())
})
