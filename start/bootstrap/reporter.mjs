import { createRequire } from 'node:module'

const { reporters } = createRequire(import.meta.url)('mocha')

/** Mocha takes one reporter: this one is two, the readable one on the screen and the JSON report into a file. */
export default class SpecAndJson {
  constructor(runner, options) {
    new reporters.Spec(runner, options)
    this.json = new reporters.JSON(runner, options)
  }

  done(failures, end) {
    end(failures)
  }
}
