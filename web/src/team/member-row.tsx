/** One person of the team: since when, name, address, role; owners and admins change and remove. */
import type { Role, TeamMember } from '@kontor/api/team'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { useProblemSentence } from '../client/problem.ts'
import { useHere, useSession } from '../client/session.ts'
import { Button } from '../ui/button.tsx'
import { Select } from '../ui/field.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemBanner } from '../ui/states.tsx'
import { TimetableRow } from '../ui/timetable.tsx'
import { useRemoval, useRoleChange } from './asks.ts'
import styles from './team.module.css'

const roles = ['owner', 'admin', 'member', 'viewer'] as const satisfies readonly Role[]

export function MemberRow({ member }: { readonly member: TeamMember }): ReactElement {
  const { t } = useTranslation('team')
  const times = useTimes()
  const here = useHere()
  const { person } = useSession()
  const sentence = useProblemSentence()
  const change = useRoleChange(member.personId)
  const [removing, setRemoving] = useState(false)
  const you = member.personId === person.id
  const mayChange = here.may.steer && (here.role === 'owner' || member.role !== 'owner')
  return (
    <TimetableRow gutter={times.gutter(member.joinedAt)} past height="tall">
      <div className={styles['member']}>
        <span>
          <b>{member.name}</b>
          {you ? <small> ({t('you')})</small> : null}
          <small className={styles['address']}>{member.address}</small>
        </span>
        {mayChange ? (
          <Select<Role>
            label={t('roleOf', { name: member.name })}
            hideLabel
            compact
            value={member.role}
            onChoose={(role) => change.mutate(role)}
            options={roles.map((role) => ({
              value: role,
              label: t(`roles.${role}`),
              disabled: role === 'owner' && here.role !== 'owner',
            }))}
          />
        ) : (
          <span>{t(`roles.${member.role}`)}</span>
        )}
        {mayChange && !you ? (
          <Button look="quiet" onClick={() => setRemoving(true)}>
            {t('remove')}
          </Button>
        ) : (
          <span />
        )}
      </div>
      {change.error ? <ProblemBanner sentence={sentence(change.error)} /> : null}
      {removing ? <RemoveDialog member={member} close={() => setRemoving(false)} /> : null}
    </TimetableRow>
  )
}

function RemoveDialog({
  member,
  close,
}: {
  readonly member: TeamMember
  readonly close: () => void
}): ReactElement {
  const { t } = useTranslation('team')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const removal = useRemoval(member.personId)
  const { name } = member
  return (
    <Dialog
      title={t('removeTitle', { name })}
      opened
      close={close}
      acts={
        <>
          <Button
            look="problem"
            busy={removal.isPending}
            onClick={() => removal.mutate(undefined, { onSuccess: close })}
          >
            {t('removeAct', { name })}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      {removal.error ? <ProblemBanner sentence={sentence(removal.error)} /> : null}
      <p>{t('removeSentence')}</p>
    </Dialog>
  )
}
