/** What floats: dialogs and menus. Focus goes in and comes back; Escape closes; destructive entries come last. */
import { Menu as MantineMenu, Modal } from '@mantine/core'
import { Suspense, useLayoutEffect, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { focusNearest, placesAround } from './focus.ts'
import { Loading } from './states.tsx'
import styles from './overlay.module.css'

interface DialogProps {
  readonly title: string
  readonly opened: boolean
  readonly close: () => void
  readonly children: ReactNode
  /** Buttons, the act first; shown at the end. */
  readonly acts?: ReactNode
  readonly width?: number
  /** It may be longer than the window: the buttons stay in sight. Nothing in it takes the focus. */
  readonly long?: boolean
}

export function Dialog({ title, opened, close, children, acts, width, long }: DialogProps): ReactElement {
  const { t } = useTranslation('shell')
  useFocusBack(opened)
  return (
    <Modal
      opened={opened}
      onClose={close}
      returnFocus={false}
      title={title}
      size={width ?? 480}
      centered
      transitionProps={{ transition: 'fade', duration: 120 }}
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      {/* what comes late waits in here: a page hidden meanwhile would lose where the focus was */}
      <Suspense fallback={<Loading />}>
        <div className={styles['body']}>{children}</div>
      </Suspense>
      {acts ? <div className={styles[long ? 'actsInSight' : 'acts']}>{acts}</div> : null}
    </Modal>
  )
}

/** Focus goes back to where it was, also when a dialog is taken away while it is open, which Mantine's own does not see. */
function useFocusBack(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return undefined
    const places = placesAround(openerOf(document.activeElement))
    return () => focusNearest(places)
  }, [opened])
}

/** An entry of a menu is gone by then; the button that opened the menu is not. */
function openerOf(element: Element | null): Element | null {
  const opener = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby')
  return opener ? document.querySelector(`#${CSS.escape(opener)}`) : element
}

export interface MenuEntry {
  readonly label: string
  readonly act: () => void
  readonly problem?: boolean
  readonly disabled?: boolean
}

interface MenuProps {
  /** The button that opens the menu; must accept a ref and carry a name. */
  readonly target: ReactElement
  /** Groups of entries, divided by hairlines. Empty groups vanish. */
  readonly groups: readonly (readonly MenuEntry[])[]
  readonly position?: 'bottom-end' | 'bottom-start' | 'top-start' | 'right-end'
}

export function Menu({ target, groups, position }: MenuProps): ReactElement {
  const shown = groups.filter((group) => group.length > 0)
  return (
    <MantineMenu
      position={position ?? 'bottom-end'}
      width="max-content"
      offset={4}
      // the first entry has the focus, so that it is read out, and Home, End and Enter mean something
      withInitialFocusPlaceholder={false}
      transitionProps={{ transition: 'fade', duration: 120 }}
    >
      <MantineMenu.Target>{target}</MantineMenu.Target>
      <MantineMenu.Dropdown>
        {shown.map((group, index) => [
          index > 0 ? <MantineMenu.Divider key={`line-${group[0]?.label}`} /> : null,
          ...group.map((entry) => (
            <MantineMenu.Item
              key={entry.label}
              disabled={entry.disabled ?? false}
              onClick={entry.act}
              {...(entry.problem ? { color: 'var(--problem)' } : {})}
            >
              {entry.label}
            </MantineMenu.Item>
          )),
        ])}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}

/** Three dots in a column, for the button that opens a row's menu. */
export function Kebab(): ReactElement {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" fill="currentColor">
      <circle cx="8" cy="3" r="1.4" />
      <circle cx="8" cy="8" r="1.4" />
      <circle cx="8" cy="13" r="1.4" />
    </svg>
  )
}
