/**
 * The verdict on one mailbox: what the colleague reads of the answers, what the practice world recorded about foreign mail,
 * whether the access log says the same, and whether a word of foreign mail lies anywhere in the database.
 */
import { ledgers } from '../capture-storm/judge.ts'
import type { Seen } from '../story/acts.ts'
import type { CallRecord, Practice, SentRecord } from '../story/people.ts'
import type { Programs } from '../story/programs.ts'
import { foreignWord } from './foreign.ts'
import type { Difference } from './ledger.ts'
import { differences } from './ledger.ts'
import type { Plan } from './plan.ts'
import { boxes } from './plan.ts'
import type { Foreign } from './play.ts'
import type { Told } from './record.ts'
import { toldOf } from './record.ts'
import type { Stage } from './stage.ts'

export interface Verdict {
  readonly provider: string
  readonly foreign: number
  readonly threads: number
  readonly captured: number
  readonly foreign_contents_returned: number
  /** Foreign mails whose identifiers, and whose thread headers went out. */
  readonly foreign_fields: { readonly identifier: number; readonly thread_headers: number }
  readonly fields_beyond_section_9: number
  /** Columns of the database in which a word of a foreign mail stands. */
  readonly foreign_words_stored: number
  readonly ledger_agrees: boolean
}

export interface Judged {
  readonly verdict: Verdict
  readonly ok: boolean
  /** Sentences about whatever is wrong. */
  readonly faults: readonly string[]
}

/** What the judge of one mailbox looks at beside its own record. */
export interface Seeing {
  readonly programs: Programs
  readonly stage: Stage
  readonly foreign: Foreign
  readonly replies: Seen['replies']
  readonly stored: readonly string[]
}

export async function judge(
  { programs, stage, foreign, replies, stored }: Seeing,
  { provider, threads }: Plan,
): Promise<Judged> {
  const address = boxes[provider].address
  const ids = foreign.get(provider) ?? new Set<string>()
  const calls = await stage.practice.record<CallRecord>('calls', `&mailbox=${encodeURIComponent(address)}`)
  const told = toldOf(provider, calls, ids)
  const expected = await expectedHeaders(stage.practice, provider, ids)
  const differing = await differences(programs, stage, provider, { calls, foreign: ids })
  const { ledger_ok: chained } = await ledgers(programs)
  const captured = threads.filter(({ marker }) => replies.get(marker) === address)
  const verdict: Verdict = {
    provider,
    foreign: ids.size,
    threads: threads.length,
    captured: captured.length,
    foreign_contents_returned: told.contents,
    foreign_fields: { identifier: told.identifier, thread_headers: told.threadHeaders },
    fields_beyond_section_9: told.beyond.length,
    foreign_words_stored: stored.length,
    ledger_agrees: chained && differing.length === 0,
  }
  const missing = threads.filter((thread) => !captured.includes(thread))
  const twice = [...replies.keys()].filter((one) => one.endsWith(' twice'))
  const faults = [
    ...missing.map(({ name, manner }) => `the answer of ${name} (${manner}) was not captured`),
    ...twice.map((one) => `${one} captured`),
    ...faultsOf(told, expected, ids.size),
    ...stored.map((place) => `a word of foreign mail stands in ${place}`),
    ...differing.map(sentenceOf),
    ...(chained ? [] : ['the access log is broken']),
  ]
  return { verdict, ok: faults.length === 0, faults }
}

function faultsOf(told: Told, headed: number, foreign: number): string[] {
  const counted = (what: string, found: number, wanted: number): string[] =>
    found === wanted ? [] : [`${what} of ${found} foreign mails instead of ${wanted} went out`]
  return [
    ...counted('identifiers', told.identifier, foreign),
    ...counted('thread headers', told.threadHeaders, headed),
    ...counted('content', told.contents, 0),
    ...[...new Set(told.beyond)].map(
      (field) =>
        `beyond what was promised: ${field}, ${told.beyond.filter((one) => one === field).length} times`,
    ),
  ]
}

function sentenceOf({ id, foreign, logged, recorded }: Difference): string {
  return `${foreign ? 'foreign mail' : 'mail'} ${id}: the access log tells ${logged}, the provider ${recorded}`
}

/** Nothing where the thread id decides, those in conversations of ours where it narrows, else all. */
export async function expectedHeaders(
  practice: Practice,
  provider: Plan['provider'],
  foreign: ReadonlySet<string>,
): Promise<number> {
  if (provider === 'gmail') return 0
  if (provider === 'imap') return foreign.size
  const address = encodeURIComponent(boxes[provider].address)
  const sent = await practice.record<SentRecord>('mails', `&raw=0&mailbox=${address}`)
  const conversations = new Set(sent.map(({ threadId }) => threadId))
  const { messages } = await practice.get<{ messages: { id: string; threadId: string }[] }>(
    `/mailboxes/${address}/messages`,
  )
  return messages.filter(({ id, threadId }) => foreign.has(id) && conversations.has(threadId)).length
}

/** Tables and columns in which a word of foreign mail stands, as text or as bytes. */
export async function foreignWordsIn({ admin }: Pick<Programs, 'admin'>): Promise<readonly string[]> {
  const { rows: columns } = await admin.query<{ table: string; column: string; type: string }>(`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'`)
  const found: string[] = []
  for (const { table, column, type } of columns) {
    const holds =
      type === 'bytea'
        ? `position('${foreignWord}'::bytea in "${column}") > 0`
        : `"${column}"::text ilike '%${foreignWord}%'`
    const { rows } = await admin.query(`select from "${table}" where ${holds} limit 1`)
    if (rows.length > 0) found.push(`${table}.${column}`)
  }
  return found
}
