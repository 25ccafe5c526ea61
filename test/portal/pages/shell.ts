import type { ShellTexts } from './browser/model.ts'
import { fullName } from './entities.ts'
import { type Html, html, scriptJson } from './html.ts'
import { type IconName, icon } from './icons.ts'
import { bxMessage } from './messages.ts'
import { type Texts, textsFor } from './text.ts'
import type { PageContext } from './types.ts'

export interface ShellContent {
  title: string
  /** The section menu above the page: which kind of record is shown. */
  section: 'lead' | 'company' | 'contact' | null
  toolbar: Html | null
  workarea: Html
  /** Markup at the end of body: the page's own inline scripts. */
  scripts: Html | null
  /** Hides the work area under a directly visited card. */
  isWorkareaInvisible: boolean
}

/**
 * The portal around a page, generation «air» as of 2026: slider container first in body, then
 * `div.root.js-app`. The two older generations would stand beside this file with the same content.
 */
export function airShell(content: ShellContent, context: PageContext): string {
  const texts = textsFor(context.language)
  const page = html`<div id="a11y-slider-container"></div>
<div class="root js-app">
${header(context, texts)}
${leftMenu(texts, content.section !== null)}
<div id="page-area" class="app__page"><div class="page">
  <header class="page__header">
    <div class="page__menu" id="air-header-menu">${content.section ? sectionMenu(content.section, texts) : null}</div>
    <div class="page__toolbar"><h1 class="page__title" id="pagetitle">${content.title}</h1>${content.toolbar}</div>
    <div class="page__actions"></div>
  </header>
  <div class="page__workarea"><main id="air-workarea-content" class="page__workarea-content">${content.workarea}</main></div>
</div></div>
${rightBar(context)}
<footer class="app__footer">${texts.footer}</footer>
</div>
<button type="button" class="app__go-top" title="${texts.toTop}">${icon('up')}</button>
<script type="module" src="/bitrix/js/main/sidepanel.js"></script>
<script type="module" src="/bitrix/js/im/messenger.js"></script>
<script type="module" src="/bitrix/js/intranet/shell.js"></script>
${content.scripts}`
  const invisible = content.isWorkareaInvisible
    ? '<link rel="stylesheet" href="/bitrix/js/crm/css/workareainvisible.css">'
    : ''
  return `<!DOCTYPE html>
<html lang="${context.language}">
<head>
<meta charset="utf-8">
<title>${html`${content.title}`}</title>
<link rel="stylesheet" href="/bitrix/css/base.css"><link rel="stylesheet" href="/bitrix/css/shell.css"><link rel="stylesheet" href="/bitrix/css/sidepanel.css"><link rel="stylesheet" href="/bitrix/css/list.css"><link rel="stylesheet" href="/bitrix/css/kanban.css">${invisible}
<script src="/bitrix/js/main/core.js"></script>
${bxMessage(context)}
<script>BX.message({SHELL_TEXTS: ${shellTexts(texts)}});</script>
</head>
<body class="template-air --ui-context-edge-dark">
${page}
</body>
</html>`
}

function header(context: PageContext, texts: Texts): Html {
  return html`<header id="app-header"><div id="header" class="air-header">
  <button type="button" id="air-header-burger" class="air-header__burger" aria-label="${texts.portal}">${icon('menu')}</button>
  <a class="air-header__name" href="/">${texts.portal}</a>
  <label class="air-header__search">${icon('search')}<input type="search" placeholder="${texts.search}"></label>
  <span class="air-header__clock"></span>
  <button type="button" class="air-header__invite">${icon('plus')}${texts.invite}</button>
  <div id="avatar-area" class="app__avatar"><span class="air-header__user">${fullName(context.user)}</span>${avatar(context)}</div>
</div></header>`
}

function avatar(context: PageContext): Html {
  const { NAME, LAST_NAME } = context.user
  return html`<span class="ui-avatar">${NAME.slice(0, 1)}${LAST_NAME.slice(0, 1)}</span>`
}

function leftMenu(texts: Texts, isCrm: boolean): Html {
  const items: [IconName, string, string][] = [
    ['feed', texts.menuFeed, '/stream/'],
    ['chats', texts.menuChats, '/online/'],
    ['tasks', texts.menuTasks, '/tasks/'],
    ['crm', texts.menuCrm, '/crm/lead/'],
    ['calendar', texts.menuCalendar, '/calendar/'],
    ['mail', texts.menuMail, '/mail/'],
    ['drive', texts.menuDrive, '/docs/'],
    ['company', texts.menuCompany, '/company/'],
  ]
  return html`<nav class="app__left-menu js-app__left-menu"><ul>${items.map(([name, label, href]) => html`<li class="menu-item-block${name === 'crm' && isCrm ? ' menu-item-active' : ''}"><a class="menu-item-link" href="${href}" title="${label}">${icon(name)}<span class="menu-item-link-text">${label}</span></a></li>`)}</ul></nav>`
}

function sectionMenu(active: ShellContent['section'], texts: Texts): Html {
  const sections = [
    ['lead', texts.leads],
    ['contact', texts.contacts],
    ['company', texts.companies],
  ] as const
  return html`${sections.map(([kind, label]) => html`<a class="main-buttons-item${kind === active ? ' main-buttons-item-active' : ''}" href="/crm/${kind}/list/">${label}</a>`)}`
}

function rightBar(context: PageContext): Html {
  const colleagues = context.data.users.filter((user) => user.ACTIVE && user.ID !== context.user.ID)
  return html`<aside id="right-bar" class="app__right-bar"><div class="air-chat-bar"><span class="air-chat-bar__button">${icon('bell')}</span><span class="air-chat-bar__button">${icon('chats')}</span>${colleagues.slice(0, 6).map((user) => html`<span class="ui-avatar" title="${fullName(user)}">${user.NAME.slice(0, 1)}${user.LAST_NAME.slice(0, 1)}</span>`)}</div></aside>`
}

function shellTexts(texts: Texts): Html {
  const words: ShellTexts = {
    close: texts.close,
    openNewWindow: texts.openNewWindow,
    inviteTitle: texts.inviteTitle,
    inviteText: texts.inviteText,
  }
  return scriptJson(words)
}
