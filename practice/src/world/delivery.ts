/**
 * The post office of the practice world. A client's mail is accepted (sender's copy, record, one copy for each recipient who
 * lives here, a report for each who does not) in one transaction. A letter from outside is put into one mailbox.
 */
import { gmailId, providerMessageId } from '../chance.ts'
import type { Call } from '../calls.ts'
import type { Clock } from '../clock.ts'
import type { Behaviour, BehaviourName } from '../behaviour.ts'
import type { Fault, Faults } from '../faults.ts'
import { Reader } from '../json.ts'
import { QUEUED } from '../mail-server/folders.ts'
import { addressKey, isGoogleAddress, isOfficeAddress, isPostAddress } from '../mime/addresses.ts'
import { type Description, describe } from '../mime/describe.ts'
import { type SplitMessage, headerValue, joinMessage, messageIds, splitMessage } from '../mime/headers.ts'
import { type ArrivalRecord, type ArrivalSource, recordArrival, recordMail } from '../records.ts'
import { type Account, accountAt, accountReachedBy, sendAsOf } from '../store/accounts.ts'
import { type Message, fileMessage, messageAt, rawOf, removeMessage } from '../store/mailboxes.ts'
import type { Store } from '../store/store.ts'
import { hideUntil } from '../store/unseen.ts'
import type { Due } from './due.ts'
import { exchangeReport } from './report-exchange.ts'
import { googleReport } from './report-google.ts'
import { recipientCopy, rewriteSubmitted } from './submission.ts'

export interface Arrival extends ArrivalRecord {
  readonly seq: number
}

export interface Accepted {
  readonly message: Message
  readonly messageId: string
  readonly arrivals: readonly Arrival[]
}

/** Why a recipient cannot be reached, and when the report leaves. */
export interface Refusal {
  readonly status: string
  readonly afterMs: number
}

/** How a letter is put into a mailbox. */
export interface Placing {
  readonly labels: readonly string[]
  readonly source: ArrivalSource
  /** Practice time of the arrival; now unless given. */
  readonly at?: number
}

/** How somebody hands over a mail of theirs. */
export interface Posting {
  /** `mail`: a client over the provider's interface, recorded as such. `person`: somebody of this world, by themselves. */
  readonly source: 'mail' | 'person'
  /** Address keys of the envelope; without them the headers say who receives. */
  readonly recipients?: readonly string[] | undefined
  /** A thread of the sender's mailbox that the caller has checked. */
  readonly threadId?: string | undefined
  /** Practice time; now unless given. */
  readonly at?: number | undefined
  /** Labels of the recipients' copies; unread in the inbox unless given. */
  readonly labels?: readonly string[] | undefined
  /** The call by which a client does it. */
  readonly call?: Call | undefined
  /** True when the sender wants no copy of it. */
  readonly keepsNoCopy?: boolean | undefined
}

/** What happened to a message of a mailbox. */
export interface Change {
  readonly kind: 'created' | 'deleted'
  readonly message: Message
}

export interface DeliveryParts {
  readonly store: Store
  readonly clock: Clock
  readonly due: Due
  readonly faults: Faults
}

const REPORT_AFTER_MS = 1500

export class Delivery {
  readonly #parts: DeliveryParts
  readonly #watchers: ((arrival: Arrival) => void)[] = []
  readonly #changes = new Set<(change: Change) => void>()
  readonly #refusals: ((recipientKey: string) => Refusal | undefined)[] = []

  constructor(parts: DeliveryParts) {
    this.#parts = parts
    parts.due.on('report', (detail, at) => this.#report(new Reader(detail), at))
  }

  /** Calls `watcher` for each arrival, inside the transaction that makes it. */
  onArrival(watcher: (arrival: Arrival) => void): void {
    this.#watchers.push(watcher)
  }

  /** Calls `watcher` for each change of a mailbox, inside the transaction that makes it, until it is called off. */
  onChange(watcher: (change: Change) => void): () => void {
    this.#changes.add(watcher)
    return () => this.#changes.delete(watcher)
  }

  /** Lets somebody say that a recipient cannot be reached. */
  onAddressing(refusal: (recipientKey: string) => Refusal | undefined): void {
    this.#refusals.push(refusal)
  }

  /**
   * Accepts a mail of an account. The caller has checked recipients and thread. Rewrites what the provider rewrites and
   * delivers.
   */
  accept(account: Account, raw: Buffer, posting: Posting): Accepted {
    const accepted = this.#parts.store.transaction(() => this.#accept(account, raw, posting))
    this.#parts.due.wake()
    return accepted
  }

  #accept(account: Account, raw: Buffer, posting: Posting): Accepted {
    const { store, clock, faults } = this.#parts
    const { source, call } = posting
    const behaves = <N extends BehaviourName>(name: N): Behaviour[N] =>
      faults.behaves(name, account.key, call)
    const at = posting.at ?? clock.now()
    const id = this.#nextId(at)
    const submitted = splitMessage(raw)
    const google = isGoogleAddress(account.address)
    const post = isPostAddress(account.address)
    const [primary, ...others] = sendAsOf(store, account).filter((each) => each.accepted)
    const message = rewriteSubmitted(submitted, {
      messageId: providerMessageId(id, store.next('message-id')),
      keepClientMessageId: source === 'person' || !google || !behaves('messageIdRewrite'),
      identities: [primary ?? account, ...(google ? others : [])],
      wishKeptIn: google ? 'X-Google-Original-From' : undefined,
      at,
    })
    const bytes = joinMessage(message)
    const description = describe(bytes)
    const recipients = posting.recipients ?? uniqueRecipients(description)
    const toSelf = recipients.includes(account.key)
    const own = fileMessage(store, {
      account: account.key,
      id,
      raw: bytes,
      description,
      labels: [
        ...(post && source === 'mail' && !behaves('mailServerFilesSent') ? [QUEUED] : ['SENT']),
        ...(toSelf ? ['INBOX', 'UNREAD'] : []),
      ],
      at,
      recordedAt: clock.now(),
      threadId: posting.threadId,
      subjectMustAgree: false,
      joinByReferences: source === 'person' || !google,
      joinBySubject: isOfficeAddress(account.address) && behaves('conversationBySubject'),
    })
    this.#filedOwn(own, posting)
    if (source === 'mail') {
      recordMail(store, {
        at,
        mailbox: account.key,
        recipients,
        id,
        threadId: own.threadId,
        from: own.sender,
        subject: description.subject,
        submittedMessageId: messageIds(headerValue(submitted.headers, 'message-id'))[0] ?? '',
        messageId: description.messageId,
        inReplyTo: description.inReplyTo,
        references: description.references,
        raw,
      })
    }
    const arrivals = recipients.flatMap((recipient) =>
      recipient === account.key
        ? [this.#arrived(own, description, source)]
        : this.#toRecipient(own, message, description, recipient, posting),
    )
    return { message: own, messageId: description.messageId, arrivals }
  }

  /** The copy in Sent Items may come late, and it may be unwanted. */
  #filedOwn(own: Message, posting: Posting): void {
    const { store, clock, faults } = this.#parts
    if (posting.keepsNoCopy === true) {
      removeMessage(store, own.account, own.id, clock.now())
      return
    }
    const after = isOfficeAddress(own.account)
      ? faults.behaves('sentCopyAfterMs', own.account, posting.call)
      : 0
    if (after > 0) hideUntil(store, own, own.internalDate + after)
    this.#tell({ kind: 'created', message: own })
  }

  #tell(change: Change): void {
    for (const watcher of this.#changes) watcher(change)
  }

  #toRecipient(
    own: Message,
    message: SplitMessage,
    description: Description,
    recipient: string,
    posting: Posting,
  ): Arrival[] {
    const { store, due } = this.#parts
    const at = own.internalDate
    const account = accountReachedBy(store, recipient)
    const refusal =
      account === undefined
        ? { status: '5.1.1', afterMs: REPORT_AFTER_MS }
        : this.#refusalOf(own.account, recipient)
    if (account === undefined || refusal !== undefined) {
      const { status, afterMs } = refusal ?? { status: '5.1.1', afterMs: REPORT_AFTER_MS }
      due.schedule(at + afterMs, {
        kind: 'report',
        lane: own.account,
        detail: { account: own.account, id: own.id, recipient, status },
      })
      return []
    }
    return [
      this.#file(account, recipientCopy(message, own.sender, account.address, at), description, {
        labels: posting.labels ?? ['UNREAD', 'INBOX'],
        source: posting.source,
        at,
      }),
    ]
  }

  #refusalOf(sender: string, recipient: string): Refusal | undefined {
    const fits = ({ to }: Fault): boolean => to === '' || to === recipient
    const ordered = this.#parts.faults.strike('lateBounce', sender, { fits })
    if (ordered !== undefined) return { status: ordered.enhancedStatus, afterMs: ordered.ms }
    for (const refusal of this.#refusals) {
      const refused = refusal(recipient)
      if (refused !== undefined) return refused
    }
    return undefined
  }

  /** What a client files in its own mailbox by itself: no mail, and no arrival. */
  fileOwn(account: Pick<Account, 'key'>, raw: Buffer, labels: readonly string[]): Message {
    const { store, clock } = this.#parts
    const at = clock.now()
    const filing = { account: account.key, raw, description: describe(raw), labels, at, recordedAt: at }
    return store.transaction(() => {
      const message = fileMessage(store, {
        ...filing,
        id: this.#nextId(at),
        subjectMustAgree: false,
        joinByReferences: true,
      })
      this.#tell({ kind: 'created', message })
      return message
    })
  }

  /** Takes a message out of a mailbox for good; false when it is not there. */
  remove(account: string, id: string): boolean {
    const { store, clock } = this.#parts
    return store.transaction(() => {
      const message = messageAt(store, account, id)
      if (message === undefined) return false
      removeMessage(store, account, id, clock.now())
      this.#tell({ kind: 'deleted', message })
      return true
    })
  }

  /** Puts a letter from outside into a mailbox, as it is. */
  deliver(account: Account, raw: Buffer, placing: Placing): Arrival {
    const arrival = this.#parts.store.transaction(() => this.#file(account, raw, describe(raw), placing))
    this.#parts.due.wake()
    return arrival
  }

  #file(account: Account, raw: Buffer, description: Description, placing: Placing): Arrival {
    const { store, clock, faults } = this.#parts
    const at = placing.at ?? clock.now()
    const filed = fileMessage(store, {
      account: account.key,
      id: this.#nextId(at),
      raw,
      description,
      labels: placing.labels,
      at,
      recordedAt: clock.now(),
      subjectMustAgree: faults.behaves('threadNeedsSameSubject', account.key),
      joinByReferences: true,
      joinBySubject: isOfficeAddress(account.address) && faults.behaves('conversationBySubject', account.key),
    })
    this.#tell({ kind: 'created', message: filed })
    return this.#arrived(filed, description, placing.source)
  }

  #arrived(filed: Message, description: Description, source: ArrivalSource): Arrival {
    const record: ArrivalRecord = {
      at: filed.internalDate,
      mailbox: filed.account,
      id: filed.id,
      threadId: filed.threadId,
      from: filed.sender,
      subject: description.subject,
      messageId: description.messageId,
      inReplyTo: description.inReplyTo,
      references: description.references,
      source,
      labels: filed.labels,
    }
    const arrival = { ...record, seq: recordArrival(this.#parts.store, record) }
    for (const watcher of this.#watchers) watcher(arrival)
    return arrival
  }

  async #report(detail: Reader, at: number): Promise<() => void> {
    const { store } = this.#parts
    const account = accountAt(store, detail.text('account'))
    const original = rawOf(store, detail.text('account'), detail.text('id'))
    return () => {
      if (account === undefined || original === undefined) return
      const { headers } = splitMessage(original)
      const write = isOfficeAddress(account.address) ? exchangeReport : googleReport
      const raw = write({
        to: account.address,
        recipient: detail.text('recipient'),
        status: detail.text('status'),
        originalMessageId: messageIds(headerValue(headers, 'message-id'))[0] ?? '',
        originalSubject: describe(original).subject,
        original,
        messageId: `<${store.next('report')}.${at}.report@mail.practice.example>`,
        at,
        language: account.language,
      })
      this.#file(account, raw, describe(raw), { labels: ['UNREAD', 'INBOX'], source: 'bounce', at })
    }
  }

  #nextId(at: number): string {
    return gmailId(at, this.#parts.store.next('message'))
  }
}

/** Address keys of all recipients, each once, in the order To, Cc, Bcc. */
function uniqueRecipients(description: Description): readonly string[] {
  const all = [...description.to, ...description.cc, ...description.bcc].map((each) =>
    addressKey(each.address),
  )
  return [...new Set(all.filter((key) => key !== ''))]
}
