/**
 * The system's own mails on their way: put down in the transaction of the deed, sent by a worker, tried again for some
 * hours. They may carry a link that opens a door, so they wait sealed; nothing of them is logged.
 */
import { z } from 'zod'
import type { Tx } from '../platform/db/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Task } from '../platform/jobs/index.ts'
import type { Log } from '../platform/log/index.ts'
import type { SecretBox } from '../platform/secret-box/index.ts'
import type { SystemMail } from '../platform/system-mail/index.ts'
import { sendSystemMail } from '../platform/system-mail/index.ts'
import type { SettingsBook } from './current.ts'

export interface SystemPost {
  /** Whether an owner named a server for the system's own mails. */
  ready(): Promise<boolean>
  /** Puts a mail down; it leaves once the transaction is committed. */
  put(tx: Tx, mail: SystemMail): Promise<void>
  /** The work of sending, for `startJobs`. */
  tasks(log: Log): Readonly<Record<string, Task>>
}

const task = 'system-mail'
const context = 'system mail'
// with the backoff of the jobs about half a day
const mostAttempts = 10
const Mail = z.object({ to: z.string(), subject: z.string(), text: z.string() })

export function openSystemPost(parts: {
  readonly box: SecretBox
  readonly settings: SettingsBook
}): SystemPost {
  const { box, settings } = parts
  return {
    ready: async () => (await settings.current()).systemMail !== undefined,
    put: (tx, mail) =>
      addJob(tx, task, { sealed: box.seal(JSON.stringify(mail), context) }, { mostAttempts }),
    tasks: (log) => ({
      [task]: async (payload) => {
        const { sealed } = z.object({ sealed: z.string() }).parse(payload)
        const mail = Mail.parse(JSON.parse(box.open(sealed, context)))
        const server = (await settings.current()).systemMail
        if (server === undefined)
          return log.warn({}, 'a mail of the system was dropped: no mail server is set')
        const outcome = await sendSystemMail(server, mail)
        if (outcome.ok) return
        if (outcome.verdict === 'recipient_refused')
          return log.warn({ verdict: outcome.verdict }, 'a mail of the system was refused for good')
        throw new Error(`the mail server did not take a mail: ${outcome.verdict}`)
      },
    }),
  }
}
