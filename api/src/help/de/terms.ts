/** German words that screens, help and PDF must say alike: levels, the order of the queue, Google's statement. */

export const levelNames = { full: 'Voller Zugriff', send_only: 'Nur Sendezugriff' } as const
export const levelSentences = {
  full: 'Senden, Antworten lesen und direkt hier antworten. Das ganze Gespräch bleibt an einem Ort.',
  send_only: 'Hier senden. Antworten bleiben privat in Ihrem eigenen Posteingang.',
} as const
export const kindNames = {
  direct: 'Persönliche E-Mails und Antworten',
  invitation: 'Kampagneneinladungen',
  approval: 'E-Mails zur Genehmigung von Bewerbungen',
  bulk: 'Massenversand in Kampagnen',
  rejection: 'E-Mails zur Ablehnung von Bewerbungen',
} as const

/** The sentence that Google asks every app with these permissions to publish, around the name of its policy. */
export const limitedUse = {
  before:
    'Die Nutzung von Informationen, die Kontor über Google-APIs erhält, und ihre Weitergabe an andere Apps richten sich nach der ',
  after: ' einschließlich der Anforderungen zur eingeschränkten Nutzung (Limited Use).',
} as const

export const downloadPdf = 'Laden Sie unser PDF herunter'
