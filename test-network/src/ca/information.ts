import type { CaContext } from './context.js'

/** What the CA says of itself. There is no Idemix here, so its keys are empty; the official client reads them all. */
export function information({ authority }: CaContext): Record<string, string> {
  return {
    CAName: authority.name,
    CAChain: Buffer.from(authority.certificatePem).toString('base64'),
    IssuerPublicKey: '',
    IssuerRevocationPublicKey: '',
    Version: '1.5',
  }
}
