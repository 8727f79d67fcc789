/** Refusals that Microsoft may come up with, by the names under which they are ordered, and the method at which each is usually met. */
import { CONSENT_CALL, TOKEN_CALL } from '../calls.ts'
import type { Refusal } from './aad-errors.ts'
import {
  type GraphFailure,
  accessDenied,
  invalidToken,
  itemNotFound,
  noMailbox,
  sendAsDenied,
} from './graph-errors.ts'

export interface GraphRefusal {
  /** Undefined: at any method. */
  readonly method?: string | undefined
  readonly failure: GraphFailure
}

const SEND = 'graph.me.sendMail'
const DELTA = 'graph.me.deltaMessages'
const GET_MESSAGE = 'graph.me.getMessage'

/** What a token lacks when access is evaluated continuously; base64, as it stands in the header. */
const CLAIMS = Buffer.from('{"access_token":{"nbf":{"essential":true,"value":"1795507200"}}}').toString(
  'base64',
)

const CHALLENGED = {
  'www-authenticate': `Bearer realm="", authorization_uri="https://login.invalid/common/oauth2/authorize", error="insufficient_claims", claims="${CLAIMS}"`,
}

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
    'ErrorExceededMaxRecipientLimitBlock',
    {
      method: SEND,
      failure: {
        status: 403,
        code: 'ErrorExceededMaxRecipientLimitBlock',
        message: 'The account has written to too many recipients and is blocked for a while.',
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
    'ErrorNonExistentMailbox',
    {
      failure: {
        status: 404,
        code: 'ErrorNonExistentMailbox',
        message: 'No mailbox with such an address exists.',
      },
    },
  ],
  ['ErrorAccessDenied', { failure: accessDenied().failure }],
  ['InvalidAuthenticationToken', { failure: invalidToken().failure }],
  [
    'ErrorServerBusy',
    {
      failure: {
        status: 503,
        code: 'ErrorServerBusy',
        message: 'The server is busy; try again later.',
        headers: { 'retry-after': '30' },
      },
    },
  ],
  [
    'ServiceUnavailable',
    {
      failure: {
        status: 503,
        code: 'ServiceUnavailable',
        message: 'The service is not available for a moment.',
      },
    },
  ],
  [
    'ErrorInternalServerTransientError',
    {
      failure: {
        status: 500,
        code: 'ErrorInternalServerTransientError',
        message: 'An internal server error occurred. Try again later.',
      },
    },
  ],
  ['ErrorItemNotFound', { method: GET_MESSAGE, failure: itemNotFound().failure }],
  [
    'insufficient_claims',
    {
      failure: {
        status: 401,
        code: 'InvalidAuthenticationToken',
        message: 'Continuous access evaluation resulted in challenge with result: InteractionRequired.',
        headers: CHALLENGED,
      },
    },
  ],
  [
    'insufficient_claims_403',
    {
      failure: {
        status: 403,
        code: 'ErrorAccessDenied',
        message: 'Access has been blocked by a Conditional Access policy.',
        headers: CHALLENGED,
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
  refusal(50_078, 'interaction_required', 'The other factor has to be shown again.'),
  refusal(50_158, 'interaction_required', 'A challenge of another service is not met.'),
  refusal(53_000, 'interaction_required', 'The device does not meet the policy of the organisation.'),
  refusal(53_003, 'interaction_required', 'Access is blocked by a policy of the organisation.'),
  refusal(530_003, 'interaction_required', 'The device has to be managed by the organisation.'),
  refusal(50_173, 'invalid_grant', 'The grant is older than the credentials; sign in again.'),
  refusal(700_082, 'invalid_grant', 'The refresh token has expired by inactivity.'),
  refusal(70_008, 'invalid_grant', 'The refresh token has expired.'),
  refusal(700_084, 'invalid_grant', 'The refresh token of a page has expired after a day.'),
  refusal(70_000, 'invalid_grant', 'The grant is not valid any more.'),
  refusal(50_034, 'invalid_grant', 'The account does not exist in this tenant.'),
  refusal(50_020, 'invalid_grant', 'The account is of another identity provider.'),
  refusal(500_208, 'invalid_grant', 'The domain is none in which this account may sign in.'),
  refusal(16_000, 'interaction_required', 'The user is signed in with another account.'),
  refusal(54_005, 'invalid_grant', 'The code was used already.'),
  refusal(65_001, 'invalid_grant', 'Nobody consented to this.'),
  refusal(50_057, 'invalid_grant', 'The account is disabled.'),
  refusal(50_053, 'invalid_grant', 'The account is locked.'),
  refusal(50_105, 'invalid_grant', 'The user is not assigned to the application.'),
  refusal(700_016, 'unauthorized_client', 'The application was not found in the tenant.'),
  refusal(7_000_215, 'invalid_client', 'The client secret is wrong.'),
  refusal(7_000_222, 'invalid_client', 'The client secret has expired.'),
  refusal(7_000_218, 'invalid_client', 'A client secret or assertion is needed.'),
  refusal(50_011, 'invalid_request', 'The redirect URI is not registered.'),
  refusal(9_002_313, 'invalid_request', 'The request is malformed.'),
  refusal(70_011, 'invalid_scope', 'A scope is not valid.'),
  refusal(28_002, 'invalid_scope', 'The value of the scope is not valid.'),
  refusal(28_003, 'invalid_scope', 'The scope is empty.'),
  refusal(50_196, 'temporarily_unavailable', 'The same request came again and again.'),
  refusal(90_033, 'temporarily_unavailable', 'The service is unavailable for a moment.'),
  refusal(65_004, 'access_denied', 'The user declined to consent.', CONSENT_CALL),
  refusal(90_094, 'access_denied', 'An administrator has to give consent.', CONSENT_CALL),
  refusal(90_008, 'access_denied', 'An administrator has to give consent to the resource.', CONSENT_CALL),
  refusal(900_971, 'access_denied', 'An administrator has to register the reply address.', CONSENT_CALL),
])
