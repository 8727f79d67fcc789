/** Tasks that behave and misbehave, for the tests of the pool. */

export function echo(input: unknown): unknown {
  return input
}

export function forever(): never {
  for (;;);
}

export function hungry(): number {
  const eaten: string[][] = []
  for (;;) eaten.push(Array.from({ length: 10_000 }, (_, n) => `${n} ${eaten.length}`))
}

export function broken(input: string): never {
  throw new Error(`cannot read ${input}`)
}

let counted = 0

/** How often it was called in this thread. */
export function count(): number {
  counted += 1
  return counted
}

/** Tells that it stands at the gate, and ends when somebody opens it. */
export function gated(): Promise<string> {
  const gate = new BroadcastChannel('worker-pool-gate')
  return new Promise((resolve) => {
    gate.addEventListener('message', () => {
      gate.close()
      resolve('through')
    })
    gate.postMessage('waits')
  })
}

let handed = new Uint8Array()

export function hand(): Uint8Array {
  handed = Uint8Array.of(1, 2, 3)
  return handed
}

/** What is left here of what was handed over. */
export function left(): number {
  return handed.byteLength
}
