/** Longest that the page works without listening, in milliseconds. */
const longest = 40
let since = performance.now()

/** Lets the browser draw and listen, if the page has worked long enough without. */
export async function breathe(): Promise<void> {
  if (performance.now() - since < longest) return
  // A message comes back at once; a timer would wait four milliseconds.
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
  since = performance.now()
}
