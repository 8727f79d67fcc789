/**
 * Enhanced status codes (RFC 3463) from what a report says: its Status field, the remote server's answer, or, when
 * there is neither, the words by which mail systems name the common reasons.
 */

export type StatusSource = {
  readonly field: string | undefined
  readonly diagnostic: string
  readonly delayed: boolean
}

// subjects run from 0 to 7 (RFC 3463 §3); digits and dots around it would make it a version or an IP address
const code = /(?<![\w.])([45])\.([0-7])\.(\d{1,3})(?![\w]|\.\d)/

/** The first enhanced status code of class 4 or 5 in a text, the one that says most if there are several. */
export function enhancedStatus(text: string): string | undefined {
  const codes = [...text.matchAll(new RegExp(code, 'g'))].map((found) => found[0])
  return codes.find((found) => !found.endsWith('.0.0')) ?? codes[0]
}

/** Class 5 is permanent, class 4 is not, RFC 3463 §2. */
export function isPermanent(status: string): boolean {
  return status.startsWith('5')
}

/**
 * Statuses that speak of whoever sent, whose limit is used up or whose sending is blocked, and say nothing about the recipient.
 * Google: support.google.com/a/answer/3726730 (5.4.5). Exchange Online:
 * learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online.
 */
const ofTheSender = new Set([
  '5.4.5',
  '5.7.232',
  '5.7.233',
  '5.7.236',
  '5.7.501',
  '5.7.502',
  '5.7.503',
  '5.7.705',
])
const wordsOfTheSender =
  /bad outbound sender|(?:daily|user|tenant).{0,30}(?:sending|send).{0,20}(?:limit|quota)|limit for sending (?:mail|messages)/i

/** Whether a report of failure is about whoever sent. */
export function blamesSender(status: string, diagnostic: string): boolean {
  return isPermanent(status) && (ofTheSender.has(status) || wordsOfTheSender.test(diagnostic))
}

/** The status of one recipient; always class 4 or 5. */
export function statusOf(source: StatusSource): string {
  const declared = enhancedStatus(source.field ?? '') ?? undefined
  if (declared !== undefined && !declared.endsWith('.0.0')) return declared
  const answered = enhancedStatus(source.diagnostic)
  if (answered !== undefined && !answered.endsWith('.0.0')) return answered
  const kind = answered?.[0] ?? declared?.[0] ?? replyClass(source.diagnostic)
  const told = reasonStatus(source.diagnostic)
  if (kind !== undefined) return told === undefined ? `${kind}.0.0` : kind + told.slice(1)
  if (source.delayed) return told === undefined ? '4.0.0' : `4${told.slice(1)}`
  return told ?? '5.0.0'
}

// reply codes of SMTP, RFC 5321 §4.2.1
function replyClass(text: string): string | undefined {
  return /(?<![\w.:#/-])([45])[0-7]\d(?=[\s:;,.>'"-]|$)/.exec(text)?.[1]
}

const reasons: readonly (readonly [string, RegExp])[] = [
  [
    '4.4.7',
    /in the queue too long|retry time(?:out)? (?:not reached|exceeded)|(?:delivery|delivered|message|time) (?:time )?(?:has )?(?:expired|timeout)|aborted after|too old|warteschlange/i,
  ],
  [
    '4.2.2',
    /(?:mailbox|mail ?box|mail ?folder|inbox|postfach|quota|boîte|buzón|casella).{0,40}(?:full|exceeded|voll|überschritten|pleine|lleno|piena)|over (?:the )?(?:allowed )?quota|out of storage|not enough (?:storage|space)|(?:disk|storage) quota|mailfolder is full|exceeded (?:his|her|their|its|the) .{0,20}(?:quota|limit)/i,
  ],
  [
    '5.1.2',
    /host(?:name)? (?:not found|unknown)|unknown host|(?:host or )?domain (?:name )?(?:not found|does not exist|unknown)|couldn.t find (?:any host|a mail exchanger|the host)|no such (?:host|domain)|could not find a gateway|name service error|dns (?:error|failure|problem)|domain.{0,30}konnte nicht gefunden|bad destination host|no mx|unroutable|unrouteable|illegal host/i,
  ],
  [
    '5.2.1',
    /(?:account|mailbox|user|address|recipient).{0,40}(?:disabled|inactive|suspended|deactivated|locked|not active|discontinued|closed|gesperrt)/i,
  ],
  [
    '5.1.1',
    /user.{0,12}(?:unknown|not found|doesn.t exist)|unknown (?:user|recipient|address|mailbox|local)|(?:no|not) (?:such|a valid|a known|mailbox|listed|valid) ?(?:user|recipient|mailbox|here|person|address|in)|(?:recipient|address|mailbox|account|user|email|adress|empfänger|benutzer|destinat|usuario|utente|ontvanger|gebruiker).{0,60}(?:not (?:be )?(?:found|exist|known|listed|recogni[sz]ed)|does ?n[o']t exist|n'existe|no existe|unavailable|invalid|unknown|existiert nicht|nicht gefunden|nicht vorhanden|unbekannt|introuvable|inconnu|desconocid|sconosciut|inesistente|onbekend|bestaat niet)|invalid (?:recipient|address|mailbox|final|user)|doesn.t have an? .{0,60}account|recipient (?:address )?(?:rejected|refused)|may not exist|recipnotfound|no valid recipients|unknown or illegal|address rejected|not our customer/i,
  ],
  [
    '5.3.4',
    /message (?:is |was )?(?:too (?:large|big|long)|size exceeds)|size (?:limit|exceed)|exceeds (?:the )?(?:maximum|size)|zu groß/i,
  ],
  ['5.4.6', /too many hops|hop count|mail loop|loops back|routing loop/i],
  [
    '4.4.1',
    /(?:connect(?:ion)?|host|server|operation).{0,60}(?:timed ?out|refused|unreachable|failed|lost|not respond|reset)|unable to connect|(?:couldn.t|wasn.t able to|cannot|could not) (?:establish|connect)|no route to host|temporar|deferred|try again later|greylist/i,
  ],
  [
    '5.7.1',
    /spam|blocked|black ?list|access denied|relay(?:ing)? (?:access )?denied|not permitted|policy|rejected|virus|prohibited|not allowed|unauthenticated|permission|abgelehnt/i,
  ],
]

/** The status that the words of a reason stand for. */
export function reasonStatus(text: string): string | undefined {
  return reasons.find(([, pattern]) => pattern.test(text))?.[0]
}
