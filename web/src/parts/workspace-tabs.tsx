/** The tabs of the workspace: what everybody sees, and what those see who set up the server. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useHere, useSession } from '../client/session.ts'
import { TabBar } from '../ui/page.tsx'

export function WorkspaceTabs(): ReactElement {
  const { t } = useTranslation('shell')
  const { steersServer } = useSession()
  const { may } = useHere()
  return (
    <TabBar label={t('nav.workspace')}>
      <Link to="/workspace/team">{t('nav.team')}</Link>
      <Link to="/workspace/brand">{t('nav.brand')}</Link>
      <Link to="/workspace/templates">{t('nav.templates')}</Link>
      {may.steer ? <Link to="/workspace/logs">{t('nav.logs')}</Link> : null}
      {steersServer ? <Link to="/workspace/server">{t('nav.server')}</Link> : null}
    </TabBar>
  )
}
