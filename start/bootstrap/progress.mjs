const terminal = process.stderr.isTTY === true

/**
 * Starts one line of progress: redrawn each second on a terminal; elsewhere printed at its start and its end, and
 * every ten seconds between, so that a log shows that something lives. What ends at once is not worth a line.
 * All on stderr: stdout belongs to the command.
 *
 * @param {string} label such as `installing 460 packages`
 * @returns {(succeeded: boolean) => void} ends the line
 */
export function step(label) {
  const started = performance.now()
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
  const write = (text) => process.stderr.write(terminal ? `\r  ${text}\x1b[K` : `  ${text}\n`)

  let shown = false
  let timer = setTimeout(function show() {
    write(shown ? `${label} … ${elapsed()}` : `${label} …`)
    shown = true
    timer = setTimeout(show, terminal ? 1000 : 10_000)
  }, 500)
  return (succeeded) => {
    clearTimeout(timer)
    if (!shown && succeeded) return
    write(`${label}: ${succeeded ? 'done' : 'failed'} in ${elapsed()}`)
    if (terminal) process.stderr.write('\n')
  }
}
