import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** How a time-stamping authority is made; all as it should be unless given. */
export interface TsaOptions {
  readonly key?: 'rsa' | 'ec'
  readonly purpose?: string
  readonly certificateDigest?: 'sha1' | 'sha256'
  readonly intermediate?: boolean
  /** Leaves the root out of the tokens. */
  readonly bare?: boolean
}

/** A time-stamping authority by OpenSSL's command line, in a folder of its own. */
export class TestTsa {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'tsa-'))

  constructor({
    key = 'ec',
    purpose = 'critical,timeStamping',
    certificateDigest = 'sha256',
    ...options
  }: TsaOptions = {}) {
    const ca = (name: string) => [`basicConstraints=critical,CA:TRUE`, `keyUsage=critical,keyCertSign`, name]
    this.#issue('root', ca(''), undefined, 'ec')
    const issuer = options.intermediate === true ? 'middle' : 'root'
    if (options.intermediate === true) this.#issue('middle', ca(''), 'root', 'ec')
    const usage = [
      `basicConstraints=critical,CA:FALSE`,
      'keyUsage=critical,digitalSignature',
      `extendedKeyUsage=${purpose}`,
    ]
    this.#issue('tsa', usage, issuer, key)
    const carried = [...(options.intermediate === true ? ['middle'] : []), ...(options.bare === true ? [] : ['root'])]
    writeFileSync(this.#at('certs.pem'), carried.map((name) => readFileSync(this.#at(`${name}.pem`), 'utf8')).join(''))
    writeFileSync(this.#at('serial'), '01\n')
    writeFileSync(
      this.#at('tsa.cnf'),
      [
        '[tsa]',
        'default_tsa = t',
        '[t]',
        `serial = ${this.#at('serial')}`,
        `signer_cert = ${this.#at('tsa.pem')}`,
        `signer_key = ${this.#at('tsa.key')}`,
        ...(carried.length > 0 ? [`certs = ${this.#at('certs.pem')}`] : []),
        'default_policy = 1.2.3.4.1',
        'digests = sha256, sha512',
        'accuracy = secs:1',
        'signer_digest = sha256',
        `ess_cert_id_alg = ${certificateDigest}`,
        '',
      ].join('\n'),
    )
  }

  /** The root's certificate in PEM. */
  get root(): string {
    return readFileSync(this.#at('root.pem'), 'utf8')
  }

  /** TimeStampResp for a TimeStampReq. */
  answer(query: Uint8Array): Uint8Array {
    writeFileSync(this.#at('query'), query)
    this.#openssl(
      'ts',
      '-reply',
      '-config',
      this.#at('tsa.cnf'),
      '-queryfile',
      this.#at('query'),
      '-out',
      this.#at('answer'),
    )
    return new Uint8Array(readFileSync(this.#at('answer')))
  }

  /** A token around any content: where `openssl ts` refuses to sign what is wrong, `openssl cms` does. */
  sign(info: Uint8Array): Uint8Array {
    writeFileSync(this.#at('info'), info)
    const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-cades', '-nosmimecap', '-md', 'sha256']
    const by = ['-signer', this.#at('tsa.pem'), '-inkey', this.#at('tsa.key'), '-certfile', this.#at('certs.pem')]
    const files = ['-in', this.#at('info'), '-out', this.#at('token')]
    this.#openssl('cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', ...type, ...by, ...files)
    return new Uint8Array(readFileSync(this.#at('token')))
  }

  close(): void {
    rmSync(this.#folder, { recursive: true })
  }

  #at(name: string): string {
    return path.join(this.#folder, name)
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' })
  }

  #issue(name: string, extensions: readonly string[], issuer: string | undefined, key: 'rsa' | 'ec'): void {
    const kind = key === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
    const [subject, keyFile] = [`/CN=${name}`, this.#at(`${name}.key`)]
    this.#openssl(
      'req',
      '-new',
      '-newkey',
      ...kind,
      '-nodes',
      '-keyout',
      keyFile,
      '-subj',
      subject,
      '-out',
      this.#at('csr'),
    )
    writeFileSync(this.#at('extensions'), extensions.filter((line) => line !== '').join('\n'))
    const by =
      issuer === undefined
        ? ['-signkey', keyFile]
        : ['-CA', this.#at(`${issuer}.pem`), '-CAkey', this.#at(`${issuer}.key`), '-CAcreateserial']
    const output = ['-out', this.#at(`${name}.pem`), '-extfile', this.#at('extensions'), '-days', '3000']
    this.#openssl('x509', '-req', '-in', this.#at('csr'), '-sha256', ...by, ...output)
  }
}
