/**
 * Runs inside a worker thread: imports the module a task names, calls the function, answers with its result or with
 * what it threw. Owns nothing; everything that limits it is outside.
 */
import { flushCompileCache } from 'node:module'
import { parentPort } from 'node:worker_threads'

type Call = { readonly module: string; readonly name: string; readonly input?: unknown }

const known = new Set<string>()

parentPort?.on('message', (call: Call) => {
  void answer(call)
})

async function answer({ module, name, input }: Call): Promise<void> {
  try {
    const exports = (await import(module)) as Record<string, unknown>
    if (!known.has(module)) flushCompileCache()
    known.add(module)
    const exported = exports[name]
    if (typeof exported !== 'function') throw new TypeError(`${module} exports no function ${name}`)
    parentPort?.postMessage({ output: (await exported(input)) as unknown })
  } catch (error) {
    const thrown = error instanceof Error ? new Error(error.message) : new Error(String(error))
    parentPort?.postMessage({ thrown })
  }
}
