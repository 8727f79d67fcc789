/** Signs of the composer's tools, drawn in the colour of the text. */
import type { ReactElement, ReactNode } from 'react'

function Sign({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  )
}

export function BoldSign(): ReactElement {
  return (
    <Sign>
      <path d="M5 3h3.6a2.4 2.4 0 0 1 0 4.9H5zM5 7.9h4.3a2.6 2.6 0 0 1 0 5.1H5z" strokeWidth="1.9" />
    </Sign>
  )
}

export function ItalicSign(): ReactElement {
  return (
    <Sign>
      <path d="M7 3h4M5 13h4M9 3 7 13" />
    </Sign>
  )
}

export function ListSign(): ReactElement {
  return (
    <Sign>
      <path d="M6.5 4H14M6.5 8H14M6.5 12H14" />
      <path d="M2.8 4h.01M2.8 8h.01M2.8 12h.01" strokeWidth="2.4" />
    </Sign>
  )
}

export function NumberSign(): ReactElement {
  return (
    <Sign>
      <path d="M7 4h7M7 8h7M7 12h7M2.4 3.2 3.4 2.7v3M2.2 10.2c.3-.7 1.7-.7 1.7.2 0 .7-1.7 1.2-1.7 2.1h1.8" />
    </Sign>
  )
}

export function LinkSign(): ReactElement {
  return (
    <Sign>
      <path d="M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.4 8.9a2.6 2.6 0 0 0 3.7 3.7l.9-.9" />
    </Sign>
  )
}

export function FileSign(): ReactElement {
  return (
    <Sign>
      <path d="m13 7.3-5.3 5.3a3.1 3.1 0 0 1-4.4-4.4l5.6-5.6a2.1 2.1 0 0 1 3 3L6.4 11a1 1 0 0 1-1.5-1.4l5-5" />
    </Sign>
  )
}
