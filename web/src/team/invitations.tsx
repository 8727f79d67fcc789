/** Invitations: choose a role, make a link, copy it; open ones can be withdrawn. The link is shown once. */
import type { InvitationLink } from '@kontor/api/team'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Select, TextField } from '../ui/field.tsx'
import { Note } from '../ui/form.tsx'
import { Section } from '../ui/page.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { Timetable, TimetableRow } from '../ui/timetable.tsx'
import { useInvitations, useInvite, useWithdrawal } from './asks.ts'
import styles from './team.module.css'

const invitable = ['admin', 'member', 'viewer'] as const

export function Invitations(): ReactElement {
  const { t } = useTranslation('team')
  const sentence = useProblemSentence()
  const invite = useInvite()
  const [role, setRole] = useState<(typeof invitable)[number]>('member')
  return (
    <>
      <Section title={t('invite')}>
        <div className={styles['invite']}>
          <Note>{t('inviteSentence')}</Note>
          {invite.error ? <ProblemBanner sentence={sentence(invite.error)} /> : null}
          <div className={styles['make']}>
            <Select
              label={t('inviteRole')}
              value={role}
              onChoose={setRole}
              options={invitable.map((value) => ({
                value,
                label: `${t(`roles.${value}`)} – ${t(`roleSentence.${value}`)}`,
              }))}
            />
            <Button look="primary" busy={invite.isPending} onClick={() => invite.mutate(role)}>
              {t('make')}
            </Button>
          </div>
          {invite.data ? <FreshLink made={invite.data} /> : null}
        </div>
      </Section>
      <OpenInvitations />
    </>
  )
}

function FreshLink({ made }: { readonly made: InvitationLink }): ReactElement {
  const { t } = useTranslation('team')
  const times = useTimes()
  const [copied, setCopied] = useState('')
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(made.link)
    setCopied(made.link)
  }
  return (
    <div className={styles['make']} aria-live="polite">
      <TextField
        label={t('link')}
        hint={t('once', { role: t(`roles.${made.role}`), until: times.short(made.expiresAt) })}
        value={made.link}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onClick={() => void copy()}>{copied === made.link ? t('copied') : t('copy')}</Button>
    </div>
  )
}

function OpenInvitations(): ReactElement | null {
  const { t } = useTranslation('team')
  const times = useTimes()
  const sentence = useProblemSentence()
  const open = useInvitations()
  const withdraw = useWithdrawal()
  if (!open.data?.length) return null
  return (
    <Section title={t('open')}>
      {withdraw.error ? <ProblemBanner sentence={sentence(withdraw.error)} /> : null}
      <Timetable label={t('open')}>
        {open.data.map((one) => (
          <TimetableRow key={one.id} gutter={times.gutter(one.expiresAt)}>
            <div className={styles['member']}>
              <span>
                {t('openLine', {
                  role: t(`roles.${one.role}`),
                  by: one.invitedBy,
                  until: times.short(one.expiresAt),
                })}
              </span>
              <span />
              <Button look="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate(one.id)}>
                {t('revoke')}
              </Button>
            </div>
          </TimetableRow>
        ))}
      </Timetable>
    </Section>
  )
}
