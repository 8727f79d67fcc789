/** How much of one mailbox is asked for at once. */
import type { Outcome } from '../mailboxes/provider.ts'

/**
 * Below the four requests that Microsoft allows at once for a mailbox, so that one is left for sending; and what bounds
 * the memory that a page of large mails takes.
 */
export const askedAtOnce = 3

/** The items in their order, `most` at a time. */
export function inGroups<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, n) =>
    items.slice(n * most, (n + 1) * most),
  )
}

/** Asks about each, a few at once, and gives the answers in their order; the first failure ends it, and what is gone is missing. */
export async function askEach<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Outcome<Answer>>,
): Promise<Outcome<readonly (Answer | 'missing')[]>> {
  const answers = new Map<number, Answer | 'missing'>()
  const left = items.entries()
  let failed: Outcome<never> | undefined
  async function askOn(): Promise<void> {
    for (const [n, item] of left) {
      const answer = await ask(item)
      if (answer.ok) answers.set(n, answer.value)
      else if (answer.failure.kind === 'not_found') answers.set(n, 'missing')
      else failed ??= answer
      if (failed !== undefined) return
    }
  }
  await Promise.all(Array.from({ length: askedAtOnce }, askOn))
  return failed ?? { ok: true, value: items.map((_item, n) => answers.get(n) ?? 'missing') }
}
