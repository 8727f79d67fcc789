/**
 * When a message that could not be read is tried again. Bytes that break a limit once will do so again, so a person is
 * soon asked; a provider that stumbled is asked at the next look, one in trouble for as long as it takes; what is gone was
 * deleted or moved, unless the provider told of it before it could give it.
 */

export type SetAsideReason = 'unreadable' | 'rejected' | 'transient' | 'gone' | 'unsettled' | 'came_early'

const minute = 60
const pauses: Readonly<Record<SetAsideReason, readonly number[]>> = {
  unreadable: [30, 5 * minute, 60 * minute],
  rejected: [30, 5 * minute, 60 * minute],
  transient: [2, 30, minute, 2 * minute, 5 * minute, 15 * minute, 60 * minute],
  gone: [30, 2 * minute, 10 * minute],
  unsettled: [30, minute, 5 * minute, 15 * minute, 60 * minute, 360 * minute],
  came_early: [0],
}

/** A machine that was busy may be to blame once and twice. */
const wholeTries = 2

/** Whether a message that is tried again is better read in part than as a whole once more. */
export function isTooMuch(reason: SetAsideReason, tries: number): boolean {
  return reason === 'unreadable' && tries >= wholeTries
}

/** `ask`: a person decides; `forget`: nothing is missing. */
export function nextTry(
  reason: SetAsideReason,
  tries: number,
): { readonly againInSeconds: number } | 'ask' | 'forget' {
  const own = pauses[reason]
  const pause = own[tries - 1] ?? (reason === 'transient' ? own.at(-1) : undefined)
  if (pause !== undefined) return { againInSeconds: pause }
  return reason === 'unreadable' || reason === 'rejected' ? 'ask' : 'forget'
}
