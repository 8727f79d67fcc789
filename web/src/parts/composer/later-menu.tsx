/** A menu of times ahead, and a dialog for any other: for sending later and for putting something aside. */
import { Menu as MantineMenu } from '@mantine/core'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { now } from '../../client/clock.ts'
import { useTimes } from '../../client/language.ts'
import { useHere } from '../../client/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Dialog } from '../../ui/overlay.tsx'
import { fieldOf, instantAt } from '../../client/wall-time.ts'
import { laterChoices, longestAheadMs } from './later.ts'
import styles from './composer.module.css'

interface LaterProps {
  /** The button that opens the menu. */
  readonly target: ReactElement
  /** What the chosen time is for, as the dialog's title. */
  readonly title: string
  readonly choose: (at: string) => void
  readonly opened?: boolean
  readonly onOpened?: (opened: boolean) => void
  /** Entries above the times. */
  readonly first?: readonly { readonly label: string; readonly act: () => void }[]
  readonly position?: 'bottom-end' | 'top-start' | 'top-end'
}

export function LaterMenu(props: LaterProps): ReactElement {
  const { target, title, choose, opened, onOpened, first = [], position = 'bottom-end' } = props
  const { t } = useTranslation('parts')
  const here = useHere()
  const times = useTimes()
  const [picking, setPicking] = useState(false)
  return (
    <>
      <MantineMenu
        position={position}
        width="max-content"
        offset={4}
        transitionProps={{ transition: 'fade', duration: 120 }}
        {...(opened === undefined ? {} : { opened })}
        {...(onOpened ? { onChange: onOpened } : {})}
      >
        <MantineMenu.Target>{target}</MantineMenu.Target>
        <MantineMenu.Dropdown>
          {first.map((entry) => (
            <MantineMenu.Item key={entry.label} onClick={entry.act}>
              {entry.label}
            </MantineMenu.Item>
          ))}
          {first.length > 0 ? <MantineMenu.Divider /> : null}
          {laterChoices(now(), here.zone).map(({ key, at }) => (
            <MantineMenu.Item key={key} onClick={() => choose(at)}>
              <span className={styles['laterChoice']}>
                {t(`later.${key}`)} <small>{times.short(at)}</small>
              </span>
            </MantineMenu.Item>
          ))}
          <MantineMenu.Item onClick={() => setPicking(true)}>{t('later.pick')}</MantineMenu.Item>
        </MantineMenu.Dropdown>
      </MantineMenu>
      {picking ? <PickTime title={title} choose={choose} close={() => setPicking(false)} /> : null}
    </>
  )
}

function PickTime({
  title,
  choose,
  close,
}: Pick<LaterProps, 'title' | 'choose'> & { readonly close: () => void }): ReactElement {
  const { t } = useTranslation('parts')
  const { t: shell } = useTranslation('shell')
  const { zone } = useHere()
  const [present] = useState(now)
  const [value, setValue] = useState(() => fieldOf(present + 86_400_000, zone))
  const [date = '', clock = ''] = value.split('T')
  const at = date !== '' && clock !== '' ? instantAt(date, clock.slice(0, 5), zone) : ''
  const ahead = Date.parse(at) - present
  const problem = ahead > 0 && ahead <= longestAheadMs ? undefined : t('later.wrong')
  return (
    <Dialog
      title={title}
      opened
      close={close}
      width={360}
      acts={
        <>
          <Button
            look="primary"
            disabled={problem !== undefined}
            onClick={() => {
              close()
              choose(at)
            }}
          >
            {t('later.set')}
          </Button>
          <Button onClick={close}>{shell('act.cancel')}</Button>
        </>
      }
    >
      <TextField
        type="datetime-local"
        label={t('later.field', { zone })}
        value={value}
        min={fieldOf(present, zone)}
        problem={value === '' ? undefined : problem}
        data-autofocus
        onText={setValue}
      />
    </Dialog>
  )
}
