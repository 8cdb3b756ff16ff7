/** One block and nothing else, as Fabric demands of an identity: no text before it, nothing after its last line's end. */
const ONE_BLOCK = /^-----BEGIN ([A-Z0-9 ]+)-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1-----\r?\n?$/

const latin1 = new TextDecoder('latin1')

/** The bytes of a single PEM block with the given label; undefined if the text is anything else. */
export function decodePem(pem: string | Uint8Array, label: string): Uint8Array | undefined {
  const text = typeof pem === 'string' ? pem : latin1.decode(pem)
  const match = ONE_BLOCK.exec(text)
  if (match?.[1] !== label) return undefined
  try {
    return Uint8Array.from(atob(match[2] ?? ''), (character) => character.charCodeAt(0))
  } catch {
    return undefined // not base64
  }
}

/** Writes a PEM block, 64 characters a line, as Go does. */
export function encodePem(der: Uint8Array, label: string): string {
  let binary = ''
  for (const byte of der) binary += String.fromCharCode(byte)
  const lines = btoa(binary).replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`
}
