import type { SchemeField } from '../card-scheme.ts'
import { clientBlock } from './client-block.ts'
import { link, node } from './dom.ts'
import type { CardModel, CardTexts, ModelMultifield } from './model.ts'

/** One row of the editor, in view or in edit mode. */
export function renderField(
  field: SchemeField,
  model: CardModel,
  texts: CardTexts,
  isEdited: boolean,
): HTMLElement {
  const row = node('div', 'ui-entity-editor-content-block')
  row.dataset.cid = field.name
  const before = node('div', 'ui-entity-editor-block-before-action')
  before.dataset.fieldTag = field.name
  const title = node('div', 'ui-entity-editor-block-title')
  title.append(node('label', 'ui-entity-editor-block-title-text', field.title))
  row.append(before, title)
  if (field.type === 'multifield') {
    row.classList.add('crm-entity-widget-content-block-field-multifield')
  }
  const canEdit = field.type === 'text' || field.type === 'multifield'
  if (isEdited && canEdit) {
    row.classList.add('ui-entity-editor-content-block-edit')
    row.append(field.type === 'text' ? textInput(field, model) : multifieldInputs(field, model))
  } else {
    if (isEdited) row.classList.add('ui-entity-editor-content-block-field-readonly')
    row.append(view(field, model, texts))
  }
  return row
}

function view(field: SchemeField, model: CardModel, texts: CardTexts): HTMLElement {
  switch (field.type) {
    case 'multifield':
      return multifieldView(multifieldOf(model, field.name), texts)
    case 'client':
      return clientBlock(model.CLIENT_INFO, texts)
    case 'user':
      return employee(String(model.ASSIGNED_BY_ID ?? ''), String(model.ASSIGNED_BY_NAME ?? ''))
    case 'dictionary':
      return textView(String(model[`${field.name}_NAME`] ?? ''), texts)
    case 'money':
      return textView(money(model), texts)
    case 'html': {
      const content = textView('', texts)
      if (model.COMMENTS_HTML) content.innerHTML = String(model.COMMENTS_HTML)
      return content
    }
    case 'text':
      return textView(plainText(model[field.name]), texts)
  }
}

/** A plain value, or a user field's `{SIGNATURE, VALUE}`. */
function plainText(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const inner: unknown = 'VALUE' in value ? value.VALUE : ''
    return Array.isArray(inner) ? inner.join(', ') : String(inner ?? '')
  }
  return String(value ?? '')
}

function money(model: CardModel): string {
  const amount = Number(model.OPPORTUNITY ?? 0)
  return amount === 0 ? '' : `${amount.toLocaleString()} ${String(model.CURRENCY_ID ?? '')}`
}

function textView(text: string, texts: CardTexts): HTMLElement {
  const content = node('div', 'ui-entity-editor-content-block-text', text || texts.empty)
  if (text === '') content.classList.add('--empty')
  return content
}

/** «mutlifield» is misspelt in the product. The link is server-made markup. */
function multifieldView(values: ModelMultifield[], texts: CardTexts): HTMLElement {
  const inner = node('div', 'crm-entity-widget-content-block-inner')
  if (values.length === 0) inner.append(texts.empty)
  for (const value of values) {
    const item = node('div', 'crm-entity-widget-content-block-mutlifield')
    const link = node('span', 'crm-entity-widget-content-block-mutlifield-value')
    link.innerHTML = value.VIEW_DATA.value
    // Mail opens the CRM's own form, which this portal does not have.
    link
      .querySelector('.crm-entity-email')
      ?.addEventListener('click', (event) => event.preventDefault())
    item.append(
      node('span', 'crm-entity-widget-content-block-mutlifield-type', value.VIEW_DATA.type),
      link,
    )
    inner.append(item)
  }
  return inner
}

function textInput(field: SchemeField, model: CardModel): HTMLElement {
  const input = document.createElement('input')
  input.className = 'ui-ctl-element'
  input.name = field.name
  input.value = plainText(model[field.name])
  return input
}

/** Hidden inputs carry the names; what one types into has none. */
function multifieldInputs(field: SchemeField, model: CardModel): HTMLElement {
  const inner = node('div', 'crm-entity-widget-content-block-inner')
  for (const value of multifieldOf(model, field.name)) {
    const prefix = `${field.name}[${value.ID}]`
    const hidden = hiddenInput(`${prefix}[VALUE]`, value.VALUE)
    const visible = document.createElement('input')
    visible.className = `ui-ctl-element${field.name === 'PHONE' ? ' crm-entity-widget-content-input-phone' : ''}`
    visible.value = value.VALUE
    visible.addEventListener('input', () => {
      hidden.value = visible.value
    })
    inner.append(
      hidden,
      hiddenInput(`${prefix}[VALUE_COUNTRY_CODE]`, value.VALUE_EXTRA.COUNTRY_CODE),
      hiddenInput(`${prefix}[VALUE_TYPE]`, value.VALUE_TYPE),
      visible,
    )
  }
  return inner
}

function hiddenInput(name: string, value: string): HTMLInputElement {
  const input = document.createElement('input')
  input.type = 'hidden'
  input.name = name
  input.value = value
  return input
}

function employee(id: string, name: string): HTMLElement {
  const container = node('div', 'crm-widget-employee-container')
  container.append(
    node('span', 'ui-avatar', name.slice(0, 1)),
    link('crm-widget-employee-name', `/company/personal/user/${id}/`, name),
  )
  return container
}

function multifieldOf(model: CardModel, name: string): ModelMultifield[] {
  const values = model[name]
  return Array.isArray(values) ? (values as ModelMultifield[]) : []
}
