/** Account Settings → Integrations → Email Provider: the list of Connected Emails, and what a sign-in came back with. */
import type { ConnectOutcome, Mailbox } from '@kontor/api/mailboxes'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { useHere } from '../client/session.ts'
import { HelpPdfLink } from '../parts/help-pdf-link.tsx'
import { useMailboxes } from '../parts/mailboxes.ts'
import { SettingsTabs } from '../parts/settings-tabs.tsx'
import { ButtonLink } from '../ui/button.tsx'
import { Page, Section } from '../ui/page.tsx'
import { EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { Timetable } from '../ui/timetable.tsx'
import { AdminRequestRow } from './admin-request-row.tsx'
import { useAdminRequests, useOutcome } from './asks.ts'
import { DefaultQuestion } from './default-question.tsx'
import { type MailboxAct, MailboxDialog } from './dialogs.tsx'
import { DisconnectedMailboxes } from './disconnected.tsx'
import { MailboxRow } from './mailbox-row.tsx'
import styles from './mailboxes.module.css'
import { OutcomeBanner } from './outcome-banner.tsx'
import { type Meant, SharedDialog } from './shared-dialog.tsx'

/** What is to be added through a mailbox after a sign-in; nothing where the sign-in was for a shared mailbox itself. */
function meantBy(came: ConnectOutcome, via: Mailbox): Meant | undefined {
  const { outcome, sharedAddress: address, sharedName: name = '', sharedLevel: level = via.level } = came
  if (outcome !== 'connected' || address === undefined || via.place !== 'own') return undefined
  return { address, name, level }
}

export function IntegrationsPage({ outcome }: { readonly outcome: string | undefined }): ReactElement {
  const { t } = useTranslation('settings')
  const here = useHere()
  const navigate = useNavigate()
  const sentence = useProblemSentence()
  const mailboxes = useMailboxes()
  const rows = mailboxes.data ?? []
  const requests = useAdminRequests().data ?? []
  const unconnected = requests.filter((request) => request.mailboxId === undefined)
  const listed = rows.length + unconnected.length > 0
  // whoever went to allow shared mailboxes goes on where they were
  const came = useOutcome(outcome).data
  const via = rows.find((one) => one.id === came?.mailboxId)
  const meant = came && via ? meantBy(came, via) : undefined
  const [asked, ask] = useState<{ readonly act: MailboxAct; readonly mailbox: Mailbox }>()
  const connect = here.may.act ? (
    <ButtonLink look="primary" to="/settings/integrations/connect">
      {t('provider.connect')}
    </ButtonLink>
  ) : null
  return (
    <Page title={t('title')}>
      <SettingsTabs />
      {outcome && mailboxes.data && !meant ? <OutcomeBanner handle={outcome} /> : null}
      <Section title={t('provider.section')}>
        {mailboxes.isPending ? <Loading /> : null}
        {mailboxes.error ? (
          <ProblemBanner sentence={sentence(mailboxes.error)} retry={() => void mailboxes.refetch()} />
        ) : null}
        {mailboxes.data && !listed ? (
          <EmptyState
            sentence={here.may.act ? t('provider.empty') : t('provider.emptyViewer')}
            act={connect}
          />
        ) : null}
        {listed ? (
          <>
            <DefaultQuestion mailboxes={rows} />
            <h3 className={styles['heading']}>{t('provider.list')}</h3>
            <Timetable label={t('provider.list')}>
              {unconnected.map((request) => (
                <AdminRequestRow key={request.id} request={request} />
              ))}
              {rows.map((mailbox) => (
                <MailboxRow
                  key={mailbox.id}
                  mailbox={mailbox}
                  request={requests.find((one) => one.mailboxId === mailbox.id)}
                  ask={(act) => ask({ act, mailbox })}
                />
              ))}
            </Timetable>
            {here.may.act ? (
              <div className={styles['foot']}>
                <ButtonLink to="/settings/integrations/connect">{t('provider.another')}</ButtonLink>
              </div>
            ) : null}
          </>
        ) : null}
        <DisconnectedMailboxes />
        <p className={styles['paper']}>
          <HelpPdfLink />
        </p>
      </Section>
      {meant && via ? (
        <SharedDialog
          mailbox={via}
          others={rows}
          meant={meant}
          close={() => void navigate({ to: '.', search: {}, replace: true })}
        />
      ) : null}
      {asked ? <MailboxDialog {...asked} others={rows} close={() => ask(undefined)} /> : null}
    </Page>
  )
}
