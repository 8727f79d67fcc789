/** The words of the server's own test mail. Both languages stand side by side, so that neither is forgotten. */

export interface MailText {
  readonly subject: string
  readonly text: string
}

/** What the person who typed the settings gets. */
export function testMail(language: 'en' | 'de', address: string): MailText {
  return {
    en: {
      subject: 'Kontor: test of the mail server',
      text: `This email came through the mail server that you set in Kontor.\nResets of passwords and digests will come this way.\n\n${address}\n`,
    },
    de: {
      subject: 'Kontor: Test des Mailservers',
      text: `Diese E-Mail kam über den Mailserver, den Sie in Kontor eingetragen haben.\nNeue Passwörter und Zusammenfassungen kommen auf diesem Weg.\n\n${address}\n`,
    },
  }[language]
}
