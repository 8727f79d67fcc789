/** The table of a campaign's people: since when they stand where they stand, and which mail comes next. */
import type { Member } from '@kontor/api/campaigns'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useTimes } from '../client/language.ts'
import { courseKey, useCourseSentence } from '../parts/follow-ups/course-sentence.ts'
import { useReasonSentence } from '../parts/reason.ts'
import type { Selection } from '../parts/selection.ts'
import type { PeopleQuery } from './asks.ts'
import styles from './campaigns.module.css'

interface TableProps {
  readonly rows: readonly Member[]
  /** Undefined when nobody here can be selected. */
  readonly selection: Selection<PeopleQuery> | undefined
}

export function PeopleTable({ rows, selection }: TableProps): ReactElement {
  const { t } = useTranslation('campaigns')
  const allChosen = selection !== undefined && rows.every((member) => selection.has(member.id))
  const ids = rows.map((member) => member.id)
  return (
    <div className={styles['tableWrap']}>
      <table className={styles['table']} aria-label={t('people.label')}>
        <thead>
          <tr>
            <th scope="col" className={styles['gutter']}>
              {t('people.column.since')}
            </th>
            {selection ? (
              <th scope="col" className={styles['check']}>
                <input
                  type="checkbox"
                  aria-label={t('people.selectAll')}
                  title={t('people.selectAll')}
                  checked={allChosen}
                  onChange={() => selection.set(ids, !allChosen)}
                />
              </th>
            ) : null}
            <th scope="col">{t('people.column.name')}</th>
            <th scope="col" className={styles['onDesk']}>
              {t('people.column.stage')}
            </th>
            <th scope="col" className={styles['onDesk']}>
              {t('people.column.next')}
            </th>
            <th scope="col" className={styles['onDesk']}>
              <span className="unseen">{t('people.conversation')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((member) => (
            <PersonRow key={member.id} member={member} selection={selection} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function PersonRow({
  member,
  selection,
}: {
  readonly member: Member
  readonly selection: Selection<PeopleQuery> | undefined
}): ReactElement {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  return (
    <tr>
      <td className={styles['gutter']}>
        <time dateTime={member.stateAt}>{times.gutter(member.stateAt)}</time>
      </td>
      {selection ? (
        <td className={styles['check']}>
          <input
            type="checkbox"
            aria-label={t('people.select', { name: member.name })}
            checked={selection.has(member.id)}
            onChange={() => selection.toggle(member.id)}
          />
        </td>
      ) : null}
      <th scope="row">
        <Link to="/influencers/$contactId" params={{ contactId: member.contactId }}>
          {member.name || member.address}
        </Link>
        <small>{member.address}</small>
        <span className={styles['onPhone']}>
          {t(`stage.${member.state}`)}
          {comes(member) ? ' · ' : null}
          <NextMail member={member} />
        </span>
      </th>
      <td className={styles['onDesk']}>{t(`stage.${member.state}`)}</td>
      <td className={`${styles['next']} ${styles['onDesk']}`}>
        <NextMail member={member} />
      </td>
      <td className={`${styles['rowEnd']} ${styles['onDesk']}`}>
        {member.conversationId ? (
          <Link to="/inbox/$conversationId" params={{ conversationId: member.conversationId }}>
            {t('people.conversation')}
          </Link>
        ) : null}
      </td>
    </tr>
  )
}

/** Something is to be said of the next email. */
function comes({ waiting, followUp }: Member): boolean {
  if (waiting) return true
  if (!followUp) return false
  return followUp.state !== 'done' && courseKey(followUp) !== 'before'
}

function NextMail({ member }: { readonly member: Member }): ReactElement | null {
  const { t } = useTranslation('campaigns')
  const times = useTimes()
  const sentence = useReasonSentence()
  const { t: follows } = useTranslation('followups')
  const say = useCourseSentence()
  const { followUp } = member
  if (!member.waiting) {
    if (!followUp || !comes(member)) return null
    const key = courseKey(followUp)
    if (key === 'before' || key === 'done') return null
    const when = followUp.dueAt ? times.about(followUp.dueAt) : ''
    return (
      <span title={say(followUp)} data-quiet={key === 'stopped' ? 'true' : undefined}>
        {follows(`short.${key}`, { n: followUp.n, when })}
      </span>
    )
  }
  const { expectedAt, reason } = member.waiting
  const kind = t(`kind.${member.waiting.kind}`)
  return (
    <>
      {expectedAt ? t('people.leaves', { kind, when: times.about(expectedAt) }) : t('people.waits', { kind })}
      {reason ? <small className={styles['why']}>{sentence(reason)}</small> : null}
    </>
  )
}
