import { byId } from '../page/dom.js'

/** Milliseconds before a piece of work shows how far it is: what is done at once must not flicker. */
const QUIET = 500

export interface Progress {
  /** Says what is being done, and which part of it is (0 to 1). */
  show(text: () => string, part: number): void
  done(): void
  /** Says it again, in another language. */
  redraw(): void
}

/** The bar that says how far long work is. */
export function startProgress(): Progress {
  const line = byId('progress')
  const bar = byId('progress-bar') as HTMLProgressElement
  let begun: number | undefined
  let say: () => string = () => ''
  const redraw = (): void => {
    byId('progress-text').textContent = say()
  }
  return {
    redraw,
    show(text, part) {
      const now = performance.now()
      begun ??= now
      say = text
      if (now - begun < QUIET) return
      line.hidden = false
      bar.value = part
      redraw()
    },
    done() {
      begun = undefined
      line.hidden = true
    },
  }
}
