/** The brand's colour on a button of the creator's page. */
import type { CSSProperties } from 'react'
import type { PublicBrief } from '@kontor/api/campaigns'
import { brandLook } from '../parts/brand-colour.ts'

export function brandStyle(brief: PublicBrief): CSSProperties {
  const look = brandLook(brief.brandColour, '#FFFFFF', '#1B1D1F')
  return { background: look.fill, color: look.onFill }
}
