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
