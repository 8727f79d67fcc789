/** Whether the support contacts lead anywhere: pages are opened as a visitor would, the address is asked of the DNS. */
import type { HttpClient } from '../platform/http-client/index.ts'
import { createHttpClient, HttpError } from '../platform/http-client/index.ts'
import type { MailDns } from '../platform/mail-domain/index.ts'
import { takesMail } from '../platform/mail-domain/index.ts'
import { unreached } from './check-address.ts'
import type { Support } from './settings.ts'

type SupportVerdict =
  | 'answers'
  | 'page_missing'
  | 'page_broken'
  | 'nobody_listens'
  | 'host_unknown'
  | 'certificate'
  | 'too_slow'
  | 'takes_mail'
  | 'takes_no_mail'
  | 'not_known_now'

const patienceMs = 8000
const longestPage = 8 * 1024 * 1024

interface Outside {
  readonly http?: HttpClient
  readonly dns?: MailDns
}

interface ContactVerdict {
  readonly contact: keyof Support
  readonly verdict: SupportVerdict
}

/** One verdict for each contact that is filled in. */
export async function checkSupport(
  { chatUrl, communityUrl, adminAddress }: Support,
  { http, dns }: Outside = {},
): Promise<readonly ContactVerdict[]> {
  const pages = [
    { contact: 'chatUrl', url: chatUrl },
    { contact: 'communityUrl', url: communityUrl },
  ] as const
  const looks: Promise<ContactVerdict>[] = pages
    .filter(({ url }) => url !== '')
    .map(async ({ contact, url }) => ({ contact, verdict: await pageVerdict(url, http) }))
  if (adminAddress !== '')
    looks.push(mailVerdict(adminAddress, dns).then((verdict) => ({ contact: 'adminAddress', verdict })))
  return await Promise.all(looks)
}

async function pageVerdict(url: string, given: HttpClient | undefined): Promise<SupportVerdict> {
  const http =
    given ?? createHttpClient({ allowedOrigins: () => [new URL(url).origin], timeoutMs: patienceMs })
  try {
    const { status } = await http.request({ url, maxBytes: longestPage })
    if (status === 404 || status === 410) return 'page_missing'
    return status >= 500 ? 'page_broken' : 'answers'
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    const verdict = unreached(error)
    // another page of the same help, and a long one, are as good
    return verdict === 'leads_elsewhere' || error.kind === 'too-large' ? 'answers' : verdict
  }
}

async function mailVerdict(address: string, dns: MailDns | undefined): Promise<SupportVerdict> {
  const found = await takesMail(address.slice(address.lastIndexOf('@') + 1), dns)
  return ({ yes: 'takes_mail', no: 'takes_no_mail', unknown: 'not_known_now' } as const)[found]
}
