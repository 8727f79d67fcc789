/**
 * The words by which mail programs introduce what they quote, in the languages they are set to: attributions
 * ("On … wrote:"), header blocks ("Von: … Gesendet: …") and dividers ("-----Original Message-----"). Pure tables with one
 * question each; reply-text.ts asks them. Each dialect is a line in testdata/lines.
 */

// who wrote: [words at the beginning, words at the end]; both must be there, with a date or an address between
const attributions: readonly (readonly [string, string])[] = [
  ['on', 'wrote|writes|said'],
  ['am|vom|um', 'schrieb|schrieben|hat geschrieben|geschrieben'],
  ['le|el|du', 'a écrit|escribió|escribio|ha escrit|va escriure|écrivait|wrote'],
  ['il|in data|alle', 'ha scritto|scrive|scritto'],
  ['em|a', 'escreveu|escreveram'],
  ['op', 'schreef|geschreven'],
  [
    'den|på|kl|man|tir|ons|tor|tors|fre|lør|lör|søn|sön|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|onsdag|lørdag|søndag',
    'skrev|wrote',
  ],
  ['w dniu|dnia|pon|wt|śr|czw|pt|sob|niedz', 'napisał|napisała|napisał\\(a\\)|pisze'],
  ['dne|po|út|ut|st|čt|št|pá|pi|so|ne', 'napsal|napsala|napsal\\(a\\)|napísal|napísala|napísal\\(a\\)'],
  ['pe|în|în data de', 'a scris'],
  ['vào|lúc', 'đã viết'],
  ['pada', 'menulis'],
  ['dana|v|v v|pon|uto|sri|čet|pet|sub|ned', 'napisao je|je napisao|napisala je|napisal|napisala'],
  ['wiadomość napisana przez', 'w dniu|dnia'],
]

// attributions whose verb needs no opening word
const closings = String.raw`kirjoitti|írta|ezt írta|написал(?:а|\(а\))?|пишет|пише|писал|yazdı|şunu yazdı|έγραψε|כתב(?:ה)?|מאת.{3,120}|كتب|写道|寫道|のメール|님이 작성|작성|เขียน(?:ว่า)?`

// a full date, a time or an address; a sentence about "the 5th" has none of them
const evidence = String.raw`(?:\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|[٠-٩]{4}|@)`
const body = String.raw`(?=.*${evidence}).{0,400}?`
const opened = attributions.map(
  ([start, end]) => String.raw`(?:${start})[ ,.]${body}(?<!\p{L})(?:${end})(?!\p{L}).{0,160}?`,
)

const tail = String.raw`\s*(?:\([^()]{3,60}\))?\s*(?:[:：]|-{2,})[\s*_-]*$`
const spokenFirst = new RegExp(String.raw`^[\s*_-]{0,8}(?:${opened.join('|')})${tail}`, 'isu')
const spokenLast = new RegExp(String.raw`^[\s*_-]{0,8}${body}(?:${closings})${tail}`, 'isu')

// Gmail in China, Japan and Korea, and old Gmail: only a date and an address
const numeric =
  /^[\s*]*\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}.{0,80}<[^<>\s]+@[^<>\s]+>\s*[:：]?[\s*_-]*$/isu

// "Anna Muster <anna@…> schrieb am Di., 5. Nov. 2024 um 10:15:" and its kin: the name stands first
const named =
  /^[\s*_]{0,4}\S.{0,200}(?:<[^<>\n]{3,120}>|"|\S)\s+(?:schrieb(?: am| um| folgendes|:)|hat am .{6,40} geschrieben:|wrote(?: on|:)|a écrit(?: le|\s?:)|ha scritto(?: il|:)|escribió(?: el|:)|schreef(?: op|:)|skrev(?: den|:)|escreveu(?: em|:)|napisał(?:\(a\)|a)?:|kirjoitti(?: |:)).{0,120}$/isu

// a date with a time, a name and an address, and no verb at all: Yandex, mail.ru, Gmail in some languages
const unspoken = /^(?=.*\d)(?=.*\d{1,2}[:.h]\d{2}).{6,200}<[^<>\s]{3,120}@[^<>\s]{2,120}>\s*[:：]$/su

// "On …, Anna <anna@…> wrote", the colon forgotten
const unpunctuated = /^on .{6,200}<[^<>\s]+@[^<>\s]+> wrote$/isu

// mutt, and the web mail of Horde
const marked =
  /^\s*\* .{1,120}<[^<>\s]+@[^<>\s]+> \[\d.{6,40}\]:$|^(?:zitat von|quoting|citando(?: a)?|citerar|citation de) .{0,120}@[^<>\s]+>?\s*:$/isu

// a long name, broken from its address as Gmail breaks lines
const addressed = /^<[^<>\s]+@[^<>\s]+>[,\s]/u

// marks of writing direction and of no width, which some programs set around names and dates
const unseen = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** True when these lines, taken together, say who wrote what follows. */
export function isAttribution(lines: readonly string[]): boolean {
  const text = lines.join(' ').replaceAll(unseen, '').replaceAll(/\s+/gu, ' ').trim()
  if (text.length > 500 || !/[:：-]\s*[*_]*$|>$| wrote$/iu.test(text)) return false
  if (spokenFirst.test(text) || unpunctuated.test(text) || marked.test(text)) return true
  // without an opening word, the line before an attribution would be taken for its beginning, unless its address follows
  if (
    lines.length > 1 &&
    !/[<@"]|\d{1,2}[.:]\d{2}|\d{4}/u.test(lines[0] ?? '') &&
    !addressed.test(lines[1] ?? '')
  )
    return false
  if (spokenLast.test(text) || numeric.test(text) || unspoken.test(text)) return true
  return named.test(text) && /[:：]\s*$/u.test(text) && /\d|@|</u.test(text)
}

/** True when these lines begin with the opening word of an attribution and are a whole one. */
export function isSpoken(lines: readonly string[]): boolean {
  return spokenFirst.test(lines.join(' ').replaceAll(unseen, '').replaceAll(/\s+/gu, ' ').trim())
}

const within =
  /^(.*[^\s:>-])(?:\s+|\s*-{2,}\s*)((?:On|Am|Le|El|Il|Op|Em|Den)\s[^:]{0,30}\d.{4,200}[:：])\s*$/su

/** The place in a line where an attribution begins after the last words of an answer; undefined when there is none. */
export function attributionWithin(line: string): number | undefined {
  if (line.length > 1_000 || isSpoken([line])) return undefined
  const found = within.exec(line)
  const attribution = found?.[2]
  return attribution !== undefined && isSpoken([attribution]) ? line.lastIndexOf(attribution) : undefined
}

const weak =
  /^\s*(?:begin )?(?:forwarded|original|weitergeleitete|ursprüngliche) (?:message|nachricht|e-?mail)\s*:\s*$|(?<!\p{L})(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|scritto|escreveu|schreef|skrev|quoting|zitat von|citando|citerar)(?!\p{L}).{0,100}[:：]\s*$/iu

/** True for a line that introduces a quotation only because a quoted line follows it. */
export function introducesQuote(line: string): boolean {
  return line.length < 200 && weak.test(line)
}

/** True when a line can begin an attribution, so that joining it with the next ones is worth it. */
export function opensAttribution(line: string): boolean {
  return /^[\s*_-]{0,8}\S/u.test(line) && line.length < 400
}

const senders = String.raw`from|von|de|da|van|fra|från|od|lähettäjä|от|кого|від|feladó|kimden|gönderen|from sender|remitente|mittente|afzender|expéditeur|αποστολέας|差出人|寄件者|发件人|寄件人|보낸 사람|보낸사람|från avsändare|de la|expediteur|від|από|מאת|من|šalje|pošiljatelj|gửi từ|dari|exp\.`
const dates = String.raw`sent|date|gesendet|gesendet am|datum|envoyé|envoyé le|le|enviado|enviado el|enviada|enviado em|enviada em|fecha|data|inviato|verzonden|sendt|dato|skickat|wysłano|odesláno|lähetetty|päivämäärä|отправлено|дата|message du|küldve|elküldve|dátum|gönderildi|tarih|送信日時|日時|发送时间|日期|寄件日期|보낸 날짜|날짜|wysłane|trimis|odoslané|odesláno|надіслано|дата|στάλθηκε|ημερομηνία|נשלח|תאריך|poslano|datum slanja|dikirim|provenance|elküldve|post(?:ed)? at`
const receivers = String.raw`to|an|à|para|a|aan|til|till|do|komu|vastaanottaja|кому|címzett|kime|kopie|cc|bcc|kopi|宛先|收件人|抄送|받는 사람|받는사람|destinataire|destinatario|către|προς|אל|إلى|prima|za|kepada|příjemce|dest\.|antwort an|para`
const topics = String.raw`subject|betreff|objet|sujet|asunto|oggetto|onderwerp|emne|ämne|temat|předmět|aihe|тема|tárgy|konu|assunto|件名|主题|主旨|제목|antwort an|reply-to|importance|wichtigkeit|priorität|subiect|predmet|θέμα|נושא|الموضوع|perihal|onderwerp|zadeva`

const fieldKinds = [senders, dates, receivers, topics].map(
  (words) => new RegExp(String.raw`^[\s>*_|]{0,12}(?:${words})[*_\s]{0,4}[:：]`, 'iu'),
)

/** Which field of a quoted header block a line is: 0 sender, 1 date, 2 receiver, 3 subject; -1 when none. */
export function headerField(line: string): number {
  return line.length > 1_000 ? -1 : fieldKinds.findIndex((kind) => kind.test(line.replaceAll(unseen, '')))
}

const fieldsWithin = [senders, dates, receivers, topics].map(
  (words) => new RegExp(String.raw`(?:^|[\s*])(?:${words})[*_\s]{0,4}[:：](?=[\s*])`, 'iu'),
)

/** True when one line holds a whole quoted header block. */
export function isHeaderLine(line: string): boolean {
  if (line.length > 1_000 || !line.includes('@') || headerField(line) < 0) return false
  return fieldsWithin.filter((kind) => kind.test(line)).length >= 3
}

const originals = String.raw`original|ursprünglich|urspr|nachricht|message d.origine|message (?:original|initial|transféré)|mensaje original|messaggio original|mensagem original|oorspronkelijk|bericht|oprindelig|opprinnelig|ursprungligt|alkuperäinen|исходное|сообщение|pôvodná|původní|oryginaln|eredeti|özgün|reply message|reply above|原始邮件|原始郵件|元のメッセージ|원본`
const forwards = String.raw`forwarded|weitergeleitet|weiterleitung|transféré|réexpédi|reenviado|inoltrat|encaminhad|doorgestuurd|videresendt|vidarebefordrat|переслан|przekazan|přeposlan|továbbított|iletilen|转发`

const divider = new RegExp(
  String.raw`^[\s>*]{0,4}[-_=–—]{2,}\s*[^-_=\n]{0,40}(?:${originals}|${forwards})[^\n]{0,40}$`,
  'iu',
)
// what help desks put above everything they sent
const answerAbove =
  /^[\s>#*=_–—-]{0,12}(?:please )?(?:(?:type|write|enter|add) )?(?:your )?(?:repl(?:y|ies)|respond|response)(?: to this e-?mail)? above (?:this|the) line|^[\s>#*=_–—-]{0,12}(?:bitte )?(?:schreiben sie ihre antwort|antworten sie|antwort bitte)[^.]{0,20} (?:über|oberhalb) diese[rn]?/iu
const forwardMark = new RegExp(
  String.raw`^[\s>*]{0,4}[-_=–—]{2,}\s*[^-_=\n]{0,30}(?:${forwards})[^\n]{0,40}$|^\s*(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:transféré|réexpédié)|inicio del mensaje reenviado|inizio messaggio inoltrato)\s*:`,
  'iu',
)

/** True for a line that divides an answer from the message below it. */
export function isDivider(line: string): boolean {
  return line.length < 120 && (divider.test(line) || forwardMark.test(line) || answerAbove.test(line))
}

/** True for a line that introduces a forwarded message. */
export function isForwardMark(line: string): boolean {
  return line.length < 120 && forwardMark.test(line)
}
