/** The keys, as one small table. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/overlay.tsx'
import styles from './keys-dialog.module.css'

const groups = {
  everywhere: {
    palette: ['Ctrl K'],
    help: ['?'],
    inbox: ['G', 'I'],
    outbox: ['G', 'O'],
    campaigns: ['G', 'C'],
    influencers: ['G', 'P'],
  },
  lists: { next: ['J'], previous: ['K'], select: ['X'] },
  outbox: { range: ['Shift X'], selected: ['.'], clear: ['Esc'] },
  conversation: {
    done: ['E'],
    reply: ['R'],
    assign: ['A'],
    snooze: ['H'],
    unread: ['U'],
    undo: ['Z'],
  },
  applications: { approve: ['A'], reject: ['R'] },
} as const

export function KeysDialog({ close }: { readonly close: () => void }): ReactElement {
  const { t } = useTranslation('shell')
  return (
    <Dialog title={t('keys.title')} opened close={close} width={440}>
      {Object.entries(groups).map(([group, keys]) => (
        <section key={group}>
          <h3 className={styles['group']}>{t(`keys.${group as keyof typeof groups}`)}</h3>
          <dl className={styles['keys']}>
            {Object.entries(keys).map(([name, strokes]: [string, readonly string[]]) => (
              <div key={name}>
                <dt>
                  {strokes.map((stroke, index) => (
                    <span key={stroke}>
                      {index > 0 ? ` ${t('keys.then')} ` : null}
                      <kbd>{stroke}</kbd>
                    </span>
                  ))}
                </dt>
                <dd>{t(`keys.${name as 'next'}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
