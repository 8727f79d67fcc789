/**
 * Delivery reports in prose: mail systems that do not write message/delivery-status, or beside it.
 *
 * Three questions, each answered by a table: is this a report at all, where does the returned message begin, and
 * which words name the recipients. A report in prose must come from a machine (a daemon's address, an empty return
 * path, a header only machines set) AND say so in its subject or body: people write about bounces too.
 */
import { addressKey } from './address.ts'
import { addressesIn, type Header, header, readHeaders } from './headers.ts'
import { htmlToText } from './html-text.ts'
import type { ParsedMessage } from './parse.ts'
import { baseSubject } from './subject.ts'

export type ToldRecipient = { readonly address: string; readonly key: string; readonly diagnostic: string }

export type BounceText = {
  readonly isBounce: boolean
  readonly delayed: boolean
  readonly recipients: readonly ToldRecipient[]
  /** What the report says before the returned message begins. */
  readonly reason: string
  /** The returned message when it stands in the text, else empty. */
  readonly returned: string
  readonly evidence: readonly string[]
}

const textLimit = 100_000
// a report stands at the top; the rest of a long letter is not made text only to be cut off
const htmlLimit = 200_000
const namedLimit = 200
const diagnosticLimit = 2_000

const daemons =
  /(?:mail(?:er)?|delivery)[-_. ]?(?:daemon|administrator|deliver|subsystem|system)|^[\s"<]*(?:e?-?mail )?post ?master|post[-_.]?master@|mail delivery|microsoftexchange[0-9a-f]{32}@|system administrator|mdaemon|autoreply-bounce|bounce(?:s|d)?[-+@]|(?:-admin|-request|listserv|majordomo|mailman)@/i

const subjects =
  /undeliver|unzustellbar|(?:nicht|non|niet) (?:zustell|zugestellt|remis|bezorg)|return(?:ed|ing) (?:mail|message|to)|delivery (?:status|failure|failed|has failed|problem|error|notification|report)|(?:failure|failed) (?:notice|delivery)|mail (?:system error|failure|delivery)|(?:could|can|was|would)(?: ?not|n't)(?: be)? (?:deliver|sen[td])|not delivered|non ?deliver|error sending|bounce|rebot|no se (?:pudo|ha podido) entregar|impossible de remettre|échec de (?:la )?remise|non recapit|mancato recapito|onbestelbaar|não (?:é|foi) (?:possível )?entreg|niedostarcz|не ?доставлен|zustellung (?:fehlgeschlagen|nicht)|fehler bei der zustellung|zustellungsfehler|warning: (?:could not|message)|delay(?:ed)?\b|verzögert|are not (?:a )?member|配信|エラー|送信できません|退信|投递失败|无法(?:送达|投递)|failed mail|processing error|automatically rejected/i

const bodies =
  /(?:could|can|was|were|has|have|did|would|may)(?: ?n[o']t|not)(?: have)?(?: yet)?(?: be(?:en)?)?(?: able to)? ?(?:deliver|sent|be delivered|reach)|unable to (?:deliver|send)|(?:delivery|delevery) (?:to|of|has|failed|failure|problem|status)|wasn.t able to deliver|undeliver|had delivery errors|transcript of session|failure reasons|(?:returned|permanent|fatal) (?:errors?|message)|error (?:occurred|delivering|sending|in deliver)|trouble delivering|no such user|user unknown|unknown user|may not exist, or you|rejected by|konnte (?:leider )?nicht (?:an |zugestellt|übermittelt|ausgeliefert)|nicht zugestellt werden|nicht zustellbar|n.a pas pu être (?:remis|distribué)|no se pudo entregar|impossibile recapitare|não pôde ser entregue|не может быть доставлено|invalid final delivery|(?:mail|message) (?:has been|was|is being) returned|automatically rejected|did not reach the following|not a valid (?:user|address|mailbox|recipient)|not match an? .{0,20}address|无法(?:发送|送达|投递)|配送できません|送信できません|アドレス|投递/i

const delays =
  /(?:delivery|message|mail).{0,60}(?:delayed|been delayed)|\(delay\)|warning message only|could not send message for|(?:will|server will|we will) (?:keep|continue|be) (?:trying|to try|retr)|will be retried|attempts? will (?:continue|be made)|has been postponed|not yet been delivered|been delivered yet|verzögert|temporary problem delivering|do not need to resend/i

const finalWords =
  /permanent|giving up|given up|failed permanently|has failed|could not be delivered|returned to sender/i

// who says that attempts go on has not given up, whatever "could not be delivered" stands beside it
const retries = /(?:attempts?|server|we) will (?:keep|continue|be made)|will be retried/i
const givenUp = /permanent|giv(?:ing|en) up|returned to sender/i

// the line after which the returned message begins
const returnedMarks =
  /^[ \t>]*(?:[-*_=]{2,}[ \t]*)?(?:below this line is|enclosed is|this is) a copy of (?:the|your) (?:message|mail).*$|^[ \t]*[-*_=]{2,}[ \t]*(?:original (?:message|mail)|returned (?:message|mail)|unsent message|the header of the original|begin (?:original|message)|message header|kopie der|ursprüngliche nachricht|copy of|start of returned).*$|^[ \t]*(?:original message (?:follows|headers?)|message headers follow|included is a copy of the message|original message:|ursprüngliche nachrichten(?:kopfzeilen|header)|the (?:following|attachment) (?:is|contains) (?:a copy|the original)|mensaje original|en-têtes de message d.origine|full headers? of|the (?:header|original message)s? (?:of|is|follow)).{0,80}$/im

/** Reads the prose of a report; `isBounce` tells whether it is one at all. */
export function readBounceText(message: ParsedMessage): BounceText {
  const { text, html = '' } = message
  const whole = (text ?? htmlToText(html.slice(0, htmlLimit))).slice(0, textLimit)
  const { reason, returned } = split(whole.replaceAll('\r\n', '\n'))
  const evidence = evidenceOf(message, reason, returned)
  const first = `${message.subject}\n${reason.slice(0, 2_000)}`
  return {
    isBounce: evidence.length > 0,
    delayed: delays.test(first) && !(retries.test(first) ? givenUp : finalWords).test(first),
    recipients: evidence.length > 0 ? told(message, reason, returned) : [],
    reason,
    returned,
    evidence,
  }
}

function split(text: string): { reason: string; returned: string } {
  const mark = returnedMarks.exec(text)
  const at = mark?.index ?? text.search(/^(?:Received|Return-Path): /m)
  if (at < 0) return { reason: text, returned: '' }
  const returned = text.slice(at + (mark?.[0].length ?? 0)).replace(/^[\s-]+/, '')
  return { reason: text.slice(0, at), returned }
}

function evidenceOf(message: ParsedMessage, reason: string, returned: string): string[] {
  const has = (name: string) => header(message.headers, name) !== undefined
  const found: string[] = []
  if (message.mediaType.parameters.get('report-type')?.toLowerCase() === 'delivery-status')
    found.push('report-type=delivery-status')
  if (message.reports.deliveryStatus.length > 0) found.push('message/delivery-status')
  if (has('x-failed-recipients')) found.push('X-Failed-Recipients')
  if (has('x-ms-exchange-message-is-ndr')) found.push('X-MS-Exchange-Message-Is-Ndr')
  if (found.length > 0) return found
  const machine =
    machineSender(message.headers) ?? returnsMessage(message, returned) ?? saysSo(message, reason)
  const subject = subjects.test(message.subject)
  const body = bodies.test(reason)
  if (machine === undefined || !(subject || body)) return []
  // an empty return path is also what auto-replies have (RFC 3834 §3.3)
  if (machine === 'Return-Path: <>' && !subject && has('auto-submitted')) return []
  return [machine, ...(subject ? ['subject'] : []), ...(body ? ['text'] : [])]
}

// a returned message and no mark of an answer: who writes by hand answers or forwards
function returnsMessage(message: ParsedMessage, returned: string): string | undefined {
  const byHand = baseSubject(message.subject) !== message.subject || message.inReplyTo.length > 0
  const given =
    message.reports.returned.length > 0 || /^(?:message-id|received|return-path):/im.test(returned)
  return given && !byHand && subjects.test(message.subject) ? 'a returned message' : undefined
}

// "Your message … could not be delivered to lena@…", at the top of a mail that answers nothing, from whatever sender
function saysSo(message: ParsedMessage, reason: string): string | undefined {
  if (message.inReplyTo.length > 0 || message.references.length > 0) return undefined
  const said = notDelivered.exec(reason.slice(0, 1_000))
  const first = said !== null && reason.slice(0, said.index).trim().length < 200
  return first && (said.index < 80 || subjects.test(message.subject))
    ? 'not delivered, says the text'
    : undefined
}

function machineSender(headers: readonly Header[]): string | undefined {
  const from = header(headers, 'from') ?? ''
  if (daemons.test(from) || /^\s*<>\s*$/.test(from)) return `From: ${from.slice(0, 80)}`
  const path = header(headers, 'return-path')
  if (path !== undefined && /^<?\s*>?$/.test(path)) return 'Return-Path: <>'
  return path !== undefined && daemons.test(path) ? `Return-Path: ${path.slice(0, 80)}` : undefined
}

const addr = String.raw`[^\s<>()\[\]"',;:@*]{1,64}@[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9.\u00a1-\uffff-]{0,253}[A-Za-z0-9\u00a1-\uffff])?`
const boxed = String.raw`<\s*(?:mailto:)?(${addr})\s*>`
const plain = String.raw`(${addr})`

const notDelivered = new RegExp(
  String.raw`(?:^|[.!\n])\W{0,40}(?:your|the|ihre|deine|votre|su|il (?:suo|tuo)) (?:e-?mail )?(?:message|mail|e-?mail|nachricht|courriel|mensaje|messaggio)\b[^!?]{0,200}?(?:(?:could|can|was|has)(?: ?not|n't)(?: be| been)? (?:successfully )?delivered|(?:konnte|wurde) nicht|n'a pas p[uû] [eê]tre|no (?:se )?(?:pudo|ha podido)|non è stato possibile)[^.!?]{0,120}?${plain}`,
  'iu',
)

// what a report names after such words are the recipients, what stands before may be anybody
const introduction =
  /(?:following|these|reach)[^\n.]{0,60}\b(?:recipients?|address(?:es|ee)?|users?|persons?)\b[^\n.]{0,40}:[ \t]*$|empfänger[^\n.]{0,60}(?:erreicht|zugestellt)[^\n.]{0,30}:[ \t]*$/im

// from the most to the least certain; the first row that names somebody wins
const namings: readonly RegExp[] = [
  new RegExp(String.raw`^[ \t]*[*•-]?[ \t]*${boxed}(?::|[ \t]*$|[ \t]+\()`, 'gim'),
  new RegExp(String.raw`^\d{3}[ -](?:\d\.\d\.\d+ )?${boxed}\.\.\.`, 'gim'),
  new RegExp(
    String.raw`^[ \t]*[*•-]?[ \t]*${plain}(?=:?[ \t]*$|[ \t]*[:\[(<]|[ \t]+(?:on|failed|invalid|user|\.\.|host|was|is|has|smtp|said|remote|[45]\d\d)\b)`,
    'gim',
  ),
  new RegExp(
    String.raw`(?<![\p{L}\d])(?:rcpt to|delivery failed|unknown user|delivery userid|errors|recipients?|(?:recipient )?address(?:es)?|an|à|a|para|to|gateway for|user|addressed,?)(?: |: ?|:?<| <)${plain}`,
    'giu',
  ),
  new RegExp(
    String.raw`(?<!(?<!generated |expanded )\b(?:from|sender):?\s{1,3}<?)(?<![^\s<>()\[\]"',;:@*])${plain}`,
    'gi',
  ),
]

function told(message: ParsedMessage, reason: string, returned: string): ToldRecipient[] {
  const ours = new Set(
    [...message.to, ...(message.from === undefined ? [] : [message.from])].map((own) => own.key),
  )
  const listed = addressesIn(message.headers, 'x-failed-recipients').map((failed) => failed.address)
  if (listed.length > 0)
    return unique(listed.map((address) => recipient(address, diagnosticFor(address, reason))))
  const named = namedIn(reason.slice(introduction.exec(reason)?.index ?? 0), ours) ?? namedIn(reason, ours)
  if (named !== undefined) return named
  const returnedNames = returnedTo(message, returned)
  const names = returnedNames.length > 0 ? returnedNames : localNames(message, reason)
  return unique(names.map((address) => recipient(address, reason.trim())))
}

function namedIn(reason: string, ours: ReadonlySet<string>): ToldRecipient[] | undefined {
  for (const naming of namings) {
    const found = [...reason.matchAll(naming)].slice(0, namedLimit).flatMap((match) => {
      const address = writtenTo(reason, match)
        .replace(/^(?:mailto:|smtp=)/i, '')
        .replace(/\.+$/, '')
      if (address === '' || ours.has(addressKey(address)) || daemons.test(address)) return []
      return [recipient(address, diagnosticAfter(reason, match.index, match[0].length))]
    })
    if (found.length > 0) return unique(found)
  }
  return undefined
}

// a provider may name its own people without its domain
function localNames(message: ParsedMessage, reason: string): string[] {
  const domain = /^mailer-daemon@(.+)$/i.exec(message.from?.address ?? '')?.[1]
  const name = /:\n[ \t]+([\w.-]{2,64})[ \t]*(?:\n|$)/.exec(reason)?.[1]
  return domain === undefined || name === undefined ? [] : [`${name}@${domain.toLowerCase()}`]
}

// behind a forward the report names both: Postfix "(expanded from <a>)", Exim "(generated from a)"
function writtenTo(reason: string, match: RegExpExecArray): string {
  const after = reason.slice(match.index, match.index + 400)
  const origin = new RegExp(String.raw`^[^()]{3,200}\((?:expanded|generated) from:?\s+<?${plain}>?\)`, 'i')
  return origin.exec(after)?.[1] ?? match[1] ?? ''
}

function returnedTo(message: ParsedMessage, returned: string): string[] {
  const headers = [...message.reports.returned, returned].map((part) => readHeaders(part))
  const to = headers.map((fields) => addressesIn(fields, 'to')).find((addresses) => addresses.length > 0)
  return (to ?? []).map((address) => address.address)
}

function recipient(address: string, diagnostic: string): ToldRecipient {
  return {
    address,
    key: addressKey(address),
    diagnostic: diagnostic.replaceAll(/\s+/g, ' ').trim().slice(0, 1_000),
  }
}

function diagnosticFor(address: string, reason: string): string {
  const at = reason.toLowerCase().indexOf(address.toLowerCase())
  return at < 0 ? reason : diagnosticAfter(reason, at, address.length)
}

// the rest of the line and what follows up to an empty line or the next recipient
function diagnosticAfter(reason: string, at: number, length: number): string {
  const lineStart = Math.max(reason.lastIndexOf('\n', at) + 1, at - diagnosticLimit)
  const before = reason.slice(lineStart, at)
  const rest = reason.slice(at + length, at + length + diagnosticLimit)
  const end = rest
    .slice(1)
    .search(new RegExp(String.raw`\n[ \t]*\n|\n[ \t]*[*•-]?[ \t]*<?${addr}>?[ \t]*(?::|$)`, 'im'))
  return `${before} ${(end < 0 ? rest : rest.slice(0, end + 1)).replace(/^[:>\s]+/, '')}`
}

function unique(recipients: readonly ToldRecipient[]): ToldRecipient[] {
  const byKey = new Map<string, ToldRecipient>()
  for (const one of recipients) if (!byKey.has(one.key)) byKey.set(one.key, one)
  return [...byKey.values()]
}
