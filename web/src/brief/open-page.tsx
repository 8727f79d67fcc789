/**
 * The page behind an open link: anybody sees the brief and may apply with a name and an address. It knows nobody, greets
 * nobody, and says the same to everybody who has applied.
 */
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublicBrief } from '@kontor/api/campaigns'
import { guessedLanguage } from '../client/language.ts'
import { BriefLetter } from '../parts/brief-letter.tsx'
import { letterWords } from '../parts/brief-words.ts'
import { brandStyle } from './look.ts'
import { OpenForm } from './open-form.tsx'
import { OutcomePage } from './outcome.tsx'
import { PlainPage } from './plain-page.tsx'
import { useOpenLink } from './use-open-link.ts'
import { useBriefWords } from './words.ts'
import styles from './brief.module.css'

export function OpenPage({ token }: { readonly token: string }): ReactElement {
  const link = useOpenLink(token)
  const [language] = useState(guessedLanguage)
  const words = useBriefWords(link.brief && { ...link.brief, language })
  if (link.status === 'loading') return <main className={styles['page']} aria-busy="true" />
  if (link.status === 'off') return <PlainPage title={words('offTitle')} body={words('offBody')} />
  if (link.status === 'unknown')
    return <PlainPage title={words('unknownTitle')} body={words('unknownOpenBody')} />
  if (!link.brief)
    return <PlainPage title={words('loadFailed')} act={{ label: words('retry'), run: link.reload }} />
  return <Opened token={token} brief={{ ...link.brief, language, personName: '' }} reload={link.reload} />
}

interface OpenedProps {
  readonly token: string
  readonly brief: Omit<PublicBrief, 'state'> & { readonly state: 'open' | 'paused' | 'closed' | 'over' }
  readonly reload: () => void
}

function Opened({ token, brief, reload }: OpenedProps): ReactElement {
  const words = useBriefWords(brief)
  const { t } = useTranslation('brief', { lng: brief.language })
  const [act, setAct] = useState<'read' | 'apply' | 'applied'>('read')
  const [again, setAgain] = useState(false)
  const outcome = act === 'applied' ? 'appliedOpen' : brief.state
  if (outcome !== 'open' && !again)
    return <OutcomePage brief={brief} outcome={outcome} readAgain={() => setAgain(true)} />
  return (
    <main className={styles['page']}>
      <BriefLetter
        brief={brief.brief}
        campaignName={brief.campaignName}
        brandColour={brief.brandColour}
        language={brief.language}
        images={brief.images}
        logo={brief.logo}
        words={letterWords(t, { ...brief, brand: brief.brandName, name: '' })}
      />
      {outcome === 'open' ? (
        <section className={styles['acts']} data-open={act === 'read' ? undefined : 'true'}>
          <div className={styles['actsInner']}>
            {act === 'read' ? (
              <div className={styles['buttons']}>
                <button
                  type="button"
                  className={styles['primary']}
                  style={brandStyle(brief)}
                  onClick={() => setAct('apply')}
                >
                  {words('apply')}
                </button>
              </div>
            ) : (
              <OpenForm
                token={token}
                brief={brief}
                applied={() => setAct('applied')}
                changed={reload}
                back={() => setAct('read')}
              />
            )}
          </div>
        </section>
      ) : null}
    </main>
  )
}
