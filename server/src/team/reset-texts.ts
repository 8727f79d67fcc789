/** The words of the mails about passwords. Both languages stand side by side, so that neither is forgotten. */
import type { Person } from './store-people.ts'

interface MailText {
  readonly subject: string
  readonly text: string
}
type Reader = Pick<Person, 'name' | 'language'>

/** The link to a new password. */
export function resetMail({ name, language }: Reader, link: string): MailText {
  return {
    en: {
      subject: 'Kontor: set a new password',
      text: `Hello ${name},

somebody asked for a new password for your Kontor. This link sets one; it works once and for an hour:

${link}

Was it not you? Then do nothing. Your password stays as it is.
`,
    },
    de: {
      subject: 'Kontor: neues Passwort setzen',
      text: `Guten Tag ${name},

jemand hat für Ihr Kontor um ein neues Passwort gebeten. Mit diesem Link setzen Sie eines; er gilt einmal und eine Stunde lang:

${link}

Waren Sie das nicht? Dann tun Sie nichts. Ihr Passwort bleibt, wie es ist.
`,
    },
  }[language]
}

/** After a password was changed, by whatever way. */
export function changedMail({ name, language }: Reader, address: string): MailText {
  return {
    en: {
      subject: 'Kontor: your password was changed',
      text: `Hello ${name},

your password for Kontor was changed just now, and every browser was signed out. Was it not you? Set a new one at once and tell your admin:

${address}/forgotten
`,
    },
    de: {
      subject: 'Kontor: Ihr Passwort wurde geändert',
      text: `Guten Tag ${name},

Ihr Passwort für Kontor wurde gerade geändert, und jeder Browser wurde abgemeldet. Waren Sie das nicht? Setzen Sie sofort ein neues und sagen Sie es Ihrem Admin:

${address}/forgotten
`,
    },
  }[language]
}
