/**
 * Owns writing and reading together: what comes up while one write is being made is the next, in one transaction instead
 * of many. Nobody waits for company. A write of many that fails is made again for each alone, so that only whoever cannot be
 * written fails. What is read was asked for before the reading began.
 *
 * Refuses: writes that must not be repeated.
 */

/** Gives one thing to be written or read under a key; resolves when it is, rejects when it cannot be. */
export type TakeTurn<Item, Answer> = (key: string, item: Item) => Promise<Answer>

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly done: PromiseWithResolvers<Answer>
}

/**
 * `work` is called with at most `most` at once, in their order, and for each key once at a time. It answers in their order
 * where there is something to answer.
 */
export function takingTurns<Item, Answer = void>(
  work: (key: string, items: readonly Item[]) => Promise<readonly Answer[] | void>,
  most: number,
): TakeTurn<Item, Answer> {
  const queues = new Map<string, Waiting<Item, Answer>[]>()

  async function worked(key: string, turn: readonly Waiting<Item, Answer>[]): Promise<void> {
    const answers = await work(
      key,
      turn.map(({ item }) => item),
    )
    for (const [n, { done }] of turn.entries()) done.resolve((answers ?? [])[n] as Answer)
  }

  async function together(key: string, turn: readonly Waiting<Item, Answer>[]): Promise<boolean> {
    try {
      await worked(key, turn)
      return true
    } catch {
      return false
    }
  }

  async function alone(key: string, one: Waiting<Item, Answer>): Promise<void> {
    try {
      await worked(key, [one])
    } catch (error) {
      one.done.reject(error)
    }
  }

  async function drain(key: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    // whoever asks in the same moment comes along
    await Promise.resolve()
    while (queue.length > 0) {
      const turn = queue.splice(0, most)
      if (turn.length === 1 || !(await together(key, turn))) for (const one of turn) await alone(key, one)
    }
    queues.delete(key)
  }

  return (key, item) => {
    const waiting: Waiting<Item, Answer> = { item, done: Promise.withResolvers<Answer>() }
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
