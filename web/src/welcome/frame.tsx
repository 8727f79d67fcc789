/** The plain sheet of pages before the desk: the name, one title, one form, and the choice of language. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { speak, useLanguage } from '../client/language.ts'
import { Button } from '../ui/button.tsx'
import { useTitle } from '../ui/page.tsx'
import styles from './welcome.module.css'

interface SheetProps {
  readonly title: string
  readonly sentence?: ReactNode
  readonly wide?: boolean
  readonly children?: ReactNode
}

export function Sheet({ title, sentence, wide, children }: SheetProps): ReactElement {
  const heading = useTitle(title)
  return (
    <main className={`${styles['page']} ${wide ? (styles['wide'] ?? '') : ''}`}>
      <div className={styles['mark']}>Kontor</div>
      <h1 className={styles['title']} tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {sentence ? <p className={styles['sentence']}>{sentence}</p> : null}
      {children}
      <Languages />
    </main>
  )
}

function Languages(): ReactElement {
  const { t } = useTranslation('welcome')
  const language = useLanguage()
  const other = language === 'en' ? 'de' : 'en'
  return (
    <div className={styles['languages']}>
      <Button look="link" lang={other} onClick={() => void speak(other)}>
        {other === 'de' ? t('german') : t('english')}
      </Button>
    </div>
  )
}
