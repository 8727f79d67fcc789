/** The words of the digest. Both languages stand side by side, so that neither is forgotten. No content of any mail. */
import type { Facts, NoticeKind } from './notice.ts'

type Language = 'en' | 'de'
type Sentence = (facts: Facts) => string

const sentences: Readonly<Record<NoticeKind, Readonly<Record<Language, Sentence>>>> = {
  mailbox_broken: {
    en: ({ address }) => `${address} has to be reconnected. Its waiting emails keep their place until then.`,
    de: ({ address }) =>
      `${address} muss erneut verbunden werden. Die wartenden E-Mails behalten bis dahin ihren Platz.`,
  },
  in_doubt: {
    en: ({ address, count }) =>
      `Unconfirmed emails from ${address}: ${count}. Look into your Sent folder, then say in the Outbox whether they left.`,
    de: ({ address, count }) =>
      `Ungeklärte E-Mails von ${address}: ${count}. Sehen Sie in Ihren Gesendet-Ordner und sagen Sie im Postausgang, ob sie rausgingen.`,
  },
  mention: {
    en: ({ by, contact }) => `${by} named you in a note about ${contact}.`,
    de: ({ by, contact }) => `${by} hat Sie in einer Notiz zu ${contact} genannt.`,
  },
  queue_long: {
    en: ({ address, waiting, days }) =>
      `${waiting} emails wait for ${address}; the last one leaves in about ${days} days.`,
    de: ({ address, waiting, days }) =>
      `${waiting} E-Mails warten auf ${address}; die letzte geht in etwa ${days} Tagen raus.`,
  },
  follow_up_due: {
    en: ({ count, name }) =>
      `${count} ${count === 1 ? 'person' : 'people'}${name === '' ? '' : ` in ${name}`} due for a follow-up. Note an answer, or write the follow-up.`,
    de: ({ count, name }) =>
      `Bei ${count} ${count === 1 ? 'Person' : 'Personen'}${name === '' ? '' : ` in ${name}`} steht eine Nachfassmail an. Vermerken Sie eine Antwort oder schreiben Sie die Nachfassmail.`,
  },
  follow_up_by_hand: {
    en: ({ address, count }) =>
      `${address} is send only now, so Kontor sees no answers there. Follow-ups to ${count} ${count === 1 ? 'person' : 'people'} are reminders from now on.`,
    de: ({ address, count }) =>
      `${address} hat nur noch Sendezugriff, Kontor sieht dort keine Antworten mehr. Nachfassmails an ${count} ${count === 1 ? 'Person' : 'Personen'} sind ab jetzt Erinnerungen.`,
  },
  returned: {
    en: ({ address, count }) =>
      count === 1
        ? `A report says that an email came back because ${address} may not send. One report proves nothing, so sending goes on; look into its inbox at the provider.`
        : `Emails to ${count} people came back because ${address} may not send. It waits a few hours; look into its inbox at the provider.`,
    de: ({ address, count }) =>
      count === 1
        ? `Ein Bericht sagt, eine E-Mail sei zurückgekommen, weil ${address} nicht senden darf. Einer beweist nichts, der Versand geht weiter; sehen Sie beim Anbieter in den Posteingang.`
        : `E-Mails an ${count} Personen kamen zurück, weil ${address} nicht senden darf. Das Postfach wartet einige Stunden; sehen Sie beim Anbieter in den Posteingang.`,
  },
  reply: {
    en: ({ contact }) => `${contact} replied in a conversation of yours.`,
    de: ({ contact }) => `${contact} hat in einem Ihrer Gespräche geantwortet.`,
  },
}

interface Reader {
  readonly name: string
  readonly language: Language
  readonly workspace: string
  /** Where Kontor is. */
  readonly address: string
}

/** The mail itself. */
export function digestMail(
  { name, language, workspace, address }: Reader,
  notices: readonly { readonly kind: NoticeKind; readonly facts: Facts }[],
): { readonly subject: string; readonly text: string } {
  const lines = notices.map(({ kind, facts }) => `– ${sentences[kind][language](facts)}`).join('\n')
  const count = notices.length
  return {
    en: {
      subject:
        count === 1 ? `Kontor: one notice in ${workspace}` : `Kontor: ${count} notices in ${workspace}`,
      text: `Hello ${name},\n\n${lines}\n\n${address}/notices\n\nWhich notices come by email: ${address}/settings/notifications\n`,
    },
    de: {
      subject:
        count === 1 ? `Kontor: ein Hinweis in ${workspace}` : `Kontor: ${count} Hinweise in ${workspace}`,
      text: `Guten Tag ${name},\n\n${lines}\n\n${address}/notices\n\nWelche Hinweise per E-Mail kommen: ${address}/settings/notifications\n`,
    },
  }[language]
}
