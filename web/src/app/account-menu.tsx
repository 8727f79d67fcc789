/** Behind the name at the foot of the navigation: settings, team, language, appearance, keys, sign out. */
import { Done, type Language } from '@kontor/api/common'
import { Session } from '@kontor/api/team'
import { useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../client/http.ts'
import { speak, useLanguage } from '../client/language.ts'
import { chosenWorkspace, rememberWorkspace, sessionQuery, useSession } from '../client/session.ts'
import { Menu, type MenuEntry } from '../ui/overlay.tsx'
import styles from './account-menu.module.css'
import { useUnread } from './unread.ts'

export function AccountMenu({ showKeys }: { readonly showKeys: () => void }): ReactElement {
  const { t } = useTranslation('shell')
  const session = useSession()
  const navigate = useNavigate()
  const here = chosenWorkspace(session)
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const switchLanguage = useSwitchLanguage()
  const signOut = useSignOut()
  const unread = useUnread()

  const schemes = (['light', 'dark', 'auto'] as const)
    .filter((scheme) => scheme !== colorScheme)
    .map(
      (scheme): MenuEntry => ({
        label: `${t('menu.scheme')}: ${t(scheme === 'auto' ? 'menu.system' : `menu.${scheme}`)}`,
        act: () => setColorScheme(scheme),
      }),
    )
  const others = session.workspaces
    .filter((workspace) => workspace.id !== here?.id)
    .map(
      (workspace): MenuEntry => ({
        label: workspace.name,
        act: () => {
          rememberWorkspace(workspace.id)
          location.assign('/inbox')
        },
      }),
    )
  const target = (
    <button
      type="button"
      className={styles['target']}
      aria-label={[
        `${t('nav.you')}: ${session.person.name} ${here?.name ?? ''}`,
        unread > 0 ? t('nav.unread', { count: unread }) : '',
      ]
        .filter(Boolean)
        .join(', ')}
    >
      <span className={styles['initials']} data-text={initials(session.person.name)} aria-hidden="true">
        {unread > 0 ? <span className={styles['badge']} data-text={unread > 99 ? '99+' : unread} /> : null}
      </span>
      <span className={styles['names']}>
        <b>{session.person.name}</b> <small>{here?.name}</small>
      </span>
    </button>
  )
  return (
    <Menu
      target={target}
      position="top-start"
      groups={[
        [
          { label: t('nav.results'), act: () => void navigate({ to: '/results' }) },
          {
            label: unread > 0 ? t('menu.noticesUnread', { count: unread }) : t('menu.notices'),
            act: () => void navigate({ to: '/notices' }),
          },
          { label: t('menu.settings'), act: () => void navigate({ to: '/settings/integrations' }) },
          { label: t('menu.team'), act: () => void navigate({ to: '/workspace/team' }) },
          { label: t('nav.help'), act: () => void navigate({ to: '/help' }) },
        ],
        others,
        [{ label: t('menu.language'), act: () => void switchLanguage() }, ...schemes],
        [{ label: t('menu.keys'), act: showKeys }],
        [{ label: t('menu.signOut'), act: () => void signOut() }],
      ]}
    />
  )
}

/** First letters of the first and the last name. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? words.at(-1) : undefined
  return [words[0], last].map((word) => Array.from(word ?? '')[0] ?? '').join('')
}

function useSwitchLanguage(): () => Promise<void> {
  const client = useQueryClient()
  const language = useLanguage()
  return async () => {
    const next: Language = language === 'en' ? 'de' : 'en'
    await speak(next)
    client.setQueryData(sessionQuery.queryKey, await api.patch('/me', Session, { language: next }))
  }
}

function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await api.remove('/session', Done)
    await navigate({ to: '/sign-in' })
    client.clear()
  }
}
