import { Registry } from '../../src/ca/registry.js'

// A process to be killed: registers and certifies without end, and writes each id once that was acknowledged.
const registry = await Registry.open(process.argv[2] ?? '')
const secret = { salt: '', hash: '' }
for (let i = 0; ; i += 1) {
  const id = `id-${i}`
  await registry.write({
    identities: [
      {
        id,
        type: 'client',
        affiliation: '',
        attributes: [],
        maxEnrollments: 1,
        enrolled: 1,
        revoked: false,
        secret,
        failures: 0,
        lockedUntil: 0,
      },
    ],
    certificates: [{ serial: (0x10000000 + i).toString(16), aki: 'a', id, fingerprint: 'f', notAfter: 0 }],
  })
  process.stdout.write(`${id}\n`)
}
