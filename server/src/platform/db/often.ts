/**
 * Owns which statements PostgreSQL plans once per connection instead of once per use: those that the process uses often.
 * Planning took more than half of the database's time of a mail on its way.
 *
 * The number of them is bounded, because each connection keeps every plan in its own memory. Statements that a migration
 * beside the running process has made unfit are planned anew from then on, all of them.
 *
 * Refuses: poolers that hand one connection to many (PgBouncer in its transaction mode), where names are nobody's.
 */
const oftenUses = 20
const mostNames = 250

export interface Often {
  /** The name under which this statement is prepared; undefined while it is rare. */
  nameOf(text: string): string | undefined
  /** A prepared statement did not fit its tables any more. */
  forget(): void
}

export function createOften(): Often {
  const uses = new Map<string, number>()
  const names = new Map<string, string>()
  let unfit = false
  return {
    nameOf(text) {
      if (unfit) return undefined
      const known = names.get(text)
      if (known !== undefined || names.size === mostNames) return known
      const count = (uses.get(text) ?? 0) + 1
      if (count < oftenUses) {
        uses.set(text, count)
        return undefined
      }
      uses.delete(text)
      const name = `k${names.size}`
      names.set(text, name)
      return name
    },
    forget() {
      unfit = true
      uses.clear()
      names.clear()
    },
  }
}
