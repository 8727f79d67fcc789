/** The brand's colour on a button of the creator's page. */
import type { CSSProperties } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { brandLook, contrast } from '../parts/brand-colour.ts'

/** Paper of the page, light and dark. */
const papers = ['#FFFFFF', '#1C1E21'] as const

export function brandStyle(brief: Pick<PublicBrief, 'brandColour'>): CSSProperties {
  const look = brandLook(brief.brandColour, '#FFFFFF', '#1B1D1F')
  // a colour like the paper's needs an edge to be seen as a button (WCAG 2.2 §1.4.11)
  const [light, dark] = papers.map((paper) =>
    contrast(look.fill, paper) < 3 ? 'var(--field-edge)' : 'transparent',
  )
  return {
    background: look.fill,
    color: look.onFill,
    boxShadow: `0 0 0 1px light-dark(${light}, ${dark})`,
  }
}
