/** How much of one mailbox is asked for at once. */

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
