/**
 * The certificate of taking back: what was decided, by whom, and what became of it, in a form that a person keeps. Its
 * content is a pure function of the facts, so that every form of it (JSON, a printed page) says the same.
 *
 * The seal is the SHA-256 of the content as JSON, byte for byte as the file has it without `seal`: whoever kept the file
 * can show that neither side changed it. The last entry of the access log is named by its own seal, which fixes the log.
 */
import { createHash } from 'node:crypto'

/** Its mailbox was disconnected · lost its right to read · was erased later. */
export type CertificateKind = 'disconnected' | 'narrowed' | 'erased'

/** What was known and decided at the moment. */
export interface Decision {
  readonly workspace: string
  readonly address: string
  readonly provider: 'gmail' | 'microsoft' | 'imap'
  readonly level: 'full' | 'send_only'
  readonly connectedAt: string
  readonly decidedBy: string
  readonly stored: 'keep' | 'erase'
  /** Messages and bytes that the choice concerned. */
  readonly messages: number
  readonly bytes: number
  readonly queue?: 'hold' | 'cancel' | 'reassign'
  readonly reassignTo?: string
}

export interface PermissionFacts {
  readonly end: 'revoked' | 'forgotten' | 'shared' | 'none'
  /** The provider ended every other permission of that account for Kontor, too. */
  readonly endsOthers: boolean
  readonly at: string
}

export interface ErasureFacts {
  readonly messages: number
  readonly attachments: number
  readonly bytes: number
  readonly words: number
  readonly identifiers: number
  readonly suppressions: number
  readonly finishedAt: string
}

export interface CertificateFacts {
  readonly id: string
  readonly kind: CertificateKind
  readonly at: string
  readonly decision: Decision
  readonly waiting?: { readonly count: number }
  readonly permission?: PermissionFacts
  readonly erasure?: ErasureFacts
  readonly accessLog: { readonly entries: number; readonly seal: string }
  readonly issuedAt: string
}

export interface CertificateContent {
  readonly document: 'Kontor certificate'
  readonly version: 1
  readonly number: string
  readonly kind: CertificateKind
  readonly issuedAt: string
  readonly workspace: string
  readonly mailbox: Pick<Decision, 'address' | 'provider' | 'level' | 'connectedAt'>
  readonly decided: { readonly at: string; readonly by: string }
  readonly permission?: PermissionFacts
  readonly waiting?: {
    readonly choice: NonNullable<Decision['queue']>
    readonly count: number
    readonly to?: string
  }
  readonly stored:
    | { readonly choice: 'keep'; readonly messages: number; readonly bytes: number }
    | {
        readonly choice: 'erase'
        readonly messages: number
        readonly attachments: number
        readonly bytes: number
        /** Records of sent mails that lost subject and text. */
        readonly recordsWithoutWords: number
        /** Ids, tokens and threads by which answers were recognised. */
        readonly identifiers: number
        readonly finishedAt: string
      }
  readonly stays: {
    /** Addresses that must not be written to, as keyed hashes that name nobody. */
    readonly barredAddressesAsHashes: number
    readonly accessLog: { readonly entries: number; readonly seal: string }
  }
}

/** What the certificate says, in the order in which it is read. */
export function certificateContent(facts: CertificateFacts): CertificateContent {
  const { decision, erasure, permission } = facts
  const { address, provider, level, connectedAt } = decision
  return {
    document: 'Kontor certificate',
    version: 1,
    number: facts.id,
    kind: facts.kind,
    issuedAt: facts.issuedAt,
    workspace: decision.workspace,
    mailbox: { address, provider, level, connectedAt },
    decided: { at: facts.at, by: decision.decidedBy },
    ...(permission === undefined ? {} : { permission }),
    ...waitingOf(facts),
    stored:
      erasure === undefined
        ? { choice: 'keep', messages: decision.messages, bytes: decision.bytes }
        : {
            choice: 'erase',
            messages: erasure.messages,
            attachments: erasure.attachments,
            bytes: erasure.bytes,
            recordsWithoutWords: erasure.words,
            identifiers: erasure.identifiers,
            finishedAt: erasure.finishedAt,
          },
    stays: { barredAddressesAsHashes: erasure?.suppressions ?? 0, accessLog: facts.accessLog },
  }
}

function waitingOf({ decision, waiting }: CertificateFacts): Pick<CertificateContent, 'waiting'> {
  const { queue, reassignTo } = decision
  if (queue === undefined) return {}
  const to = reassignTo === undefined ? {} : { to: reassignTo }
  return { waiting: { choice: queue, count: waiting?.count ?? 0, ...to } }
}

/** What is not known yet; empty when the certificate can be issued. */
export function openParts(
  known: Pick<CertificateFacts, 'kind'> & {
    readonly waiting?: CertificateFacts['waiting']
    readonly permission?: CertificateFacts['permission']
  },
  erased: boolean,
): readonly ('waiting' | 'permission' | 'erasure')[] {
  return [
    ...(known.kind === 'disconnected' && known.waiting === undefined ? (['waiting'] as const) : []),
    ...(known.kind !== 'erased' && known.permission === undefined ? (['permission'] as const) : []),
    ...(erased ? [] : (['erasure'] as const)),
  ]
}

/** SHA-256 of the content as JSON. */
export function sealOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
