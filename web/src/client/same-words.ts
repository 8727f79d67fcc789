/** The shape that a translation must have: the keys of the English file, any sentences. */
export type SameWords<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : SameWords<T[K]>
}
