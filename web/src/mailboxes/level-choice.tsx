/** The two integration levels: each with its one sentence and what it can and cannot do. */
import type { Level } from '@kontor/api/mailboxes'
import { useId, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import fields from '../ui/field.module.css'
import styles from './mailboxes.module.css'

interface LevelChoiceProps {
  readonly value: Level | undefined
  readonly choose: (level: Level) => void
}

export function LevelChoice({ value, choose }: LevelChoiceProps): ReactElement {
  const { t } = useTranslation('connect')
  const { t: part } = useTranslation('parts')
  const name = useId()
  return (
    <fieldset className={fields['group']}>
      <legend className="unseen">{t('two.title')}</legend>
      {(['full', 'send_only'] as const).map((level) => (
        <div key={level}>
          <label className={fields['choice']}>
            <input type="radio" name={name} checked={level === value} onChange={() => choose(level)} />
            <span>
              <b>{part(`level.${level}`)}</b>
            </span>
            <small>{part(`levelSentence.${level}`)}</small>
          </label>
          <dl className={styles['level']}>
            <div>
              <dt>{t('two.can')}</dt>
              <dd>{t(`two.${level}.can`)}</dd>
            </div>
            <div>
              <dt>{t('two.cannot')}</dt>
              <dd>{t(`two.${level}.cannot`)}</dd>
            </div>
          </dl>
        </div>
      ))}
    </fieldset>
  )
}
