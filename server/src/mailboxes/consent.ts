/**
 * The port to sign in: authorise, exchange, refresh and revoke a grant, in our words only.
 *
 * OAuth 2.0 (RFC 6749) with PKCE (RFC 7636) and OpenID Connect underneath. Tokens never leave the
 * mailboxes domain except to the adapter that made them.
 */
import type {
  AccessTokens,
  Hear,
  MailProvider,
  Outcome,
  ProviderFailure,
  ProviderTraits,
  PushFault,
} from './provider.ts'

export type Level = 'full' | 'send_only'

/**
 * What is asked of a provider: a level for the account's own mail and, where somebody uses them, one for the mailboxes that
 * others share with it, which is never wider.
 */
export interface Reach {
  readonly level: Level
  readonly shared?: Level | undefined
}

/** The one that allows less. */
export function narrower(a: Level, b: Level): Level {
  return a === 'full' ? b : a
}

/** A place where mailboxes can be connected: base URLs and labels are configuration, never a branch. */
export interface Endpoint {
  readonly key: string
  readonly provider: 'gmail' | 'microsoft' | 'imap'
  readonly label: string
  readonly products: string
  readonly practice: boolean
  /** Domains whose addresses are signed in here rather than with a password. */
  readonly domains?: readonly string[]
  /** A person signs in with a password here, in Kontor; nobody has to register an app. */
  readonly byPassword?: true
  /** The provider's own page for people, where there is one. */
  readonly webUrl?: string
  /** Where an admin allows it for everybody in an organisation, where the provider knows such a page. */
  readonly adminConsentUrl?: string
  readonly clientId?: string
  readonly clientSecret?: string
}

/** One where people sign in at the provider (OAuth 2.0). */
export interface SignInEndpoint extends Endpoint {
  /** `{tenantid}` in it stands for the tenant that the sign-in names. */
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly revokeUrl?: string
  /** Keys with which the sign-in signs its id tokens; checked when given. */
  readonly jwksUrl?: string
}

/** One with an interface of its own for mail. */
export interface OAuthEndpoint extends SignInEndpoint {
  readonly userinfoUrl: string
  readonly apiUrl: string
  /** What a scope's name begins with, where that is not the same at every place of this provider. */
  readonly scopePrefix?: string
  /** Where a person takes a permission back, where that is not the same at every place of this provider. */
  readonly consentPage?: string
  /** Where the provider publishes notices, when an administrator set that up. */
  readonly push?: PushTopic
}

/** A topic that Gmail publishes to, and who delivers what is published there to us (Google Cloud Pub/Sub). */
export interface PushTopic {
  /** `projects/<project>/topics/<topic>` */
  readonly topic: string
  /** The service account whose token every delivery carries. */
  readonly account: string
  /** Whom that token is made out to; our own address unless given. */
  readonly audience?: string
}

export interface AuthorizeRequest extends Reach {
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  /** The address that must come back on a reconnect. */
  readonly loginHint?: string
  readonly language: 'en' | 'de'
}

export interface Tokens {
  readonly accessToken: string
  /** Instant by the clock of this machine after which the access token must not be used. */
  readonly expiresAt: Temporal.Instant
  readonly refreshToken?: string
  readonly scopes: readonly string[]
}

export interface SignedIn {
  readonly tokens: Tokens
  readonly account: { readonly accountId: string; readonly address: string; readonly name: string }
  /** What the grant that we keep allows, whatever was asked for. */
  readonly granted: { readonly send: boolean; readonly read: boolean; readonly shared?: Level | undefined }
  /** The provider holds a wider consent of this account for us than the level, and cannot be asked to narrow it. */
  readonly wider?: boolean
}

/** One provider at one endpoint: how to sign in and how to open a mailbox. Tied to endpoints in compose. */
export interface Adapter {
  readonly traits: ProviderTraits
  readonly consent: ConsentProvider
  /** Present where `byPassword` is. */
  readonly password?: PasswordSignIn
  /** Present where the provider can tell us of new mail; without `hear` an administrator has to set that up first. */
  readonly push?: {
    readonly hear?: Hear
    /** What an administrator has to mend where asking to be told failed so; undefined when that is not it. */
    readonly faultOf?: (failure: ProviderFailure) => PushFault | undefined
  }
  /** Its servers may tell of new mail over a connection that is kept open. */
  readonly attends?: true
  /** Present where mailboxes can be shared with an account: whether this one can be given any. */
  readonly shared?: (accountId: string) => boolean
  /** The account's own mailbox, or one that is shared with it. */
  open(tokens: AccessTokens, shared?: SharedMailbox): MailProvider
}

/** A mailbox that an account may use and that is not its own. */
export interface SharedMailbox {
  readonly address: string
}

/** A mail server as a person names it; plain text is never spoken with one. */
export interface MailServer {
  readonly host: string
  readonly port: number
  readonly security: 'tls' | 'starttls'
}

/** A provider that an operator named: where one signs in, and the servers that take its tokens. */
export interface MailSignIn {
  readonly label: string
  /** Domains of its addresses, where they are known. */
  readonly domains: readonly string[]
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly revokeUrl?: string
  readonly jwksUrl?: string
  readonly client: { readonly id: string; readonly secret?: string }
  /** What is asked for with each integration level. */
  readonly scopes: Readonly<Record<Level, readonly string[]>>
  readonly smtp: MailServer
  readonly imap: MailServer
}

/** What a person types to connect a mailbox by password. Servers that are not given are found from the address. */
export interface TypedSignIn {
  readonly address: string
  readonly name: string
  /** What the servers know the person by; the address unless given. */
  readonly user?: string | undefined
  readonly password: string
  readonly smtp?: MailServer | undefined
  readonly imap?: MailServer | undefined
}

/** Why servers and password do not work, precisely enough to be mended. */
export interface SignInComplaint {
  readonly at: 'address' | 'smtp' | 'imap'
  readonly verdict: SignInVerdict
  /** The server's own words; empty when it said nothing. */
  readonly detail: string
  /** Which server that was. */
  readonly server?: string
  /** Where this provider makes passwords for apps. */
  readonly appPasswords?: string
}

export type SignInVerdict =
  | 'servers_unknown'
  | 'host_unknown'
  | 'host_inside'
  | 'port_refused'
  | 'nobody_listens'
  | 'too_slow'
  | 'speaks_plainly'
  | 'speaks_tls'
  | 'no_starttls'
  | 'certificate'
  | 'no_login'
  | 'login_refused'
  | 'imap_off'
  | 'no_sent_folder'
  | 'busy'
  | 'broke_off'

/**
 * To sign in with a password: tried at the servers at once, nothing is sent and nothing opened. `before`: what was kept
 * of this mailbox's last sign-in.
 */
export interface PasswordSignIn {
  signIn(
    typed: TypedSignIn,
    level: Level,
    signal: AbortSignal,
    before?: string,
  ): Promise<
    | { readonly ok: true; readonly value: SignedIn }
    | { readonly ok: false; readonly complaint: SignInComplaint }
  >
}

/** What a trial with our app's own id and secret showed; `works` and `known` are the good ones. */
export type AppVerdict =
  | 'works'
  | 'known'
  | 'app_unknown'
  | 'secret_wrong'
  | 'secret_expired'
  | 'app_is_public'
  | 'tenant_unknown'
  | 'tenant_only_own'
  | 'redirect_unknown'
  | 'too_slow'
  | 'unreachable'
  | 'unclear'
/** `detail`: the provider's own words, empty when it had none. */
export interface AppTrial {
  readonly verdict: AppVerdict
  readonly detail: string
}

export interface ConsentProvider {
  authorizeUrl(request: AuthorizeRequest): Promise<string>
  /** A person who said no is `unauthorised` with why `denied`. */
  exchange(
    request: Pick<AuthorizeRequest, keyof Reach | 'redirectUri' | 'codeVerifier' | 'nonce' | 'state'> & {
      readonly callbackUrl: string
    },
    signal: AbortSignal,
  ): Promise<Outcome<SignedIn>>
  /** A grant that ended is `unauthorised`; the refresh token stays as it was unless a fresh one comes along. */
  refresh(refreshToken: string, reach: Reach, signal: AbortSignal): Promise<Outcome<Tokens>>
  /** Ends the grant at the provider and says what else ends with it. Absent where a provider has no way to be told. */
  readonly revoke?: (token: string, signal: AbortSignal) => Promise<Outcome<{ readonly endsOthers: boolean }>>
  /** The page on which an admin allows the level for an organisation; absent where no admin is ever asked. */
  readonly adminConsentUrl?: (
    request: Pick<AuthorizeRequest, keyof Reach | 'redirectUri' | 'state'>,
  ) => string | undefined
  /** Where the person of this account takes a consent back by hand; undefined where revoking is enough. */
  consentPage(accountId: string): string | undefined
  /** Whether the provider takes our app's id, secret and redirect address; nobody signs in for it. */
  verifySettings(redirectUri: string, signal: AbortSignal): Promise<AppTrial>
}
