/**
 * The frame of one setting: its heading, where it comes from, and a way to remove it that says what that means. What the
 * environment sets is shown and cannot be typed over.
 */
import { useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemSentence } from '../client/problem.ts'
import { Button } from '../ui/button.tsx'
import { Note } from '../ui/form.tsx'
import { Dialog } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { Banner, ProblemBanner } from '../ui/states.tsx'
import { type Setting, useSettingRemoval } from './asks.ts'
import styles from './server.module.css'

interface FrameProps {
  readonly setting: Setting
  readonly title: string
  readonly intro: string
  readonly state: { readonly from?: 'environment' | 'settings' | undefined; readonly version: number }
  /** The variables that set it from outside. */
  readonly variables?: string
  /** What removing it means; without it there is nothing to remove. */
  readonly removal?: string
  readonly removed?: () => void
  readonly children: ReactNode
  /** What may be done wherever the setting comes from. */
  readonly below?: ReactNode
}

export function SettingFrame(props: FrameProps): ReactElement {
  const { t } = useTranslation('server')
  const { setting, title, intro, state, variables, removal, children, below } = props
  const [asking, ask] = useState(false)
  const given = state.from === 'environment'
  return (
    <Section
      title={title}
      id={setting}
      acts={
        state.from === 'settings' && removal ? (
          <Button look="link" onClick={() => ask(true)}>
            {t('clear')}
          </Button>
        ) : null
      }
    >
      <div className={styles['setting']}>
        <Note>{intro}</Note>
        {given ? <Banner>{t('environment', { variables: variables ?? '' })}</Banner> : null}
        <fieldset disabled={given} className={styles['fields']}>
          {children}
        </fieldset>
        {below}
      </div>
      {asking ? <Removal {...props} close={() => ask(false)} /> : null}
    </Section>
  )
}

function Removal({
  setting,
  state,
  removal,
  removed,
  close,
}: FrameProps & { readonly close: () => void }): ReactElement {
  const { t } = useTranslation('server')
  const { t: shell } = useTranslation('shell')
  const sentence = useProblemSentence()
  const remove = useSettingRemoval(setting)
  return (
    <Dialog
      title={t('clearTitle')}
      opened
      close={close}
      acts={
        <>
          <Button
            look="problem"
            busy={remove.isPending}
            onClick={() =>
              remove.mutate(state.version, {
                onSuccess: () => {
                  removed?.()
                  close()
                },
              })
            }
          >
            {t('clear')}
          </Button>
          <Button onClick={close} data-autofocus>
            {shell('act.cancel')}
          </Button>
        </>
      }
    >
      {remove.error ? <ProblemBanner sentence={sentence(remove.error)} /> : null}
      <p>{removal}</p>
    </Dialog>
  )
}
