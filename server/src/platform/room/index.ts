/**
 * Owns waiting for room in memory: what is large is held a few at a time, in the order in which it asked.
 *
 * Refuses: waiting with a database connection in hand; whoever waits holds nothing that others need.
 */

/** Room that is given back by disposing it, once. */
export type TakeRoom = (bytes: number) => Promise<Disposable>

interface Waiting {
  readonly bytes: number
  readonly come: () => void
}

/** `all` bytes to be taken. Something larger than that takes all of it. */
export function createRoom(all: number): TakeRoom {
  const waiting: Waiting[] = []
  let free = all

  function admit(): void {
    for (let [next] = waiting; next !== undefined && next.bytes <= free; [next] = waiting) {
      waiting.shift()
      free -= next.bytes
      next.come()
    }
  }

  return async (wanted) => {
    const bytes = Math.min(wanted, all)
    const { promise, resolve: come } = Promise.withResolvers<void>()
    waiting.push({ bytes, come })
    admit()
    await promise
    let given = false
    return {
      [Symbol.dispose]() {
        if (given) return
        given = true
        free += bytes
        admit()
      },
    }
  }
}
