import path from 'node:path'
import { expect } from 'chai'
import { parseOptions } from '../src/options.js'
import { StartError } from '../src/start-error.js'

describe('options of npm start', () => {
  const parse = (...args: string[]) => parseOptions(args, { root: '/clone', cwd: '/elsewhere' })

  it('has a default for each', () => {
    expect(parse()).to.deep.equal({
      once: false,
      reset: false,
      data: path.resolve('/clone/.caizheng'),
      port: 8080,
      network: 'embedded',
      pilots: true,
      help: false,
    })
  })

  it('reads each', () => {
    expect(parse('--once', '--reset', '--data', 'mine', '--port', '0', '--no-pilots')).to.deep.equal({
      once: true,
      reset: true,
      data: path.resolve('/elsewhere/mine'),
      port: 0,
      network: 'embedded',
      pilots: false,
      help: false,
    })
  })

  it('keeps real Fabric in a folder of its own', () => {
    const { network, data } = parse('--network', 'fabric')
    expect({ network, data }).to.deep.equal({ network: 'fabric', data: path.resolve('/clone/.caizheng-fabric') })
  })

  it('takes a time-stamping authority with its root', () => {
    const { tsa } = parse('--tsa', 'http://tsa.example.cn/', '--tsa-root', 'root.pem')
    expect(tsa).to.deep.equal({ url: 'http://tsa.example.cn/', root: path.resolve('/elsewhere/root.pem') })
  })

  it('takes any free port where nobody will look', () => {
    expect(parse('--once').port).to.equal(0)
    expect(parse('--once', '--port', '8081').port).to.equal(8081)
  })

  for (const args of [
    ['--onec'],
    ['--network', 'besu'],
    ['--port', '80a'],
    ['--port', '65536'],
    ['--port', ''],
    ['--port=-1'],
    ['stray'],
    ['--tsa', 'http://tsa.example.cn/'],
    ['--tsa', 'tsa', '--tsa-root', 'root.pem'],
    ['--data'],
  ]) {
    it(`refuses ${args.join(' ')} in one line`, () => {
      const refused = (): unknown => parse(...args)
      expect(refused).to.throw(StartError).with.property('code', 'BAD_OPTION')
      expect(refused).to.throw(/^[^\n]+$/)
    })
  }
})
