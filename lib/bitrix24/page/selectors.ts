/**
 * Every fact about Bitrix24's pages that the extension leans on, in one place.
 * When a portal changes, this is the file to mend.
 */

/** The card's container, whatever the chrome: the one reliable sign of a card. */
export const CARD_CONTAINER = 'div.crm-entity-wrap[id$="_details_container"]'

/** `lead_12_details_container`, `returning_lead_12_details_container`, `company_3_details_container`. */
export const CARD_CONTAINER_ID = /^(?:[a-z_]+_)?(lead|company)_(\d+)_details_container$/

/** The address of a card; a site folder may come before it. */
export const CARD_PATH = /\/crm\/(lead|company)\/details\/(\d+)\//i

/** The card's title; later builds nest buttons in it, so only its own text counts. */
export const CARD_TITLE = '#pagetitle'

/** The call that hands the card's data to the page, as text of an inline script. */
export const MODEL_CALL = 'BX.Crm.EntityEditorModelFactory.create('

/** Links that dial when clicked. */
export const PHONE_LINKS =
  'a.crm-entity-phone-number, a.crm-client-contacts-block-text-tel, a[href^="callto:"], a[href^="tel:"], a[href^="bx://callto"]'

/** Phone links inside the card's own PHONE field. */
export const CARD_PHONE_LINKS = '[data-cid="PHONE"] a.crm-entity-phone-number'

/** Open-line links share the phone's class, and are no phones. */
export const NO_PHONE_PARENTS = '[data-cid="IM"]'

/** Sliders lie in `body`, since 2026 in a container of their own. */
export const SLIDER_CONTAINERS = ['body', '#a11y-slider-container']
export const OPEN_SLIDER = '.side-panel-overlay.--open, .side-panel-overlay.--opening'

/** The chrome's fixed bars, in CSS pixels (air design). */
export const HEADER_HEIGHT_PX = 58
export const RIGHT_BAR_WIDTH_PX = 70
/** Absent bars (full screen, no-chat mode) leave the room to us. */
export const RIGHT_BARS = '#right-bar, #avatar-area, #bx-im-bar'

/** Base of Bitrix24's z-index stack; sliders and popups get 50 more each. */
export const BASE_Z_INDEX = 1000
