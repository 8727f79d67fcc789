/** A plain chart of bars as SVG: legible on light and dark ground, and without colours to be told apart. */
export interface Bar {
  readonly name: string
  readonly ours: boolean
  readonly value: number
  readonly lowest: number
  readonly highest: number
  readonly runs: number
  /** Drawn as an outline: the value counts for nothing. */
  readonly void: boolean
  readonly label: string
}

const width = 760
const left = 178
const barsEnd = 440
const rowHeight = 30
const top = 66

export function chart(title: string, note: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ highest }) => highest), 1)
  const x = (value: number): number => Math.round(left + ((barsEnd - left) * value) / most)
  const height = top + bars.length * rowHeight + 14
  const rows = bars.map((bar, n) => {
    const y = top + n * rowHeight
    const kind = bar.void ? 'void' : bar.ours ? 'ours' : 'peer'
    const spread =
      bar.lowest === bar.highest
        ? ''
        : `<path class="spread" d="M${x(bar.lowest)} ${y + 9}H${x(bar.highest)}M${x(bar.lowest)} ${y + 6}v6M${x(bar.highest)} ${y + 6}v6"/>`
    return [
      `<text class="name${bar.ours ? ' strong' : ''}" x="${left - 12}" y="${y + 13}" text-anchor="end">${escaped(bar.name)}</text>`,
      `<rect class="${kind}" x="${left}" y="${y + 1}" width="${Math.max(2, x(bar.value) - left)}" height="16" rx="2"/>`,
      spread,
      `<text x="${Math.max(x(bar.value), x(bar.highest)) + 10}" y="${y + 13}">${escaped(bar.label)}</text>`,
    ].join('')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>
text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#2b2f33}.title{font-size:16px;font-weight:600}.note{fill:#5b6066;font-size:12px}.strong{font-weight:600}
.ground{fill:#fff}.ours{fill:#1f6f5c}.peer{fill:#a9b0b7}.void{fill:none;stroke:#a9b0b7;stroke-dasharray:3 3}.spread{stroke:#2b2f33;fill:none}
@media (prefers-color-scheme:dark){text{fill:#e6e8ea}.note{fill:#a4abb2}.ground{fill:#16191c}.ours{fill:#4fb49a}.peer{fill:#6a727a}.void{stroke:#6a727a}.spread{stroke:#e6e8ea}}
</style>
<rect class="ground" width="${width}" height="${height}" rx="6"/>
<text class="title" x="20" y="28">${escaped(title)}</text>
<text class="note" x="20" y="48">${escaped(note)}</text>
${rows.filter((row) => row !== '').join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
