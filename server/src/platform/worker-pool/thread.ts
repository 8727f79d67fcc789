/**
 * Runs inside a worker thread: imports the module a task names, calls the function, answers with its result or with
 * what it threw. Owns nothing; everything that limits it is outside.
 */
import { parentPort } from 'node:worker_threads'

type Call = { readonly module: string; readonly name: string; readonly input: unknown }

parentPort?.on('message', ({ module, name, input }: Call) => {
  void answer(module, name, input)
})

async function answer(module: string, name: string, input: unknown): Promise<void> {
  try {
    const exported = ((await import(module)) as Record<string, unknown>)[name]
    if (typeof exported !== 'function') throw new TypeError(`${module} exports no function ${name}`)
    parentPort?.postMessage({ output: (await exported(input)) as unknown })
  } catch (error) {
    const thrown = error instanceof Error ? new Error(error.message) : new Error(String(error))
    parentPort?.postMessage({ thrown })
  }
}
