// Starts one node as a network does, tells its pid, and waits to be killed: node parent.mjs PROCESS_MODULE WATCHDOG_MODULE LOG
const [processModule, watchdogModule, log] = process.argv.slice(2)
const { NodeProcess } = await import(processModule)
const { Watchdog } = await import(watchdogModule)
const program = "process.on('SIGINT', () => {}); console.log(process.pid); setInterval(() => {}, 1000)"
const node = new NodeProcess(
  {
    name: 'a node',
    command: process.execPath,
    args: ['-e', program],
    cwd: process.cwd(),
    environment: {},
    log,
    port: 1,
  },
  new Watchdog(),
)
node.start()
