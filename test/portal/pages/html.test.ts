import { describe, expect, test } from 'vitest'
import { bbCode } from './bb-code.ts'
import { html, raw, scriptJson } from './html.ts'

describe('markup', () => {
  test('escapes everything put in, in lists too, unless it is markup already', () => {
    const hostile = `"><script>alert('1')</script>&`
    expect(html`<a title="${hostile}">${[hostile, raw('<b>ok</b>')]}</a>`.text).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;<b>ok</b></a>',
    )
  })

  test('shows zero, and nothing for null, undefined and booleans', () => {
    expect(html`${0}|${null}|${undefined}|${false}|${true}`.text).toBe('0||||')
  })
})

describe('JSON in an inline script', () => {
  const hostile = [
    '</script><!--',
    `"quotes" 'and' \\"more\\"`,
    '\\',
    'a\u2028b',
    'Привіт {[',
    '&amp;',
  ]

  test.each(hostile)('gives %j back, and has no sign that could end the script', (value) => {
    const json = scriptJson({ value }).text
    expect(JSON.parse(json)).toEqual({ value })
    expect(json).not.toMatch(/[<>&'\u007f-\uffff]/)
  })
})

describe('BB code', () => {
  test.each([
    ['[b]Жирно[/b]\n[i]и[/i]', '<b>Жирно</b><br><i>и</i>'],
    ['[p]один[/p][p]два[/p]', 'один<br><br>два'],
    [
      '[url=https://a.example/?x=1]сайт[/url]',
      '<a href="https://a.example/?x=1" target="_blank">сайт</a>',
    ],
    ['[url=javascript:alert(1)]x[/url]', '[url=javascript:alert(1)]x[/url]'],
    [
      '[url=https://a"onclick=x]y[/url]',
      '<a href="https://a&quot;onclick=x" target="_blank">y</a>',
    ],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['[unknown]{"json": 1}', '[unknown]{&quot;json&quot;: 1}'],
  ])('%j becomes %j', (text, expected) => {
    expect(bbCode(text).text).toBe(expected)
  })
})
