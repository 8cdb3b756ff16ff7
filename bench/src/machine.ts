import os from 'node:os'
import process from 'node:process'

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly openssl: string
}

export function machine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() || os.arch(),
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.versions.node,
    openssl: process.versions.openssl,
  }
}

export function describeMachine({ processor, cores, memoryGiB, system, node, openssl }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB; ${system}; Node ${node}, OpenSSL ${openssl}`
}
