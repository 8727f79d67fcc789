/** Whether a domain takes mail, as its DNS entries say: MX, without any the domain itself (RFC 5321 §5.1), or a null MX (RFC 7505). */
import { resolve4, resolve6, resolveMx } from 'node:dns/promises'

export interface MailDns {
  readonly mx: (domain: string) => Promise<readonly { readonly exchange: string }[]>
  readonly host: (domain: string) => Promise<unknown>
}

const dns: MailDns = {
  mx: resolveMx,
  host: async (domain) => await Promise.any([resolve4(domain), resolve6(domain)]),
}

/** `unknown` when the name servers do not answer. */
export async function takesMail(domain: string, look: MailDns = dns): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const exchanges = await look.mx(domain)
    return exchanges.some(({ exchange }) => exchange !== '' && exchange !== '.') ? 'yes' : 'no'
  } catch (error) {
    if (!isAbsent(error)) return 'unknown'
  }
  try {
    await look.host(domain)
    return 'yes'
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors : [error]
    return errors.every(isAbsent) ? 'no' : 'unknown'
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = error as { readonly code?: string }
  return code === 'ENOTFOUND' || code === 'ENODATA'
}
