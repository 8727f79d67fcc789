/** Sizes of files as people read them. Decimal units, as file managers and mail providers count. */

/** `bytes` in the largest fitting unit, rounded to two figures: 940 kB, 1.8 MB. */
export function fileSize(bytes: number, locale: string): string {
  const unit = bytes >= 999_500 ? 'megabyte' : 'kilobyte'
  const amount = bytes / (unit === 'megabyte' ? 1_000_000 : 1000)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'megabyte' && amount < 10 ? 1 : 0,
  }).format(amount > 0 && amount < 1 ? 1 : amount)
}
