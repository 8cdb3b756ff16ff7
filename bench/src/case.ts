import type { Measurement, Skipped } from './measurement.js'

/** What the cases of a run share. */
export interface Run {
  /** Temporary folder on the disk that holds this clone. */
  readonly folder: string
  /** Shows what is being done. */
  readonly say: (line: string) => void
}

/** Something that can be measured by its name. */
export interface Case {
  readonly name: string
  readonly about: string
  readonly measure: (run: Run) => Promise<(Measurement | Skipped)[]>
}
