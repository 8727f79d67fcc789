/** Refusals that Microsoft may come up with, by the names under which they are ordered, and the method at which each is usually met. */
import { CONSENT_CALL, TOKEN_CALL } from '../calls.ts'
import type { Refusal } from './aad-errors.ts'
import { type GraphFailure, noMailbox, sendAsDenied } from './graph-errors.ts'

export interface GraphRefusal {
  /** Undefined: at any method. */
  readonly method?: string | undefined
  readonly failure: GraphFailure
}

const SEND = 'graph.me.sendMail'
const DELTA = 'graph.me.deltaMessages'

/** What a token lacks when access is evaluated continuously; base64, as it stands in the header. */
const CLAIMS = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1795507200"}}}').toString(
  'base64',
)

/** Wordings of "start again without a token". */
const LOST_STATES = [
  ['syncStateNotFound', 410],
  ['SyncStateNotFound', 400],
  ['syncStateInvalid', 400],
  ['resyncRequired', 410],
  ['InvalidSyncStateData', 400],
] as const

export const GRAPH_REFUSALS: ReadonlyMap<string, GraphRefusal> = new Map<string, GraphRefusal>([
  [
    'ErrorMessageSubmissionBlocked',
    {
      method: SEND,
      failure: {
        status: 403,
        code: 'ErrorMessageSubmissionBlocked',
        message:
          'Cannot send mail. Follow the instructions in your Inbox to verify your account., WASCL UserAction verdict is not None. Actual verdict is Suspend, ShowTierUpgrade.',
      },
    },
  ],
  ['ErrorSendAsDenied', { method: SEND, failure: sendAsDenied().failure }],
  [
    'ErrorExceededMessageLimit',
    {
      method: SEND,
      failure: {
        status: 429,
        code: 'ErrorExceededMessageLimit',
        message: 'The message limit of this account is exceeded.',
      },
    },
  ],
  [
    'ErrorQuotaExceeded',
    {
      method: SEND,
      failure: { status: 507, code: 'ErrorQuotaExceeded', message: 'The mailbox quota has been exceeded.' },
    },
  ],
  ['MailboxNotEnabledForRESTAPI', { failure: noMailbox().failure }],
  [
    'insufficient_claims',
    {
      failure: {
        status: 401,
        code: 'InvalidAuthenticationToken',
        message: 'Continuous access evaluation resulted in challenge with result: InteractionRequired.',
        headers: {
          'www-authenticate': `Bearer realm="", authorization_uri="https://login.invalid/common/oauth2/authorize", error="insufficient_claims", claims="${CLAIMS}"`,
        },
      },
    },
  ],
  ...LOST_STATES.map(([code, status]): [string, GraphRefusal] => [
    code,
    { method: DELTA, failure: { status, code, message: 'The sync state cannot be used; start again.' } },
  ]),
])

interface OrderedRefusal extends Refusal {
  readonly method: string
}

const refusal = (
  code: number,
  error: string,
  sentence: string,
  method = TOKEN_CALL,
): [string, OrderedRefusal] => [`AADSTS${code}`, { error, code, sentence, method }]

/** What becomes of refreshing a token, or of a consent. */
export const AAD_REFUSALS: ReadonlyMap<string, OrderedRefusal> = new Map<string, OrderedRefusal>([
  refusal(50_076, 'interaction_required', 'Another factor is needed to sign in.'),
  refusal(50_079, 'interaction_required', 'The user has to register another factor.'),
  refusal(53_003, 'interaction_required', 'Access is blocked by a policy of the organisation.'),
  refusal(50_173, 'invalid_grant', 'The grant is older than the credentials; sign in again.'),
  refusal(700_082, 'invalid_grant', 'The refresh token has expired by inactivity.'),
  refusal(70_000, 'invalid_grant', 'The grant is not valid any more.'),
  refusal(65_001, 'invalid_grant', 'Nobody consented to this.'),
  refusal(50_057, 'invalid_grant', 'The account is disabled.'),
  refusal(50_105, 'invalid_grant', 'The user is not assigned to the application.'),
  refusal(7_000_222, 'invalid_client', 'The client secret has expired.'),
  refusal(90_033, 'temporarily_unavailable', 'The service is unavailable for a moment.'),
  refusal(65_004, 'access_denied', 'The user declined to consent.', CONSENT_CALL),
])
