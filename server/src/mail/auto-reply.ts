/**
 * Automatic responses (RFC 3834): vacation notices, receipts, ticket confirmations. They never count as an answer.
 *
 * The evidence is listed from the standard to hearsay: Auto-Submitted (RFC 3834 §5), a read receipt (RFC 8098), the
 * headers that Exchange and others set, the subject, at last a sentence by which the text says so of itself. A subject that
 * answers an automatic one ("Re: Automatic reply") is a person's. A mailing list's own headers say nothing about an
 * answer by themselves; `Precedence: bulk` counts, because nobody writes answers with it.
 */
import { type Header, header } from './headers.ts'
import { messageReply } from './message-text.ts'
import type { ParsedMessage } from './parse.ts'

// says that a machine answers, whatever stands before it
const automatic = [
  String.raw`auto(?:mati(?:c|sche|sch|ique|ca|co|sk|sk[at]|kus|cká)?)?[- ]?(?:reply|re(?:sponse|sponder)|antwort|rép(?:onse)?|generated|beantwoord(?:ing)?|svar|odpověď|odpowiedź)(?!\p{L})`,
  'automatyczna odpowiedź|automati(?:sche antwort|c reply|c response|kus válasz)|réponse automatique|risposta automatica|respuesta automática',
  'resposta automática|automatisch antwoord|automatiskt svar|automatisk svar|automaattinen vastaus|odpowiedź automatyczna',
  'răspuns automat|autosvar|автоответ|автоматический ответ|автоматична відповідь|αυτόματη απάντηση|自動応答|自動返信|自动回复|自動回覆|자동 ?회신|otomatik yanıt|automatische? abwesenheit',
]
// says that nobody is there
const absent = [
  'abwesenheits(?:notiz|meldung|nachricht|assistent|info|hinweis)|abwesend(?::| bis|.* bis )|urlaubs(?:notiz|meldung|vertretung|abwesenheit|gruß)',
  '(?:ich bin|bin|wir sind) (?:derzeit |zur ?zeit |aktuell |momentan )?(?:nicht im (?:büro|haus)|abwesend|im urlaub|in elternzeit|nicht erreichbar)|außer haus|nicht im büro',
  'out[- ]of[- ](?:the[- ])?office|ooo(?::| re:| -|$)|i(?:.m| am) (?:currently )?(?:out of (?:the )?office|on (?:vacation|(?:annual |parental |maternity |paternity |sick )?leave|holidays?)|away)',
  'vacation (?:reply|notice|message|response|responder)|away from (?:my|the) (?:office|desk|mail|email)|away (?:until|till)(?!\\p{L})',
  'absente?(?:\\(e\\))? du bureau|absence du bureau|message d.absence|je suis (?:actuellement )?(?:absente?|en congés?)|fuera de (?:la )?oficina|ausente de la oficina|fuori (?:sede|ufficio)|afwezigheid',
  'frånvaro|poissa|auto: ', // RFC 5230 §4.2
]
// words of absence that people also use: they count alone, before the subject answered, or with a date
const leave =
  '(?:on |im |in |en )?(?:annual |parental |maternity |paternity )?(?:vacation|holidays?|leave|urlaub|elternzeit|mutterschutz|abwesenheit|abwesend|afwezig|absente?(?:\\(e\\))?|congés?|vacaciones|ferie|vakantie)'
const subjects = new RegExp(
  String.raw`^\s*[\[(]?(?:${automatic.join('|')})|^\s*[\[(]?(?:${absent.join('|')})|^\s*${leave}(?:\s*$|\s*:|\s+(?:re|aw|antw|sv|vs|rif|res|odp):|\s+(?:bis|until|till|vom|from|through|du|jusqu|hasta|fino|tot|t/m)\b)`,
  'iu',
)

const machine = 'réponse|message|e-?mail|courriel|mail'
// in what is new, at the beginning of a sentence
const saysSo = new RegExp(
  String.raw`(?:^|[.!?:]\s|\n)[ \t*_(\[]{0,3}(?:${[
    'this (?:is|was) an? (?:auto(?:mated|matic|matically generated|[- ]generated)|system[- ]generated) (?:e-?mail |out[- ]of[- ]office )?(?:reply|response|message|e-?mail|acknowledg(?:e)?ment|answer|notification)',
    'this (?:reply|response|message|e-?mail) (?:was|is|has been) (?:(?:sent|generated|created) automatically|auto(?:matically |-)(?:sent|generated|created))',
    'dies(?:es)? ist eine automatisch(?:e| (?:generierte|erstellte|erzeugte|versandte|versendete|gesendete)) (?:antwort|nachricht|e-?mail|mail|rückmeldung)',
    'diese (?:antwort|nachricht|e-?mail|mail) (?:wurde|ist|wird) automatisch (?:generiert|erstellt|erzeugt|versandt|versendet|gesendet|verschickt)',
    `ceci est une? (?:${machine}) automatique`,
    `c(?:et?|ette) (?:${machine}) (?:a été|est) (?:généré|envoyé)e? automatiquement`,
  ].join('|')})(?!\p{L})`,
  'iu',
)

// a guard before a mailbox that lets in whom a person or a link confirmed
const challenges =
  /added to (?:the recipient's|their|my|his|her) (?:allowed|approved|safe|guest|contact) (?:senders? )?list|(?:mailbox|account|inbox|address|mail) is (?:now )?protected by (?:bluebottle|boxbe|spam ?arrest|spamblocker|choicemail|vanquish|mailblocks|tmda|active spam killer)|i now allow incoming messages only from senders|to be delivered[^.]{0,60}(?:confirm|verify) (?:that you are|you.re) (?:a )?(?:human|person|not a)/i

/** Why this message is automatic, strongest first; empty when nothing says so. */
export function autoReplyEvidence(message: ParsedMessage): string[] {
  const { headers } = message
  return [
    ...when(headers, 'auto-submitted', (value) => !/^no\b/i.test(value) && value !== ''),
    ...receiptEvidence(message),
    ...when(
      headers,
      'x-auto-response-suppress',
      (value) => /\b(?:all|oof|autoreply|dr|rn|nrn)\b/i.test(value) && hasEmptyPath(message),
    ),
    ...when(headers, 'x-autoreply', (value) => !/^no$/i.test(value)),
    ...when(headers, 'x-autorespond', () => true),
    ...when(headers, 'x-autoresponder', () => true),
    ...when(headers, 'x-auto-reply', () => true),
    ...when(headers, 'x-auto-reply-from', () => true),
    // CommuniGate marks what it only passed on with the same field
    ...when(headers, 'x-autogenerated', (value) => !/^(?:mirror|forward|redirect)/i.test(value)),
    ...when(headers, 'x-mail-autoreply', () => true),
    ...when(headers, 'x-vacation', () => true),
    ...when(headers, 'x-ms-exchange-inbox-rules-loop', () => false),
    ...when(
      headers,
      'precedence',
      (value) => /^auto[-_]?reply\b/i.test(value) || (/^(?:bulk|junk)\b/i.test(value) && !isListed(headers)),
    ),
    ...when(headers, 'delivered-to', (value) => /^autoresponder$/i.test(value)),
    ...when(headers, 'x-cron-env', () => true),
    ...when(headers, 'from', (value) => /(?:auto-?reply|auto-?respond(?:er)?|vacation)@/i.test(value)),
    ...(isUnaddressed(message) ? ['precedence, and nobody to answer to'] : []),
    ...(challenges.test((message.text ?? '').slice(0, 2_000)) ? ['asks the sender to confirm'] : []),
    ...(subjects.test(message.subject) ? [`subject: ${message.subject.slice(0, 80)}`] : []),
    ...selfEvidence(message),
  ]
}

// a machine says little
const longestSaying = 20_000
const longestSource = 400_000
// dividing an answer takes longer
const mayBeSaid = /automat|(?:auto|system)[- ]generated/i

// what an answer quotes may say so too
function selfEvidence(message: ParsedMessage): string[] {
  const raw = [message.text, message.html].map((body) => (body ?? '').slice(0, longestSource))
  if (!raw.some((body) => mayBeSaid.test(body))) return []
  const [said] = saysSo.exec(messageReply(message).visible.slice(0, longestSaying)) ?? []
  return said === undefined ? [] : [`text: ${said.replaceAll(/^[\s.!?:*_([]+/g, '').slice(0, 80)}`]
}

// Exchange and ticket systems set X-Auto-Response-Suppress on what people write too; a notice has an empty return path
function hasEmptyPath(message: ParsedMessage): boolean {
  const path = header(message.headers, 'return-path')
  return path !== undefined && /^<?\s*>?$/.test(path)
}

// a mailing list sets Precedence on what people write to it
function isListed(headers: readonly Header[]): boolean {
  const marked = ['list-id', 'list-post', 'x-mailing-list', 'x-beenthere'].some(
    (name) => header(headers, name) !== undefined,
  )
  return marked || /\bowner-|-(?:owner|admin|bounces)\b/i.test(header(headers, 'sender') ?? '')
}

// RFC 3834 §3.3; a mailing has a way out
function isUnaddressed(message: ParsedMessage): boolean {
  const { headers } = message
  const low = /^(?:bulk|junk)\b/i.test(header(headers, 'precedence')?.trim() ?? '')
  return (
    low && hasEmptyPath(message) && !isListed(headers) && header(headers, 'list-unsubscribe') === undefined
  )
}

function receiptEvidence(message: ParsedMessage): string[] {
  const declared =
    message.mediaType.parameters.get('report-type')?.toLowerCase() === 'disposition-notification'
  return declared || message.reports.disposition.length > 0 ? ['disposition-notification'] : []
}

function when(headers: readonly Header[], name: string, says: (value: string) => boolean): string[] {
  const value = header(headers, name)?.trim()
  return value !== undefined && says(value) ? [`${name}: ${value.slice(0, 80)}`] : []
}
