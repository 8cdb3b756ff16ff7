import type { Writable } from 'node:stream'
import type { Language } from '@caizheng/evidence'
import { connect } from '../connect.js'
import type { Client } from '../client.js'
import { PrepareError } from '../errors/caizheng-error.js'
import { Progress } from './progress.js'
import type { Say } from './texts.js'

/** What a command may touch of the world outside. */
export interface Terminal {
  readonly stdout: Writable
  readonly stderr: Writable & { isTTY?: boolean }
  readonly env: NodeJS.ProcessEnv
}

/** What every command is given. */
export class CommandContext {
  readonly language: Language
  readonly say: Say
  readonly progress: Progress
  readonly env: NodeJS.ProcessEnv
  /** What the process exits with, unless an error does. */
  exitCode = 0
  readonly #terminal: Terminal

  constructor(terminal: Terminal, language: Language, say: Say) {
    this.#terminal = terminal
    this.language = language
    this.say = say
    this.env = terminal.env
    this.progress = new Progress(terminal.stderr)
  }

  /** Prints a line of the result. */
  print(line: string): void {
    this.progress.done()
    this.#terminal.stdout.write(`${line}\n`)
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value, null, 2))
  }

  /** Prints what is said beside the result. */
  readonly note = (line: string): void => {
    this.progress.done()
    this.#terminal.stderr.write(`${line}\n`)
  }

  /** Runs `work` with a client that is closed afterwards. */
  async withClient<T>(profile: string | undefined, work: (client: Client) => Promise<T>): Promise<T> {
    if (profile === undefined) throw new PrepareError('INPUT_INVALID', 'prepare', this.say('profileNeeded'))
    const client = await connect({ profile })
    try {
      return await work(client)
    } finally {
      client.close()
      this.progress.done()
    }
  }
}
