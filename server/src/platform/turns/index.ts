/**
 * Owns writing together: what comes up while one write is being made is the next, in one transaction instead of many.
 * Nobody waits for company. A write of many that fails is made again for each alone, so that only whoever cannot be written
 * fails.
 *
 * Refuses: writes that must not be repeated.
 */

/** Gives one thing to be written under a key; resolves when it is, rejects when it cannot be. */
export type TakeTurn<Item> = (key: string, item: Item) => Promise<void>

interface Waiting<Item> {
  readonly item: Item
  readonly done: PromiseWithResolvers<void>
}

/** `write` is called with at most `most` at once, in their order, and for each key once at a time. */
export function takingTurns<Item>(
  write: (key: string, items: readonly Item[]) => Promise<void>,
  most: number,
): TakeTurn<Item> {
  const queues = new Map<string, Waiting<Item>[]>()

  async function wrote(key: string, turn: readonly Waiting<Item>[]): Promise<boolean> {
    try {
      await write(
        key,
        turn.map(({ item }) => item),
      )
    } catch {
      return false
    }
    for (const { done } of turn) done.resolve()
    return true
  }

  async function alone(key: string, { item, done }: Waiting<Item>): Promise<void> {
    try {
      await write(key, [item])
      done.resolve()
    } catch (error) {
      done.reject(error)
    }
  }

  async function drain(key: string, queue: Waiting<Item>[]): Promise<void> {
    // whoever asks in the same moment comes along
    await Promise.resolve()
    while (queue.length > 0) {
      const turn = queue.splice(0, most)
      if (turn.length === 1 || !(await wrote(key, turn))) for (const one of turn) await alone(key, one)
    }
    queues.delete(key)
  }

  return (key, item) => {
    const waiting: Waiting<Item> = { item, done: Promise.withResolvers<void>() }
    const queue = queues.get(key)
    if (queue !== undefined) queue.push(waiting)
    else {
      const begun = [waiting]
      queues.set(key, begun)
      void drain(key, begun)
    }
    return waiting.done.promise
  }
}
