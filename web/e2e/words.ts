/**
 * What stands on the screen, in two sources. The labels that product.md fixes are written out here once more, so that a
 * changed text is noticed; everything else is taken from the page's own words.
 */
import * as de from './words-de.ts'
import * as en from './words-en.ts'

export type Language = 'en' | 'de'
export type Words = typeof en
export const languages = ['en', 'de'] as const

export function wordsIn(language: Language): Words {
  return language === 'en' ? en : (de as unknown as Words)
}

/** A text with its values, numbers as the language writes them. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{\{(\w+)(?:, number)?\}\}/g, (_, name: string) => String(values[name] ?? ''))
}

export const fixed = {
  en: {
    accountSettings: 'Account Settings',
    integrations: 'Integrations',
    provider: 'Email Provider',
    connectYourEmail: 'Connect Your Email',
    selectProvider: 'Select your email provider',
    next: 'Next',
    selectLevel: 'Select the integration level for your account',
    full: 'Full Access',
    sendOnly: 'Send Only Access',
    learn: 'Learn more about Permissions',
    whoSees: 'Who sees and sends',
    connect: 'Connect',
    connectedEmails: 'Connected Emails',
    connectAnother: '+Connect Another Email',
    menu: [
      'Set as default',
      'Sender name and signature',
      'Change integration level',
      'Who sees and sends',
      'Sending limits',
      'Send a test message',
      'Pause sending',
      'Reconnect',
      'Disconnect',
    ],
    inbox: 'Inbox',
    outbox: 'Outbox',
    campaigns: 'Campaigns',
    influencers: 'Influencers',
    viewBrief: 'View the brief',
    applyNow: 'Apply now',
    noThanks: 'No, thanks',
    needsReply: 'Needs a reply',
  },
  de: {
    accountSettings: 'Kontoeinstellungen',
    integrations: 'Integrationen',
    provider: 'E-Mail-Anbieter',
    connectYourEmail: 'Ihr E-Mail-Konto verbinden',
    selectProvider: 'Wählen Sie Ihren E-Mail-Anbieter aus',
    next: 'Weiter',
    selectLevel: 'Wählen Sie die Integrationsstufe für Ihr Konto aus',
    full: 'Voller Zugriff',
    sendOnly: 'Nur Sendezugriff',
    learn: 'Erfahren Sie mehr über Berechtigungen',
    whoSees: 'Wer sieht und sendet',
    connect: 'Verbinden',
    connectedEmails: 'Verbundene E-Mails',
    connectAnother: '+Weitere E-Mail verbinden',
    menu: [
      'Als Standard festlegen',
      'Absendername und Signatur',
      'Integrationsstufe ändern',
      'Wer sieht und sendet',
      'Sendelimits',
      'Testnachricht senden',
      'Versand pausieren',
      'Erneut verbinden',
      'Verbindung trennen',
    ],
    inbox: 'Posteingang',
    outbox: 'Postausgang',
    campaigns: 'Kampagnen',
    influencers: 'Influencer',
    viewBrief: 'Briefing ansehen',
    applyNow: 'Jetzt bewerben',
    noThanks: 'Nein, danke',
    needsReply: 'Antwort nötig',
  },
} as const satisfies Record<Language, unknown>
