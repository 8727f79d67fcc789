/**
 * Owns waiting for room where there is only so much of it, in memory or at a provider, in the order in which it was asked for.
 *
 * Refuses: waiting with a database connection in hand; whoever waits holds nothing that others need.
 */

/** Room that is given back by disposing it, once. */
export type TakeRoom = (wanted: number) => Promise<Disposable>

interface Waiting {
  readonly room: number
  readonly come: () => void
}

/** So much of it in all. Something larger than that takes all of it. */
export function createRoom(all: number): TakeRoom {
  const waiting: Waiting[] = []
  let free = all

  function admit(): void {
    for (let [next] = waiting; next !== undefined && next.room <= free; [next] = waiting) {
      waiting.shift()
      free -= next.room
      next.come()
    }
  }

  return async (wanted) => {
    const room = Math.min(wanted, all)
    const { promise, resolve: come } = Promise.withResolvers<void>()
    waiting.push({ room, come })
    admit()
    await promise
    let given = false
    return {
      [Symbol.dispose]() {
        if (given) return
        given = true
        free += room
        admit()
      },
    }
  }
}
