/** What a sentence of the activity log is told besides its author: names and numbers out of the detail of a deed. */
import type { ActivityEntry } from '@kontor/api/activity'
import { Role } from '@kontor/api/team'

export interface DeedValues {
  readonly subject: string
  /** How many mails, people or lines it concerned. */
  readonly count: number
  readonly from: string
  /** Undefined: nobody. */
  readonly to: string | undefined
}

/** Roles stay codes here; the page has the words for them. */
export function valuesOf({ subject = '', detail = {} }: ActivityEntry): DeedValues {
  const [from, to] = [detail['from'], detail['to']]
  const counts = [detail['count'], detail['total'], detail['queued'], detail['lines']]
  return {
    subject,
    count: counts.find((count) => typeof count === 'number') ?? 0,
    from: typeof from === 'string' ? from : '',
    to: typeof to === 'string' ? to : undefined,
  }
}

export function roleIn(text: string | undefined): Role | undefined {
  return Role.safeParse(text).data
}
