/**
 * Automatic replies, as the systems of the wild write them. The standard asks for Auto-Submitted and for References
 * (RFC 3834 §3.1); Exchange, Gmail and old mail servers each say it in a way of their own as well.
 */
import type { Client } from './clients/client.ts'

export interface AutoReply {
  readonly subject: string
  readonly headers: Readonly<Record<string, string>>
}

type System = 'exchange' | 'gmail' | 'sieve' | 'old-server'

const SYSTEMS: Readonly<Record<Client, System>> = {
  outlook: 'exchange',
  'outlook-new': 'exchange',
  web: 'gmail',
  thunderbird: 'sieve',
  apple: 'sieve',
  phone: 'old-server',
}

export function autoReplyOf(client: Client, language: string, subject: string, address: string): AutoReply {
  const german = language === 'de'
  switch (SYSTEMS[client]) {
    case 'exchange':
      return {
        subject: `${german ? 'Automatische Antwort' : 'Automatic reply'}: ${subject}`,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'X-MS-Exchange-Inbox-Rules-Loop': address,
          'X-MS-Has-Attach': '',
          'X-MS-TNEF-Correlator': '',
        },
      }
    case 'gmail':
      return {
        subject: `${german ? 'Gerade nicht da' : 'Out of office'} Re: ${subject}`,
        headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk', 'X-Autoreply': 'yes' },
      }
    // RFC 5230 §5.6
    case 'sieve':
      return { subject: `Auto: ${subject}`, headers: { 'Auto-Submitted': 'auto-replied (vacation)' } }
    // from before the standard: nothing but a precedence and a subject
    case 'old-server':
      return {
        subject: `${german ? 'Abwesenheitsnotiz' : 'Out of office'}: ${subject}`,
        headers: { Precedence: 'auto_reply', 'X-Autorespond': subject },
      }
  }
}
