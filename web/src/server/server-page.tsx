/** Workspace → Server: apps at the providers, public address, mail server of the system, whom to ask. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere, useSession } from '../client/session.ts'
import { WorkspaceTabs } from '../parts/workspace-tabs.tsx'
import { Note } from '../ui/form.tsx'
import { Page } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { AddressForm } from './address-form.tsx'
import { AppForm } from './app-form.tsx'
import { useServerSettings } from './asks.ts'
import { MailForm } from './mail-form.tsx'
import { PushForm } from './push-form.tsx'
import { SupportForm } from './support-form.tsx'

export function ServerPage(): ReactElement {
  const { t } = useTranslation('server')
  const here = useHere()
  const { steersServer } = useSession()
  return (
    <Page title={here.name} meta={t('tab')} width="narrow">
      <WorkspaceTabs />
      {steersServer ? <Sections /> : <EmptyState sentence={t('forOwners')} />}
    </Page>
  )
}

function Sections(): ReactElement {
  const { t } = useTranslation('server')
  const sentence = useProblemSentence()
  const settings = useServerSettings()
  if (settings.error)
    return <ProblemBanner sentence={sentence(settings.error)} retry={() => void settings.refetch()} />
  if (!settings.data) return <Loading />
  const shown = settings.data
  return (
    <>
      <Note>{t('intro')}</Note>
      <AddressForm settings={shown} />
      <AppForm settings={shown} setting="google" />
      {shown.google.from || shown.googlePush.from ? <PushForm settings={shown} /> : null}
      <AppForm settings={shown} setting="microsoft" />
      <MailForm settings={shown} />
      <SupportForm settings={shown} />
    </>
  )
}
