/**
 * What people of the practice world write, in English and German. `{brand}` is the first name of whoever wrote to them,
 * `{name}` their own first name, `{handle}` their handle.
 */
export type Intent =
  | 'apply'
  | 'question'
  | 'decline'
  | 'away'
  | 'manager'
  | 'thanks'
  | 'thanks-anyway'
  | 'answer'
  | 'settled'

type Texts = Readonly<Record<Intent, readonly [string, ...string[]]>>

const ENGLISH: Texts = {
  apply: [
    'I have followed the brand for a while and would love to show it in my weekly series. Two reels and a handful of stories would work for me.',
    'This fits my community well: most of them live nearby and ask me for exactly this kind of thing. Happy to start in two weeks.',
    'Count me in. My last outdoor series reached about 40,000 people, figures on request.',
    'I like the idea and the dates suit me. I would film it at home, in daylight, without a script.',
  ],
  question: [
    'Hi {brand},\n\nthanks for thinking of me. Before I say yes: is the date fixed, or could I post a week later? I am travelling until the 12th.\n\nBest\n{name}',
    'Hello {brand},\n\nsounds good. Could you tell me whether the fee includes the usage rights for ads, and for how long?\n\nThanks, {name}',
    'Hi {brand}, quick question: do I keep the product afterwards, and does the parcel reach a pick-up station?\n\n{name}',
    'Dear {brand},\n\nI read the brief twice and still wonder: one reel plus three stories, or three stories in total?\n\nCheers\n{name} ({handle})',
  ],
  decline: [
    'Hi {brand},\n\nthank you for asking, but no, thanks: I am fully booked until spring. Please feel free to ask again.\n\n{name}',
    'Hello {brand}, I am not interested this time, it does not fit my channel. All the best for the campaign.\n{name}',
    'Hi {brand},\n\nI have to pass. I signed with another brand of the same kind.\n\nBest wishes\n{name}',
  ],
  away: [
    'Thank you for your message. I am away until Monday and read mail only now and then. Your message is not forwarded.',
    'I am out of the office with little reception. You will hear from me when I am back.',
  ],
  manager: [
    'Hello,\n\nI look after {name} and answer for her. In principle yes. Could you send me the budget and the list of deliverables?\n\nKind regards\nManagement {name}',
    'Hi,\n\n{name} forwarded your mail to us. We are interested; please copy me from here on.\n\nBest\nManagement {name}',
  ],
  thanks: [
    'Hi {brand},\n\nthat is wonderful news, thank you. I will send you a first cut by the end of next week.\n\n{name}',
    'Yay, thanks {brand}! Looking forward to it. You have my address already, I think.\n{name}',
    'Thank you, {brand}. Dates are in my calendar.\n\nBest\n{name}',
  ],
  'thanks-anyway': [
    'Hi {brand},\n\nthanks for letting me know. Maybe next time.\n\n{name}',
    'No problem, {brand}. Good luck with the campaign.\n{name}',
  ],
  answer: [
    'Hi {brand},\n\nthanks for your message. That works for me, tell me what you need from my side.\n\n{name}',
    'Hello {brand}, got it. I will look at it tonight and come back to you tomorrow.\n{name}',
    'Thanks, {brand}! All clear.\n\n{name}',
  ],
  settled: [
    'Hi {brand},\n\nthat answers it, thank you. I have just applied on the page.\n\n{name}',
    'Perfect, thanks {brand}. My application is in.\n{name}',
  ],
}

const GERMAN: Texts = {
  apply: [
    'Ich kenne die Marke schon länger und würde sie gern in meiner Wochenreihe zeigen. Zwei Reels und ein paar Storys passen für mich.',
    'Das passt gut zu meiner Community: Die meisten wohnen in der Nähe und fragen genau danach. In zwei Wochen könnte ich anfangen.',
    'Ich bin dabei. Meine letzte Reihe haben rund 40.000 Menschen gesehen, Zahlen schicke ich gern.',
    'Die Idee gefällt mir, und die Termine passen. Ich würde bei Tageslicht zu Hause drehen, ohne Skript.',
  ],
  question: [
    'Hallo {brand},\n\ndanke, dass du an mich gedacht hast. Bevor ich zusage: Ist der Termin fest, oder könnte ich eine Woche später posten? Ich bin bis zum 12. unterwegs.\n\nViele Grüße\n{name}',
    'Hi {brand},\n\nklingt gut. Sind die Nutzungsrechte für Anzeigen im Honorar enthalten, und wie lange gelten sie?\n\nDanke und Grüße, {name}',
    'Hallo {brand}, kurze Frage: Darf ich das Produkt behalten, und kommt das Paket auch an eine Packstation?\n\n{name}',
    'Hallo {brand},\n\nich habe das Briefing zweimal gelesen und frage mich noch: ein Reel plus drei Storys, oder insgesamt drei Storys?\n\nLiebe Grüße\n{name} ({handle})',
  ],
  decline: [
    'Hallo {brand},\n\nvielen Dank für die Anfrage, aber nein, danke: Ich bin bis zum Frühjahr ausgebucht. Frag gern wieder.\n\n{name}',
    'Hi {brand}, diesmal habe ich kein Interesse, es passt nicht zu meinem Kanal. Viel Erfolg mit der Kampagne.\n{name}',
    'Hallo {brand},\n\nich muss leider absagen, ich habe gerade bei einer ähnlichen Marke unterschrieben.\n\nBeste Grüße\n{name}',
  ],
  away: [
    'Vielen Dank für deine Nachricht. Ich bin bis Montag nicht da und lese nur ab und zu E-Mails. Deine Nachricht wird nicht weitergeleitet.',
    'Ich bin gerade unterwegs und habe kaum Empfang. Ich melde mich, sobald ich zurück bin.',
  ],
  manager: [
    'Guten Tag,\n\nich betreue {name} und antworte für sie. Grundsätzlich ja. Können Sie mir das Budget und die Liste der Inhalte schicken?\n\nMit freundlichen Grüßen\nManagement {name}',
    'Hallo,\n\n{name} hat uns Ihre E-Mail weitergegeben. Wir haben Interesse; bitte nehmen Sie mich ab hier in Kopie.\n\nBeste Grüße\nManagement {name}',
  ],
  thanks: [
    'Hallo {brand},\n\ndas freut mich sehr, danke! Den ersten Schnitt schicke ich dir bis Ende nächster Woche.\n\n{name}',
    'Oh wie schön, danke {brand}! Ich freue mich drauf. Meine Adresse hast du, glaube ich, schon.\n{name}',
    'Danke, {brand}. Die Termine stehen im Kalender.\n\nLiebe Grüße\n{name}',
  ],
  'thanks-anyway': [
    'Hallo {brand},\n\ndanke für die Rückmeldung. Vielleicht beim nächsten Mal.\n\n{name}',
    'Kein Problem, {brand}. Viel Erfolg mit der Kampagne.\n{name}',
  ],
  answer: [
    'Hallo {brand},\n\ndanke für deine Nachricht. Das passt für mich, sag mir einfach, was du von mir brauchst.\n\n{name}',
    'Hi {brand}, angekommen. Ich schaue es mir heute Abend an und melde mich morgen.\n{name}',
    'Danke, {brand}! Alles klar.\n\n{name}',
  ],
  settled: [
    'Hallo {brand},\n\ndamit ist alles klar, danke. Ich habe mich gerade auf der Seite beworben.\n\n{name}',
    'Perfekt, danke {brand}. Meine Bewerbung ist raus.\n{name}',
  ],
}

export function textsFor(language: string, intent: Intent): readonly [string, ...string[]] {
  return (language === 'de' ? GERMAN : ENGLISH)[intent]
}

export interface Names {
  readonly brand: string
  readonly name: string
  readonly handle: string
}

export function fill(text: string, names: Names): string {
  return text
    .replaceAll('{brand}', names.brand)
    .replaceAll('{name}', names.name)
    .replaceAll('{handle}', names.handle)
}
