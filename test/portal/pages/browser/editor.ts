import type { SchemeSection } from '../card-scheme.ts'
import { node } from './dom.ts'
import { renderField } from './fields.ts'
import type { CardModel, CardTexts, ModelMultifield } from './model.ts'
import type { PortalWindow } from './portal-window.ts'

/** The editor comes after BX.ready, not at DOMContentLoaded. */
const BUILD_DELAY_MS = 250
/** How long a save takes here; it changes the page only, never the portal's data. */
const SAVE_MS = 300

export interface EditorSettings {
  model: CardModel
  config: SchemeSection[]
  containerId: string
  entityTypeId: number
  entityId: number
}

/**
 * The card's editor. Every layout throws the old nodes away and builds new ones, as the real one
 * does on save, mode switch and model change: who keeps a reference keeps a dead node.
 */
export class EntityEditor {
  readonly _model: CardModel
  #editedSection: string | null = null
  readonly #id: string
  readonly #settings: EditorSettings
  readonly #texts: CardTexts

  constructor(id: string, settings: EditorSettings, texts: CardTexts) {
    this.#id = id
    this.#settings = settings
    this.#texts = texts
    this._model = settings.model
    // A record that does not exist yet is edited from the start.
    if (settings.entityId === 0) this.#editedSection = settings.config[0]?.name ?? null
    setTimeout(() => this.refreshLayout(), BUILD_DELAY_MS)
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey && event.key === 'Enter' && this.#editedSection !== null) this.save()
    })
  }

  refreshLayout(): void {
    const container = document.getElementById(this.#settings.containerId)
    if (!container) return
    const column = node('div', 'ui-entity-editor-column-content')
    for (const section of this.#settings.config) {
      column.append(this.#renderSection(section))
    }
    container.replaceChildren(column)
    this.#renderButtons()
    const { BX } = window as unknown as PortalWindow
    for (const section of this.#settings.config) {
      BX.onCustomEvent(this, 'BX.Crm.EntityEditorSection:onLayout', [this, { id: section.name }])
    }
  }

  /** Takes over what was typed and lays the card out anew. */
  save(): void {
    const section = this.#settings.config.find(({ name }) => name === this.#editedSection)
    if (!section) return
    for (const field of section.fields) this.#takeOver(field.name)
    const { BX } = window as unknown as PortalWindow
    BX.onCustomEvent(this, 'BX.Crm.EntityEditor:onSave', [this])
    setTimeout(() => this.#edit(null), SAVE_MS)
  }

  #edit(section: string | null): void {
    this.#editedSection = section
    this.refreshLayout()
  }

  #takeOver(name: string): void {
    const row = document.querySelector(`#${this.#settings.containerId} [data-cid="${name}"]`)
    const input = row?.querySelector<HTMLInputElement>(`input[name="${name}"]`)
    if (input) this._model[name] = wrapLike(this._model[name], input.value)
    const values = this._model[name]
    if (!row || !Array.isArray(values)) return
    for (const value of values as ModelMultifield[]) {
      const hidden = row.querySelector<HTMLInputElement>(
        `input[name="${name}[${value.ID}][VALUE]"]`,
      )
      if (hidden) value.VALUE = hidden.value
    }
  }

  #renderSection(section: SchemeSection): HTMLElement {
    const isEdited = section.name === this.#editedSection
    const root = node('div', 'ui-entity-editor-section')
    root.dataset.cid = section.name
    const header = node('div', 'ui-entity-editor-section-header')
    header.append(node('span', 'ui-entity-editor-header-title-text', section.title))
    const edit = node('button', 'ui-entity-editor-header-edit-lnk', this.#texts.edit)
    edit.addEventListener('click', () => this.#edit(section.name))
    if (!isEdited) header.append(edit)
    const content = node('div', 'ui-entity-editor-section-content')
    for (const field of section.fields) {
      content.append(renderField(field, this._model, this.#texts, isEdited))
    }
    root.append(header, content)
    return root
  }

  #renderButtons(): void {
    const buttons = document.getElementById(`${this.#id}_buttons`)
    if (!buttons) return
    buttons.style.display = this.#editedSection === null ? 'none' : ''
    const save = node('button', 'ui-btn ui-btn-success', this.#texts.save)
    save.addEventListener('click', () => this.save())
    const cancel = node('button', 'ui-btn ui-btn-link', this.#texts.cancel)
    cancel.addEventListener('click', () => this.#edit(null))
    buttons.replaceChildren(save, cancel)
  }
}

/** A user field stays `{SIGNATURE, VALUE}`, anything else is a string. */
function wrapLike(before: unknown, value: string): unknown {
  const isUserField = typeof before === 'object' && before !== null && 'SIGNATURE' in before
  return isUserField ? { SIGNATURE: before.SIGNATURE, VALUE: value } : value
}
