/**
 * Writes that would wait for one another, because each locks the same row, go together: what comes up while one is being
 * written is the next. Nobody waits for company.
 */

/** Gives one thing to be written under a key; resolves when it is, rejects when the write that held it failed. */
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

  async function drain(key: string, queue: Waiting<Item>[]): Promise<void> {
    // whoever asks in the same moment comes along
    await Promise.resolve()
    while (queue.length > 0) {
      const turn = queue.splice(0, most)
      try {
        await write(
          key,
          turn.map(({ item }) => item),
        )
        for (const { done } of turn) done.resolve()
      } catch (error) {
        for (const { done } of turn) done.reject(error)
      }
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
