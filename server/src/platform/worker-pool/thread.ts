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
    const output: unknown = await exported(input)
    parentPort?.postMessage({ output }, [...wholeBuffers(output)])
  } catch (error) {
    const thrown = error instanceof Error ? new Error(error.message) : new Error(String(error))
    parentPort?.postMessage({ thrown })
  }
}

/** Buffers of which the output holds all: they are handed over, and copied no more. */
function wholeBuffers(value: unknown, found: Set<ArrayBuffer> = new Set()): ReadonlySet<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteLength } = value
    if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) found.add(buffer)
  } else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) wholeBuffers(each, found)
  return found
}
