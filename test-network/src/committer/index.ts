export { Committer } from './committer.js'
