/** Lines that cannot be read: which, why, and what stands in them. */
import type { ContactImportPreview } from '@kontor/api/contacts'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './import.module.css'

type Problem = ContactImportPreview['problems'][number]

export function ImportProblems(props: {
  readonly problems: readonly Problem[]
  readonly total: number
}): ReactElement | null {
  const { t } = useTranslation('imports')
  if (props.problems.length === 0) return null
  return (
    <div className={styles['problems']}>
      <ul aria-label={t('problems')}>
        {props.problems.map((problem) => (
          <li key={problem.line}>
            <span className={styles['line']}>{t('line', { line: problem.line })}</span>
            <span>
              <strong>{t(`problem.${problemWord(problem.code)}`, { detail: problem.detail })}</strong>{' '}
              {problem.contactId ? (
                <Link to="/influencers/$contactId" params={{ contactId: problem.contactId }}>
                  {t('open')}
                </Link>
              ) : null}
              <small>{problem.cells.filter(Boolean).join(' · ')}</small>
            </span>
          </li>
        ))}
      </ul>
      {props.total > props.problems.length ? (
        <p className={styles['quiet']}>{t('moreProblems', { count: props.total - props.problems.length })}</p>
      ) : null}
    </div>
  )
}

const words = [
  'no_address',
  'address_invalid',
  'name_invalid',
  'name_too_long',
  'handle_too_long',
  'language_unknown',
  'country_unknown',
  'zone_unknown',
  'basis_unknown',
  'date_unreadable',
  'yes_no_unreadable',
  'manager_invalid',
  'too_many_tags',
  'value_too_long',
  'too_many_cells',
  'duplicate',
  'addresses_of_two',
] as const

function problemWord(code: string): (typeof words)[number] | 'other' {
  return words.find((known) => known === code) ?? 'other'
}
