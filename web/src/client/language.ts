/**
 * Language of the page. Words live in locales/<language>/<namespace>.ts, are loaded when a screen first needs
 * them, and their keys are typed. English is the reference: a German file that misses or adds a key does not compile.
 */
import { Language } from '@kontor/api/common'
import i18next, { type i18n } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { words as activity } from '../locales/en/activity.ts'
import type { words as applications } from '../locales/en/applications.ts'
import type { words as brand } from '../locales/en/brand.ts'
import type { words as brief } from '../locales/en/brief.ts'
import type { words as bulk } from '../locales/en/bulk.ts'
import type { words as campaigns } from '../locales/en/campaigns.ts'
import type { words as connect } from '../locales/en/connect.ts'
import type { words as download } from '../locales/en/download.ts'
import type { words as followups } from '../locales/en/followups.ts'
import type { words as help } from '../locales/en/help.ts'
import type { words as imports } from '../locales/en/imports.ts'
import type { words as inbox } from '../locales/en/inbox.ts'
import type { words as influencers } from '../locales/en/influencers.ts'
import type { words as mailbox } from '../locales/en/mailbox.ts'
import type { words as notices } from '../locales/en/notices.ts'
import type { words as outbox } from '../locales/en/outbox.ts'
import type { words as parts } from '../locales/en/parts.ts'
import type { words as problems } from '../locales/en/problems.ts'
import type { words as reasons } from '../locales/en/reasons.ts'
import type { words as results } from '../locales/en/results.ts'
import type { words as server } from '../locales/en/server.ts'
import type { words as settings } from '../locales/en/settings.ts'
import type { words as shell } from '../locales/en/shell.ts'
import type { words as team } from '../locales/en/team.ts'
import type { words as templates } from '../locales/en/templates.ts'
import type { words as welcome } from '../locales/en/welcome.ts'
import { now } from './clock.ts'
import { chosenWorkspace, useSession } from './session.ts'
import { timesIn, type Times } from './time.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: {
      activity: typeof activity
      applications: typeof applications
      brand: typeof brand
      brief: typeof brief
      bulk: typeof bulk
      campaigns: typeof campaigns
      connect: typeof connect
      download: typeof download
      followups: typeof followups
      help: typeof help
      imports: typeof imports
      inbox: typeof inbox
      influencers: typeof influencers
      mailbox: typeof mailbox
      notices: typeof notices
      outbox: typeof outbox
      parts: typeof parts
      problems: typeof problems
      reasons: typeof reasons
      results: typeof results
      server: typeof server
      settings: typeof settings
      shell: typeof shell
      team: typeof team
      templates: typeof templates
      welcome: typeof welcome
    }
  }
}

const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.ts', { import: 'words' })
const remembered = 'kontor.language'

/** Language before anybody has signed in: the one last used here, else the browser's, else English. */
export function guessedLanguage(): Language {
  const kept = Language.safeParse(localStorage.getItem(remembered))
  if (kept.success) return kept.data
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('de')) ? 'de' : 'en'
}

/** Starts the words with the namespaces that every screen needs. */
export async function startWords(language: Language): Promise<i18n> {
  await i18next
    .use({
      type: 'backend' as const,
      init: () => undefined,
      read: async (lng: string, namespace: string) => {
        const load = files[`../locales/${lng}/${namespace}.ts`]
        if (!load) throw new Error(`No words for ${lng}/${namespace}`)
        return await load()
      },
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: ['en', 'de'],
      ns: ['shell', 'problems', 'parts'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
      returnNull: false,
    })
  document.documentElement.lang = language
  return i18next
}

/** Switches the whole page; resolves when the new words are there. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(remembered, language)
  if (i18next.language !== language) await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** The language on the screen. */
export function useLanguage(): Language {
  const { i18n: words } = useTranslation()
  return Language.catch('en').parse(words.language)
}

/** Times in the language on the screen and the given zone (default: the workspace's). Only when signed in. */
export function useTimes(zone?: string): Times {
  const language = useLanguage()
  const workspace = chosenWorkspace(useSession())
  return timesIn(language, zone ?? workspace?.zone ?? 'UTC', now())
}
