/** The tabs of the account settings, above every screen of theirs. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { TabBar } from '../ui/page.tsx'

export function SettingsTabs(): ReactElement {
  const { t } = useTranslation('settings')
  return (
    <TabBar label={t('title')}>
      <Link to="/settings/profile">{t('tab.profile')}</Link>
      <Link to="/settings/integrations" search={{}}>
        {t('tab.integrations')}
      </Link>
      <Link to="/settings/notifications">{t('tab.notifications')}</Link>
      <Link to="/settings/security">{t('tab.security')}</Link>
    </TabBar>
  )
}
