/**
 * Owns what runs without anybody asking: the loops of every domain and the jobs that deliver events. Any number of
 * processes may run it side by side; all state is in the database.
 */
import { startCampaigns } from '../campaigns/jobs.ts'
import type { CampaignParts } from '../campaigns/index.ts'
import { startCorrespondence } from '../correspondence/jobs.ts'
import { startInbox } from '../inbox/jobs.ts'
import type { SystemPost } from '../installation/index.ts'
import type { Clock } from '../platform/clock/index.ts'
import type { Database } from '../platform/db/index.ts'
import type { Emit, Events } from '../platform/events/index.ts'
import type { Ids } from '../platform/ids/index.ts'
import { startJobs } from '../platform/jobs/index.ts'
import type { Log } from '../platform/log/index.ts'
import { startNotices } from '../notices/jobs.ts'
import type { AttendingParts, ReceivingParts, WatchingParts } from '../receiving/index.ts'
import { startPrivacy } from '../privacy/jobs.ts'
import type { PrivacyParts } from '../privacy/index.ts'
import { startAttending, startReceiving, startWatching } from '../receiving/jobs.ts'
import type { RehearsalParts } from '../rehearsal/index.ts'
import { startRehearsals } from '../rehearsal/jobs.ts'
import type { SendingParts } from '../sending/index.ts'
import { startSending } from '../sending/jobs.ts'
import { startTeam } from '../team/jobs.ts'

export type WorkerParts = {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly events: Events
  /** Names this process in leases. */
  readonly name: string
  readonly sending: SendingParts
  readonly receiving: ReceivingParts & WatchingParts & AttendingParts
  readonly post: SystemPost
  readonly privacy: PrivacyParts
  readonly campaigns: CampaignParts
  readonly ids: Ids
  readonly emit: Emit
  readonly publicUrl: () => string
  readonly rehearsal: RehearsalParts
}

/** Event deliveries, mails on their way and mailboxes read at once in this process. */
const deliveries = 4
const mails = 64
const pulls = 8

export async function startWorker(parts: WorkerParts): Promise<AsyncDisposable> {
  await using running = new AsyncDisposableStack()
  // first what others wait for outside
  running.use(startReceiving(parts.receiving, { concurrency: pulls }))
  running.use(startSending(parts.sending, { worker: parts.name, concurrency: mails }))
  running.use(startTeam(parts))
  running.use(startNotices(parts))
  running.use(startInbox(parts.sending))
  running.use(startCampaigns({ ...parts.campaigns, database: parts.database, log: parts.log }))
  running.use(startCorrespondence(parts))
  running.use(startWatching(parts.receiving))
  running.use(startAttending(parts.receiving))
  running.use(startPrivacy(parts.privacy))
  if (parts.rehearsal.world !== undefined) running.use(startRehearsals(parts.rehearsal))
  running.use(
    await startJobs({
      pool: parts.database.pool,
      tasks: { ...parts.events.tasks(parts.database), ...parts.post.tasks(parts.log) },
      concurrency: deliveries,
      log: parts.log,
    }),
  )
  return running.move()
}
