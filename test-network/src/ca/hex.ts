/** Hexadecimal as fabric-ca keeps serial numbers and key identifiers: lower case, no colons, no leading zeros. */
export const shortHex = (hex: string): string => hex.toLowerCase().replaceAll(':', '').replace(/^0+/, '')
