/**
 * Foreign mail that already lies in the brand mailboxes on the first day: newsletters, private letters, and letters whose
 * subject looks like an answer to a campaign but is none. The product must never open any of them.
 */

export interface ForeignLetter {
  readonly from: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly labels: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

const INBOX = ['INBOX', 'UNREAD']
const PROMOTION = ['INBOX', 'UNREAD', 'CATEGORY_PROMOTIONS']

export const FOREIGN_LETTERS: readonly ForeignLetter[] = [
  {
    from: { name: 'Morgenpost am Markt', address: 'redaktion@morgenpost.example' },
    subject: 'Heute: Regen bis Mittag, dann Wochenmarkt',
    text: 'Guten Morgen,\n\nauf dem Markt gibt es die letzten Quitten des Jahres, und die Linie 4 fährt eine Umleitung.\n\nIhre Morgenpost',
    labels: PROMOTION,
    headers: {
      'List-Id': 'Morgenpost <morgenpost.example>',
      'List-Unsubscribe': '<https://morgenpost.example/weg>',
      Precedence: 'bulk',
    },
  },
  {
    from: { name: 'Paper & Thread', address: 'hello@paperandthread.example' },
    subject: 'Twenty new colours have arrived',
    text: 'Our autumn yarns are here. Order before Sunday and the needles come free.',
    labels: PROMOTION,
    headers: {
      'List-Unsubscribe': '<https://paperandthread.example/out>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  },
  {
    from: { name: 'Dr. Weber, Zahnärztin', address: 'praxis@zahnarzt-weber.example' },
    subject: 'Ihr Termin am Donnerstag',
    text: 'Wir erinnern an Ihren Termin am Donnerstag um 8:30 Uhr. Bitte bringen Sie Ihr Bonusheft mit.',
    labels: INBOX,
  },
  {
    from: { name: 'Mama', address: 'hildegard@familie.example' },
    subject: 'Sonntag',
    text: 'Kommst du am Sonntag zum Essen? Papa macht Rouladen. Sag bitte bis Freitag Bescheid.',
    labels: INBOX,
  },
  {
    from: { name: 'Hausverwaltung Linde', address: 'service@linde-verwaltung.example' },
    subject: 'Ablesung der Heizkörper',
    text: 'Am Dienstag zwischen 9 und 11 Uhr werden die Zähler abgelesen. Bitte sorgen Sie für Zugang.',
    labels: INBOX,
  },
  {
    from: { name: 'Nadia Costa', address: 'nadia@creators.example' },
    subject: 'Re: Invitation to our spring campaign',
    text: 'Hi, somebody told me about your spring campaign. We never wrote before, but I would like to join. Can you send the brief?',
    labels: INBOX,
  },
  {
    from: { name: 'Studio Nord', address: 'kontakt@studio-nord.example' },
    subject: 'AW: Einladung zur Kampagne',
    text: 'Guten Tag, wir bieten Ihnen Studiozeit für Ihre Kampagne an. Unsere Preisliste hängt nicht an, fragen Sie einfach.',
    labels: INBOX,
  },
  {
    from: { name: 'Jakob Stein', address: 'jakob.stein@bewerber.example' },
    subject: 'Your application was approved? Question about my job application',
    text: 'Dear team, I applied for the trainee position four weeks ago and wanted to ask how things stand.',
    labels: INBOX,
  },
  {
    from: { name: 'Bank am Ring', address: 'noreply@bank-am-ring.example' },
    subject: 'Your statement is ready',
    text: 'A new statement is in your online postbox. Please sign in to read it. We never ask for your password by mail.',
    labels: INBOX,
    headers: { 'Auto-Submitted': 'auto-generated' },
  },
  {
    from: { name: 'Elternbeirat', address: 'elternbeirat@grundschule.example' },
    subject: 'Protokoll der letzten Sitzung',
    text: 'Liebe Eltern,\n\ndas Protokoll liegt im Sekretariat aus. Der Basar findet am 6. Dezember statt, Kuchenspenden sind willkommen.',
    labels: INBOX,
  },
  {
    from: { name: 'Ferry Desk', address: 'bookings@ferry.example' },
    subject: 'Booking 7QK2 confirmed: two adults, one bicycle',
    text: 'Your crossing leaves at 07:15 from pier 3. Check-in closes 40 minutes before.',
    labels: INBOX,
  },
  {
    from: { name: 'Postmaster', address: 'postmaster@elsewhere.example' },
    subject: 'Undelivered Mail Returned to Sender',
    text: 'A mail that you wrote by hand last week could not be delivered. The address was: freund@elsewhere.example',
    labels: INBOX,
    headers: { 'Auto-Submitted': 'auto-replied' },
  },
  {
    from: { name: 'Easy Prize', address: 'winner@prize.example' },
    subject: 'You have been chosen',
    text: 'Reply within 24 hours with your bank details and receive your prize.',
    labels: ['SPAM', 'UNREAD'],
  },
  {
    from: { name: 'Lauftreff Südpark', address: 'lauftreff@suedpark.example' },
    subject: 'Re: Mittwoch 18 Uhr?',
    text: 'Mittwoch passt bei mir. Treffpunkt wie immer am Kiosk, Stirnlampe nicht vergessen.',
    labels: ['INBOX'],
  },
]
