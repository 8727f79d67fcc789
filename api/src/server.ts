/** Settings of the whole server, for those who steer it, and whom everybody may ask for help. */
import { z } from 'zod'

/** Where a setting comes from; absent while there is none. */
const From = z.enum(['environment', 'settings']).optional()
/** Sent back with a change: somebody who was faster is not overwritten. */
const Version = z.number().int().min(0)

/** Microsoft runs its service in several clouds that know nothing of each other. */
const MicrosoftCloud = z.enum(['global', 'gcc-high', 'dod', 'china'])

export const ServerSettings = z.object({
  /** The redirect address to register at the providers, exactly. */
  redirectUri: z.string(),
  google: z.object({ clientId: z.string(), from: From, version: Version }),
  googlePush: z.object({
    topic: z.string(),
    account: z.string(),
    audience: z.string(),
    /** The address that the subscription must push to. */
    pushUrl: z.string(),
    from: From,
    version: Version,
  }),
  microsoft: z.object({
    clientId: z.string(),
    tenant: z.string(),
    cloud: MicrosoftCloud,
    from: From,
    version: Version,
  }),
  publicAddress: z.object({
    address: z.string(),
    /** Where links lead while no address is set. */
    otherwise: z.string(),
    from: From,
    version: Version,
  }),
  systemMail: z.object({
    host: z.string(),
    port: z.number().int(),
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string(),
    passwordSet: z.boolean(),
    fromAddress: z.string(),
    from: From,
    version: Version,
  }),
  support: z.object({
    chatUrl: z.string(),
    communityUrl: z.string(),
    adminAddress: z.string(),
    version: Version,
  }),
})
export type ServerSettings = z.infer<typeof ServerSettings>

const clientText = z.string().trim().min(1).max(400)
export const GoogleApp = z.object({
  clientId: clientText,
  /** Left out: the one that is stored for this id stays. */
  clientSecret: clientText.optional(),
  version: Version,
})
export const MicrosoftApp = GoogleApp.extend({
  tenant: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9.-]*$/i)
    .max(120),
  cloud: MicrosoftCloud.default('global'),
})
export const GooglePush = z.object({
  topic: z
    .string()
    .trim()
    .regex(/^projects\/[^/\s]+\/topics\/[^/\s]+$/)
    .max(400),
  account: z.email().max(320),
  /** Empty: the address that is pushed to. */
  audience: z.string().trim().max(400),
  version: Version,
})
export const PublicAddress = z.object({ address: z.string().trim().min(1).max(300), version: Version })
export const AddressTyped = z.object({ address: z.string().trim().min(1).max(300) })
export const SystemMail = z.object({
  host: z
    .string()
    .trim()
    .regex(/^[a-z0-9._:-]+$/i)
    .max(253),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  user: z.string().trim().max(320),
  /** Left out: the one that is stored for this host and user stays. */
  password: z.string().max(400).optional(),
  fromAddress: z.email().max(320),
  version: Version,
})
export const SupportContacts = z.object({
  chatUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  communityUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  adminAddress: z.union([z.literal(''), z.email()]),
})
export type SupportContacts = z.infer<typeof SupportContacts>
export const SupportChange = SupportContacts.extend({ version: Version })
export const Cleared = z.object({ version: z.coerce.number().int().min(0) })

/** What a check found; the page has a sentence for each verdict. `detail`: the other side's own words, or empty. */
export const AppTrial = z.object({
  verdict: z.enum([
    'works',
    'known',
    'app_unknown',
    'secret_wrong',
    'secret_expired',
    'app_is_public',
    'tenant_unknown',
    'tenant_only_own',
    'redirect_unknown',
    'too_slow',
    'unreachable',
    'unclear',
  ]),
  detail: z.string(),
})
export type AppTrial = z.infer<typeof AppTrial>
const AddressVerdict = z.enum([
  'reached',
  'reached_plainly',
  'no_origin',
  'only_here',
  'nobody_listens',
  'host_unknown',
  'certificate',
  'too_slow',
  'leads_elsewhere',
  'not_kontor',
  'other_kontor',
])
export const AddressCheck = z.object({ verdict: AddressVerdict, detail: z.string() })
export type AddressCheck = z.infer<typeof AddressCheck>
/**
 * What asking Gmail to publish its notices came to. `asked`: it does, from `since` on; what is heard of it is asked for
 * next. `address`: why the public address was not reached from here, which alone proves nothing; `detail`: Google's own
 * words, or empty.
 */
export const PushTrial = z.object({
  verdict: z.enum([
    'asked',
    'no_app',
    'not_set_up',
    'no_public_address',
    'no_mailbox',
    'topic_missing',
    'publisher_missing',
    'topic_elsewhere',
    'provider_refused',
  ]),
  detail: z.string(),
  since: z.string().optional(),
  address: AddressVerdict.optional(),
})
export type PushTrial = z.infer<typeof PushTrial>
export const NoticeAsked = z.object({ since: z.iso.datetime() })
/** What was heard since. `detail`: what a notice said where something else was expected. */
export const PushNotice = z.object({
  verdict: z.enum(['works', 'waiting', 'unsigned', 'audience', 'account', 'keys_away']),
  detail: z.string(),
})
export type PushNotice = z.infer<typeof PushNotice>
/** What became of each contact that is filled in. */
export const SupportCheck = z.object({
  rows: z.array(
    z.object({
      contact: z.enum(['chatUrl', 'communityUrl', 'adminAddress']),
      verdict: z.enum([
        'answers',
        'page_missing',
        'page_broken',
        'nobody_listens',
        'host_unknown',
        'certificate',
        'too_slow',
        'takes_mail',
        'takes_no_mail',
        'not_known_now',
      ]),
    }),
  ),
})
export type SupportCheck = z.infer<typeof SupportCheck>
export const MailCheck = z.object({
  verdict: z.enum([
    'sent',
    'host_unknown',
    'nobody_listens',
    'too_slow',
    'speaks_plainly',
    'speaks_tls',
    'no_starttls',
    'certificate',
    'login_needed',
    'login_refused',
    'sender_refused',
    'recipient_refused',
    'mail_refused',
    'broke_off',
  ]),
  detail: z.string(),
  to: z.string(),
})
export type MailCheck = z.infer<typeof MailCheck>
