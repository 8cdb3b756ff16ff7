import type { Name } from '@peculiar/asn1-x509'

const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
}

/** A distinguished name: `[type, value]` in the order of the certificate, types by their short names where they have one. */
export type DistinguishedName = readonly (readonly [type: string, value: string])[]

export function readName(name: Name): DistinguishedName {
  // Name is a subclass of Array: copied first, so that what follows gives plain arrays.
  return Array.from(name).flatMap((rdn) =>
    Array.from(rdn, ({ type, value }) => [SHORT[type] ?? type, value.toString()] as const),
  )
}

/** The values of one type, such as the organisational units. */
export function valuesOf(name: DistinguishedName, type: string): string[] {
  return name.filter(([key]) => key === type).map(([, value]) => value)
}

/** For messages and lists: `C=CN, O=finance, CN=peer0`. Not for comparison: compare the bytes. */
export function formatName(name: DistinguishedName): string {
  return name.map(([type, value]) => `${type}=${value}`).join(', ')
}
