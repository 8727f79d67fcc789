/**
 * Mail that no product may open, most of it made to look like an answer to a letter of ours. The same seed and number: the
 * same mail. Each bears a word of its own in everything that a reader could keep.
 */
import { between, chanceOf, pick } from '../simulation/chance.ts'
import type { Chance } from '../simulation/chance.ts'
import type { Sender } from '../story/cast.ts'
import { addressOf } from '../story/cast.ts'

/** A letter of ours, as the practice world recorded its leaving. */
export interface Ours {
  readonly name: string
  readonly subject: string
  readonly messageId: string
  /** What opens its References. */
  readonly token: string
}

/** What the practice world is asked to put into a mailbox. */
export interface Posted {
  readonly to: string
  readonly raw: string
  readonly labels: readonly string[]
}

interface Drawn {
  readonly chance: Chance
  readonly n: number
  readonly ours: Ours
  readonly box: Sender
}

interface Mail {
  readonly subject: string
  readonly from?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly text?: string
  readonly type?: string
  readonly labels?: readonly string[]
}

/** Stands in id and text of all foreign mail, in its subject where that is not ours, and nowhere else. */
export const foreignWord = 'zqforeignqz'

const boundary = 'practice-boundary'
const hex = '0123456789abcdef'
const inTheInbox = ['UNREAD', 'INBOX']
const elsewhere = [['UNREAD', 'SPAM'], [], ['UNREAD']] as const

const looks = {
  'private matter': ({ n }) => ({
    subject: `Sunday ${foreignWord} ${n}`,
    headers: { 'In-Reply-To': `<${n}.home@outside.example>`, References: `<${n}.home@outside.example>` },
  }),
  newsletter: ({ n }) => ({
    subject: `News ${foreignWord} ${n}`,
    headers: { 'List-Unsubscribe': '<https://outside.example/leave>', Precedence: 'bulk' },
    type: 'text/html',
    text: `<p>Sale</p><img src="https://outside.example/${n}.png">`,
  }),
  'what the owner wrote to others': ({ n, box }) => ({
    from: `Owner <${box.address}>`,
    subject: `To a friend ${foreignWord} ${n}`,
    labels: ['SENT'],
  }),
  'subject twin': ({ ours }) => ({ subject: `Re: ${ours.subject}` }),
  'subject twin that answers another mail': ({ n, ours }) => ({
    subject: `AW: ${ours.subject}`,
    headers: {
      'In-Reply-To': `<${n}@outside.example>`,
      References: `<0.${n}@outside.example> <${n}@outside.example>`,
    },
  }),
  'an influencer of ours, out of the blue': ({ n, ours }) => ({
    from: writerOf(ours),
    subject: `Another matter ${foreignWord} ${n}`,
  }),
  // Exchange puts it into our conversation, and whoever takes part in one is heard there
  'an influencer of ours under our subject': ({ n, ours, box }) => ({
    from: writerOf(ours),
    subject: box.provider === 'microsoft' ? `A matter of mine ${foreignWord} ${n}` : `Re: ${ours.subject}`,
  }),
  'a token of another Kontor': ({ chance, ours }) => ({
    subject: `Re: ${ours.subject}`,
    headers: { References: `<s.${letters(chance, 32)}@brand.practice.example>` },
  }),
  'a token one letter beside ours': ({ chance, ours }) => ({
    subject: `Re: ${ours.subject}`,
    headers: { References: `${oneLetterOff(chance, ours.token)} <${letters(chance, 12)}@outside.example>` },
  }),
  'the beginning of our id': ({ chance, ours }) => ({
    subject: `Re: ${ours.subject}`,
    headers: {
      'In-Reply-To': cut(ours.messageId, between(chance, 4, 10)),
      References: `${cut(ours.token, between(chance, 1, 6))} ${longer(ours.messageId)}`,
    },
  }),
  'our id rewritten by a gateway': ({ chance, ours }) => ({
    subject: `RE: ${ours.subject}`,
    headers: {
      'In-Reply-To': elsewhereAt(ours.messageId, 'relay.outside.example'),
      References: `<${letters(chance, 24)}-000000@relay.outside.example> ${elsewhereAt(ours.messageId, 'x.outside.example')}`,
    },
  }),
  'our letter forwarded to a third person, who writes': ({ n, ours }) => ({
    subject: `Fwd: ${ours.subject}`,
    headers: {
      'In-Reply-To': `<forward.${n}@outside.example>`,
      References: `<forward.${n}@outside.example>`,
    },
    type: `multipart/mixed; boundary=${boundary}`,
    text: forwarded(ours),
  }),
  'our ids anywhere but in the headers of a thread': ({ n, ours }) => ({
    subject: `About ${ours.messageId} ${foreignWord} ${n}`,
    headers: {
      'X-References': ours.token,
      'X-In-Reply-To': ours.messageId,
      'Thread-Index': Buffer.from(ours.messageId).toString('base64').slice(0, 60),
      Comments: `In-Reply-To: ${ours.messageId}`,
    },
    text: `In-Reply-To: ${ours.messageId}\r\nReferences: ${ours.token}`,
  }),
  'a report about somebody else’s mail': ({ n }) => ({
    from: `Mail Delivery System <mailer-daemon.${foreignWord}.${n}@outside.example>`,
    subject: 'Undelivered Mail Returned to Sender',
    headers: { 'Auto-Submitted': 'auto-replied', 'In-Reply-To': `<${n}.lost@outside.example>` },
    type: `multipart/report; report-type=delivery-status; boundary=${boundary}`,
    text: report(n),
  }),
  'somebody away': ({ n }) => ({
    subject: `Automatic reply: lunch ${foreignWord} ${n}`,
    headers: { 'Auto-Submitted': 'auto-replied', 'In-Reply-To': `<${n}.lunch@outside.example>` },
  }),
} as const satisfies Record<string, (drawn: Drawn) => Mail>

/** In what ways mail looks like ours; the first ones do not. */
export type Look = keyof typeof looks
export const everyLook = Object.keys(looks) as readonly Look[]

export function lookOf(n: number): Look {
  return everyLook[n % everyLook.length] ?? 'private matter'
}

/** The mail of a number, beside one of our letters. */
export function foreignMail(seed: string, n: number, box: Sender, ours: Ours): Posted {
  const chance = chanceOf(seed, 'foreign', box.address, n)
  const mail: Mail = looks[lookOf(n)]({ chance, n, ours, box })
  const stranger = `Somebody <${foreignWord}.${n}@people.practice.example>`
  const place = mail.labels ?? (chance() < 0.1 ? pick(chance, elsewhere) : inTheInbox)
  const headers = {
    From: mail.from ?? stranger,
    To: mail.labels === undefined ? box.address : stranger,
    Subject: mail.subject,
    Date: 'Mon, 30 Nov 2026 09:00:00 +0000',
    'Message-ID': `<${foreignWord}.${n}.${letters(chance, 16)}@outside.example>`,
    ...mail.headers,
    'MIME-Version': '1.0',
    'Content-Type': mail.type ?? 'text/plain; charset=utf-8',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const raw = [...head, '', mail.text ?? '', `Nobody else's business: ${foreignWord} ${n}`, ''].join('\r\n')
  return { to: box.address, raw, labels: [...place] }
}

function writerOf({ name }: Ours): string {
  return `${name} <${addressOf(name)}>`
}

function letters(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => hex[between(chance, 0, 15)]).join('')
}

/** Another letter at one place of the token itself. */
function oneLetterOff(chance: Chance, id: string): string {
  const from = id.indexOf('.') + 1
  const at = between(chance, from, id.indexOf('@') - 1)
  return `${id.slice(0, at)}${id[at] === 'a' ? 'b' : 'a'}${id.slice(at + 1)}`
}

/** Without the last letters of its left side. */
function cut(id: string, count: number): string {
  const at = id.indexOf('@')
  return `${id.slice(0, Math.max(2, at - count))}${id.slice(at)}`
}

function longer(id: string): string {
  return id.replace('@', '0@')
}

function elsewhereAt(id: string, host: string): string {
  return `${id.slice(0, id.indexOf('@'))}@${host}>`
}

function forwarded({ subject, messageId, token }: Ours): string {
  const ours = `Message-ID: ${messageId}\r\nReferences: ${token}\r\nSubject: ${subject}\r\n\r\nShall we?`
  return parts({ 'text/plain': 'Look at this.', 'message/rfc822': `${ours} ${foreignWord}` })
}

function report(n: number): string {
  return parts({
    'text/plain': 'It could not be delivered.',
    'message/delivery-status': `Reporting-MTA: dns; outside.example\r\n\r\nFinal-Recipient: rfc822; ${n}@outside.example\r\nAction: failed\r\nStatus: 5.1.1`,
    'text/rfc822-headers': `Message-ID: <${n}.lost@outside.example>`,
  })
}

/** The parts of a multipart by their types. */
function parts(texts: Readonly<Record<string, string>>): string {
  const each = Object.entries(texts).map(
    ([type, text]) => `--${boundary}\r\nContent-Type: ${type}\r\n\r\n${text}\r\n`,
  )
  return `${each.join('')}--${boundary}--`
}
