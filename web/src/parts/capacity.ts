/** Where the ticks of the capacity rule stand. Pure: one tick is one mail of the day, two units apart. */
import type { Capacity } from '@kontor/api/mailboxes'

export interface Ticks {
  /** SVG path data per kind of tick. */
  readonly used: string
  readonly elsewhere: string
  readonly free: string
  readonly reserved: string
  readonly width: number
}

/** `from` inclusive, `to` exclusive: the part of the rule that is drawn in one line. */
export function ticks(capacity: Capacity, from: number, to: number): Ticks {
  const own = Math.max(0, capacity.used - capacity.usedElsewhere)
  const used = Math.min(capacity.used, capacity.limit)
  const reservedFrom = Math.max(used, capacity.limit - capacity.reserved)
  const paths = { used: '', elsewhere: '', free: '', reserved: '' }
  for (let mail = from; mail < Math.min(to, capacity.limit); mail++) {
    const x = (mail - from) * 2 + 0.5
    const top = mail % 50 === 0 ? 0 : 3
    if (mail < Math.min(own, used)) paths.used += `M${x} ${top}V12`
    else if (mail < used) paths.elsewhere += `M${x} ${top}V12`
    else if (mail >= reservedFrom) paths.reserved += `M${x} ${top}v2M${x} 10v2`
    else paths.free += `M${x} ${top}V12`
  }
  return { ...paths, width: Math.max(0, Math.min(to, capacity.limit) - from) * 2 }
}
