/** A record without one of its optional fields. */
export function without<Record extends object, Field extends keyof Record>(
  record: Record,
  field: Field,
): Omit<Record, Field> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field)) as Omit<Record, Field>
}
