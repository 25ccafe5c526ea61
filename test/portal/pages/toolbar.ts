import type { CardKind } from '../model.ts'
import { detailsUrl } from './entities.ts'
import { type Html, html } from './html.ts'
import { icon } from './icons.ts'
import type { Texts } from './text.ts'

/** «Create» and the filter above a list. */
export function listToolbar(kind: CardKind, texts: Texts): Html {
  return html`<a class="ui-btn ui-btn-success" href="${detailsUrl(kind, 0)}">${icon('plus')}${texts.create}</a><label class="main-ui-filter-search">${icon('search')}<input type="search" placeholder="${texts.filter}"></label>`
}

/** The same for leads, which have two views. */
export function leadToolbar(view: 'list' | 'kanban', texts: Texts): Html {
  const views = [
    ['list', texts.viewList],
    ['kanban', texts.viewKanban],
  ] as const
  return html`${listToolbar('lead', texts)}<div class="page__views">${views.map(([id, name]) => html`<a class="main-buttons-item${id === view ? ' main-buttons-item-active' : ''}" href="/crm/lead/${id}/">${name}</a>`)}</div>`
}
