/**
 * Owns writing and reading together: what comes up while one write is being made is the next, in one transaction instead
 * of many. Nobody waits for company. A write of many that fails is made again for each alone, so that only whoever cannot be
 * written fails; a reading fails for everybody, since no question spoils the others.
 *
 * Refuses: writes that must not be repeated.
 */

/** Gives one thing to be written or read under a key; resolves when it is, rejects when it cannot be. */
export type TakeTurn<Item, Answer> = (key: string, item: Item) => Promise<Answer>

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly done: PromiseWithResolvers<Answer>
}

type Work<Item, Answer> = (key: string, items: readonly Item[]) => Promise<readonly Answer[]>

/** `write` is called with at most `most` at once, in their order, and for each key once at a time. */
export function takingTurns<Item>(
  write: (key: string, items: readonly Item[]) => Promise<void>,
  most: number,
): TakeTurn<Item, void> {
  const work = async (key: string, items: readonly Item[]) => {
    await write(key, items)
    return items.map(() => undefined)
  }
  return inTurns<Item, void>(work, most, 'each alone')
}

/** The same for what is read: `read` answers in the order of what is asked, which was asked before it began. */
export function readingTogether<Item, Answer>(
  read: Work<Item, Answer>,
  most: number,
): TakeTurn<Item, Answer> {
  return inTurns(read, most, 'all')
}

function inTurns<Item, Answer>(
  work: Work<Item, Answer>,
  most: number,
  fails: 'each alone' | 'all',
): TakeTurn<Item, Answer> {
  const queues = new Map<string, Waiting<Item, Answer>[]>()

  async function take(key: string, turn: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await work(
        key,
        turn.map(({ item }) => item),
      )
      for (const [n, { done }] of turn.entries()) done.resolve(answers[n] as Answer)
    } catch (error) {
      if (fails === 'all' || turn.length === 1) for (const { done } of turn) done.reject(error)
      else for (const one of turn) await take(key, [one])
    }
  }

  async function drain(key: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    // whoever asks in the same moment comes along
    await Promise.resolve()
    while (queue.length > 0) await take(key, queue.splice(0, most))
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
