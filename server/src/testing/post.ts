/**
 * For tests of sending: a provider that answers each send from a list, keeps what it took and finds it again by its token,
 * and an author whose truth the test decides.
 */
import type { MailProvider, Outcome, SentHints } from '../mailboxes/provider.ts'
import type { Database } from '../platform/db/index.ts'
import { silentLog } from '../platform/log/index.ts'
import type { SendingParts } from '../sending/parts.ts'
import type { MailAuthor, Truth } from '../sending/ports.ts'
import { steppedClock } from './clock.ts'
import type { Ground } from './ground.ts'
import { sendingProvider } from './sending-provider.ts'

export type Answer = Awaited<ReturnType<MailProvider['send']>>

export class Post {
  readonly taken: string[] = []
  readonly answers: (Answer | 'take and fall silent' | 'die before taking')[] = []
  truth: Truth = { verdict: 'true' }
  /** What happens elsewhere while the provider is asked. */
  onSend: () => Promise<void> = () => Promise.resolve()
  readonly clock = steppedClock()

  readonly parts: SendingParts
  constructor(database: Database, at: Ground) {
    const author: MailAuthor = {
      render: (_tx, submission) =>
        Promise.resolve({
          ok: true,
          rendered: { subject: submission.subject ?? '', text: submission.text ?? '' },
        }),
      stillTrue: () => Promise.resolve(this.truth),
    }
    this.parts = {
      database,
      emit: at.emit,
      ids: at.ids,
      log: silentLog,
      clock: this.clock,
      authors: [author],
      openMailbox: () => Promise.resolve({ ok: true, value: this.#provider() }),
    }
  }

  #provider(): MailProvider {
    return sendingProvider(
      async (raw) => {
        await this.onSend()
        return this.#send(raw)
      },
      (hints) => Promise.resolve(this.#find(hints)),
    )
  }

  #send(raw: Uint8Array): Answer {
    const answer = this.answers.shift()
    const text = new TextDecoder().decode(raw)
    if (answer === 'take and fall silent') {
      this.taken.push(text)
      return { ok: false, failure: { kind: 'unknown_outcome', diagnostic: 'cut' } }
    }
    if (answer === 'die before taking')
      return { ok: false, failure: { kind: 'unknown_outcome', diagnostic: 'cut' } }
    if (answer !== undefined && !answer.ok) return answer
    this.taken.push(text)
    return (
      answer ?? {
        ok: true,
        value: { providerMessageId: `p${this.taken.length}`, providerThreadId: `t${this.taken.length}` },
      }
    )
  }

  #find(hints: SentHints): Outcome<{ providerMessageId: string; providerThreadId: string } | undefined> {
    const n = this.taken.findIndex((text) => text.includes(hints.token))
    const value = n < 0 ? undefined : { providerMessageId: `found${n}`, providerThreadId: `thread${n}` }
    return { ok: true, value }
  }
}
