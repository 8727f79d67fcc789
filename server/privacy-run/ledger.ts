/**
 * Lays a mailbox's access log beside the practice world's record, mail by mail: the owner downloads it as anybody can, and
 * only to know which mail an entry names is the key of its ids opened. Of foreign mail both must tell the same depth; of
 * ours the log may tell more than went out, never less.
 */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { openSecretBox, readKeyRing } from '../src/platform/secret-box/index.ts'
import type { CallRecord } from '../story/people.ts'
import type { Programs } from '../story/programs.ts'
import type { Provider } from './plan.ts'
import { boxes } from './plan.ts'
import type { Depth } from './record.ts'
import { deepest, depths, depthsIn } from './record.ts'
import type { Stage } from './stage.ts'

interface Named {
  readonly id: string
  readonly names: readonly string[]
}

/** A mail of which log and record tell different things. */
export interface Difference {
  readonly id: string
  readonly foreign: boolean
  readonly logged: Depth
  readonly recorded: Depth
}

export async function differences(
  programs: Programs,
  stage: Stage,
  provider: Provider,
  { calls, foreign }: { readonly calls: readonly CallRecord[]; readonly foreign: ReadonlySet<string> },
): Promise<readonly Difference[]> {
  const mailboxId = stage.mailboxes.get(provider) ?? ''
  const logged = await loggedDepths(stage, mailboxId)
  const hash = await hashOf(programs, mailboxId)
  const recorded = depthsIn(provider, calls)
  const address = encodeURIComponent(boxes[provider].address)
  const { messages } = await stage.practice.get<{ messages: Named[] }>(`/mailboxes/${address}/messages`)
  const known = new Set(messages.flatMap(({ names }) => names.map(hash)))
  const unknown = [...logged].filter(([one]) => !known.has(one))
  return [
    ...unknown.map(([id, depth]): Difference => ({ id, foreign: true, logged: depth, recorded: 'nothing' })),
    ...messages.flatMap(({ id, names }): Difference[] => {
      const one = {
        id,
        foreign: foreign.has(id),
        logged: deepest(names.map((name) => logged.get(hash(name)) ?? 'nothing')),
        recorded: recorded.get(id) ?? 'nothing',
      }
      const over = depths.indexOf(one.logged) - depths.indexOf(one.recorded)
      return over === 0 || (over > 0 && !one.foreign) ? [] : [one]
    }),
  ]
}

/** By the hash that stands in the log, what its entries after a call tell. */
async function loggedDepths(stage: Stage, mailboxId: string): Promise<ReadonlyMap<string, Depth>> {
  const text = await stage.owner.text(`${stage.home}/mailboxes/${mailboxId}/ledger.jsonl`)
  const found = new Map<string, Depth>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const entry = JSON.parse(line) as { phase?: string; depth: Depth; touchedKeys: string[] }
    if (entry.phase !== 'after') continue
    for (const key of entry.touchedKeys) found.set(key, deepest([found.get(key) ?? 'nothing', entry.depth]))
  }
  return found
}

/** What stands in the log for an id: 128 bits of HMAC-SHA-256 under the mailbox's own key. */
async function hashOf({ admin, env }: Programs, mailboxId: string): Promise<(id: string) => string> {
  const file = join(env['KONTOR_DATA'] ?? '', 'secret-key')
  const box = openSecretBox(await readKeyRing({ given: [], file }))
  const { rows } = await admin.query<{ id_key: string }>(
    'select id_key from ledger_head where mailbox_id = $1',
    [mailboxId],
  )
  const key = Buffer.from(box.open(rows[0]?.id_key ?? '', `ledger:${mailboxId}`), 'base64url')
  return (id) => createHmac('sha256', key).update(id).digest().subarray(0, 16).toString('base64url')
}
