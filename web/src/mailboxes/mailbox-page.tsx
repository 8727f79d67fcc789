/** One mailbox: today's capacity, limits, sending times, signature, who sees and sends, access log, outages. */
import type { Mailbox } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../client/http.ts'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { CapacityRule } from '../parts/capacity-rule.tsx'
import { isAskedAgain, useHealth } from '../parts/health.ts'
import { useMailboxes } from '../parts/mailboxes.ts'
import { Button } from '../ui/button.tsx'
import { Kebab, Menu } from '../ui/overlay.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Banner, EmptyState, Loading, ProblemBanner } from '../ui/states.tsx'
import { useDefaultChoice, useMailbox, usePause, useSenderCheck } from './asks.ts'
import { type MailboxAct, MailboxDialog } from './dialogs.tsx'
import { AccessLog } from './access-log.tsx'
import { Certificates } from './certificates.tsx'
import { useMailboxMenu } from './mailbox-menu.ts'
import { LimitsForm, SharingForm, TimesForm } from './mailbox-forms.tsx'
import { NewEmail } from './new-email.tsx'
import { Outages } from './outages.tsx'
import { ReadingForm } from './reading-form.tsx'
import { SignatureForm } from './signature-form.tsx'
import { StoredMailSection } from './stored-mail.tsx'
import { UnreadMessages } from './unread.tsx'

export function MailboxPage({ mailboxId }: { readonly mailboxId: string }): ReactElement {
  const { t } = useTranslation('mailbox')
  const sentence = useProblemSentence()
  const found = useMailbox(mailboxId)
  const back = <BackToList />
  if (found.data?.health === 'disconnected') return <TakenBack key={mailboxId} mailbox={found.data} />
  if (found.data) return <Opened key={mailboxId} mailbox={found.data} />
  const gone = found.error instanceof ProblemError && found.error.status === 404
  return (
    <Page title={t('back')} back={back}>
      {found.isPending ? <Loading /> : null}
      {gone ? <EmptyState sentence={t('gone')} act={back} /> : null}
      {found.error && !gone ? (
        <ProblemBanner sentence={sentence(found.error)} retry={() => void found.refetch()} />
      ) : null}
    </Page>
  )
}

function Opened({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const { t: part } = useTranslation('parts')
  const { t: settings } = useTranslation('settings')
  const others = useMailboxes().data ?? []
  const times = useTimes(mailbox.zone)
  const health = useHealth()(mailbox)
  const [dialog, setDialog] = useState<MailboxAct>()
  const chooseDefault = useDefaultChoice()
  const pause = usePause(mailbox.id)
  const groups = useMailboxMenu(mailbox, {
    open: setDialog,
    resume: () => pause.mutate('resume'),
    chooseDefault: () => chooseDefault.mutate(mailbox.id),
  })
  const meta = [
    part(`level.${mailbox.level}`),
    mailbox.isDefault ? part('default') : '',
    health.tone === 'quiet' ? health.sentence : '',
    mailbox.account
      ? settings(mailbox.place === 'shared' ? 'provider.sharedWith' : 'provider.ofAccount', {
          account: mailbox.account,
        })
      : '',
    t('owner', { name: mailbox.ownerName }),
    mailbox.lastCheckedAt ? part('checked', { when: times.short(mailbox.lastCheckedAt) }) : '',
  ]
  return (
    <Page
      title={mailbox.address}
      meta={meta.filter(Boolean).join(' · ')}
      back={<BackToList />}
      acts={
        groups.length > 0 ? (
          <Menu
            target={
              <Button look="tool" aria-label={settings('provider.menu', { address: mailbox.address })}>
                <Kebab />
              </Button>
            }
            groups={groups}
          />
        ) : null
      }
    >
      {health.tone === 'quiet' ? null : (
        <Banner
          tone={health.tone}
          act={<HealthAct mailbox={mailbox} open={setDialog} resume={() => pause.mutate('resume')} />}
        >
          {health.sentence}
        </Banner>
      )}
      <UnreadMessages mailbox={mailbox} />
      <CapacityRule capacity={mailbox.capacity} />
      <p style={{ marginTop: 6, color: 'var(--grey)' }}>
        {settings('provider.line', { ...mailbox.capacity })}
        {mailbox.capacity.usedElsewhere > 0
          ? ` · ${part('capacity.elsewhere', { count: mailbox.capacity.usedElsewhere })}`
          : ''}
      </p>
      <Section title={t('limits.title')} id="limits">
        <LimitsForm mailbox={mailbox} />
      </Section>
      <Section title={t('times.title')} id="times">
        <TimesForm mailbox={mailbox} />
      </Section>
      <Section title={t('signature.title')} id="signature">
        <SignatureForm mailbox={mailbox} />
      </Section>
      <Section title={t('sharing.title')} id="sharing">
        <SharingForm mailbox={mailbox} />
      </Section>
      <NewEmail mailbox={mailbox} />
      <ReadingForm mailbox={mailbox} />
      <Outages mailbox={mailbox} />
      <Certificates mailbox={mailbox} />
      <AccessLog mailbox={mailbox} />
      {dialog ? (
        <MailboxDialog act={dialog} mailbox={mailbox} others={others} close={() => setDialog(undefined)} />
      ) : null}
    </Page>
  )
}

/** A mailbox that was disconnected: what was taken back, what is still stored, and its access log, which stays. */
function TakenBack({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const { t: part } = useTranslation('parts')
  const times = useTimes(mailbox.zone)
  const meta = [
    part(`provider.${mailbox.provider}`),
    mailbox.disconnectedAt ? t('disconnectedAt', { when: times.full(mailbox.disconnectedAt) }) : '',
  ]
  return (
    <Page title={mailbox.address} meta={meta.filter(Boolean).join(' · ')} back={<BackToList />}>
      <Certificates mailbox={mailbox} />
      <StoredMailSection mailbox={mailbox} />
      <Outages mailbox={mailbox} />
      <AccessLog mailbox={mailbox} />
    </Page>
  )
}

function BackToList(): ReactElement {
  const { t } = useTranslation('mailbox')
  return (
    <Link to="/settings/integrations" search={{}}>
      {t('back')}
    </Link>
  )
}

interface HealthActProps {
  readonly mailbox: Mailbox
  readonly open: (act: MailboxAct) => void
  readonly resume: () => void
}

function HealthAct({ mailbox, open, resume }: HealthActProps): ReactElement | null {
  const { t } = useTranslation('settings')
  if (!mailbox.maySteer) return null
  if (isAskedAgain(mailbox)) return <SenderAct mailbox={mailbox} />
  if (mailbox.healthReason === 'alias_needs_full')
    return <Button onClick={() => open('level')}>{t('menu.level')}</Button>
  if (mailbox.health === 'reconnect_needed')
    return <Button onClick={() => open('reconnect')}>{t('menu.reconnect')}</Button>
  if (mailbox.health === 'paused') return <Button onClick={resume}>{t('menu.resume')}</Button>
  return null
}

/** The address was confirmed anew at the provider: ask it again. */
function SenderAct({ mailbox }: { readonly mailbox: Mailbox }): ReactElement {
  const { t } = useTranslation('mailbox')
  const check = useSenderCheck(mailbox.id)
  const said = check.data?.sender ?? (check.error ? 'unknown' : undefined)
  return (
    <span aria-live="polite">
      {check.isPending || said === undefined || said === 'accepted' ? null : `${t(`sender.${said}`)} `}
      <Button busy={check.isPending} onClick={() => check.mutate()}>
        {t('sender.check')}
      </Button>
    </span>
  )
}
