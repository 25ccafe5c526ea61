import { type Figure, isMet, ratioTo, type Unit } from './figure.ts'

/** The figures as lines of text, each with what stands beside it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.flatMap((figure) => [
    [
      figure.what,
      format(figure.measured.median, figure.unit),
      figure.measured.samples > 1 ? format(figure.measured.p95, figure.unit) : '',
      limitOf(figure),
      verdictOf(figure),
    ],
    ...figure.beside.map((beside) => [
      `  × ${ratio(ratioTo(figure, beside))} of ${beside.what}`,
      format(beside.measured.median, figure.unit),
      beside.measured.samples > 1 ? format(beside.measured.p95, figure.unit) : '',
      '',
      '',
    ]),
    ...(figure.note ? [[`  ${figure.note}`, '', '', '', '']] : []),
  ])
  const head = ['', 'median', 'p95', 'limit', '']
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0
          return column === 0 || column === 4 ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function limitOf({ limit, unit }: Figure): string {
  if (limit === null) return ''
  return `${unit === 'per second' ? '≥' : '≤'} ${format(limit, unit)}`
}

function verdictOf(figure: Figure): string {
  const met = isMet(figure)
  if (met === null) return ''
  if (met) return '✔ met'
  return figure.isHard ? '✖ not met' : '– aim not met'
}

function format(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return `${value.toFixed(1)} ms`
    case 'bytes':
      return `${(value / 1000).toFixed(1)} kB`
    case 'count':
      return String(value)
    case 'per second':
      return `${Math.round(value).toLocaleString('en')}/s`
  }
}

function ratio(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0)
}
