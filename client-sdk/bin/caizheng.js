#!/usr/bin/env node
import { run } from '../dist/src/cli/run.js'

// Whoever reads only the first lines (`| head`) has what they wanted.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
})
