import { expect } from 'chai'
import { columns, languageOf, pad } from '../../src/cli/language.js'
import { cli } from '../support.js'

describe('command line', () => {
  it('takes its language from --lang, else from the environment, else English', () => {
    expect(languageOf(['verify', '--lang', 'zh'], { LANG: 'en_US.UTF-8' })).to.equal('zh')
    expect(languageOf(['--lang=en'], { LANG: 'zh_CN.UTF-8' })).to.equal('en')
    expect(languageOf([], { LANG: 'zh_CN.UTF-8' })).to.equal('zh')
    expect(languageOf([], { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' })).to.equal('en')
    expect(languageOf(['--lang', 'fr'], {})).to.equal('en')
  })

  it('counts Chinese characters as two columns', () => {
    expect(columns('abc')).to.equal(3)
    expect(columns('区块 5,')).to.equal(7)
    expect(pad('区块', 6)).to.equal('区块  ')
    expect(pad('longer', 3)).to.equal('longer')
  })

  it('explains itself in both languages', async () => {
    const english = await cli(['--help'])
    expect(english.code).to.equal(0)
    expect(english.stdout).to.include('verify a document offline')
    const chinese = await cli(['--help', '--lang', 'zh'])
    expect(chinese.stdout).to.include('离线核验文件')
    for (const name of ['anchor', 'verify', 'certificate', 'stamp', 'show', 'trust']) {
      const { stdout } = await cli(['--lang', 'zh', name, '--help'])
      // Names of commands, options and formats; no sentence.
      expect(stdout, name).to.not.match(/[a-z]+ [a-z]+ [a-z]+ [a-z]+/)
      expect(stdout, name).to.include('用法：')
    }
    expect((await cli(['--lang', 'zh', 'stamp'])).stderr).to.equal('错误：缺少必需的选项：--tsa <url>\n')
    expect((await cli(['stamp'])).stderr).to.include('required option')
  })

  it('gives 2, never 1, where verify is used wrongly or a file is missing: 1 says that a document is wrong', async () => {
    expect((await cli(['verify', 'x'])).code).to.equal(2)
    expect((await cli(['verify', '--unknown'])).code).to.equal(2)
    const { code, stderr, stdout } = await cli(['verify', 'x', '--evidence', 'y', '--trust', 'z'])
    expect(code).to.equal(2)
    expect(stdout).to.equal('')
    expect(stderr).to.include('DOCUMENT_NOT_FOUND').and.to.include('Next:')
  })

  it('names the missing profile', async () => {
    const { code, stderr } = await cli([
      ...['anchor', 'x', '--profile', 'absent.json', '--project', 'p', '--type', 'CONTRACT', '--number', '1'],
    ])
    expect(code).to.equal(2)
    expect(stderr).to.include('absent.json').and.to.include('PROFILE_NOT_FOUND')
    expect((await cli(['show', 'a'.repeat(64)])).stderr).to.include('--profile')
    expect((await cli(['show'])).stderr).to.include('--digest')
  })

  it('refuses two documents whose evidence files would be one, before anything is anchored', async () => {
    const { code, stderr } = await cli([
      ...['anchor', 'a/x.pdf', 'b/x.pdf', '--out', '/nowhere', '--profile', 'absent.json'],
      ...['--project', 'p', '--type', 'CONTRACT', '--number', '1'],
    ])
    expect(code).to.equal(2)
    expect(stderr).to.include('INPUT_INVALID').and.to.include('x.pdf.evidence.json')
  })
})
