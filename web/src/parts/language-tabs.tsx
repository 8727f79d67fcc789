/** Which of the two languages of a text is on the screen. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './language-tabs.module.css'

type Language = 'en' | 'de'

interface TabsProps {
  readonly language: Language
  readonly choose: (language: Language) => void
}

export function LanguageTabs({ language, choose }: TabsProps): ReactElement {
  const { t } = useTranslation('bulk')
  return (
    <div className={styles['languages']} role="group" aria-label={t('languages')}>
      {(['en', 'de'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={language === one} onClick={() => choose(one)}>
          {t(`language.${one}`)}
        </button>
      ))}
    </div>
  )
}
