/**
 * Mantine in Kontor's dress. Mantine gives behaviour (focus, keyboard, names for readers); colours and type come
 * from tokens.css. Its style sheets are taken one by one, so that unused ones never travel.
 */
import '@mantine/core/styles/baseline.css'
import '@mantine/core/styles/default-css-variables.css'
import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/CloseButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/Input.css'
import '@mantine/core/styles/PasswordInput.css'
import '@mantine/core/styles/ActionIcon.css'
import './tokens.css'
import './mantine.css'
import { createTheme, MantineProvider, type CSSVariablesResolver } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

const accent = [
  '#EEF0FB',
  '#DCE1F8',
  '#BCC6FF',
  '#9DADFF',
  '#6F82EA',
  '#4A5DD8',
  '#2A3FC4',
  '#2336AB',
  '#1C2C8E',
  '#152270',
] as const

const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  colors: { accent },
  fontFamily: 'var(--sans)',
  headings: { fontFamily: 'var(--sans)', fontWeight: '600' },
  defaultRadius: 6,
  black: '#1B1D1F',
  white: '#FFFFFF',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
})

const colours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--grey)',
  '--mantine-color-placeholder': 'var(--grey)',
  '--mantine-color-error': 'var(--problem)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-border': 'var(--field-edge)',
  '--mantine-color-anchor': 'var(--accent)',
}

const resolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '20px' },
  light: colours,
  dark: colours,
})

export function Theme({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  )
}
