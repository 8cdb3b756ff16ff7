import { randomInt } from 'node:crypto'

/** How many random programs are run, and from which seed; both can be set, to run a failure again. */
export const settings = {
  seed: Number(process.env['CONFORMANCE_SEED'] ?? randomInt(2 ** 31)),
  programs: (usual: number): number => Number(process.env['CONFORMANCE_PROGRAMS'] ?? usual),
}
