/** Telling people: a notice per person, in the transaction of what happened, and a hint for open pages. */
import type { Tx } from '../platform/db/index.ts'
import type { Emit } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import type { Facts, NoticeKind } from './notice.ts'
import type { How } from './store.ts'
import { settleNotices, upsertNotice } from './store.ts'

export interface NoticeParts {
  readonly ids: Ids
  readonly emit: Emit
}

/** Tells each person once; `how` says whether one who has read it is told again. */
export async function raise(
  { ids, emit }: NoticeParts,
  tx: Tx,
  about: {
    readonly workspaceId: string
    readonly personIds: readonly string[]
    readonly kind: NoticeKind
    readonly subject: string
    readonly facts: Facts
  },
  how: How = 'anew',
): Promise<void> {
  const { workspaceId, kind, subject, facts } = about
  let told = false
  for (const personId of [...new Set(about.personIds)].toSorted()) {
    const notice = { id: ids.uuid(), personId, kind, subject, facts }
    told = (await upsertNotice(tx, notice, how)) || told
  }
  if (told) await emit(tx, { workspaceId, type: 'notice.raised', subject, payload: {} })
}

/** It is no longer true: badges go down, the list says that it is settled. */
export async function settle(
  { emit }: Pick<NoticeParts, 'emit'>,
  tx: Tx,
  about: {
    readonly workspaceId: string
    readonly kinds: readonly NoticeKind[]
    readonly subject: string
  },
): Promise<void> {
  const { workspaceId, kinds, subject } = about
  const told = await settleNotices(tx, { kinds, subject })
  if (told.length > 0) await emit(tx, { workspaceId, type: 'notice.settled', subject, payload: {} })
}
