/** The dialog in which something is asked before mails change: what happens, a choice perhaps, the act and the way back. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/overlay.tsx'

interface FrameProps {
  readonly title: string
  readonly sentence: string
  readonly label: string
  readonly act: () => void
  readonly close: () => void
  readonly disabled?: boolean
  readonly problem?: boolean
  readonly long?: boolean
  readonly children?: ReactElement | null
}

export function Frame({
  title,
  sentence,
  label,
  act,
  close,
  disabled,
  problem,
  long,
  children,
}: FrameProps): ReactElement {
  const { t: shell } = useTranslation('shell')
  return (
    <Dialog
      title={title}
      opened
      close={close}
      long={long ?? false}
      acts={
        <>
          <Button
            look={problem ? 'problem' : 'primary'}
            disabled={disabled ?? false}
            {...(children ? {} : { 'data-autofocus': true })}
            onClick={() => {
              close()
              act()
            }}
          >
            {label}
          </Button>
          <Button onClick={close}>{shell('act.back')}</Button>
        </>
      }
    >
      <p>{sentence}</p>
      {children}
    </Dialog>
  )
}
