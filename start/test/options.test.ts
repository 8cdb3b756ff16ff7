import path from 'node:path'
import { expect } from 'chai'
import { parseOptions } from '../src/options.js'
import { StartError } from '../src/start-error.js'

describe('options of npm start', () => {
  const parse = (...args: string[]) => parseOptions(args, '/clone')

  it('has a default for each', () => {
    expect(parse()).to.deep.equal({
      once: false,
      reset: false,
      data: path.resolve('/clone/.caizheng'),
      port: 8080,
      help: false,
    })
  })

  it('reads each', () => {
    expect(parse('--once', '--reset', '--data', 'elsewhere', '--port', '0')).to.deep.equal({
      once: true,
      reset: true,
      data: path.resolve('/clone/elsewhere'),
      port: 0,
      help: false,
    })
  })

  for (const args of [
    ['--onec'],
    ['--port', '80a'],
    ['--port', '65536'],
    ['--port', ''],
    ['--port=-1'],
    ['stray'],
    ['--data'],
  ]) {
    it(`refuses ${args.join(' ')} in one line`, () => {
      const refused = (): unknown => parse(...args)
      expect(refused).to.throw(StartError).with.property('code', 'BAD_OPTION')
      expect(refused).to.throw(/^[^\n]+$/)
    })
  }
})
