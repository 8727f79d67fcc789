/**
 * What stands under or above a mail without having been written for it: the line of a phone or a mail program, the
 * notice of a legal department, the warning of a gateway. Pure tables with one question each; every dialect is a line in testdata/lines.
 */

const germanApps = String.raw`meine?[mnrs]?\b|de[mr] [^!?]{0,24}app|mail\b|outlook|yahoo|gmail|gmx|web\.de|t-online|telekom|freenet|proton|spark|bluemail|android|iphone|ipad|samsung|huawei|xiaomi|unterwegs|mobil`
const germanPhones = String.raw`mein\S* |unterwegs|mobil|yahoo|aol|gmx|web\.de|outlook`
const apology = String.raw`(?:[.,;–-]? ?(?:please |kindly |so please |bitte )?(?:excuse|pardon|forgive|entschuldigen|verzeih)[^?]{3,80})?`

const footers = [
  String.raw`sent (?:from|via|with|using|by) (?:my )?(?:mobile|phone|tablet|iphone|ipad|ipod|android|samsung|galaxy|huawei|pixel|xiaomi|oneplus|blackberry|nokia|windows|mail|outlook|yahoo|gmail|aol|zoho|proton ?mail|typeapp|bluemail|spark|sparrow|shortwave|airmail|mailbird|superhuman|missive|hey|fastmail|the|verizon|at&t|t-mobile|sprint|vodafone|o2|rogers|bell|telus|htc|lg|moto|sony|nine|aquamail|posteo|gmx|web\.de|edison|myMail|fairemail|k-9|thunderbird|smartphone|handheld|wireless)\b[^.!?]{0,60}\.?`,
  String.raw`sent from my [\p{L}\d' -]{1,40}`,
  String.raw`get outlook for (?:ios|android|mac)|(?:outlook|holen sie sich outlook|outlook holen|laden sie outlook)[^.]{0,10}für (?:ios|android)[^.]{0,30}`,
  String.raw`yahoo mail: [\p{L}, ]{3,60}`,
  String.raw`von (?:${germanPhones})[^.,!?]{0,60}(?:gesendet|geschickt|verschickt|verfasst)\.?|aus (?:meine[mr]|unterwegs)[^.]{0,60}(?:gesendet|geschickt|verschickt|verfasst)\.?|(?:von )?(?:unterwegs|mobil) gesendet\.?`,
  String.raw`gesendet (?:von|mit|über|aus|via) (?:${germanApps})[^!?]{0,80}|(?:über|mit|via) (?:${germanApps})[^.!?]{0,60}(?:gesendet|verschickt)\.?|(?:diese|die) (?:nachricht|e-?mail|mail) wurde (?:von|mit)[^!?]{3,120}(?:gesendet|verschickt)\.?`,
  String.raw`envoyé (?:de|depuis|à partir de|avec)[^.!?]{1,60}\.?|(?:obtenir|télécharger) outlook pour[^.]{1,20}|provenance : courrier[^.]{1,30}`,
  String.raw`enviado (?:desde|do|a partir do|de|con|com)[^.!?]{1,60}\.?|obtener outlook para[^.]{1,20}|obter o outlook[^.]{1,20}`,
  String.raw`inviato (?:da|dal|con)[^.!?]{1,60}\.?|(?:ottieni|scarica) outlook per[^.]{1,20}`,
  String.raw`(?:verzonden|verstuurd) (?:vanaf|met|via|vanuit)[^.!?]{1,60}\.?|(?:download |verkrijg )?outlook voor (?:ios|android)[^.]{0,20}`,
  String.raw`sendt fra[^.!?]{1,60}\.?|skickat från[^.!?]{1,60}\.?|lähetetty[^.!?]{1,60}\.?|(?:skaffa|hent|hanki) outlook [^.]{1,24}`,
  String.raw`wysłan[eo] z[^.!?]{1,60}\.?|(?:odesláno|odoslané) z[^.!?]{1,60}\.?|pobierz program outlook[^.]{1,30}|poslano s[^.!?]{1,40}\.?|küldve az[^.!?]{1,40}\.?|trimis de pe[^.!?]{1,40}\.?`,
  String.raw`отправлено (?:с|из|от)[^.!?]{1,60}\.?|надіслано з[^.!?]{1,40}\.?|στάλθηκε από[^.!?]{1,40}\.?`,
  String.raw`iphone.?umdan gönderildi|iphoneから送信|发自我的[^.]{1,30}|從我的[^.]{1,20}傳送|나의 \S+에서 보냄`,
]
const footer = new RegExp(String.raw`^[\s*_]{0,4}(?:${footers.join('|')})${apology}\.?[>\])*_\s]*$`, 'iu')
const link = /\s*(?:[<[(]\s*https?:[^\s<>]{1,500}?\s*[>\])]|(?<=\s)https?:\S{1,500}$)/giu

/** True for the line that a phone or a mail program puts under what was written. */
export function isFooter(line: string): boolean {
  if (line.length < 8 || line.length > 700) return false
  const words = line.replaceAll(link, '')
  return words.length < 220 && footer.test(words)
}

const notices = [
  String.raw`[*_\s-]{0,6}(?:confidentiality|legal|privacy|email|e-mail) (?:notice|disclaimer|note)\b`,
  String.raw`[*_\s-]{0,6}disclaimer\s*[:.]`,
  String.raw`(?:this|the) (?:e-?mail|message|communication|transmission)(?: message)?,?(?: (?:and|including|together with|with) [^.]{0,60}(?:attach|file)[^.]{0,30})? (?:is|are|may be|may contain|contains?)[^.]{0,80}(?:confidential|privileged|intended (?:only|solely|for))`,
  String.raw`the (?:information|content)s? (?:contained )?(?:in|of) this (?:e-?mail|message|communication)[^.]{0,120}(?:confidential|privileged|intended)`,
  String.raw`if you (?:are not the intended recipient|have received this (?:e-?mail|message) in error)`,
  String.raw`please consider the environment before printing`,
  String.raw`diese (?:e-?mail|nachricht)[^.]{0,60}(?:enthält|enthalten|kann|ist|sind)[^.]{0,80}(?:vertraulich|rechtlich geschützt|ausschließlich für)`,
  String.raw`der inhalt dieser (?:e-?mail|nachricht)[^.]{0,80}(?:vertraulich|ausschließlich)`,
  String.raw`(?:vertraulichkeitshinweis|rechtlicher hinweis|haftungsausschluss)\b`,
  String.raw`bitte (?:denken|prüfen) sie an?[^.]{0,40}umwelt`,
  String.raw`(?:wenn|falls|sollten) sie (?:nicht der (?:richtige|beabsichtigte|vorgesehene) (?:adressat|empfänger)|diese (?:e-?mail|nachricht) irrtümlich)`,
  String.raw`(?:ce (?:message|courriel)|cet e-?mail)[^.]{0,100}(?:confidentiel|destinataires? exclusi)`,
  String.raw`(?:este (?:mensaje|correo|e-?mail))[^.]{0,120}(?:confidencial|exclusivamente)`,
  String.raw`(?:questo messaggio|questa e-?mail|le informazioni contenute in)[^.]{0,140}(?:riservat|confidenzial|esclusiv)`,
  String.raw`(?:dit bericht|deze e-?mail|de informatie in)[^.]{0,120}(?:vertrouwelijk|uitsluitend)`,
]
const notice = new RegExp(String.raw`^[\s*_>]{0,4}(?:${notices.join('|')})`, 'iu')

/** True for a paragraph with which a legal department begins its notice under every mail. */
export function opensNotice(paragraph: string): boolean {
  return notice.test(paragraph.slice(0, 500).replaceAll(/\s+/g, ' '))
}

const outside = String.raw`(?:from |von |de |du )?(?:outside|an? (?:external|unknown)|external|außerhalb|extern\S*|einem externen|l'extérieur|fuera)`
const warnings = [
  String.raw`(?:this|the) (?:e-?mail|message)(?: \w+)? (?:(?:has )?originated|originates|came|comes|was sent|was received|is)(?: \w+)? ${outside}`,
  String.raw`(?:diese|die) (?:e-?mail|nachricht)(?: \w+)? (?:stammt|kommt|wurde|ist)(?: \w+)? ${outside}`,
  String.raw`(?:ce (?:message|courriel)|cet e-?mail)[^.]{0,20} (?:provient|vient|a été envoyé)[^.]{0,20} (?:externe|extérieur)`,
  String.raw`este (?:correo|mensaje|e-?mail)[^.]{0,30} (?:externo|fuera)`,
  String.raw`you don't often get e-?mail from|some people who received this message don't often get e-?mail from`,
  String.raw`sie erhalten nicht (?:oft|häufig) e-?mails von|einige personen, die diese nachricht erhalten haben`,
]
const warning = new RegExp(
  String.raw`^[\s*_[\](){}|#!⚠️-]{0,8}(?:(?:caution|warning|attention|notice|external|achtung|warnung|vorsicht|hinweis|externe? \S{1,12}|avertissement|atención)[^\p{L}\d]{1,8}(?:external )?(?:\p{L}+[^\p{L}\d]{1,4})?)?(?:${warnings.join('|')})`,
  'iu',
)
const label =
  /^[\s*_]{0,4}(?:\[|\(|\*{2})(?:external|extern)(?: (?:e-?mail|sender|message|mail|absender))?(?:\]|\)|\*{2})[\s*_]*$/iu

/** True for a paragraph that a mail gateway or program sets above what somebody else wrote. */
export function isWarning(paragraph: string): boolean {
  const text = paragraph.slice(0, 600).replaceAll(/\s+/g, ' ').replaceAll('’', "'")
  return label.test(text) || warning.test(text)
}
