/**
 * The verdict on a storm, from what the script expected, what the colleague reads through the API, what the practice
 * world recorded, and the command that verifies the access logs. How long it took is read beside: from the arrival in
 * the mailbox to the storing, by the product's clock, without what waited while the clocks jumped through the outage.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { read } from '../story/acts.ts'
import type { CallRecord } from '../story/people.ts'
import type { Programs } from '../story/programs.ts'
import type { Played } from './play.ts'
import { mailboxOf } from './play.ts'
import type { BoxName, Manner, Script } from './script.ts'
import { refused } from './script.ts'
import type { Stage } from './stage.ts'

export interface Verdict {
  readonly ok: boolean
  readonly expected: number
  readonly captured: number
  readonly lost: number
  readonly duplicated: number
  readonly foreign_captured: number
  readonly foreign_opened: number
  readonly outage_recovered: number
  /** The access logs are unbroken and agree with what is stored. */
  readonly ledger_ok: boolean
  readonly ledger_breaks: number
  readonly kills: number
  readonly push: false
  /** How many answers the two figures are of. */
  readonly timed: number
  readonly p50_ms: number
  readonly p99_ms: number
}

export interface Judged {
  readonly verdict: Verdict
  /** Answers that nobody can read. */
  readonly missing: readonly { readonly marker: string; readonly box: BoxName; readonly manner: Manner }[]
}

const killsWanted = 10
const verifier = fileURLToPath(new URL('../src/tools/verify-ledger.ts', import.meta.url))

export async function judge(
  programs: Programs,
  stage: Stage,
  script: Script,
  played: Played,
): Promise<Judged> {
  const { replies } = await read(stage)
  const twice = [...replies.keys()].filter((one) => one.endsWith(' twice'))
  const once = [...replies.keys()].filter((one) => !one.endsWith(' twice'))
  const missing = script.replies
    .filter(({ marker }) => !replies.has(marker))
    .map(({ marker, letter, manner }) => ({ marker, box: letter.box, manner }))
  const expected = new Set(script.replies.map(({ marker }) => marker))
  const calls = await stage.practice.record<CallRecord>('calls')
  const facts = {
    expected: script.replies.length,
    captured: script.replies.length - missing.length,
    lost: missing.length,
    duplicated: twice.length,
    foreign_captured: once.filter((one) => !expected.has(one)).length,
    foreign_opened: calls.filter((call) => opensForeign(played, call)).length,
    outage_recovered: await recovered(stage),
    ...(await ledgers(programs)),
    kills: played.kills,
    push: false,
    ...(await latencies(programs, stage, played)),
  } as const
  const ok =
    facts.lost + facts.duplicated + facts.foreign_captured + facts.foreign_opened === 0 &&
    facts.outage_recovered >= played.inOutage.size &&
    facts.ledger_ok &&
    facts.kills >= killsWanted
  return { verdict: { ok, ...facts }, missing }
}

/** What may be seen of any mail: ids, and where the provider's thread does not decide the three headers of a thread. */
const harmless =
  /^(?:.*\b(?:id|threadId|conversationId|historyId|parentFolderId|receivedDateTime|internetMessageId|labelIds(?:\[\])?)|@odata\.\w+|value\[\]\.@odata\.\w+|.*(?:headers|internetMessageHeaders)\[(?:message-id|in-reply-to|references)\]|.*singleValueExtendedProperties.*|.*\bname|.*\bvalue|nextPageToken|resultSizeEstimate)$/i

function opensForeign(played: Played, { mailbox, ids, fields }: CallRecord): boolean {
  return (
    ids.some((id) => played.foreign.has(`${mailbox} ${id}`)) && fields.some((field) => !harmless.test(field))
  )
}

/** How many replies the reports of the refused mailbox say were found after gaps; none while one is still open. */
async function recovered(stage: Stage): Promise<number> {
  const { rows } = await stage.owner.get<{ rows: { recovered: number; complete: boolean }[] }>(
    `${stage.home}/mailboxes/${mailboxOf(stage, refused)}/outages`,
  )
  if (rows.some((report) => !report.complete)) return 0
  return rows.reduce((sum, report) => sum + report.recovered, 0)
}

/** What the command says that verifies the access logs; it ends in 1 when something is wrong, and tells it all the same. */
async function ledgers({ env }: Programs): Promise<{ ledger_ok: boolean; ledger_breaks: number }> {
  const told = await promisify(execFile)(process.execPath, [verifier], { env }).catch(
    (error: { stdout?: string; stderr?: string }) => {
      process.stderr.write(error.stderr ?? '')
      return { stdout: error.stdout ?? '' }
    },
  )
  const line = JSON.parse(told.stdout === '' ? '{}' : told.stdout) as { ok?: boolean; chain_breaks?: number }
  return { ledger_ok: line.ok === true, ledger_breaks: line.chain_breaks ?? 0 }
}

async function latencies(
  { admin }: Programs,
  stage: Stage,
  { answers, jump }: Played,
): Promise<{ timed: number; p50_ms: number; p99_ms: number }> {
  const arrivals = await stage.practice.record<{ seq: number; at: string }>('arrivals')
  const arrivedAt = new Map(arrivals.map(({ seq, at }) => [seq, Date.parse(at)]))
  const { rows } = await admin.query<{ text: string; at: Date }>(
    `select text, stored_at as at from message where kind = 'reply'`,
  )
  const took = rows
    .flatMap(({ text, at }) => {
      const [marker = ''] = /MARKreply\w+?xP\d{4}END/.exec(text) ?? []
      const arrived = arrivedAt.get(answers.get(marker)?.seq ?? -1)
      const jumped = arrived !== undefined && arrived <= jump.to && at.getTime() >= jump.from
      return arrived === undefined || jumped ? [] : [at.getTime() - arrived]
    })
    .toSorted((left, right) => left - right)
  const share = (part: number): number => Math.round(took[Math.ceil(part * took.length) - 1] ?? 0)
  return { timed: took.length, p50_ms: share(0.5), p99_ms: share(0.99) }
}
