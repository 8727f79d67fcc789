/** One connected address: address, level, default; its health, today's count and what waits; the day as a rule. */
import type { AdminRequest, Mailbox } from '@kontor/api/mailboxes'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useSession } from '../client/session.ts'
import { CapacityRule } from '../parts/capacity-rule.tsx'
import { useHealth } from '../parts/health.ts'
import { Button } from '../ui/button.tsx'
import { Kebab, Menu } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { TimetableRow } from '../ui/timetable.tsx'
import { AdminLine } from './admin-line.tsx'
import { useDefaultChoice, usePause } from './asks.ts'
import type { MailboxAct } from './dialogs.tsx'
import styles from './mailboxes.module.css'
import { useMailboxMenu } from './mailbox-menu.ts'

interface RowProps {
  readonly mailbox: Mailbox
  /** An admin is waited for, to allow reading. */
  readonly request: AdminRequest | undefined
  /** Asks before something happens; the question outlives the row, which leaves the list when it is disconnected. */
  readonly ask: (act: MailboxAct) => void
}

export function MailboxRow({ mailbox, request, ask }: RowProps): ReactElement {
  const { t } = useTranslation('settings')
  const { t: part } = useTranslation('parts')
  const times = useTimes(mailbox.zone)
  const health = useHealth()(mailbox)
  const sentence = useProblemSentence()
  const { person } = useSession()
  const chooseDefault = useDefaultChoice()
  const pause = usePause(mailbox.id)
  const groups = useMailboxMenu(mailbox, {
    open: ask,
    resume: () => pause.mutate('resume'),
    chooseDefault: () => chooseDefault.mutate(mailbox.id),
  })
  const failed = chooseDefault.error ?? pause.error
  const { used, limit, waiting, usedElsewhere } = mailbox.capacity
  const facts = [
    t('provider.line', { used, limit, waiting }),
    usedElsewhere > 0 ? part('capacity.elsewhere', { count: usedElsewhere }) : '',
    mailbox.lastCheckedAt ? t('provider.checked', { when: times.short(mailbox.lastCheckedAt) }) : '',
  ].filter(Boolean)
  return (
    <TimetableRow
      gutter={mailbox.lastCheckedAt ? times.gutter(mailbox.lastCheckedAt) : '–'}
      past
      height="tall"
    >
      <div className={styles['line']}>
        <div className={styles['first']}>
          <Link to="/settings/integrations/$mailboxId" params={{ mailboxId: mailbox.id }}>
            {mailbox.address}
          </Link>
          <span>
            {` · ${part(`level.${mailbox.level}`)}`}
            {mailbox.isDefault ? ` · ${part('default')}` : ''}
            {mailbox.account
              ? ` · ${t(mailbox.place === 'shared' ? 'provider.sharedWith' : 'provider.ofAccount', { account: mailbox.account })}`
              : ''}
            {mailbox.ownerId === person.id ? '' : ` · ${t('provider.owner', { name: mailbox.ownerName })}`}
          </span>
        </div>
        <div className={styles['second']}>
          <span data-tone={health.tone}>{health.sentence}</span>
          {` · ${facts.join(' · ')}`}
        </div>
        {groups.length > 0 ? (
          <div className={styles['kebab']}>
            <Menu
              target={
                <Button look="tool" aria-label={t('provider.menu', { address: mailbox.address })}>
                  <Kebab />
                </Button>
              }
              groups={groups}
            />
          </div>
        ) : null}
        <AdminLine mailbox={mailbox} request={request} />
        <div className={styles['rule']}>
          <CapacityRule capacity={mailbox.capacity} />
        </div>
      </div>
      {failed ? <ProblemBanner sentence={sentence(failed)} /> : null}
    </TimetableRow>
  )
}
