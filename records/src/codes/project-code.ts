/** The shape of both forms of an investment project code (投资项目代码); rule R27. */
export const PROJECT_CODE_PATTERN = /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/

/** A project code's parts. */
export interface ProjectCode {
  /** `month`: the first part is YYMM (from November 2020); `year`: it is the year (2016 to 2020). */
  readonly form: 'month' | 'year'
  /** `2023-03` or `2019`. */
  readonly period: string
  /** The administrative division, GB/T 2260: six digits. */
  readonly division: string
  /** The central department that guides the field: two digits. */
  readonly department: string
  /** The project type: two digits. */
  readonly projectType: string
  /** Five serial digits and a check digit, whose algorithm is not public and so is not tested. */
  readonly serial: string
}

/**
 * Reads a project code of either form; the two cannot be confused, since 16 to 20 are no months.
 * 发改投资〔2020〕1439号, GB/T 40058-2021; 政府投资条例 art. 10.
 *
 * @returns `undefined` where the text is not one.
 * @example
 * ```ts
 * parseProjectCode('2303-331003-04-01-000001')?.period // '2023-03'
 * ```
 */
export function parseProjectCode(text: string): ProjectCode | undefined {
  if (!PROJECT_CODE_PATTERN.test(text)) return undefined
  const [time, division, department, projectType, serial] = text.split('-') as [string, string, string, string, string]
  const rest = { division, department, projectType, serial }
  if (/^20(1[6-9]|20)$/.test(time)) return { form: 'year', period: time, ...rest }
  // The form began in 2020, so an earlier year is a slip.
  if (/^[2-9]\d(0[1-9]|1[0-2])$/.test(time))
    return { form: 'month', period: `20${time.slice(0, 2)}-${time.slice(2)}`, ...rest }
  return undefined
}

/** Whether a text is a project code. */
export function isProjectCode(text: string): boolean {
  return parseProjectCode(text) !== undefined
}
