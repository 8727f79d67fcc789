/** A logo as influencers see it, on its white plate, with the way to another one. */
import { logoLimit } from '@kontor/api/campaigns'
import type { Picture } from '@kontor/api/campaigns'
import { useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProblemError } from '../client/http.ts'
import { useProblemSentence } from '../client/problem.ts'
import { ProblemBanner } from '../ui/states.tsx'
import styles from './logo.module.css'
import { PickPicture } from './pick-picture.tsx'

interface LogoProps {
  readonly logo: Picture | undefined
  readonly brandName: string
  /** What stands there while there is no logo. */
  readonly none: string
  readonly mayChange: boolean
  readonly set: {
    readonly mutate: (file: Blob) => void
    readonly isPending: boolean
    readonly error: Error | null
  }
  readonly children?: ReactNode
}

export function Logo({ logo, brandName, none, mayChange, set, children }: LogoProps): ReactElement {
  const { t } = useTranslation('parts')
  const sentence = useProblemSentence()
  const [refused, refuse] = useState<ProblemError>()
  const problem = refused ?? set.error
  return (
    <div className={styles['logo']}>
      {problem ? <ProblemBanner sentence={sentence(problem)} /> : null}
      {logo ? (
        <span className={styles['plate']}>
          <img src={logo.path} alt={t('picture.logoOf', { brand: brandName })} />
        </span>
      ) : (
        <p>{none}</p>
      )}
      {mayChange ? (
        <>
          <div className={styles['acts']}>
            <PickPicture
              label={logo ? t('picture.logoReplace') : t('picture.logoChoose')}
              limit={logoLimit}
              busy={set.isPending}
              pick={(file) => {
                refuse(undefined)
                set.mutate(file)
              }}
              refuse={refuse}
            />
            {children}
          </div>
          <p className={styles['hint']}>{t('picture.logoHint')}</p>
        </>
      ) : null}
    </div>
  )
}
