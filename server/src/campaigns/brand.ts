/**
 * How a workspace shows itself to influencers: name, colour, logo, Du or Sie. A new campaign begins with them and keeps
 * its own from then on, so that what people have seen does not change under them.
 */
import type { Formality } from '../templates/index.ts'
import type { Picture } from './picture.ts'

export interface Brand {
  /** Empty: the name of the workspace. */
  readonly name: string
  /** `#rrggbb` */
  readonly colour: string
  readonly formality: Formality
  readonly logo?: Picture
}
export interface BrandPatch {
  readonly name?: string | undefined
  readonly colour?: string | undefined
  readonly formality?: Formality | undefined
}
export const plainBrand: Brand = { name: '', colour: '#2A3FC4', formality: 'du' }
