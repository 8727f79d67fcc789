/**
 * The desk: navigation at the left (on a phone at the bottom), the screen beside it, live updates and the keys
 * that work everywhere. A hatched band at the top while the workspace rehearses.
 */
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense, lazy, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../client/live.ts'
import { useHere } from '../client/session.ts'
import { useFocusKept } from '../ui/focus.ts'
import { Loading } from '../ui/states.tsx'
import { useInboxCounts } from '../parts/inbox-counts.ts'
import { AccountMenu } from './account-menu.tsx'
import { BrokenMailboxes } from './broken-mailboxes.tsx'
import { useDeskKeys } from './desk-keys.ts'
import { PracticeBand } from './practice-band.tsx'
import styles from './desk.module.css'

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))

/** On a phone the last one is behind the name. */
const main = ['inbox', 'outbox', 'campaigns', 'influencers', 'results'] as const

export function Desk(): ReactElement {
  const { t } = useTranslation('shell')
  const here = useHere()
  const [floating, setFloating] = useState<'keys' | 'palette'>()
  useLive(here.id)
  useDeskKeys({ keys: () => setFloating('keys'), palette: () => setFloating('palette') })
  const practice = here.mode === 'practice'
  const close = (): void => setFloating(undefined)

  return (
    <div className={styles['desk']} data-practice={practice ? 'true' : undefined}>
      <a className={styles['skip']} href="#content">
        {t('skip')}
      </a>
      {practice ? <PracticeBand /> : null}
      <nav className={styles['nav']} aria-label={t('nav.label')}>
        <Link to="/inbox" className={styles['mark']}>
          Kontor
        </Link>
        <div className={styles['links']}>
          {main.map((name) => (
            <Link key={name} to={`/${name}`} className={styles['link']}>
              {t(`nav.${name}`)}
              {name === 'inbox' ? <InboxFigure /> : null}
            </Link>
          ))}
        </div>
        <div className={styles['second']}>
          <Link to="/settings/integrations" className={styles['link']}>
            {t('nav.account')}
          </Link>
          <Link to="/workspace/team" className={styles['link']}>
            {t('nav.workspace')}
          </Link>
          <Link to="/help" className={styles['link']}>
            {t('nav.help')}
          </Link>
        </div>
        <AccountMenu showKeys={() => setFloating('keys')} />
      </nav>
      <main id="content" className={styles['content']} tabIndex={-1} ref={useFocusKept()}>
        <Suspense fallback={<Loading />}>
          <BrokenMailboxes />
          <Outlet />
        </Suspense>
      </main>
      <Suspense>
        {floating === 'keys' ? <KeysDialog close={close} /> : null}
        {floating === 'palette' ? <Palette close={close} /> : null}
      </Suspense>
    </div>
  )
}

/** How many conversations need a reply. Nothing to do is no figure. */
function InboxFigure(): ReactElement | null {
  const { t } = useTranslation('shell')
  const count = useInboxCounts().data?.needsReply ?? 0
  if (count === 0) return null
  return (
    <span className={styles['figure']}>
      <span aria-hidden="true">{count > 999 ? '999+' : count}</span>
      <span className="unseen">{t('nav.needReply', { count })}</span>
    </span>
  )
}
