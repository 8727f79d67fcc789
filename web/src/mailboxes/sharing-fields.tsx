/** Who sees and sends: the whole team, the team sees while the owner sends, or named members. */
import type { Sharing } from '@kontor/api/mailboxes'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../client/session.ts'
import { Checkbox, Radios } from '../ui/field.tsx'
import { useColleagues } from './asks.ts'

interface SharingFieldsProps {
  readonly sharing: Sharing
  readonly namedMembers: readonly string[]
  readonly change: (change: { sharing?: Sharing; namedMembers?: readonly string[] }) => void
  readonly problem?: string | undefined
}

export function SharingFields({ sharing, namedMembers, change, problem }: SharingFieldsProps): ReactElement {
  const { t } = useTranslation('parts')
  const { t: mailbox } = useTranslation('mailbox')
  const { person } = useSession()
  const colleagues = useColleagues().filter((one) => one.personId !== person.id)
  return (
    <div>
      <Radios
        legend={mailbox('sharing.title')}
        hideLegend
        value={sharing}
        onChoose={(next) => change({ sharing: next })}
        options={(['team', 'team_sees', 'named'] as const).map((value) => ({
          value,
          label: t(`sharing.${value}`),
          hint: t(`sharingSentence.${value}`),
        }))}
      />
      {sharing === 'named' ? (
        <div role="group" aria-label={mailbox('sharing.members')} style={{ paddingLeft: 30 }}>
          {colleagues.map((one) => (
            <Checkbox
              key={one.personId}
              label={one.name}
              checked={namedMembers.includes(one.personId)}
              onCheck={(checked) =>
                change({
                  namedMembers: checked
                    ? [...namedMembers, one.personId]
                    : namedMembers.filter((id) => id !== one.personId),
                })
              }
            />
          ))}
          {problem ? <p role="alert">{problem}</p> : null}
        </div>
      ) : null}
    </div>
  )
}
