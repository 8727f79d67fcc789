/**
 * The verdict on a storm, from what the script expected, what the colleague reads through the API, what the practice
 * world recorded, and the command that verifies the access logs. How long it took is read beside: from the arrival in
 * the mailbox to the storing, in time that ran as the machine's does, without what waited while the clocks jumped through the
 * outage; once for all, and once where push works: a notice told of it within a second, the provider refused nothing, and
 * not every worker was dead or still starting.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { read } from '../story/acts.ts'
import type { CallRecord } from '../story/people.ts'
import type { Programs } from '../story/programs.ts'
import type { Manner } from './manners.ts'
import type { Played } from './play.ts'
import { mailboxOf } from './play.ts'
import type { BoxName, Script } from './script.ts'
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
  readonly push: true
  /** How many answers the two figures are of. */
  readonly timed: number
  readonly p50_ms: number
  readonly p99_ms: number
  /** Of those, the ones that a notice told of in time while their provider refused nothing. */
  readonly push_timed: number
  /** Answers that would be among them, had not every worker been dead or still starting while they waited. */
  readonly push_without_worker: number
  readonly push_p50_ms: number
  readonly push_p99_ms: number
  /** Notices that arrived here, and those that never left. */
  readonly notices: number
  readonly notices_lost: number
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
    push: true,
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
  /^(?:.*\b(?:id|threadId|conversationId|historyId|parentFolderId|receivedDateTime|internetMessageId)|@odata\.\w+|value\[\]\.@odata\.\w+|.*(?:headers|internetMessageHeaders)\[(?:message-id|in-reply-to|references)\]|.*singleValueExtendedProperties.*|.*\bname|.*\bvalue|nextPageToken|resultSizeEstimate)$/i

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
export async function ledgers({
  env,
}: Pick<Programs, 'env'>): Promise<{ ledger_ok: boolean; ledger_breaks: number }> {
  const told = await promisify(execFile)(process.execPath, [verifier], { env }).catch(
    (error: { stdout?: string; stderr?: string }) => {
      process.stderr.write(error.stderr ?? '')
      return { stdout: error.stdout ?? '' }
    },
  )
  const line = JSON.parse(told.stdout === '' ? '{}' : told.stdout) as { ok?: boolean; chain_breaks?: number }
  return { ledger_ok: line.ok === true, ledger_breaks: line.chain_breaks ?? 0 }
}

type Latencies = Pick<
  Verdict,
  | 'timed'
  | 'p50_ms'
  | 'p99_ms'
  | 'push_timed'
  | 'push_without_worker'
  | 'push_p50_ms'
  | 'push_p99_ms'
  | 'notices'
  | 'notices_lost'
>

/** The longest time for which a provider that throttles is left alone after it refused. */
const refusedForMs = 12_000
/** A notice is in time when it came within so long of what it tells of. */
const inTimeMs = 1000

interface PushRecord {
  readonly at: string
  readonly mailbox: string
  readonly outcome: 'answered' | 'unanswered' | 'lost' | 'dropped'
  readonly status: number
}

async function latencies(
  { admin, withoutWorker }: Programs,
  stage: Stage,
  { answers, jump }: Played,
): Promise<Latencies> {
  const arrivals = await stage.practice.record<{ seq: number; at: string }>('arrivals')
  const arrivedAt = new Map(arrivals.map(({ seq, at }) => [seq, Date.parse(at)]))
  const pushes = await stage.practice.record<PushRecord>('pushes')
  const heard = pushes.filter(({ outcome, status }) => outcome === 'answered' && status < 300)
  const refusals = (await stage.practice.record<CallRecord>('calls')).filter(
    ({ status }) => status === 0 || status >= 400,
  )
  const gaps = withoutWorker()
  const { rows } = await admin.query<{ text: string; at: Date }>(
    `select text, stored_at as at from message where kind = 'reply'`,
  )
  const timed = rows.flatMap(({ text, at }) => {
    const [marker = ''] = /MARKreply\w+?xP\d{4}END/.exec(text) ?? []
    const answer = answers.get(marker)
    const arrived = arrivedAt.get(answer?.seq ?? -1)
    const jumped = arrived !== undefined && arrived <= jump.to && at.getTime() >= jump.from
    if (answer === undefined || arrived === undefined || jumped) return []
    const told = heard.some((push) => {
      const after = Date.parse(push.at) - arrived
      return push.mailbox === answer.mailbox && after >= 0 && after <= inTimeMs
    })
    const disturbed = refusals.some((call) => {
      const when = Date.parse(call.at)
      return call.mailbox === answer.mailbox && when > arrived - refusedForMs && when < at.getTime()
    })
    const ahead = jump.ahead[arrived <= jump.from ? 0 : 1]
    const alone = gaps.some(({ from, to }) => from < at.getTime() - ahead && to > arrived - ahead)
    return [{ ms: at.getTime() - arrived, told: told && !disturbed, alone }]
  })
  const [all, told] = [timed, timed.filter((one) => one.told && !one.alone)].map((list) =>
    list.map(({ ms }) => ms).toSorted((left, right) => left - right),
  )
  return {
    timed: timed.length,
    p50_ms: share(all, 0.5),
    p99_ms: share(all, 0.99),
    push_timed: told?.length ?? 0,
    push_without_worker: timed.filter((one) => one.told && one.alone).length,
    push_p50_ms: share(told, 0.5),
    push_p99_ms: share(told, 0.99),
    notices: heard.length,
    notices_lost: pushes.filter(({ outcome }) => outcome === 'lost' || outcome === 'dropped').length,
  }
}

function share(sorted: readonly number[] | undefined, part: number): number {
  return Math.round(sorted?.[Math.ceil(part * sorted.length) - 1] ?? 0)
}
